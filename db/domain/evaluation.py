"""The whole program on one sale or event: the single door for counter, head office and preview.

It runs the five steps of PROGRAM.md §3 in their order and returns figures and their explanation;
it writes nothing, and knows the time only as it is told. Points are a lane above earning (DECISIONS
5, 21): a rule's `spend` is tested on what is left for tenders, delivery aside.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db.domain.allocation import spread, spread_within
from db.domain.basket import Basket, MemberFacts
from db.domain.conditions import Moment
from db.domain.earning import Earned, EarningLine, earn
from db.domain.explanation import Explained, explain_program, explain_redemption
from db.domain.pricing import Priced, PricedLine, price
from db.domain.program import Program
from db.domain.redemption import Bill, bill_of, check_redemption
from db.domain.redemption_refusals import MemberRequired
from db.domain.tiers import TierLevel


@dataclass(frozen=True, slots=True)
class LineResult:
    """A line after the sale: gross − discount − redeemed_value = paid, all in 分."""

    gross: int
    discount: int
    redeemed_points: int
    redeemed_value: int
    paid: int
    earned: int


@dataclass(frozen=True, slots=True)
class LotAward:
    """A lot to open: usable from `available_on` to `expires_on`, both inclusive; None is never."""

    points: int
    available_on: date
    expires_on: date | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaleResult:
    """What a sale comes to: gross − discount − redeemed_value = due, in 分; points whole.

    `tier` is the level the sale was computed with, `awards` the lots to open (none when nothing
    was earned), `explanation` JSON values only.
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


@dataclass(frozen=True, slots=True)
class EventResult:
    """What an event awards to a member."""

    program: str
    earned: int
    awards: tuple[LotAward, ...]
    explanation: tuple[Explained, ...]


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
) -> SaleResult:
    """Return what a sale costs, spends and earns; nothing is earned without a member.

    Args:
        program: the program in force on `on`.
        basket: what is bought, in 分.
        member: whose points, as known before the sale; None for a sale without member.
        on: the business day.
        at_ms: the instant in UTC ms; the program's time zone makes the time of day from it.
        redeem_points: points the member wants to pay with, 0 for none.
        balance: the member's available points before the sale.
        spendable: what this counter's leases hold of them; None where nothing limits it further.

    Raises:
        Refusal: when the redemption breaks a limit (`redemption_refusals`).
    """
    level = None if member is None else program.ladder.level(member.tier)
    priced = price(basket, level)
    value = 0
    if redeem_points:
        if member is None:
            raise MemberRequired(requested=redeem_points)
        bill = None if program.money is None else bill_of(program.money, priced, basket.coupons)
        value = check_redemption(
            program.money, redeem_points, balance=balance, spendable=spendable, bill=bill
        )
    paid_by_points = _spread_value(program, priced, value)
    explanation = [explain_program(program.program_id, program.version), *priced.explanation]
    if value:
        explanation.append(explain_redemption(redeem_points, value))
    earned = _earned(
        program,
        basket,
        priced=priced,
        member=member,
        level=level,
        paid_by_points=paid_by_points,
        on=on,
        at_ms=at_ms,
    )
    explanation.extend(earned.explanation)
    return SaleResult(
        program=program.mark,
        gross=priced.gross,
        discount=priced.discount,
        redeemed=redeem_points,
        redeemed_value=value,
        due=priced.net - value,
        earned=earned.points,
        per_line=_line_results(priced, earned, paid=paid_by_points, points=redeem_points),
        awards=lots_to_open(program, earned, on=on),
        tier="" if level is None else level.code,
        explanation=tuple(explanation),
    )


def evaluate_event(
    program: Program, event: str, member: MemberFacts, *, on: date, at_ms: int
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
    return EventResult(
        program=program.mark,
        earned=earned.points,
        awards=lots_to_open(program, earned, on=on),
        explanation=(explain_program(program.program_id, program.version), *earned.explanation),
    )


def bill_for(program: Program, basket: Basket, member: MemberFacts | None) -> Bill:
    """Return what points could pay for in a basket: for chips and for the largest figure."""
    level = None if member is None else program.ladder.level(member.tier)
    priced = price(basket, level)
    if program.money is None:
        return Bill.of_amount(priced.net)
    return bill_of(program.money, priced, basket.coupons)


def lots_to_open(program: Program, earned: Earned, *, on: date) -> tuple[LotAward, ...]:
    """Return the lot that an award opens, with its first and last day; none for nothing."""
    if earned.points == 0:
        return ()
    available_on = on + timedelta(days=program.pending_days)
    return (
        LotAward(earned.points, available_on, program.expiry.last_day(available_on), earned.rules),
    )


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
    member: MemberFacts | None,
    level: TierLevel | None,
    paid_by_points: list[int],
    on: date,
    at_ms: int,
) -> Earned:
    if member is None:
        return Earned(0, (0,) * len(priced.lines), (), ())
    spend = sum(
        line.net - points
        for line, points in zip(priced.lines, paid_by_points, strict=True)
        if line.counts
    )
    moment = Moment(
        on=on,
        minute=_minute(program, at_ms),
        member=member,
        spend=spend,
        branch=basket.branch,
        channel=basket.channel,
        tenders=basket.tenders,
    )
    return earn(
        program.rules,
        program.terms,
        moment=moment,
        lines=_earning_lines(program, basket, priced, paid_by_points=paid_by_points),
        level=level,
    )


def _earning_lines(
    program: Program, basket: Basket, priced: Priced, *, paid_by_points: list[int]
) -> list[EarningLine]:
    """Step 3: the money that earns, line by line; stored value counts as the program says."""
    paid = [line.net - points for line, points in zip(priced.lines, paid_by_points, strict=True)]
    unearning = spread(_unearning_value(program, basket), paid)
    lines: list[EarningLine] = []
    for i, line in enumerate(priced.lines):
        why = _why_not(program, line)
        base = 0 if why else max(0, _base(program, line, paid_by_points[i]) - unearning[i])
        lines.append(EarningLine(line.line, base, paid[i], why))
    return lines


def _base(program: Program, line: PricedLine, points_value: int) -> int:
    reductions = {
        "line_discount": line.line_discount,
        "order_discount": line.order_discount,
        "coupon": line.coupon,
        "points": points_value,
    }
    return line.line.gross - sum(
        value for kind, value in reductions.items() if kind in program.net_of
    )


def _unearning_value(program: Program, basket: Basket) -> int:
    """Return the part of the stored value tendered that earns nothing, in 分."""
    kind = program.document.points.base.stored_value
    if kind == "all":
        return 0
    if kind == "principal":
        return basket.stored_value_bonus
    return basket.stored_value_bonus + basket.stored_value_principal


def _why_not(program: Program, line: PricedLine) -> str:
    if not line.counts:
        return "delivery"
    if program.excluded is not None and program.excluded.selects(line.line):
        return "excluded"
    return ""


def _line_results(
    priced: Priced, earned: Earned, *, paid: list[int], points: int
) -> tuple[LineResult, ...]:
    spent = spread(points, paid)
    return tuple(
        LineResult(
            gross=line.line.gross,
            discount=line.discount,
            redeemed_points=spent[i],
            redeemed_value=paid[i],
            paid=line.net - paid[i],
            earned=earned.per_line[i],
        )
        for i, line in enumerate(priced.lines)
    )


def _minute(program: Program, at_ms: int) -> int:
    local = program.calendar.local(at_ms)
    return local.hour * 60 + local.minute
