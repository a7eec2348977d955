"""The whole program on one sale or event: the single door for counter, head office and preview.

It runs the five steps of PROGRAM.md §3 in their order and returns figures and their explanation;
it writes nothing, and knows the time only as it is told. Points are a lane above earning (DECISIONS
5, 21): a rule's `spend` is tested on what is left for tenders, delivery aside.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from db.domain.allocation import spread, spread_within
from db.domain.basket import Basket, MemberFacts
from db.domain.conditions import Moment
from db.domain.earning import Earned, earn
from db.domain.earning_base import earning_lines
from db.domain.explanation import (
    Explained,
    explain_program,
    explain_redemption,
    explain_stored_value,
)
from db.domain.offers.coupons import NO_FACTS, OfferFacts, issuable
from db.domain.offers.lanes import UsedCoupon
from db.domain.offers.targets import Scene
from db.domain.pricing import Priced, price
from db.domain.program.program import Program
from db.domain.redemption import Bill, bill_of, check_redemption
from db.domain.redemption_refusals import MemberRequired
from db.domain.tiers import TierLevel


class LineResult(msgspec.Struct, frozen=True, gc=False):
    """A line after the sale: gross − discount − redeemed_value = paid, all in 分."""

    gross: int
    discount: int
    redeemed_points: int
    redeemed_value: int
    paid: int
    earned: int


class LotAward(msgspec.Struct, frozen=True):
    """A lot to open: usable from `available_on` to `expires_on`, both inclusive; None is never.

    `idle` are the terms of a lot that ends for want of a sale.
    """

    points: int
    available_on: date
    expires_on: date | None
    rules: tuple[str, ...]
    idle: str = ""


class OfferUsed(msgspec.Struct, frozen=True, gc=False):
    """A promotion that took something off, and how much in 分."""

    promotion: str
    value: int


class SaleResult(msgspec.Struct, frozen=True):
    """What a sale comes to: gross − discount − redeemed_value = due, in 分; points whole.

    `tier` is the level the sale was computed with, `awards` the lots to open (none when nothing
    was earned), `coupon_awards` the kinds of coupons to issue, `tag_awards` the tags to write down
    with the member, `explanation` JSON values only.
    """

    program: str
    gross: int
    discount: int
    redeemed: int
    redeemed_value: int
    due: int
    earned: int
    per_line: tuple[LineResult, ...]
    awards: tuple[LotAward, ...]
    tier: str
    explanation: tuple[Explained, ...]
    promotions: tuple[OfferUsed, ...] = ()
    coupons: tuple[UsedCoupon, ...] = ()
    coupon_awards: tuple[str, ...] = ()
    tag_awards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventResult:
    """What an event awards to a member besides points: kinds of coupons to issue, and tags."""

    program: str
    earned: int
    awards: tuple[LotAward, ...]
    explanation: tuple[Explained, ...]
    coupon_awards: tuple[str, ...] = ()
    tag_awards: tuple[str, ...] = ()

    @property
    def gives(self) -> bool:
        """Say whether the event gave anything at all."""
        return bool(self.earned or self.coupon_awards or self.tag_awards)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Points that pay in a sale, and their worth in 分."""

    points: int = 0
    value: int = 0


_NOTHING = Redeemed()


def evaluate_sale(
    program: Program,
    basket: Basket,
    member: MemberFacts | None,
    *,
    on: date,
    at_ms: int,
    redeem_points: int = 0,
    balance: int = 0,
    spendable: int | None = None,
    offers: OfferFacts = NO_FACTS,
) -> SaleResult:
    """Return what a sale costs, spends and earns; nothing is earned without a member.

    `member` is as known before the sale, `on` the business day, `at_ms` the instant in UTC ms,
    `balance` the member's available points, `spendable` what this counter's leases hold of them
    (None where nothing limits it further), `offers` the coupons in reach and what was used. A
    redemption beyond a limit raises one of `redemption_refusals`, a coupon or a code that cannot
    be used one of `offers.coupon_refusals`.
    """
    level = None if member is None else program.ladder.level(member.tier)
    moment = _moment(program, basket, member, on=on, at_ms=at_ms)
    priced = _priced(program, basket, moment, level=level, offers=offers)
    paying = _NOTHING
    if redeem_points:
        if member is None:
            raise MemberRequired(requested=redeem_points)
        bill = _bill(program, priced)
        value = check_redemption(
            program.money, redeem_points, balance=balance, spendable=spendable, bill=bill
        )
        paying = Redeemed(redeem_points, value)
    paid = _spread_value(program, priced, paying.value)
    earned = _earned(program, basket, priced=priced, moment=moment, level=level, paid=paid)
    return _sale_result(
        program,
        basket,
        priced,
        level=level,
        paying=paying,
        paid=paid,
        earned=earned,
        on=on,
        offers=offers,
    )


def evaluate_event(
    program: Program,
    event: str,
    member: MemberFacts,
    *,
    on: date,
    at_ms: int,
    offers: OfferFacts = NO_FACTS,
) -> EventResult:
    """Return what an event such as `signup` or `attended:E1` awards to a member.

    Whether the event has been awarded before is the caller's to know, as with every act.
    """
    moment = Moment(on=on, minute=_minute(program, at_ms), member=member, event=event)
    earned = earn(
        program.rules,
        program.terms,
        moment=moment,
        lines=(),
        level=program.ladder.level(member.tier),
    )
    issued = issuable(earned.coupons, program.offers.coupons, facts=offers, on=on)
    return EventResult(
        program=program.mark,
        earned=earned.points,
        awards=lots_to_open(program, earned, on=on),
        explanation=(
            explain_program(program.program_id, program.version),
            *earned.explanation,
            *issued.explanation,
        ),
        coupon_awards=issued.codes,
        tag_awards=earned.tags,
    )


