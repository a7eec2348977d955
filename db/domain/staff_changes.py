"""What may be written about a person who works in the shop: his code, his name, and refusals.

A code is what a cashier types to say who he is. It never looks like an id, for a command takes
either one.
"""

from dataclasses import dataclass

from db.domain.ids import parse_id
from db.domain.members import FieldInvalid
from db.domain.refusals import Refusal

CODE_CHARACTERS_MAX = 20
NAME_CHARACTERS_MAX = 60


@dataclass(eq=False)
class CodeTaken(Refusal):
    """Somebody goes by this code; `state` is active, or left for one who works here no more."""

    staff_code: str
    name: str
    state: str


@dataclass(eq=False)
class StaffAtHeadOffice(Refusal):
    """This counter belongs to a head office, and the staff are that office's to change."""


@dataclass(eq=False)
class LastManager(Refusal):
    """Without this manager nobody could change anything here."""

    staff_code: str


def checked_code(code: str) -> str:
    """Return a code without space around it; refuse `FieldInvalid` for what cannot be typed."""
    code = code.strip()
    if _is_an_id(code):
        raise FieldInvalid("code", "looks_like_an_id")
    if not code or len(code) > CODE_CHARACTERS_MAX:
        raise FieldInvalid("code", "code_length")
    if not code.isprintable() or " " in code or code.startswith("-"):
        raise FieldInvalid("code", "code_characters")
    return code


def checked_name(name: str) -> str:
    """Return a person's name with single spaces; refuse `FieldInvalid` for none or a long one."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_CHARACTERS_MAX or not name.isprintable():
        raise FieldInvalid("name", "staff_name")
    return name


def _is_an_id(text: str) -> bool:
    try:
        parse_id(text)
    except ValueError:
        return False
    return True
