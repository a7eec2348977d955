"""Rolling codes and alarms on disk."""

from dataclasses import dataclass

from db.storage.database import Reader, Statements

DETAIL_MAX = 200


@dataclass(frozen=True, slots=True)
class RollRow:
    """The last code a stream showed, and when (UTC ms); `doubted_at` when it was shown twice."""

    generation: int = 0
    shown_at: int = 0
    doubted_at: int | None = None


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """Something about a device that a person should look at; times are UTC ms."""

    kind: str
    device_id: bytes
    times: int
    first_at: int
    last_at: int
    detail: str


class AlarmRepository:
    """Access to `stream_roll` and `alarm` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def roll(self, stream_id: bytes) -> RollRow:
        """Return where a stream's codes stand."""
        row = self._sql.one(
            "SELECT generation, shown_at, doubted_at FROM stream_roll WHERE stream_id = ?",
            (stream_id,),
        )
        return RollRow() if row is None else RollRow(*row)

    def shown(self, stream_id: bytes, generation: int, at_ms: int) -> None:
        """Remember that a stream showed this code; an older one changes nothing."""
        self._sql.run(
            "INSERT INTO stream_roll (stream_id, generation, shown_at) VALUES (?, ?, ?)"
            " ON CONFLICT (stream_id) DO UPDATE SET generation = excluded.generation,"
            " shown_at = excluded.shown_at WHERE stream_roll.generation < excluded.generation",
            (stream_id, generation, at_ms),
        )

    def doubt(self, stream_id: bytes, at_ms: int) -> bool:
        """Remember that two wrote this stream; say whether that is news."""
        if self.roll(stream_id).doubted_at is not None:
            return False
        self._sql.run(
            "INSERT INTO stream_roll (stream_id, generation, shown_at, doubted_at)"
            " VALUES (?, 0, 0, ?) ON CONFLICT (stream_id) DO UPDATE SET"
            " doubted_at = excluded.doubted_at",
            (stream_id, at_ms),
        )
        return True

    def raised(
        self, kind: str, device_id: bytes, *, at_ms: int, times: int = 1, detail: str = ""
    ) -> None:
        """Raise an alarm, or count it where it was raised before."""
        self._sql.run(
            "INSERT INTO alarm (kind, device_id, times, first_at, last_at, detail)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, device_id) DO UPDATE SET"
            " times = alarm.times + excluded.times, last_at = excluded.last_at,"
            " detail = excluded.detail",
            (kind, device_id, times, at_ms, at_ms, detail[:DETAIL_MAX]),
        )


def all_alarms(reader: Reader) -> list[AlarmRow]:
    """Return every alarm, the newest first."""
    return [
        AlarmRow(*row)
        for row in reader.all(
            "SELECT kind, device_id, times, first_at, last_at, detail FROM alarm"
            " ORDER BY last_at DESC, kind, device_id"
        )
    ]
