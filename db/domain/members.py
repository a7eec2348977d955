"""The member as a fact: what registering writes, and what it refuses.

Only the phone is required of a person; a member of a former system may lack even that. What
names a person travels beside the operation (`PersonalFields`), so that it can be erased.
"""

from dataclasses import dataclass

import msgspec

from db.domain.consent import ConsentFact
from db.domain.ids import MemberId
from db.domain.refusals import Refusal

CHANNELS = ("walk_in", "referral", "event", "wechat", "web", "import", "other")
GENDERS = ("", "female", "male", "other")
STATES = ("active", "frozen", "merged", "erased")
TEXT_CHARACTERS_MAX = 200


@dataclass(eq=False)
class PhoneTaken(Refusal):
    """An active member holds this phone already; the counter opens him."""

    member_id: MemberId
    state: str


@dataclass(eq=False)
class NoSuchMember(Refusal):
    """Nobody here answers to that id."""

    wanted: str


@dataclass(eq=False)
class MemberNotActive(Refusal):
    """The member is frozen, merged or erased, and may not earn or redeem."""

    member_id: MemberId
    state: str


@dataclass(eq=False)
class FieldInvalid(Refusal):
    """A field holds what it may not; `field` names it and `reason` says why."""

    field: str
    reason: str


def checked_text(field: str, text: str) -> str:
    """Return a text as it may be kept; raise `FieldInvalid` when it is too long or not all text."""
    if len(text) > TEXT_CHARACTERS_MAX:
        raise FieldInvalid(field, "too_long")
    if any(ord(character) < ord(" ") for character in text):
        raise FieldInvalid(field, "control_characters")
    return text


class PersonalFields(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What names a person: kept beside the chain, erasable."""

    phone: str = ""
    name: str = ""
    gender: str = ""
    birthday: str = ""
    email: str = ""
    city: str = ""
    note: str = ""
    external_id: str = ""


class RegisterBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `member_register`; consent is inside, the person is beside."""

    number: str
    channel: str
    joined_on: str
    tier: str = ""
    referrer: str | None = None
    consents: tuple[ConsentFact, ...] = ()
    batch: str | None = None
