"""A member's level as a fold of what stands: the highest rise since his last review, or its word.

It is worked out of rows, so the order in which sales, events and reviews arrive does not matter.
"""

from db.domain.ids import MemberId
from db.storage.rewards import last_review
from db.storage.unit_of_work import UnitOfWork


def raise_level(
    work: UnitOfWork, member_id: MemberId, level: tuple[str, int], *, at_ms: int
) -> None:
    """Lift a member to (code, rank), unless a review after `at_ms` has judged him since."""
    review = last_review(work.sql, member_id)
    if review is None or review[1] <= at_ms:
        work.members.raise_tier(member_id, *level)
    else:
        lower_level(work, member_id)


def lower_level(work: UnitOfWork, member_id: MemberId) -> None:
    """Set the level that standing sales, events and reviews give (DECISIONS 43)."""
    if (highest := work.sales.highest_raise(member_id)) is not None:
        work.members.set_tier(member_id, *highest)
        return
    member = work.members.by_id(member_id)
    if member is not None:  # his registration may come after his sales: `members._catch_up`
        work.members.set_tier(member_id, member.first_tier, 0)
