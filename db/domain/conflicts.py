"""Conflicts: what counters that could not hear each other did, and what may be done about it.

Nothing waits for an answer. Every fact counts as it was written; a choice is either to leave it so
or an operation of its own. Head office finds a conflict once and says so in an operation, under an
id that follows from what it is about, so every counter has the same inbox.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import msgspec

from db.domain.ids import OperationId
from db.domain.refusals import Refusal
from db.domain.reward_facts import following_id


class ConflictKind(StrEnum):
    """What does not fit together, or who asks for what."""

    POSSIBLE_DUPLICATE = "possible_duplicate"
    """One phone, two members."""
    REVERSED_TWICE = "reversed_twice"
    """One sale taken back at two counters; money went out twice."""
    DUPLICATE_RECEIPT = "duplicate_receipt"
    """One till receipt, two sales."""
    CAP_EXCEEDED = "cap_exceeded"
    """More points in a day or a month than the program gives, at several counters together."""
    COUPON_TWICE = "coupon_twice"
    """One coupon, two sales."""
    EVENT_TWICE = "event_twice"
    """Awarded twice what counts once: at two counters, or to two members who are one."""
    PHONE_CAME_BACK = "phone_came_back"
    """A number whose member was erased within the year was registered and welcomed again."""
    QUARANTINED = "quarantined"
    """An operation that could not be applied here."""
    MERGE_ASKED = "merge_asked"
    """A counter asks for two members to become one."""
    UNMERGE_ASKED = "unmerge_asked"
    """A counter asks for a merge to be undone."""
    ERASURE_ASKED = "erasure_asked"
    """A member asked at a counter to be erased."""


KEEP: Final = "keep"
MERGE: Final = "merge"
RECYCLED: Final = "recycled"
VOID: Final = "void"
REST: Final = "rest"
REVOKE: Final = "revoke"
RETRY: Final = "retry"
UNMERGE: Final = "unmerge"
ERASE: Final = "erase"
DECLINE: Final = "decline"
CHOICES: Final[dict[ConflictKind, tuple[str, ...]]] = {
    ConflictKind.POSSIBLE_DUPLICATE: (MERGE, KEEP, RECYCLED),
    ConflictKind.REVERSED_TWICE: (KEEP, REST),
    ConflictKind.DUPLICATE_RECEIPT: (VOID, KEEP),
    ConflictKind.CAP_EXCEEDED: (KEEP,),
    ConflictKind.COUPON_TWICE: (KEEP, VOID),
    ConflictKind.EVENT_TWICE: (REVOKE, KEEP),
    ConflictKind.PHONE_CAME_BACK: (REVOKE, KEEP),
    ConflictKind.QUARANTINED: (RETRY, KEEP),
    ConflictKind.MERGE_ASKED: (MERGE, DECLINE),
    ConflictKind.UNMERGE_ASKED: (UNMERGE, DECLINE),
    ConflictKind.ERASURE_ASKED: (ERASE, DECLINE),
}
"""What may be decided: `merge` the later member into the first, `void` the later sale, take what
is left of the sale back too (`rest`), `revoke` the later award, `retry` what could not be applied,
take the phone off the first member because it is `recycled`, do what was asked or `decline` it, or
`keep` everything as it is."""
AT_ONCE: Final = frozenset({KEEP, VOID, REST, REVOKE, RETRY, DECLINE})
"""What a counter's wish about a conflict comes to as soon as head office hears of it; who is one
person and who is to be forgotten is for head office's own people (DECISIONS 12)."""
APPLIED: Final = "applied"
"""How a conflict ends by itself: what an operation waited for has come."""


class SideFact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One of the things that do not fit: which act, where, when (UTC ms), by whom, how much.

    `amount` is 分; `text` is a receipt's number, a coupon's code or an event: nobody's name.
    """

    act: str
    op: str = ""
    member: str = ""
    branch: str = ""
    counter: str = ""
    staff: str = ""
    at: int = 0
    amount: int = 0
    points: int = 0
    text: str = ""


class ConflictOpenBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `conflict_open`; its operation's id is the conflict's.

    `subject` (hex) is what was there first and `other` what came later: members, operations, or a
    member and a day. `detail` holds figures by name. `branch` is where it came up.
    """

    kind: str
    subject: str
    other: str = ""
    branch: str
    detail: dict[str, Any] = {}
    sides: tuple[SideFact, ...] = ()
    recommended: str = KEEP


class ConflictCloseBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `conflict_close`: `ref` names the conflict."""

    choice: str
    decision: str | None = None


@dataclass(eq=False)
class NoSuchConflict(Refusal):
    """There is no conflict of this id."""

    wanted: str


@dataclass(eq=False)
class ConflictResolved(Refusal):
    """It was decided before."""

    choice: str


@dataclass(eq=False)
class ChoiceNotOffered(Refusal):
    """This is none of the choices of such a conflict."""

    choice: str
    choices: str


@dataclass(eq=False)
class StillNotApplied(Refusal):
    """It was tried again and does not fit yet; `error` says why."""

    error: str


def conflict_id(kind: ConflictKind, subject: bytes, other: bytes) -> OperationId:
    """Return the id of a conflict: the same whoever finds it, and however often."""
    return following_id(OperationId(subject), f"{kind.value} {other.hex()}")


def closing_id(conflict: bytes) -> OperationId:
    """Return the id of the operation that decides a conflict: it is decided once."""
    return following_id(OperationId(conflict), "close")


def duplicate_advice(first_name: str, later_name: str) -> str:
    """Return what is recommended where two members have one phone."""
    return KEEP if first_name and later_name and first_name != later_name else MERGE


def is_surely_one(first_name: str, later_name: str) -> bool:
    """Say whether two members with one phone are merged without asking (DECISIONS 12).

    No phone is verified by a code yet, so only equal names decide it.
    """
    return bool(first_name) and first_name == later_name
