"""Stamps put right: the acts whose clock ran ahead, and by what they count instead."""

from db.domain.operations import Operation
from db.storage.database import Reader, Statements

_TABLES = ("member_change", "consent", "member_tag")


def restamp(sql: Statements, op: bytes, act: bytes, *, hlc: int) -> None:
    """Let an act count by another stamp wherever its stamp decides something."""
    sql.run("INSERT INTO restamp (op, act, hlc) VALUES (?, ?, ?)", (op, act, hlc))
    for table in _TABLES:
        sql.run(f"UPDATE {table} SET hlc = ? WHERE op = ?", (hlc, act))  # noqa: S608 - the names above


def stamp_of(reader: Reader, operation: Operation) -> int:
    """Return the stamp by which an act counts: its own, unless head office put it right."""
    told: int | None = reader.value("SELECT hlc FROM restamp WHERE act = ?", (operation.op,))
    return operation.envelope.hlc if told is None else told
