"""Branches and counters on disk: peewee queries, for these change once a year."""

from peewee import SqliteDatabase

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, CounterId
from db.storage.tables import BranchTable, CounterTable


class BranchRepository:
    """Access to `branch` and `counter` through one open transaction."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

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
