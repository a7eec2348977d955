"""What counts once and was awarded twice: at two counters, or to two members who became one.

The welcome is taken back at once, the later one (SYNC.md §2.8); of anything else head office is
told, with the advice to take the later award back.
"""

from db.domain.conflicts import REVOKE, ConflictKind, SideFact
from db.domain.events import SIGNUP
from db.domain.ids import MemberId, OperationId, text_of
from db.domain.reward_facts import following_id
from db.services.conflicts import OFFICE, Finding, close_conflict, open_conflict
from db.services.sale_rewards import revoke_award
from db.storage.profiles import aliases_of, standing_for
from db.storage.rewards import RewardRow, once_only_awards
from db.storage.unit_of_work import UnitOfWork


def settle_double_awards(work: UnitOfWork, member_id: MemberId) -> None:
    """Note what counts once and is there twice, of a member and those he stands for."""
    root = standing_for(work.sql, member_id)
    ids = (root, *aliases_of(work.sql, root))
    first: dict[str, RewardRow] = {}
    for row in once_only_awards(work.sql, ids):
        assert row.occurrence is not None, "it was asked for"
        before = first.setdefault(row.occurrence, row)
        if before is not row:
            _twice(work, root, awards=(before, row))


def _twice(work: UnitOfWork, root: MemberId, *, awards: tuple[RewardRow, RewardRow]) -> None:
    first, later = awards
    found = open_conflict(
        work,
        Finding(
            kind=ConflictKind.EVENT_TWICE,
            subject=first.op,
            other=later.op,
            branch=work.branches.canonical(later.branch_id),
            member_id=root,
            reference=later.op,
            recommended=REVOKE,
            detail={"event": later.detail, "points": later.points},
            sides=(award_side(first), award_side(later)),
        ),
    )
    if found is None or later.occurrence != SIGNUP:
        return
    op = following_id(OperationId(later.op), "welcomed twice")
    revoke_award(work, later, op=op, by=OFFICE)
    close_conflict(work, found, choice=REVOKE, decision=op, member_id=root)


def award_side(row: RewardRow) -> SideFact:
    """Return an award as one side of a conflict."""
    return SideFact(
        act="event_award",
        op=text_of(row.op),
        member=text_of(row.member_id),
        branch=text_of(row.branch_id),
        counter=text_of(row.counter_id),
        staff="" if row.staff_id is None else text_of(row.staff_id),
        at=row.entered_at,
        points=row.points,
        text=row.detail,
    )
