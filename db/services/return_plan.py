"""What a return comes to before it is confirmed: of the sale, of the points and of the money."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.domain.ids import MemberId, SaleId, text_of
from db.domain.refunds import check_refund, refund_tenders
from db.domain.return_facts import ReturnedLine
from db.domain.return_refusals import NotReturnable, SaleElsewhere, SaleOfAnotherMember
from db.domain.returns import (
    LineShare,
    Portion,
    portion_of_amount,
    portions_of_lines,
    rest_of,
    shares_of,
)
from db.domain.reversals import AlreadyReversed
from db.services.points_back import PointsBack, points_back
from db.services.reversals import NoSuchSale
from db.services.sold import SoldSale, read_sold
from db.storage.database import Reader
from db.storage.home import HomeIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the customer brings: lines as (line from 1, units), or 分, or all that is left.

    `member_id` is whose sale the cashier takes it for, where a member is on the screen; `tenders`
    is how the money goes back where that is not left to the sale's own tenders.
    """

    sale_id: SaleId
    lines: tuple[tuple[int, int], ...] = ()
    amount: int | None = None
    member_id: MemberId | None = None
    tenders: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnEffect:
    """What a return does, before it is confirmed; money in 分.

    `earned` points are taken back, of which no lot holds `owed`; `redeemed` points are given back,
    `grace` of them in a new lot, `pending` of them usable only after an exchange with head office.
    `whole` says that nothing is left of the sale.
    """

    sale_id: SaleId
    member_id: MemberId | None
    lines: tuple[ReturnedLine, ...]
    paid: int
    tenders: dict[str, int]
    discount: int
    earned: int
    lapsed: int
    owed: int
    redeemed: int
    redeemed_value: int
    grace: int
    pending: int
    whole: bool


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """A return before it is written: the sale, what happens to it, and to which lots."""

    sold: SoldSale
    effect: ReturnEffect
    back: PointsBack


def preview_return(reader: Reader, asked: Asked, *, home: HomeIdentity, on: date) -> ReturnEffect:
    """Return what a return would take and give on a business day; nothing is changed.

    Raises:
        Refusal: as `take_return` does, but for the actor.
    """
    return plan_return(reader, asked, home=home, on=on).effect


def coupons_back(sold: SoldSale, effect: ReturnEffect) -> int:
    """Return how many of the sale's coupons a return makes usable again.

    A coupon comes back with the last unit of the last line that it was used for.
    """
    now = {line.line: line.cumulative for line in effect.lines}
    lines = list(enumerate(sold.left.lines, start=1))
    before = {number for number, line in lines if line.whole}
    after = {number for number, line in lines if now.get(number, line.returned) >= line.of}

    uses = [set(use.lines) for use in sold.body.coupons]
    return sum(use <= after and not (sold.has_returns and use <= before) for use in uses)


def plan_return(reader: Reader, asked: Asked, *, home: HomeIdentity, on: date) -> ReturnPlan:
    """Return what taking these goods back comes to; refuse what cannot be."""
    sold = _standing(reader, asked, home=home)
    portions = _portions(sold, asked)
    shares = shares_of(sold.left, portions)
    total = sum(shares, LineShare())
    tenders = (
        check_refund(sold.paid, total.paid, asked.tenders)
        if asked.tenders
        else refund_tenders(sold.paid, total.paid)
    )
    back = points_back(reader, sold, total, home=home, on=on)
    effect = ReturnEffect(
        sale_id=asked.sale_id,
        member_id=sold.row.member_id,
        lines=tuple(_line(sold, portion, shares[portion.line]) for portion in portions),
        paid=total.paid,
        tenders=tenders,
        discount=total.discount,
        earned=total.earned,
        lapsed=back.lapsed,
        owed=back.owed,
        redeemed=total.redeemed_points,
        redeemed_value=total.redeemed_value,
        grace=back.grace,
        pending=0 if home.own_authority else back.to_member,
        whole=_is_whole(sold, portions),
    )
    return ReturnPlan(sold, effect, back)


def _standing(reader: Reader, asked: Asked, *, home: HomeIdentity) -> SoldSale:
    sold = read_sold(reader, asked.sale_id)
    if sold is None:
        name = text_of(asked.sale_id)
        raise NoSuchSale(name) if home.own_authority else SaleElsewhere(name)
    if sold.is_gone:
        raise AlreadyReversed(asked.sale_id)
    if asked.member_id is not None and asked.member_id != sold.row.member_id:
        raise SaleOfAnotherMember(asked.sale_id, asked.member_id)
    if any(line.quantity < 1 or line.amount < 0 for line in sold.body.lines):
        raise NotReturnable(asked.sale_id)
    return sold


def _portions(sold: SoldSale, asked: Asked) -> list[Portion]:
    assert not (asked.lines and asked.amount is not None), "lines or an amount"
    if asked.amount is not None:
        return portion_of_amount(sold.left, asked.amount)
    if asked.lines:
        return portions_of_lines(sold.left, asked.lines)
    return rest_of(sold.left)


def _line(sold: SoldSale, portion: Portion, share: LineShare) -> ReturnedLine:
    return ReturnedLine(
        line=portion.line + 1,
        quantity=portion.cumulative - sold.left.lines[portion.line].returned,
        cumulative=portion.cumulative,
        earned=share.earned,
        redeemed=share.redeemed_points,
        redeemed_value=share.redeemed_value,
        discount=share.discount,
        paid=share.paid,
    )


def _is_whole(sold: SoldSale, portions: list[Portion]) -> bool:
    done = {portion.line: portion.cumulative for portion in portions}
    lines = enumerate(sold.left.lines)
    return all(done.get(i, line.returned) >= line.of for i, line in lines)
