"""Selling: one confirmed sale, with its points, in one transaction and one operation.

The screen's preview and this service run the same evaluation over the same facts, so the button
can state its result. A sale never needs a member, and membership never refuses a sale: only what
the cashier asked for beyond it (points that are not there) does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import msgspec

from db.domain.basket import Basket
from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.ids import MemberId, OperationId, SaleId
from db.domain.leases import LeaseToken, LotSpend
from db.domain.offers.coupon_facts import CouponFact
from db.domain.operations import Operation, Personal, id_text
from db.domain.program.program import Program
from db.domain.refusals import Refusal
from db.domain.sales import SaleBody, sale_movements
from db.domain.staff import Actor, Permission, require
from db.domain.stored_value.facts import ValueUse
from db.domain.tiers import TierLadder
from db.domain.verification import check_proof
from db.services.floor import carry_floor, count_coupons, spendable_with
from db.services.journal import Draft, append, of_kind, trusted_now
from db.services.lots import award_facts, enter_tokens, new_lots, own_tokens, pay_with_points
from db.services.members import active_member
from db.services.offers import (
    carry_offers,
    coupon_uses,
    hold_tokens,
    new_coupons,
    offers_for,
    promotion_uses,
)
from db.services.sale_facts import line_facts, sale_row, tenders_of
from db.services.sale_rewards import carry_rewards, follow_sale
from db.services.standing import standing_now
from db.services.stored_value_sales import carry_use, use_value
from db.storage.member_facts import MemberStanding, Person, member_standing
from db.storage.operations import Start
from db.storage.sales import SaleRow
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork


@dataclass(eq=False)
class TillReceiptUsed(Refusal):
    """This till receipt already has a sale today."""

    till_receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sell:
    """A cashier confirms a sale; without `tenders` the due is paid in cash.

    `names` gives each basket line the name that a receipt prints. `floor`: head office does not
    answer, and somebody approves going beyond the leases. `proof` says how the member proved that
    the points are his, `online` that head office answers; without either the stricter limit holds.
    """

    op: OperationId
    by: Actor
    basket: Basket
    names: tuple[str, ...] = ()
    member_id: MemberId | None = None
    redeem_points: int = 0
    tenders: Mapping[str, int] = field(default_factory=dict)
    till_receipt: str | None = None
    floor: bool = False
    proof: str = ""
    online: bool = False


class Sold(msgspec.Struct, frozen=True):
    """The sale stands: due and redeemed value in 分, the member's available points after it."""

    sale_id: SaleId
    member_id: MemberId | None
    sold_at: int
    due: int
    earned: int
    redeemed: int
    redeemed_value: int
    balance: int
    tier: str
    raised_to: str | None
    explanation: tuple[dict[str, object], ...]
    issued: tuple[CouponFact, ...] = ()


def sell(work: UnitOfWork, command: Sell) -> Sold:
    """Record a sale once, however often the command arrives.

    Raises:
        NoSuchMember, MemberNotActive: when the member may not earn.
        Refusal: one of `redemption_refusals` when points are asked for beyond a limit.
        ProofNeeded: when so many points are given only to whoever proves that they are his.
        TillReceiptUsed, TendersDoNotMatch: when the till's facts do not fit.
        Refusal: one of `offers.coupon_refusals` when a coupon or a code cannot be used.
        Refusal: one of `stored_value.refusals` when stored value does not cover its tender.
        NotPermitted, ApprovalNeeded: when the actor may not sell.
    """
    require(command.by, Permission.SELL)
    start = work.operations.start(work.home.stream_id, command.op)
    if (written := of_kind(start.written, "sale")) is not None:
        return _told_again(work, written, command)
    today = work.today
    program = work.program(today)
    buyer = None if command.member_id is None else active_member(work, command.member_id)
    member_id = None if buyer is None else buyer.member_id
    standing = _standing(work, buyer, program=program, start=start)
    _check_receipt(work, command.till_receipt, today)
    use = use_value(work, member_id, command.tenders.get("stored_value", 0))
    result = _evaluated(work, command, program, standing=standing, use=use)
    tenders = tenders_of(command.tenders, result.due)
    tokens, spends = pay_with_points(work, member_id, result.redeemed, on=today)
    raised = None if standing is None else level_raised(program.ladder, standing, result)
    body = _body(
        work,
        command,
        result,
        tenders=tenders,
        spends=spends,
        raised=raised,
        use=use,
        shift_id=start.shift_id,
    )
    if command.floor:
        body = count_coupons(work, body, by=command.by, member_id=member_id, tokens=tokens)
    draft = _draft(command, body, member_id=member_id, rule=program.mark, tokens=tokens)
    operation = append(work, draft, after=start.stream)
    if buyer is None:
        _carry(work, operation, body)
    else:
        _carry(work, operation, body, was_on=buyer.last_on, idle=buyer.may_hold_idle)
    balance = _balance_after(standing, result, on=today)
    if standing is not None:
        balance += follow_sale(work, operation, visits=standing.facts.visits, by=command.by)
    return _outcome(operation, body, balance=balance)


