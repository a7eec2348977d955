"""Erased members on disk: whose they were, and taking away what named them.

Zeros are written over what is deleted. That is on only while somebody is erased: for every
deletion it would cost each sale.
"""

from db.domain.ids import MemberId
from db.storage.database import Reader, Statements

_BLANK = """
UPDATE member SET phone = NULL, name = '', gender = '', birthday = '', email = '', city = '',
    note = '', external_id = NULL, state = 'erased'
WHERE member_id = ?
"""


class ErasureRepository:
    """Access to `erasure`, and to what it takes away, through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def note(self, op: bytes, member_id: MemberId, *, erased_at: int) -> None:
        """Keep for ever that this member was erased."""
        self._sql.run(
            "INSERT INTO erasure (op, member_id, erased_at) VALUES (?, ?, ?)",
            (op, member_id, erased_at),
        )

    def blank(self, member_id: MemberId) -> None:
        """Take away what names a member: beside the chain, and in his row."""
        self._sql.run("DELETE FROM personal WHERE member_id = ?", (member_id,))
        self._sql.run(_BLANK, (member_id,))


def erased_at(reader: Reader, member_id: MemberId) -> int | None:
    """Return when a member was erased (UTC ms), if he was."""
    value: int | None = reader.value(
        "SELECT min(erased_at) FROM erasure WHERE member_id = ?", (member_id,)
    )
    return value
