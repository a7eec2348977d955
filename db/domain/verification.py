"""Proving that whoever spends points is the member: when it is asked for, and what proves it.

A printed code or a card only says who is meant. Above the program's limit the customer types the
four digits of his phone that the counter hides, or somebody who may answers for it (PRODUCT.md §3).
"""

from dataclasses import dataclass

from msgspec import UNSET

from db.domain.lookup.phone_masks import masked_digits
from db.domain.money import parse_amount
from db.domain.program.program import Program
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Leave, Permission, leave_of

MIDDLE_FOUR = "middle_four"
PROOFS = (MIDDLE_FOUR,)
TRIES_MAX = 3
HIDDEN = 4


@dataclass(eq=False)
class ProofNeeded(Refusal):
    """So much worth of points (分) is given only to whoever proves that he is the member."""

    value_minor: int
    above_minor: int


def proof_from(program: Program, *, online: bool) -> int | None:
    """Return from which worth on (分) points are given only against a proof; None: never."""
    above = program.document.verify.redeem_above
    text = above.online if online else above.offline
    return None if text is UNSET else parse_amount(text, zero=True)


def proof_missing(program: Program, value: int, *, online: bool, by: Actor) -> bool:
    """Say whether somebody has to prove himself before points worth `value` 分 are spent.

    Who may go beyond the counter's limits by himself answers for it, alone or as the approver.
    """
    limit = proof_from(program, online=online)
    return limit is not None and value > 0 and value >= limit and not _answers(by)


def check_proof(program: Program, value: int, *, online: bool, by: Actor, proof: str = "") -> None:
    """Refuse points worth `value` 分 that nobody proved to be his; raises `ProofNeeded`."""
    if proof not in PROOFS and proof_missing(program, value, online=online, by=by):
        limit = proof_from(program, online=online)
        assert limit is not None, "something is asked for"
        raise ProofNeeded(value, limit)


def proves(e164: str, digits: str) -> bool:
    """Say whether these are the four digits of a phone that the counter hides."""
    hidden = masked_digits(e164)
    return len(hidden) == HIDDEN and hidden.isdigit() and digits == hidden


def _answers(by: Actor) -> bool:
    roles = [by.role]
    if by.approver_id is not None and by.approver_id != by.staff_id and by.approver_role:
        roles.append(by.approver_role)
    return any(leave_of(role, Permission.FLOOR) is Leave.ALLOWED for role in roles)
