"""Branches and counters on disk: peewee queries, for these change once a year."""

from peewee import Database

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, CounterId
from db.storage.database import Statements
from db.storage.tables import BranchTable, CounterTable

_OF_A_BRANCH = (
    ("counter", "branch_id"),
    ("member", "home_branch_id"),
    ("sale", "branch_id"),
    ("reversal", "branch_id"),
    ("goods_return", "branch_id"),
    ("sale_attach", "branch_id"),
    ("points_entry", "branch_id"),
    ("shift", "branch_id"),
    ("value_entry", "branch_id"),
    ("value_transfer", "branch_id"),
    ("reward_entry", "branch_id"),
    ("gift_move", "branch_id"),
    ("counter_day", "branch_id"),
)
"""Where a row names its branch."""


class BranchRepository:
    """Access to `branch` and `counter` through one open transaction."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._canonical: dict[bytes, bytes] = {}
        self._sql = sql

    def put_branch(self, branch_id: BranchId, name: str, calendar: BusinessCalendar) -> None:
        """Write a branch, whatever was known of it."""
        BranchTable.insert(
            branch_id=branch_id,
            name=name,
            timezone=calendar.timezone,
            day_cut_minutes=calendar.day_cut_minutes,
        ).on_conflict(
            conflict_target=[BranchTable.branch_id],
            preserve=[BranchTable.name, BranchTable.timezone, BranchTable.day_cut_minutes],
        ).bind(self._database).execute()

    def put_counter(
        self, counter_id: CounterId, branch_id: BranchId, name: str, *, number_block: str | None
    ) -> None:
        """Write a counter, whatever was known of it."""
        CounterTable.insert(
            counter_id=counter_id, branch_id=branch_id, name=name, number_block=number_block
        ).on_conflict(
            conflict_target=[CounterTable.counter_id],
            preserve=[CounterTable.branch_id, CounterTable.name, CounterTable.number_block],
        ).bind(self._database).execute()

    def branch_named(self, name: str) -> BranchId | None:
        """Return the branch with this name."""
        row = (
            BranchTable.select(BranchTable.branch_id)
            .where(BranchTable.name == name)
            .bind(self._database)
            .tuples()
            .first()
        )
        return None if row is None else BranchId(bytes(row[0]))

    def branch(self, branch_id: BranchId) -> tuple[str, BusinessCalendar] | None:
        """Return a branch's name and calendar."""
        row = (
            BranchTable.select(BranchTable.name, BranchTable.timezone, BranchTable.day_cut_minutes)
            .where(BranchTable.branch_id == branch_id)
            .bind(self._database)
            .tuples()
            .first()
        )
        return None if row is None else (row[0], BusinessCalendar(row[1], row[2]))

    def adopt_branch(self, branch_id: BranchId, name: str, calendar: BusinessCalendar) -> None:
        """Write head office's branch; one of ours with its name and another id makes way."""
        BranchTable.update(name=BranchTable.name.concat(" ·").concat(branch_id.hex())).where(
            BranchTable.name == name, BranchTable.branch_id != branch_id
        ).bind(self._database).execute()
        self.put_branch(branch_id, name, calendar)

    def put_alias(self, alias_id: bytes, branch_id: bytes) -> None:
        """Remember that head office knows a branch of ours under its own id."""
        self._canonical.clear()
        self._sql.run(
            "INSERT INTO branch_alias (alias_id, branch_id) VALUES (?, ?)"
            " ON CONFLICT (alias_id) DO UPDATE SET branch_id = excluded.branch_id",
            (alias_id, branch_id),
        )

    def canonical(self, branch_id: bytes) -> bytes:
        """Return the id that a branch goes by, whatever id an old operation names it by."""
        known = self._canonical.get(branch_id)
        if known is None:
            alias = self._sql.value(
                "SELECT branch_id FROM branch_alias WHERE alias_id = ?", (branch_id,)
            )
            known = self._canonical[branch_id] = alias or branch_id
        return known

    def move_branch(self, from_id: BranchId, to_id: BranchId) -> None:
        """Carry everything of one branch over to another; the first is an alias from then on."""
        for table, column in _OF_A_BRANCH:
            self._sql.run(
                f"UPDATE {table} SET {column} = ? WHERE {column} = ?",  # noqa: S608 - constant names
                (to_id, from_id),
            )
        self._sql.run("DELETE FROM branch WHERE branch_id = ?", (from_id,))
        self.put_alias(from_id, to_id)
