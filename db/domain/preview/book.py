"""The book that a preview keeps for one member: lots, debt, tier, sales, in memory only.

It holds to the same laws as the ledger: a reversal takes earned points from the sale's own lot,
then from others, then the member owes; spent points go back to the lots they came from; everything
reversed restores everything.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from db.domain.evaluation import LotAward, SaleResult
from db.domain.expiry import ExpiryRule, idle_end, idle_terms, lapsed
from db.domain.ids import LotId
from db.domain.lots import Lot, available_on, pending, take
from db.domain.preview.coupons import CouponsOfSale
from db.domain.preview.value import ValueSpent
from db.domain.returns import GRACE_DAYS, LineShare, given_back
from db.domain.taking_back import take_back
from db.domain.tiers import Qualifier

LOT_ID_BYTES = 16


@dataclass(slots=True)
class LineReversed:
    """How much of a line has come back: units or 分, and what was reversed with them."""

    returned: int = 0
    whole: bool = False
    done: LineShare = field(default_factory=LineShare)


@dataclass(frozen=True, slots=True)
class Reward:
    """What an event gave, and the key under which it counts once; empty when it always counts."""

    key: str
    counted: Qualifier
    lots: tuple[LotId, ...] = ()
    coupons: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class BookedSale:
    """A sale as the book remembers it, with what was reversed of it since."""

    result: SaleResult
    on: date
    quantities: tuple[int, ...]
    by_amount: bool
    lots: tuple[LotId, ...]
    taken: list[tuple[LotId, int]]
    lines: list[LineReversed]
    rise: str = ""
    value: ValueSpent = field(default_factory=ValueSpent)
    coupons: CouponsOfSale = field(default_factory=CouponsOfSale)
    rewards: list[Reward] = field(default_factory=list)
    tags: frozenset[str] = frozenset()

    @property
    def reversed_whole(self) -> bool:
        """Say whether nothing of the sale is left."""
        return all(line.whole for line in self.lines)


@dataclass(frozen=True, slots=True)
class Owed:
    """Points that are owed since a business day."""

    points: int
    since: date


@dataclass(slots=True)
class Book:
    """Everything that changes; lots in the order in which they were opened."""

    repay_share: Fraction
    expiry: ExpiryRule
    lots: dict[LotId, Lot] = field(default_factory=dict)
    expired: dict[LotId, int] = field(default_factory=dict)
    ends: dict[LotId, date] = field(default_factory=dict)
    owing: set[LotId] = field(default_factory=set)
    debts: list[Owed] = field(default_factory=list)
    sales: dict[str, BookedSale] = field(default_factory=dict)
    awarded: dict[str, tuple[date, int]] = field(default_factory=dict)
    others: list[Qualifier] = field(default_factory=list)

    def open_lot(
        self, points: int, *, available_on: date, expires_on: date | None, at_ms: int
    ) -> LotId:
        """Open a lot; where points are owed it repays as soon as it is available."""
        lot_id = LotId(len(self.lots).to_bytes(LOT_ID_BYTES, "big"))
        self.lots[lot_id] = Lot(lot_id, points, available_on, expires_on, at_ms)
        self.owing.add(lot_id)
        if expires_on is not None:
            self.ends[lot_id] = expires_on
        return lot_id

    def award(self, awards: tuple[LotAward, ...], *, at_ms: int) -> tuple[LotId, ...]:
        """Open the lots that an evaluation asked for."""
        return tuple(
            self.open_lot(
                award.points,
                available_on=award.available_on,
                expires_on=award.expires_on,
                at_ms=at_ms,
            )
            for award in awards
        )

    def settle(self, on: date) -> None:
        """Repay what is owed out of awards that have become available, once per award."""
        for lot_id in [lot_id for lot_id in self.owing if self.lots[lot_id].usable(on)]:
            self.owing.discard(lot_id)
            part = self.lots[lot_id].points * self.repay_share
            repaid = min(self.debt, part.numerator // part.denominator)
            self._forgive(repaid)
            self._move(lot_id, -repaid)

    def available(self, on: date) -> int:
        """Return what can be spent, less what is owed."""
        return available_on(self.lots.values(), on) - self.debt

    def pending(self, on: date) -> int:
        """Return what is awarded and not yet available."""
        return pending(self.lots.values(), on)

    def spend(self, points: int, on: date) -> list[tuple[LotId, int]]:
        """Take points out of the lots in their order, and say which."""
        taken = take(self.lots.values(), points, on)
        for lot_id, part in taken:
            self._move(lot_id, -part)
        return taken

    def take_back(self, points: int, *, own: tuple[LotId, ...], on: date) -> None:
        """Take awarded points back: what expired of its own lots, own lots, others, then debt."""
        for lot_id in own:
            gone = min(points, self.expired.get(lot_id, 0))
            self.expired[lot_id] = self.expired.get(lot_id, 0) - gone
            points -= gone
        taken = take_back(list(self.lots.values()), own=own, points=points, on=on)
        for lot_id, part in taken.shares:
            self._move(lot_id, -part)
        if taken.owed:
            self.debts.append(Owed(taken.owed, on))

    def give_back(self, sale: BookedSale, points: int, *, on: date, at_ms: int) -> None:
        """Give spent points back to their lots; a lapsed lot comes back as a grace lot."""
        already = sum(line.done.redeemed_points for line in sale.lines)
        for lot_id, part in given_back(sale.taken, already=already, points=points):
            last_day = self.lots[lot_id].expires_on
            if last_day is None or last_day >= on:
                self._move(lot_id, part)
            else:
                grace = on + timedelta(days=GRACE_DAYS)
                self.owing.discard(
                    self.open_lot(part, available_on=on, expires_on=grace, at_ms=at_ms)
                )

    def live_on(self) -> None:
        """Set the last days of lots that end for want of a sale, after a sale came or went."""
        if not self.expiry.idle:
            return
        days = sorted({sale.on for sale in self.sales.values() if not sale.reversed_whole})
        for lot_id, last_day in self.ends.items():
            lot = self.lots[lot_id]
            terms = idle_terms(self.expiry.idle, last_day.isoformat())
            end = idle_end(terms, lot.available_on, days)
            self.lots[lot_id] = replace(lot, expires_on=end)

    def expire(self, on: date) -> int:
        """Write off what has run out before `on`; return how many points."""
        ended = lapsed(self.lots.values(), on=on)
        for lot in ended:
            self.expired[lot.lot_id] = self.expired.get(lot.lot_id, 0) + lot.points
            self._move(lot.lot_id, -lot.points)
        return sum(lot.points for lot in ended)

    @property
    def debt(self) -> int:
        """Return the points that are owed."""
        return sum(owed.points for owed in self.debts)

    def write_off(self, days: int, on: date) -> None:
        """Forgive what has been owed for more than so many days."""
        self.debts = [owed for owed in self.debts if owed.since + timedelta(days=days) >= on]

    def qualifiers(self) -> list[Qualifier]:
        """Return what counts towards the tier: sales net of what came back, and events."""
        sales = [
            Qualifier(
                on=sale.on,
                net_spend=sale.result.due - sum(line.done.paid for line in sale.lines),
                visits=1,
                points_earned=sale.result.earned - sum(line.done.earned for line in sale.lines),
            )
            for sale in self.sales.values()
            if not sale.reversed_whole
        ]
        return sales + self.others

    def awarded_on(self, day: date) -> int:
        """Return the points awarded on a business day, for the caps."""
        return sum(points for on, points in self._awards() if on == day)

    def awarded_in_month(self, day: date) -> int:
        """Return the points awarded in the calendar month of a business day, for the caps."""
        month = day.replace(day=1)
        return sum(points for on, points in self._awards() if on.replace(day=1) == month)

    def _awards(self) -> list[tuple[date, int]]:
        events = [(qualifier.on, qualifier.points_earned) for qualifier in self.others]
        return [*self.awarded.values(), *events]

    def _forgive(self, points: int) -> None:
        """Strike off the oldest debts first."""
        left: list[Owed] = []
        for owed in self.debts:
            part = min(points, owed.points)
            points -= part
            if owed.points > part:
                left.append(replace(owed, points=owed.points - part))
        self.debts = left

    def _move(self, lot_id: LotId, points: int) -> None:
        lot = self.lots[lot_id]
        self.lots[lot_id] = replace(lot, points=lot.points + points)
