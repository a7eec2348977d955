"""Who members of a report are: number, name, phone and former id, for many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.domain.ids import MemberId
from db.storage.database import Reader, in_lists

_NAMED: Final = """
SELECT member_id, number, name, coalesce(phone, ''), coalesce(external_id, '') FROM member
WHERE member_id IN
"""


@dataclass(frozen=True, slots=True)
class NamedMember:
    """A member as a list names him; masking is for who shows it."""

    number: str = ""
    name: str = ""
    phone: str = ""
    external_id: str = ""


def named_members(reader: Reader, members: Sequence[MemberId]) -> dict[MemberId, NamedMember]:
    """Return who these members are; nobody's name where a member is not here."""
    rows = in_lists(reader, _NAMED, members)
    known = {MemberId(row[0]): NamedMember(*row[1:]) for row in rows}
    return {member: known.get(member, NamedMember()) for member in members}