def bill_for(
    program: Program,
    basket: Basket,
    member: MemberFacts | None,
    *,
    on: date,
    at_ms: int,
    offers: OfferFacts = NO_FACTS,
) -> Bill:
    """Return what points could pay for in a basket: for chips and for the largest figure."""
    moment = _moment(program, basket, member, on=on, at_ms=at_ms)
    level = None if member is None else program.ladder.level(member.tier)
    return _bill(program, _priced(program, basket, moment, level=level, offers=offers))


def lots_to_open(program: Program, earned: Earned, *, on: date) -> tuple[LotAward, ...]:
    """Return the lot that an award opens, with its first and last day; none for nothing."""
    if earned.points == 0:
        return ()
    available_on = on + timedelta(days=program.pending_days)
    expiry = program.expiry
    last_day = expiry.last_day(available_on)
    return (LotAward(earned.points, available_on, last_day, earned.rules, expiry.idle),)


def _sale_result(
    program: Program,
    basket: Basket,
    priced: Priced,
    *,
    level: TierLevel | None,
    paying: Redeemed,
    paid: list[int],
    earned: Earned,
    on: date,
    offers: OfferFacts,
) -> SaleResult:
    issued = issuable(earned.coupons, program.offers.coupons, facts=offers, on=on)
    told = _explanation(program, basket, priced, paying=paying, earned=earned)
    per_line = _line_results(priced, earned, paid=paid, points=paying.points)
    return SaleResult(
        program=program.mark,
        gross=sum([line.gross for line in per_line]),
        discount=sum([line.discount for line in per_line]),
        redeemed=paying.points,
        redeemed_value=paying.value,
        due=sum([line.paid for line in per_line]),
        earned=earned.points,
        per_line=per_line,
        awards=lots_to_open(program, earned, on=on),
        tier="" if level is None else level.code,
        explanation=(*told, *issued.explanation),
        promotions=tuple([OfferUsed(g.offer.offer_id, g.value) for g in priced.promotions]),
        coupons=priced.coupons,
        coupon_awards=issued.codes,
        tag_awards=earned.tags,
    )


def _moment(
    program: Program, basket: Basket, member: MemberFacts | None, *, on: date, at_ms: int
) -> Moment:
    return Moment(
        on=on,
        minute=_minute(program, at_ms),
        member=member,
        branch=basket.branch,
        channel=basket.channel,
        tenders=basket.tenders,
    )


def _priced(
    program: Program,
    basket: Basket,
    moment: Moment,
    *,
    level: TierLevel | None,
    offers: OfferFacts,
) -> Priced:
    return price(
        basket,
        level,
        offers=program.offers,
        facts=offers,
        scene=Scene(moment, offers.used),
    )


def _bill(program: Program, priced: Priced) -> Bill:
    if program.money is None:
        return Bill.of_amount(priced.net)
    return bill_of(program.money, priced, tuple(coupon.kind for coupon in priced.coupons))


def _explanation(
    program: Program, basket: Basket, priced: Priced, *, paying: Redeemed, earned: Earned
) -> tuple[Explained, ...]:
    steps = [explain_program(program.program_id, program.version), *priced.explanation]
    if paying.points:
        steps.append(explain_redemption(paying.points, paying.value))
    principal, bonus = basket.stored_value_principal, basket.stored_value_bonus
    if principal or bonus:
        earns = program.document.points.base.stored_value
        steps.append(explain_stored_value(principal, bonus, earns))
    return (*steps, *earned.explanation)


def _spread_value(program: Program, priced: Priced, value: int) -> list[int]:
    """Return which line bears how much of what points pay, in 分."""
    if value == 0 or program.money is None:
        return [0] * len(priced.lines)
    bearing = [line.net if program.money.bears(line) else 0 for line in priced.lines]
    return spread_within(value, bearing, limits=bearing)


def _earned(
    program: Program,
    basket: Basket,
    *,
    priced: Priced,
    moment: Moment,
    level: TierLevel | None,
    paid: list[int],
) -> Earned:
    if moment.member is None:
        return Earned(0, (0,) * len(priced.lines), (), ())
    spend = priced.spend if not any(paid) else _spend_left(priced, paid)
    return earn(
        program.rules,
        program.terms,
        moment=moment.spending(spend),
        lines=earning_lines(program, basket, priced, paid_by_points=paid),
        level=level,
    )


def _spend_left(priced: Priced, paid: list[int]) -> int:
    """Return what is left for tenders to pay, delivery aside, in 分."""
    lines = zip(priced.lines, paid, strict=True)
    return sum([line.net - points for line, points in lines if line.counts])


def _line_results(
    priced: Priced, earned: Earned, *, paid: list[int], points: int
) -> tuple[LineResult, ...]:
    of_lines = zip(priced.lines, spread(points, paid), paid, earned.per_line, strict=True)
    return tuple(
        [
            LineResult(line.line.gross, line.discount, spent, value, line.net - value, gains)
            for line, spent, value, gains in of_lines
        ]
    )


def _minute(program: Program, at_ms: int) -> int:
    local = program.calendar.local(at_ms)
    return local.hour * 60 + local.minute
