"""Many operations at once: what they write is put off and written together, table by table.

Applying a page of operations one after another costs a statement for each row. Here `later` keeps
rows in memory until some statement names their table, or a view; then, and at the end, they are
written, each table's in their order. So no statement sees less than it would have seen.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from db.storage.database import Merge, Row, Statements

VIEWS = frozenset({"account", "movement", "return_tender", "sale_tender"})
"""Who asks a view asks several tables: everything is written first."""
_WORD = re.compile(r"\w+")
_INTO = re.compile(r"\s*(?:INSERT INTO|UPDATE)\s+(\w+)")


class GatheredStatements(Statements):
    """Runs SQL on other statements, and writes what was put off when it is asked about.

    Args:
        inner: what runs the SQL in its transaction.
    """

    gathers = True

    def __init__(self, inner: Statements) -> None:
        self._inner = inner
        self._rows: dict[str, list[Sequence[object]]] = {}
        """By statement: rows in their order."""
        self._merged: dict[str, dict[object, Sequence[object]]] = {}
        """By statement: rows that become one with what comes behind them, under their key."""
        self._by_table: dict[str, str] = {}
        """By table: the one statement whose rows wait for it."""

    def one(self, sql: str, params: Sequence[object] = ()) -> Row | None:
        """Return the first row, or nothing."""
        self._settle_for(sql)
        return self._inner.one(sql, params)

    def all(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Return every row."""
        self._settle_for(sql)
        return self._inner.all(sql, params)

    def each(self, sql: str, params: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows one after another, for results that need not fit in memory."""
        self._settle_for(sql)
        yield from self._inner.each(sql, params)

    def run(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run one statement; return how many rows it touched."""
        self._settle_for(sql)
        return self._inner.run(sql, params)

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        self._settle_for(sql)
        self._inner.run_many(sql, rows)

    def later(
        self,
        sql: str,
        params: Sequence[object],
        *,
        key: object = None,
        merge: Merge | None = None,
    ) -> None:
        """Put a row off; with a key, `merge` makes one of it and the one that waits there."""
        if merge is None:
            self._list_of(sql).append(params)
            return
        rows = self._merged.get(sql)
        if rows is None:
            self._begin(sql)
            rows = self._merged[sql] = {}
        before = rows.get(key)
        rows[key] = params if before is None else merge(before, params)

    def later_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Put several rows off."""
        self._list_of(sql).extend(rows)

    def settle(self) -> None:
        """Write everything that was put off."""
        for table in list(self._by_table):
            self._write(table)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Let a part of the transaction fail without the rest, which is written before it."""
        self.settle()
        try:
            with self._inner.savepoint():
                yield
                self.settle()
        except BaseException:
            self._by_table.clear()
            self._rows.clear()
            self._merged.clear()
            raise

    @property
    def constraint(self) -> tuple[type[Exception], ...]:  # type: ignore[override]  # of the inner
        """Return what the database raises when a row breaks a rule of the schema."""
        return self._inner.constraint

    def _list_of(self, sql: str) -> list[Sequence[object]]:
        rows = self._rows.get(sql)
        if rows is None:
            self._begin(sql)
            rows = self._rows[sql] = []
        return rows

    def _begin(self, sql: str) -> None:
        """Let rows of a statement wait; another's for the same table are written first."""
        table = _table_of(sql)
        if table in self._by_table:
            self._write(table)
        self._by_table[table] = sql

    def _settle_for(self, sql: str) -> None:
        """Write what a statement may ask about or change."""
        waiting = self._by_table
        if not waiting:
            return
        words = _words_of(sql)
        if not words.isdisjoint(VIEWS):
            self.settle()
        elif not words.isdisjoint(waiting):
            for table in [table for table in waiting if table in words]:
                self._write(table)

    def _write(self, table: str) -> None:
        sql = self._by_table.pop(table)
        rows = self._rows.pop(sql, None) or list(self._merged.pop(sql, {}).values())
        self._inner.run_many(sql, rows)


@cache
def _words_of(sql: str) -> frozenset[str]:
    return frozenset(_WORD.findall(sql))


@cache
def _table_of(sql: str) -> str:
    found = _INTO.match(sql)
    assert found is not None, "only rows that are written are put off"
    return found[1]