def _draft(
    command: Sell,
    body: SaleBody,
    *,
    member_id: MemberId | None,
    rule: str,
    tokens: tuple[LeaseToken, ...],
) -> Draft:
    return Draft(
        op=command.op,
        kind="sale",
        body=body,
        by=command.by,
        member_id=member_id,
        rule=rule,
        tokens=tokens,
    )


def _evaluated(
    work: UnitOfWork,
    command: Sell,
    program: Program,
    *,
    standing: MemberStanding | None,
    use: ValueUse | None,
) -> SaleResult:
    member_id = None if standing is None else standing.member_id
    result = evaluate_sale(
        program,
        _tendered(command, use),
        None if standing is None else standing.facts,
        on=work.today,
        at_ms=work.at_ms,
        redeem_points=command.redeem_points,
        balance=0 if standing is None else standing.available,
        spendable=spendable_with(standing, command.by, floor=command.floor),
        offers=offers_for(
            work,
            member_id,
            program=program,
            named=command.basket.coupons,
            floor=command.floor,
        ),
    )
    online = command.online or work.home.own_authority
    value, proof = result.redeemed_value, command.proof
    check_proof(program, value, online=online, by=command.by, proof=proof)
    return result


def apply_sale(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a sale into the tables: purchase, ledger, lots, leases, maintained rows."""
    member = operation.member
    was_on = None if member is None else work.totals.last_on(MemberId(member))
    _carry(work, operation, msgspec.convert(operation.envelope.b, SaleBody), was_on=was_on)


def _check_receipt(work: UnitOfWork, till_receipt: str | None, today: date) -> None:
    """Refuse a till receipt that has a standing sale at this branch today."""
    if till_receipt and work.sales.till_receipt_used(
        work.home.branch_id, today.isoformat(), till_receipt
    ):
        raise TillReceiptUsed(till_receipt)


def _balance_after(standing: MemberStanding | None, result: SaleResult, *, on: date) -> int:
    """Return the available points after a sale: what it awards for later does not count yet."""
    if standing is None:
        return 0
    usable = sum(award.points for award in result.awards if award.available_on <= on)
    return standing.available - result.redeemed + usable


def _carry(
    work: UnitOfWork,
    operation: Operation,
    body: SaleBody,
    *,
    was_on: str | None = None,
    idle: bool = True,
) -> None:
    """Carry a sale into the tables.

    `was_on` is the member's last visit before it; `idle` says whether lots of his may end for want
    of a sale, where that is known.
    """
    row = sale_row(operation, body)
    work.sales.add(row, body.lines)
    enter_tokens(work, operation)
    work.ledger.post(
        operation.op,
        sale_movements(operation, body),
        opening=new_lots(operation, body.awards),
    )
    work.leases.spend(body.spends)
    carry_use(work, operation, body.value)
    carry_offers(work, operation, body)
    for token in own_tokens(operation):
        work.leases.set_state(token.lease_id, "reclaimed")
    carry_floor(work, operation)
    _count(work, row, was_on=was_on)
    carry_rewards(work, operation, body, idle=idle)


def _standing(
    work: UnitOfWork, buyer: Person | None, *, program: Program, start: Start
) -> MemberStanding | None:
    """Return what the program may look at of the buyer, if he is a member."""
    if buyer is None:
        return None
    return member_standing(
        work.sql,
        buyer.member_id,
        home=work.home,
        program=program,
        on=work.today,
        now_ms=trusted_now(work, start.stream),
        known=buyer.known,
    )


def _tendered(command: Sell, use: ValueUse | None) -> Basket:
    """Return the basket as it is paid: with which tenders, and how much of them earns less."""
    basket = command.basket
    if command.tenders:
        basket = replace(basket, tenders=tuple(command.tenders))
    if use is None:
        return basket
    paid = use.payment
    return replace(basket, stored_value_principal=paid.principal, stored_value_bonus=paid.bonus)


def level_raised(
    ladder: TierLadder, standing: MemberStanding, result: SaleResult
) -> tuple[str, int] | None:
    """Return the level the sale lifts the member to, from the next sale on (DECISIONS 7)."""
    if not ladder.levels:
        return None
    gained = {"net_spend": result.due, "visits": 1, "points_earned": result.earned}
    tier = ladder.risen(standing.facts.tier, standing.measured + gained[ladder.measure])
    rank = ladder.rank(tier)
    held = max(standing.tier_rank, ladder.rank(standing.facts.tier)) if standing.facts.tier else -1
    return (tier, rank) if rank > held else None


def _body(
    work: UnitOfWork,
    command: Sell,
    result: SaleResult,
    *,
    tenders: dict[str, int],
    spends: tuple[LotSpend, ...],
    raised: tuple[str, int] | None,
    use: ValueUse | None,
    shift_id: bytes | None,
) -> SaleBody:
    return SaleBody(
        lines=line_facts(command.basket, command.names, result),
        gross=result.gross,
        discount=result.discount,
        redeemed=result.redeemed,
        redeemed_value=result.redeemed_value,
        due=result.due,
        tenders=tenders,
        earned=result.earned,
        awards=award_facts(work, result.awards),
        spends=spends,
        tier=result.tier,
        raised_to=None if raised is None else raised[0],
        raised_rank=None if raised is None else raised[1],
        till_receipt=command.till_receipt,
        shift=id_text(shift_id),
        approver=id_text(command.by.approver_id),
        explanation=result.explanation,
        value=use,
        coupons=coupon_uses(result),
        promotions=promotion_uses(result),
        issued=new_coupons(work, result.coupon_awards, work.program(work.today)),
        tags=result.tag_awards,
        holds=hold_tokens(
            work,
            work.program(work.today),
            codes=[used.code for used in result.coupons],
            spends=() if use is None else use.holds,
        ),
        proof=command.proof if result.redeemed else "",
    )


def _count(work: UnitOfWork, row: SaleRow, *, was_on: str | None) -> None:
    with_member = row.member_id is not None
    work.totals.add_day(
        CounterDay(row.branch_id, row.counter_id, row.business_day),
        DayFigures(
            sales=1,
            amount=row.due,
            member_sales=int(with_member),
            member_amount=row.due if with_member else 0,
            earned=row.earned,
            redeemed=row.redeemed,
        ),
    )
    if row.member_id is None:
        return
    work.totals.add_visit(
        row.member_id,
        spend=row.due,
        earned=row.earned,
        redeemed=row.redeemed,
        business_day=row.business_day,
        sold_at=row.sold_at,
    )
    work.grams.visited(row.member_id, was_on=was_on, last_on=max(was_on or "", row.business_day))


def _told_again(work: UnitOfWork, operation: Operation, command: Sell) -> Sold:
    """Return the outcome of a sale that stands already, with today's balance."""
    member, body = operation.member, msgspec.convert(operation.envelope.b, SaleBody)
    asked = (sum(line.gross for line in command.basket.lines), command.redeem_points)
    assert asked == (body.gross, body.redeemed), "one id, one sale"
    assert (command.member_id is None) == (member is None), "one id, one sale"
    if member is None:
        return _outcome(operation, body, balance=0)
    standing = standing_now(work, MemberId(member))
    return _outcome(operation, body, balance=standing.available)


def _outcome(operation: Operation, body: SaleBody, *, balance: int) -> Sold:
    member = operation.member
    return Sold(
        sale_id=SaleId(operation.op),
        member_id=None if member is None else MemberId(member),
        sold_at=operation.envelope.wall,
        due=body.due,
        earned=body.earned,
        redeemed=body.redeemed,
        redeemed_value=body.redeemed_value,
        balance=balance,
        tier=body.tier,
        raised_to=body.raised_to,
        explanation=body.explanation,
        issued=body.issued,
    )
