"""Taking an image over into this home's file: all of it in one transaction, or nothing.

What the image has replaces what the tables had; what was here and is not in it is handed back, to
be folded once more. The rollback journal is used where nobody else has the file open: into a file
that grows, it writes every page once, and a write-ahead log twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from sqlcipher3 import dbapi2

from db.storage.database import Statements
from db.storage.snapshot_image import IMAGE, REPLICATED, attach_image
from db.storage.snapshot_pages import encrypted_pages
from db.storage.system import Chance

KEY_BYTES: Final = 32
_ELSEWHERE: Final = f"""
SELECT EXISTS (
    SELECT 1 FROM {IMAGE}.operation AS i JOIN main.stream AS s ON s.stream_id = i.stream_id
    WHERE NOT EXISTS (SELECT 1 FROM main.operation AS o WHERE o.stream_id = i.stream_id
                      AND o.sequence = i.sequence AND o.hash = i.hash)
) OR EXISTS (
    SELECT 1 FROM main.operation AS o JOIN {IMAGE}.operation AS i ON i.op = o.op
    WHERE i.stream_id <> o.stream_id OR i.sequence <> o.sequence
)
"""  # noqa: S608 - constant names
_KEEP: Final = f"""
CREATE TEMP TABLE kept AS
SELECT o.op, o.raw, o.received_at, p.nonce, p.payload
FROM main.operation AS o LEFT JOIN main.personal AS p ON p.op = o.op
WHERE o.kind <> 'unreadable'
  AND NOT EXISTS (SELECT 1 FROM {IMAGE}.operation AS i WHERE i.op = o.op) ORDER BY o.rowid
"""  # noqa: S608 - constant names


class Kept(NamedTuple):
    """An operation that was here before and is not in the image, with what lies beside it."""

    op: bytes
    raw: bytes
    received_at: int | None
    nonce: bytes | None
    payload: bytes | None


def file_of(sql: Statements) -> Path:
    """Return where the database lies."""
    return Path(sql.value("SELECT file FROM pragma_database_list WHERE name = 'main'"))


def begin_load(sql: Statements, path: Path, *, pages: Iterable[bytes], chance: Chance) -> None:
    """Lay an image out beside the file and attach it; the transaction has done nothing yet.

    Args:
        sql: the write transaction.
        path: where the image may lie while it is taken over.
        pages: its clear pages, in parts of whole pages.
        chance: draws the key that it is encrypted with meanwhile, which nobody keeps.
    """
    key = chance(KEY_BYTES)
    with sql.outside() as connection:
        with suppress(dbapi2.OperationalError):  # somebody else reads: the write-ahead log stays
            connection.execute("PRAGMA journal_mode = DELETE")
        attach_image(connection, path, key)
        with path.open("wb") as file:
            for number, part in enumerate(pages):
                file.write(encrypted_pages(part, key, chance, first=number == 0))


def image_fits(sql: Statements) -> bool:
    """Say whether the image knows our own streams as we do, as far as it knows them."""
    return not sql.value(_ELSEWHERE)


def take_image(sql: Statements) -> Iterator[Kept]:
    """Put the image's rows in place of ours; yield what was here and is not in it, as it came."""
    sql.run(_KEEP)
    for table in REPLICATED:
        sql.run(f"DELETE FROM main.{table}")  # noqa: S608 - constant names
        sql.run(f"INSERT INTO main.{table} SELECT * FROM {IMAGE}.{table}")  # noqa: S608 - constant names
    for row in sql.all("SELECT op, raw, received_at, nonce, payload FROM temp.kept"):
        yield Kept(*row)
    sql.run("DROP TABLE temp.kept")


def note_received(sql: Statements, kept: Kept) -> None:
    """Let an operation that was folded again have come when it came first."""
    sql.run("UPDATE operation SET received_at = ? WHERE op = ?", (kept.received_at, kept.op))


def end_load(sql: Statements, path: Path) -> None:
    """Let go of an image, taken over or not; the transaction has done nothing yet."""
    with sql.outside() as connection:
        names = [row[1] for row in connection.execute("PRAGMA database_list")]
        if IMAGE in names:
            connection.execute(f"DETACH {IMAGE}")
        with suppress(dbapi2.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
    path.unlink(missing_ok=True)
