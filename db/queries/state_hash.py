"""One figure for all that a book says: equal wherever the same operations were folded.

Every row of every replicated table is in it, whatever the order they were written in and whichever
database keeps them; what is each replica's own (its row numbers, when it received something, the
postings that make its search quick) is left out.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Final

import msgspec

from db.storage.database import Reader
from db.storage.snapshot_image import REPLICATED, columns_of_book

OWN_TABLES: Final = frozenset({"member_gram"})
OWN_COLUMNS: Final = {
    "member": {"member_row"},
    "operation": {"received_at", "error"},
}
"""What says something of the replica and nothing of the shop."""
_MODULUS: Final = 1 << 256


def state_hash(reader: Reader) -> str:
    """Return a hash (64 hexadecimal digits) over all that the book says."""
    whole = hashlib.sha256()
    for table, digest in table_hashes(reader).items():
        whole.update(f"{table} {digest}\n".encode())
    return whole.hexdigest()


def table_hashes(reader: Reader) -> Mapping[str, str]:
    """Return by table how many rows it has and the sum of their hashes: where two books differ."""
    return {table: _hash_of(reader, sql) for table, sql in _questions().items()}


def _hash_of(reader: Reader, sql: str) -> str:
    count = total = 0
    for row in reader.each(sql):
        count += 1
        total += int.from_bytes(hashlib.sha256(msgspec.msgpack.encode(row)).digest(), "big")
    return f"{count} {total % _MODULUS:064x}"


@cache
def _questions() -> Mapping[str, str]:
    columns = columns_of_book()
    return {
        table: _question(table, [name for name in columns[table] if name not in _own(table)])
        for table in sorted(REPLICATED)
        if table not in OWN_TABLES
    }


def _own(table: str) -> set[str]:
    return OWN_COLUMNS.get(table, set())


def _question(table: str, names: list[str]) -> str:
    return f"SELECT {', '.join(names)} FROM {table}"  # noqa: S608 - names out of the migrations
