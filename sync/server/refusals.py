"""Counting what was refused at the door, so that a person sees who knocks and why not.

It is written down when it is new, and then once a minute: whoever sends garbage as fast as he can
makes nobody write as fast. What was not written yet when a process ends is not counted.
"""

from collections import Counter
from contextlib import suppress

from db.storage.errors import StorageUnavailable
from db.storage.unit_of_work import Storage
from sync.server.storage.alarm_rows import AlarmRepository

NOTED = frozenset(
    {"malformed", "bad_signature", "unknown_device", "revoked", "not_yours", "too_large"}
    | {"update_needed", "code_unknown", "code_used"}
)
"""What a person may want to know; a token that ran out, or a busy moment, is nothing."""
EVERY_MS = 60_000


class Refusals:
    """What one process refused since it last wrote it down."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._waiting: Counter[tuple[str, bytes]] = Counter()
        self._written_at: dict[tuple[str, bytes], int] = {}

    def note(self, code: str, device_id: bytes) -> None:
        """Count a refusal of a device, or of nobody that is known."""
        if code not in NOTED:
            return
        key, now = (code, device_id), self._storage.clock.mono_ms()
        self._waiting[key] += 1
        if key in self._written_at and now - self._written_at[key] < EVERY_MS:
            return
        with suppress(StorageUnavailable), self._storage.begin() as work:
            AlarmRepository(work.sql).raised(
                code, device_id, at_ms=work.at_ms, times=self._waiting[key]
            )
            self._written_at[key] = now
            del self._waiting[key]
