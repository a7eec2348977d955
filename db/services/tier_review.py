"""Reviewing tiers: who has not kept his level falls, after the grace days, as the program says.

Rising needs no review. Written is what changes a level, and the one judgement of a period that has
ended: its word stands, whatever is taken back later. Anything else, judged again, gives the same.
Who was merged is judged beside the one who stands for him, by what both did: either's level counts.
"""

from dataclasses import dataclass
from datetime import date

import msgspec

from db.domain.ids import MemberId, OperationId
from db.domain.operations import Operation, Personal
from db.domain.reward_facts import TierReviewBody, member_of
from db.domain.staff import Actor, Permission, require
from db.domain.tiers import Qualifier, after_review, is_judged, measured_in
from db.services.expiry import NotTheAuthority
from db.services.journal import Draft, append
from db.services.levels import lower_level
from db.services.reward_rows import reward_row
from db.storage.database import Row
from db.storage.member_facts import person, with_aliases
from db.storage.profiles import aliases_of, standing_for
from db.storage.rewards import last_review, qualifiers_of
from db.storage.unit_of_work import UnitOfWork

MEMBERS_A_RUN = 200
_ABOVE_THE_FIRST = """
SELECT member_id, number, tier FROM member
WHERE tier_rank > 0 AND state IN ('active', 'frozen', 'merged') AND member_id > ?
ORDER BY member_id LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTiers:
    """Judge the members behind `after` who have something to lose."""

    by: Actor
    after: bytes = b""


@dataclass(frozen=True, slots=True)
class TierChange:
    """A member's level before and after a review."""

    member_id: MemberId
    number: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TiersReviewed:
    """How many were judged, and who changed; go on behind `after` while it is not None."""

    judged: int
    changes: tuple[TierChange, ...]
    after: bytes | None


def review_tiers(work: UnitOfWork, command: ReviewTiers) -> TiersReviewed:
    """Judge members' levels on today's business day; judging again changes nothing.

    Raises:
        NotTheAuthority: on a counter of a head office.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.SETTINGS)
    if not work.home.own_authority:
        raise NotTheAuthority
    rows = work.all(_ABOVE_THE_FIRST, (command.after, MEMBERS_A_RUN))
    judged = [_review(work, row, by=command.by) for row in rows]
    changes = [change for change in judged if change and change.before != change.after]
    last = rows[-1][0] if len(rows) == MEMBERS_A_RUN else None
    return TiersReviewed(len(rows), tuple(changes), last)


def apply_tier_review(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a review's word into the tables; later rises stand above it."""
    msgspec.convert(operation.envelope.b, TierReviewBody)
    work.rewards.add(reward_row(operation))
    lower_level(work, member_of(operation))


def _review(work: UnitOfWork, row: Row, *, by: Actor) -> TierChange | None:
    member_id, number, tier = MemberId(row[0]), row[1], row[2]
    joined_on, qualifiers = _done_by(work, member_id)
    program = work.program(work.today)
    before = last_review(work.sql, member_id)
    after = after_review(
        program.ladder,
        tier,
        qualifiers=qualifiers,
        on=work.today,
        joined_on=joined_on,
        reviewed_on=None if before is None else before[0],
    )
    reviewed_on = None if before is None else before[0]
    judged = is_judged(program.ladder, on=work.today, joined_on=joined_on, reviewed_on=reviewed_on)
    if after == tier and not judged:
        return None
    body = TierReviewBody(
        before=tier,
        after=after,
        rank=max(0, program.ladder.rank(after)),
        measured=measured_in(program.ladder, qualifiers, on=work.today, joined_on=joined_on),
    )
    op = OperationId(work.new_id())
    draft = Draft(
        op=op, kind="tier_review", body=body, by=by, member_id=member_id, rule=program.mark
    )
    apply_tier_review(work, append(work, draft), None)
    return TierChange(member_id, number, tier, after)


def _done_by(work: UnitOfWork, member_id: MemberId) -> tuple[date, list[Qualifier]]:
    """Return since when a member is one, and what counts: of all who turned out to be he."""
    root = standing_for(work.sql, member_id)
    stands = person(work.sql, root)
    ids = (member_id,) if stands is None else (root, *aliases_of(work.sql, root))
    first = person(work.sql, ids[0])
    assert first is not None, "he is reviewed, so he is here"
    known = with_aliases(work.sql, first.known, ids[1:])
    counted = [each for one in ids for each in qualifiers_of(work.sql, one)]
    return date.fromisoformat(known.joined_on), counted
