"""Writing many rows of one table at once: COPY, or one statement for many rows.

A statement for each row costs 20 to 60 µs a row; rows that are only put in are copied in
PostgreSQL's binary form. Rows that may be there already go 64 to a statement.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import psycopg

from db.storage.database import Row

COPIED_FROM = 8
"""Below so many rows, a statement for each is as quick."""
ROWS_A_STATEMENT = 64
_PUT = re.compile(
    r"\s*INSERT INTO (?P<table>\w+) \((?P<columns>[\w,\s]+)\)\s*VALUES\s*\(\?(?:,\s*\?)*\)"
    r"\s*(?P<skips>ON CONFLICT DO NOTHING)?\s*$"
)
_COLUMN_TYPES = (
    "SELECT attname, atttypid::bigint FROM pg_attribute"
    " WHERE attrelid = $1::regclass AND attnum > 0"
)


class Bulk(NamedTuple):
    """An insertion of plain values: where, what, and whether what is there already is left."""

    table: str
    columns: tuple[str, ...]
    skips: bool


@cache
def bulk_of(sql: str) -> Bulk | None:
    """Return what a statement puts where, if it puts plain values and does nothing besides."""
    found = _PUT.match(sql)
    if found is None:
        return None
    columns = tuple(name.strip() for name in found["columns"].split(","))
    return Bulk(found["table"], columns, found["skips"] is not None)


def write(cursor: psycopg.RawCursor[Row], bulk: Bulk, rows: Sequence[Sequence[object]]) -> None:
    """Write rows; raises what the statement for each of them would."""
    if bulk.skips:
        _write_filled(cursor, bulk, rows)
    else:
        _copy(cursor, bulk, rows)


def _copy(cursor: psycopg.RawCursor[Row], bulk: Bulk, rows: Sequence[Sequence[object]]) -> None:
    types = _types_of(cursor, bulk)
    where = f"{bulk.table} ({', '.join(bulk.columns)})"
    with cursor.copy(f"COPY {where} FROM STDIN (FORMAT BINARY)".encode()) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def _write_filled(
    cursor: psycopg.RawCursor[Row], bulk: Bulk, rows: Sequence[Sequence[object]]
) -> None:
    """Write rows 64 at a time; the last of them is repeated, which changes nothing."""
    sql = _filled(bulk)
    for at in range(0, len(rows), ROWS_A_STATEMENT):
        part = rows[at : at + ROWS_A_STATEMENT]
        filled = [*part, *[part[-1]] * (ROWS_A_STATEMENT - len(part))]
        cursor.execute(sql, [value for row in filled for value in row], prepare=True)


@cache
def _filled(bulk: Bulk) -> bytes:
    width = len(bulk.columns)
    rows = (
        ", ".join(f"${row * width + column + 1}" for column in range(width))
        for row in range(ROWS_A_STATEMENT)
    )
    values = ", ".join(f"({row})" for row in rows)
    where = f"{bulk.table} ({', '.join(bulk.columns)})"
    return f"INSERT INTO {where} VALUES {values} ON CONFLICT DO NOTHING".encode()  # noqa: S608 - numbered parameters


_TYPES: dict[Bulk, list[int]] = {}
"""The types of columns, which only a migration changes."""


def _types_of(cursor: psycopg.RawCursor[Row], bulk: Bulk) -> list[int]:
    if bulk not in _TYPES:
        found: dict[str, int] = dict(
            cursor.execute(_COLUMN_TYPES.encode(), (bulk.table,)).fetchall()
        )
        _TYPES[bulk] = [found[column] for column in bulk.columns]
    return _TYPES[bulk]
