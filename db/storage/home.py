"""What a home is: its branch, its counter, its stream, and who has the last word on points.

These few values are read by every act, so the storage keeps them in memory and reads them again
only after another process has written.
"""

from dataclasses import dataclass
from pathlib import Path

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, CounterId, StreamId
from db.storage.database import Reader, Statements
from db.storage.errors import StorageUnavailable

DATABASE_FILE = "guitai.db"
SELF = "self"
OFFICE = "office"


@dataclass(frozen=True, slots=True)
class HomeIdentity:
    """Who this counter is; `authority` is `self` without a head office, else `office`."""

    branch_id: BranchId
    branch_name: str
    counter_id: CounterId
    counter_name: str
    stream_id: StreamId
    authority: str
    calendar: BusinessCalendar
    region: str
    number_block: str | None
    sandbox: bool

    @property
    def own_authority(self) -> bool:
        """Say whether this counter grants itself leases."""
        return self.authority == SELF


_SQL = """
SELECT b.branch_id, b.name, c.counter_id, c.name, s.value, a.value, b.timezone,
       b.day_cut_minutes, r.value, c.number_block, x.value
FROM setting AS i
JOIN counter AS c ON c.counter_id = unhex(i.value)
JOIN branch AS b ON b.branch_id = c.branch_id
JOIN setting AS s ON s.name = 'stream_id'
JOIN setting AS a ON a.name = 'authority'
JOIN setting AS r ON r.name = 'region'
JOIN setting AS x ON x.name = 'sandbox'
WHERE i.name = 'counter_id'
"""


def read_home(reader: Reader) -> HomeIdentity:
    """Return the home's identity; raise `StorageUnavailable` (no_home) when it was never made."""
    row = reader.one(_SQL)
    if row is None:
        raise StorageUnavailable("no_home")
    return HomeIdentity(
        branch_id=BranchId(row[0]),
        branch_name=row[1],
        counter_id=CounterId(row[2]),
        counter_name=row[3],
        stream_id=StreamId(bytes.fromhex(row[4])),
        authority=row[5],
        calendar=BusinessCalendar(row[6], row[7]),
        region=row[8],
        number_block=row[9],
        sandbox=row[10] == "1",
    )


def database_path(home: Path) -> Path:
    """Return where the database of a home folder lies."""
    return home / DATABASE_FILE


class SettingRepository:
    """Small named values of this home."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def get(self, name: str) -> str | None:
        """Return a setting's text, or nothing."""
        value: str | None = self._sql.value("SELECT value FROM setting WHERE name = ?", (name,))
        return value

    def put(self, name: str, value: str) -> None:
        """Set a setting, whatever it was."""
        self._sql.run(
            "INSERT INTO setting (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )
