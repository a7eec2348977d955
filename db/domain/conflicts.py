"""Conflicts: what two counters that could not hear each other did, and what may be done about it.

Nothing waits for an answer. Every fact counts as it was written; a choice is either to leave it so
or an operation of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from db.domain.refusals import Refusal


class ConflictKind(StrEnum):
    """What does not fit together."""

    POSSIBLE_DUPLICATE = "possible_duplicate"
    """One phone, two members."""
    REVERSED_TWICE = "reversed_twice"
    """One sale taken back at two counters; money went out twice."""
    DUPLICATE_RECEIPT = "duplicate_receipt"
    """One till receipt, two sales."""
    CAP_EXCEEDED = "cap_exceeded"
    """More points in a day or a month than the program gives, at several counters together."""
    QUARANTINED = "quarantined"
    """An operation that could not be applied here."""


KEEP: Final = "keep"
MERGE: Final = "merge"
RECYCLED: Final = "recycled"
VOID: Final = "void"
CHOICES: Final[dict[ConflictKind, tuple[str, ...]]] = {
    ConflictKind.POSSIBLE_DUPLICATE: (MERGE, KEEP, RECYCLED),
    ConflictKind.REVERSED_TWICE: (KEEP,),
    ConflictKind.DUPLICATE_RECEIPT: (VOID, KEEP),
    ConflictKind.CAP_EXCEEDED: (KEEP,),
    ConflictKind.QUARANTINED: (KEEP,),
}
"""What may be decided: `merge` the later member into the first, `void` the later sale, take the
phone off the first member because it is `recycled`, or `keep` everything as it is."""


@dataclass(eq=False)
class NoSuchConflict(Refusal):
    """Head office has no conflict of this id."""

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


def duplicate_advice(first_name: str, later_name: str) -> str:
    """Return what is recommended where two members have one phone."""
    return KEEP if first_name and later_name and first_name != later_name else MERGE


def is_surely_one(first_name: str, later_name: str) -> bool:
    """Say whether two members with one phone are merged without asking (DECISIONS 12).

    No phone is verified by a code yet, so only equal names decide it.
    """
    return bool(first_name) and first_name == later_name
