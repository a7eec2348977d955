"""A program run over purchases that were made: what it would have given, and to whom.

Both programs, the one in force and the proposed one, meet the same purchases in the same order,
and each keeps its own members: level, visits, points awarded and left, promotions used. A customer
is taken to want the same money off as then, so points pay again up to what the program lets them.
What a program costs is what it takes off and what its points are worth when all of them are used;
expiry, later returns and reviews of levels are left out, so the cost is the highest it can be.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from msgspec import UNSET

from db.domain.basket import Basket, MemberFacts
from db.domain.evaluation import SaleResult, bill_for, evaluate_sale
from db.domain.offers.coupons import NO_FACTS, OfferFacts
from db.domain.offers.targets import Used
from db.domain.program.program import Program
from db.domain.redemption import RedemptionRule, largest_redemption
from db.domain.replay_figures import Change, Figures
from db.domain.tiers import Qualifier, window_start

_NOBODY_USED: Mapping[str, Used] = {}


@dataclass(frozen=True, slots=True)
class PastSale:
    """A purchase as it came to the till: the basket without what any program took off.

    `wanted` is what points paid then, in 分.
    """

    basket: Basket
    on: date
    at_ms: int
    member: bytes | None = None
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class PastMember:
    """What a member was before the first of the days; `points` were his to spend then.

    `tier` is the level he held, by the code of the program then; `before` is what counts for
    levels from earlier days.
    """

    joined_on: date
    birthday: str = ""
    tier: str = ""
    visits: int = 0
    points: int = 0
    tags: frozenset[str] = frozenset()
    before: tuple[Qualifier, ...] = ()


@dataclass(slots=True)
class _Life:
    """A member under one program, as the days go by."""

    joined_on: date
    tier: str
    visits: int
    available: int
    measured: deque[tuple[date, int]]
    measure: int
    pending: deque[tuple[date, int]] = field(default_factory=deque)
    day: tuple[date, int] = (date.min, 0)
    month: tuple[date, int] = (date.min, 0)
    used: dict[str, int] = field(default_factory=dict)
    discount: int = 0
    earned: int = 0


class Course:
    """One program on its way through the purchases, which come in the order of their time."""

    def __init__(self, program: Program, members: Mapping[bytes, PastMember]) -> None:
        """Start on the first day; `members` holds everybody who buys."""
        self.program = program
        self.figures = Figures()
        self._members = members
        self._lives: dict[bytes, _Life] = {}
        self._used: dict[str, int] = {}
        self._counts_uses = any(
            (offer.limit_total, offer.limit_per_member) != (UNSET, UNSET)
            for offer in program.document.promotions
        )

    def take(self, sale: PastSale) -> SaleResult:
        """Let a purchase happen under this program; return what it comes to."""
        life = None if sale.member is None else self._life(sale.member, sale.on)
        facts = None if life is None else self._facts(sale, life)
        offers = self._offers(life)
        points = self._spent(sale, facts, offers=offers) if facts and sale.wanted else 0
        result = evaluate_sale(
            self.program,
            sale.basket,
            facts,
            on=sale.on,
            at_ms=sale.at_ms,
            redeem_points=points,
            balance=0 if life is None else life.available,
            offers=offers,
        )
        self._count(sale, result)
        if self._counts_uses:
            for used in result.promotions:
                self._used[used.promotion] = self._used.get(used.promotion, 0) + 1
        if life is not None:
            self._live(sale.on, life, result)
        return result

    def given(self, member: bytes) -> int:
        """Return what a member got in 分: money off, and what his points are worth."""
        life = self._lives.get(member)
        return 0 if life is None else life.discount + worth(self.program.money, life.earned)

    def levels(self) -> dict[str, int]:
        """Return how many of the members who bought end at each level."""
        counted = {level.code: 0 for level in self.program.ladder.levels}
        for life in self._lives.values():
            if life.tier in counted:
                counted[life.tier] += 1
        return counted

    def finished(self) -> Figures:
        """Return the figures with the worth of all points that were awarded."""
        self.figures.worth = worth(self.program.money, self.figures.earned)
        return self.figures

    def _life(self, member: bytes, on: date) -> _Life:
        life = self._lives.get(member)
        if life is None:
            life = self._lives[member] = self._born(self._members[member], on)
        while life.pending and life.pending[0][0] <= on:
            life.available += life.pending.popleft()[1]
        return life

    def _born(self, past: PastMember, on: date) -> _Life:
        ladder = self.program.ladder
        first = window_start(ladder, on, past.joined_on)
        counts = deque(
            (each.on, getattr(each, ladder.measure)) for each in past.before if each.on >= first
        )
        measure = sum(count for _, count in counts)
        held = past.tier if ladder.level(past.tier) is not None else ""
        tier = ladder.risen(held, measure)
        return _Life(past.joined_on, tier, past.visits, past.points, counts, measure)

    def _facts(self, sale: PastSale, life: _Life) -> MemberFacts:
        assert sale.member is not None, "a life is a member's"
        past = self._members[sale.member]
        month = sale.on.replace(day=1)
        return MemberFacts(
            joined_on=past.joined_on,
            birthday=past.birthday,
            tier=life.tier,
            tags=past.tags,
            visits=life.visits,
            awarded_today=life.day[1] if life.day[0] == sale.on else 0,
            awarded_this_month=life.month[1] if life.month[0] == month else 0,
        )

    def _offers(self, life: _Life | None) -> OfferFacts:
        """Return how often promotions were used; a program that limits none does not count."""
        if not self._used:
            return NO_FACTS
        mine = {} if life is None else life.used
        return OfferFacts(
            used={offer: Used(total, mine.get(offer, 0)) for offer, total in self._used.items()}
        )

    def _spent(self, sale: PastSale, facts: MemberFacts, *, offers: OfferFacts) -> int:
        """Return the points that take as much off as the customer wanted, within all limits."""
        rule, life = self.program.money, self._lives[sale.member or b""]
        if rule is None or life.available <= 0:
            return 0
        bill = bill_for(
            self.program, sale.basket, facts, on=sale.on, at_ms=sale.at_ms, offers=offers
        )
        largest = largest_redemption(rule, balance=life.available, bill=bill)
        points = min(largest, _points_for(rule, sale.wanted))
        return points if points >= rule.least else 0

    def _count(self, sale: PastSale, result: SaleResult) -> None:
        figures = self.figures
        by_hand = _by_hand(sale.basket)
        discount, goods = result.discount - by_hand, result.gross - by_hand
        figures.sales += 1
        figures.goods += goods
        figures.discount += discount
        figures.due += result.due
        if sale.member is None:
            return
        figures.member_sales += 1
        figures.member_goods += goods
        figures.member_discount += discount
        figures.earned += result.earned
        figures.redeemed += result.redeemed
        figures.redeemed_value += result.redeemed_value
        figures.coupons += len(result.coupon_awards)
        life = self._lives[sale.member]
        life.discount += discount
        life.earned += result.earned

    def _live(self, on: date, life: _Life, result: SaleResult) -> None:
        """Carry on the member: points, caps, limits, and the level from the next sale on."""
        life.visits += 1
        life.available -= result.redeemed
        life.pending.extend((award.available_on, award.points) for award in result.awards)
        month = on.replace(day=1)
        before = life.day[1] if life.day[0] == on else 0
        life.day = (on, before + result.earned)
        before = life.month[1] if life.month[0] == month else 0
        life.month = (month, before + result.earned)
        for used in result.promotions:
            life.used[used.promotion] = life.used.get(used.promotion, 0) + 1
        self._rise(on, life, result)

    def _rise(self, on: date, life: _Life, result: SaleResult) -> None:
        ladder = self.program.ladder
        if not ladder.levels:
            return
        counts = {"net_spend": result.due, "visits": 1, "points_earned": result.earned}
        life.measured.append((on, counts[ladder.measure]))
        life.measure += counts[ladder.measure]
        first = window_start(ladder, on, life.joined_on)
        while life.measured[0][0] < first:
            life.measure -= life.measured.popleft()[1]
        life.tier = ladder.risen(life.tier, life.measure)


def changes(now: Course, proposed: Course, members: Iterable[bytes]) -> tuple[Change, ...]:
    """Return what each member got under both programs, in 分."""
    return tuple(
        Change(member, now.given(member), proposed.given(member)) for member in sorted(members)
    )


def worth(rule: RedemptionRule | None, points: int) -> int:
    """Return what points are worth in 分 when they pay; nothing where they do not."""
    return 0 if rule is None else rule.value(points)


def _points_for(rule: RedemptionRule, value: int) -> int:
    """Return the most points that are worth at most so many 分."""
    steps = -(-(value + 1) // rule.value_per_step) - 1
    return int(steps) * rule.points_per_step


def _by_hand(basket: Basket) -> int:
    """Return what the cashier took off himself, in 分, as far as there was something left."""
    if not basket.order_discount and not any(line.discount for line in basket.lines):
        return 0
    lines = [min(line.discount, line.gross) for line in basket.lines]
    left = sum(line.gross for line in basket.lines) - sum(lines)
    return sum(lines) + min(basket.order_discount, left)
