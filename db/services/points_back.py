"""What reversing a sale, or a part of it, does to its member's points: shown first, then done.

Spent points of a sale that never left this counter go back into the lease they came from while
that is open, else to the member; on a counter of a head office those are pending, because only head
office leases them again (DECISIONS 11): another counter may take the same sale back. In place of a
lot that has run out there is a new one that lives 30 days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db.domain.evaluation import LotAward
from db.domain.ids import LeaseId, LotId, MemberId, parse_id, text_of
from db.domain.leases import LotShare, LotSpend
from db.domain.program.program import Program
from db.domain.returns import GRACE_DAYS, LineShare, given_back
from db.domain.sales import AwardFact
from db.domain.taking_back import take_back
from db.domain.tiers import window_start
from db.services.lots import award_facts
from db.services.sold import SoldSale
from db.storage.database import Reader
from db.storage.home import HomeIdentity
from db.storage.ledger import held_lots, last_day_of
from db.storage.member_facts import member_standing
from db.storage.offered import never_left
from db.storage.returns import lapsed_before, lease_standing
from db.storage.rewards import led_to
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PointsBack:
    """Awarded points leave `taken` (of which no lot held `owed`); `lapsed` had expired before.

    Spent points go back in `restored`, and `grace` of them into a new lot.
    """

    taken: tuple[LotShare, ...] = ()
    lapsed: int = 0
    owed: int = 0
    restored: tuple[LotSpend, ...] = ()
    grace: int = 0

    @property
    def to_member(self) -> int:
        """Return how many points go back to the member himself, not into a lease held here."""
        return self.grace + sum(spend.points for spend in self.restored if not spend.lease)


def points_back(
    reader: Reader, sold: SoldSale, share: LineShare, *, home: HomeIdentity, on: date
) -> PointsBack:
    """Return what happens to the points of `share` of a sale on a business day."""
    member_id = sold.row.member_id
    if member_id is None:
        return PointsBack()
    own = tuple(LotId(parse_id(award.lot)) for award in sold.body.awards)
    lapsed = min(share.earned, lapsed_before(reader, sold.row.sale_id, own))
    points = share.earned - lapsed
    taken = take_back(held_lots(reader, member_id), own=own, points=points, on=on)
    shares = dict(taken.shares)
    if taken.owed:
        shares[own[0]] = shares.get(own[0], 0) + taken.owed
    spends = given_back(
        [((spend.lot, spend.lease), spend.points) for spend in sold.body.spends],
        already=sold.sums.redeemed,
        points=share.redeemed_points,
    )
    only_ours = home.own_authority or never_left(reader, sold.row.sale_id, home.stream_id)
    living = [
        _restored(reader, member_id, LotSpend(lot, lease, part), home=home, only_ours=only_ours)
        for (lot, lease), part in spends
        if not _has_lapsed(reader, lot_holder(reader, member_id, lease), lot, on=on)
    ]
    return PointsBack(
        taken=tuple(LotShare(text_of(lot_id), part) for lot_id, part in shares.items()),
        lapsed=lapsed,
        owed=taken.owed,
        restored=tuple(living),
        grace=share.redeemed_points - sum(spend.points for spend in living),
    )


def grace_lot(work: UnitOfWork, points: int) -> tuple[AwardFact, ...]:
    """Return the lot that takes in points whose own lots have run out (DECISIONS 44)."""
    if points == 0:
        return ()
    last_day = work.today + timedelta(days=GRACE_DAYS)
    idle = work.program(work.today).expiry.idle
    return award_facts(work, (LotAward(points, work.today, last_day, (), idle),))


def kept_level(
    reader: Reader, sold: SoldSale, *, home: HomeIdentity, program: Program, on: date, now_ms: int
) -> tuple[str, int] | None:
    """Return the level that the member's other sales reach, when the one that raised him goes.

    DECISIONS 43: the rise goes with its sale unless others reach the level. The lowest level, and
    a sale that raised nobody, need no word.
    """
    member_id, ladder = sold.row.member_id, program.ladder
    if member_id is None or sold.row.raised_rank is None or not ladder.levels:
        return None
    standing = member_standing(reader, member_id, home=home, program=program, on=on, now_ms=now_ms)
    first = window_start(ladder, on, standing.facts.joined_on)
    counted = first.isoformat() <= sold.row.business_day <= on.isoformat()
    own = {
        "net_spend": sold.row.due - sold.sums.amount,
        "visits": 1,
        "points_earned": sold.row.earned
        - sold.sums.earned
        + led_to(reader, sold.row.sale_id, member_id),
    }
    measured = standing.measured - (own[ladder.measure] if counted else 0)
    rank = min(ladder.rank(ladder.reached(measured)), standing.tier_rank)
    return (ladder.levels[rank].code, rank) if rank > 0 else None


def _has_lapsed(reader: Reader, member_id: MemberId, lot: str, *, on: date) -> bool:
    last_day = last_day_of(reader, member_id, LotId(parse_id(lot)))
    return last_day is not None and last_day < on


def lot_holder(reader: Reader, member_id: MemberId, lease: str) -> MemberId:
    """Return whose points were under a lease: the member's, or of one for whom he stood."""
    standing = lease_standing(reader, LeaseId(parse_id(lease)))
    return member_id if standing is None else MemberId(standing[2])


def _restored(
    reader: Reader, member_id: MemberId, spend: LotSpend, *, home: HomeIdentity, only_ours: bool
) -> LotSpend:
    """Return where spent points go back to: their lease while it is open on our stream.

    Not where another counter may give them back too (not `only_ours`): they would be spent twice.
    """
    owner = lot_holder(reader, member_id, spend.lease)
    standing = lease_standing(reader, LeaseId(parse_id(spend.lease)))
    is_open = standing is not None and standing[:2] == (home.stream_id, "open")
    lease = spend.lease if is_open and only_ours else ""
    return LotSpend(spend.lot, lease, spend.points, "" if owner == member_id else text_of(owner))
