"""Devices and enrolment codes on disk."""

import sys
from dataclasses import dataclass

from db.domain.ids import CounterId
from db.storage.database import Reader, Row, Statements


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A counter's running identity: its public key, its token's hash, when it was last heard."""

    device_id: bytes
    counter_id: CounterId
    public_key: bytes
    token_hash: bytes
    state: str
    app: str
    enrolled_at: int
    last_seen_at: int


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A one-time code; `used_by` is the public key it was used with."""

    code: str
    branch: str | None
    expires_at: int
    used_by: bytes | None
    members: str = "all"


_COLUMNS = "device_id, counter_id, public_key, token_hash, state, app, enrolled_at, last_seen_at"
_BY_ID = f"SELECT {_COLUMNS} FROM device WHERE device_id = ?"  # noqa: S608 - constant columns
_BY_KEY = f"SELECT {_COLUMNS} FROM device WHERE public_key = ?"  # noqa: S608 - constant columns
_PUT = (
    f"INSERT INTO device ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constant columns
    " ON CONFLICT (device_id) DO UPDATE SET counter_id = excluded.counter_id,"
    " public_key = excluded.public_key, token_hash = excluded.token_hash, state = excluded.state,"
    " app = excluded.app, enrolled_at = excluded.enrolled_at, last_seen_at = excluded.last_seen_at"
)
_FORMER = """
SELECT f.sequence,
       EXISTS (SELECT 1 FROM stream AS later WHERE later.counter_id = s.counter_id
               AND later.epoch > s.epoch AND later.sequence > 0)
FROM former_stream AS f JOIN stream AS s ON s.stream_id = f.stream_id WHERE f.stream_id = ?
"""


class DeviceRepository:
    """Access to `device`, `enroll_code` and `former_stream` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def by_id(self, device_id: bytes) -> DeviceRow | None:
        """Return the device with this id."""
        return device_by_id(self._sql, device_id)

    def by_key(self, public_key: bytes) -> DeviceRow | None:
        """Return the device with this key."""
        return _device(self._sql.one(_BY_KEY, (public_key,)))

    def put(self, row: DeviceRow) -> None:
        """Write a device, whatever was known of it."""
        self._sql.run(
            _PUT,
            (
                row.device_id,
                row.counter_id,
                row.public_key,
                row.token_hash,
                row.state,
                row.app,
                row.enrolled_at,
                row.last_seen_at,
            ),
        )

    def seen(self, device_id: bytes, at_ms: int) -> None:
        """Remember when a device was last heard."""
        self._sql.run(
            "UPDATE device SET last_seen_at = max(last_seen_at, ?) WHERE device_id = ?",
            (at_ms, device_id),
        )

    def runs(self, device_id: bytes, app: str) -> None:
        """Remember which version a device runs; one that does not say keeps what is known."""
        self._sql.run(
            "UPDATE device SET app = ?1 WHERE device_id = ?2 AND ?1 <> '' AND app <> ?1",
            (app, device_id),
        )

    def revoke(self, device_id: bytes) -> bool:
        """Take a device's rights away; say whether there was one."""
        return bool(
            self._sql.run("UPDATE device SET state = 'revoked' WHERE device_id = ?", (device_id,))
        )

    def put_code(self, row: CodeRow) -> None:
        """Keep a new code; those that ran out before it are forgotten."""
        self._sql.run("DELETE FROM enroll_code WHERE expires_at < ? - 86400000", (row.expires_at,))
        self._sql.run(
            "INSERT INTO enroll_code (code, branch, expires_at, used_by, members)"
            " VALUES (?, ?, ?, ?, ?)",
            (row.code, row.branch, row.expires_at, row.used_by, row.members),
        )

    def code(self, code: str) -> CodeRow | None:
        """Return a code that was given out."""
        row = self._sql.one(
            "SELECT code, branch, expires_at, used_by, members FROM enroll_code WHERE code = ?",
            (code,),
        )
        return None if row is None else CodeRow(*row)

    def use_code(self, code: str, public_key: bytes) -> None:
        """Bind a code to the one key that used it."""
        self._sql.run("UPDATE enroll_code SET used_by = ? WHERE code = ?", (public_key, code))

    def blocks_given(self) -> set[str]:
        """Return the number blocks that counters have."""
        return {
            row[0]
            for row in self._sql.all(
                "SELECT number_block FROM counter WHERE number_block IS NOT NULL"
            )
        }

    def claim_former(self, stream_id: bytes, sequence: int) -> None:
        """Remember how far a stream had come when its counter joined; it is never less."""
        self._sql.run(
            "INSERT INTO former_stream (stream_id, sequence) VALUES (?, ?)"
            " ON CONFLICT (stream_id) DO UPDATE SET sequence = max(sequence, excluded.sequence)",
            (stream_id, sequence),
        )

    def may_go_on(self, stream_id: bytes) -> bool:
        """Say whether a stream is from before its counter joined, and it spoke in no later one."""
        return self.former_until(stream_id) == sys.maxsize

    def former_until(self, stream_id: bytes) -> int:
        """Return up to where a stream was written by its own authority; 0 for ours.

        A counter may go on selling while it joins: until its first word in a later stream, all of
        a stream that it wrote before is its own authority's.
        """
        row = self._sql.one(_FORMER, (stream_id,))
        if row is None:
            return 0
        claimed, joined = row
        return int(claimed) if joined else sys.maxsize


def device_by_id(reader: Reader, device_id: bytes) -> DeviceRow | None:
    """Return the device with this id."""
    return _device(reader.one(_BY_ID, (device_id,)))


def all_devices(reader: Reader) -> list[tuple[DeviceRow, str, str]]:
    """Return every device with its counter's and its branch's name."""
    rows = reader.all(
        "SELECT d.device_id, d.counter_id, d.public_key, d.token_hash, d.state, d.app,"
        " d.enrolled_at, d.last_seen_at, c.name, b.name FROM device AS d"
        " JOIN counter AS c ON c.counter_id = d.counter_id"
        " JOIN branch AS b ON b.branch_id = c.branch_id ORDER BY d.enrolled_at, d.device_id"
    )
    return [(DeviceRow(*row[:8]), row[8], row[9]) for row in rows]


def _device(row: Row | None) -> DeviceRow | None:
    return None if row is None else DeviceRow(*row)
