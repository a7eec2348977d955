"""How the line stands beyond what waits: what no backup holds yet, what somebody should know."""

from dataclasses import dataclass

from db.services.replication import known_mark
from db.storage.database import Reader
from sync.client.inbox import REREAD_SETTING, STOPPED_SETTING

_NOT_DURABLE = """
SELECT coalesce(sum(sequence - durable_sequence), 0) FROM stream
WHERE counter_id = (SELECT counter_id FROM stream
                    WHERE lower(hex(stream_id)) = (SELECT value FROM setting
                                                   WHERE name = 'stream_id'))
"""
_SETTING = "SELECT value FROM setting WHERE name = ?"


@dataclass(frozen=True, slots=True)
class LineStatus:
    """What a counter knows of its line without a word to head office.

    `not_durable` operations are in no proved backup of head office; `reread_times` buckets were not
    what head office says, last at `reread_at` (UTC ms); `stopped` says that this version is too old
    to read on.
    """

    not_durable: int
    reread_times: int
    reread_at: int
    stopped: bool


def line_status(reader: Reader) -> LineStatus:
    """Return how the line stands."""
    times, at = (reader.value(_SETTING, (REREAD_SETTING,)) or "0 0").split()
    stopped = (reader.value(_SETTING, (STOPPED_SETTING,)) or "").split()
    return LineStatus(
        not_durable=reader.value(_NOT_DURABLE),
        reread_times=int(times),
        reread_at=int(at),
        stopped=len(stopped) > 1 and stopped[0] == known_mark(),
    )
