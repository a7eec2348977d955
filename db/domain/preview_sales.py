"""Sales, returns and voids of a preview, through the functions that the counter uses."""

from dataclasses import dataclass

from msgspec import UNSET

from db.domain.basket import Basket
from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.exact import minor
from db.domain.preview_book import BookedSale, LineReversed
from db.domain.preview_refusals import (
    AlreadyReversed,
    CodeUnknown,
    CouponUnknown,
    DuplicateSale,
    LinesRequired,
    OverReturn,
    OverReturnedAmount,
    UnknownLine,
    UnknownSale,
)
from db.domain.preview_run import Figures, Instant, Run, line_figures
from db.domain.preview_value import ValueSpent, check_due, paid_with, payment_for
from db.domain.returns import LineShare, reversed_line
from db.domain.scenario import ScenarioReturn, ScenarioSale, ScenarioVoid, basket_of


def sell(run: Run, sale: ScenarioSale, when: Instant) -> Figures:
    """Make a sale: spend, award, and rise for the next one."""
    sale_id = sale.id or f"#{len(run.book.sales) + 1}"
    basket = basket_of(sale)
    _check_sale(run, sale_id, basket)
    payment = payment_for(
        run.value,
        run.program.stored_value,
        sale,
        has_member=run.member is not None,
        on=when.on,
    )
    result = evaluate_sale(
        run.program,
        paid_with(basket, payment),
        run.facts(when.on),
        on=when.on,
        at_ms=when.at_ms,
        redeem_points=sale.redeem_points,
        balance=max(0, run.book.available(when.on)),
    )
    check_due(payment, result)
    _book(run, sale_id, result=result, when=when, sale=sale)
    run.value.spend(payment)
    run.book.sales[sale_id].value = ValueSpent(payment)
    return Figures(
        earned=result.earned,
        redeemed=result.redeemed,
        redeemed_value=result.redeemed_value,
        due=result.due,
        per_line=tuple(
            line_figures(
                i,
                earned=line.earned,
                redeemed=line.redeemed_points,
                redeemed_value=line.redeemed_value,
                discount=line.discount,
            )
            for i, line in enumerate(result.per_line)
        ),
        explanation=result.explanation,
    )


def take_return(run: Run, asked: ScenarioReturn, when: Instant) -> Figures:
    """Return some or all of what is left of a sale."""
    sale = _sale(run, asked.sale)
    if asked.amount is not UNSET:
        portions = [_amount_portion(asked.sale, sale, minor(asked.amount))]
    elif asked.lines:
        portions = _line_portions(sale, asked)
    else:
        portions = [_rest(i) for i, line in enumerate(sale.lines) if not line.whole]
    return _reverse(run, sale, portions=portions, when=when)


def void(run: Run, asked: ScenarioVoid, when: Instant) -> Figures:
    """Take back what is left of a sale; its awards free their room under the caps."""
    sale = _sale(run, asked.sale)
    rest = [_rest(i) for i, line in enumerate(sale.lines) if not line.whole]
    figures = _reverse(run, sale, portions=rest, when=when)
    run.book.awarded.pop(asked.sale, None)
    return figures


@dataclass(frozen=True, slots=True)
class Portion:
    """So much more of a line comes back: `cumulative` of `of`, units or 分."""

    line: int
    cumulative: int
    of: int


def _check_sale(run: Run, sale_id: str, basket: Basket) -> None:
    if sale_id in run.book.sales:
        raise DuplicateSale(sale_id)
    for coupon in basket.coupons:
        raise CouponUnknown(coupon)
    for code in basket.codes:
        raise CodeUnknown(code)


def _book(run: Run, sale_id: str, *, result: SaleResult, when: Instant, sale: ScenarioSale) -> None:
    book = run.book
    taken = book.spend(result.redeemed, when.on) if result.redeemed else []
    moved = book.restart(when.on) if run.member is not None else {}
    booked = BookedSale(
        result=result,
        on=when.on,
        quantities=tuple(line.quantity for line in sale.lines) or (1,),
        by_amount=not sale.lines,
        lots=book.award(result.awards, at_ms=when.at_ms),
        taken=taken,
        lines=[LineReversed() for _ in result.per_line],
        restarted=moved,
    )
    book.sales[sale_id] = booked
    book.awarded[sale_id] = (when.on, result.earned)
    book.settle(when.on)
    booked.rise = run.rise(when.on)


def _sale(run: Run, sale_id: str) -> BookedSale:
    sale = run.book.sales.get(sale_id)
    if sale is None:
        raise UnknownSale(sale_id)
    if sale.reversed_whole:
        raise AlreadyReversed(sale_id)
    return sale


def _rest(line: int) -> Portion:
    return Portion(line, 1, 1)


def _amount_portion(sale_id: str, sale: BookedSale, amount: int) -> Portion:
    if not sale.by_amount:
        raise LinesRequired(sale_id)
    paid, returned = sale.result.due, sale.lines[0].returned
    if amount > paid - returned:
        raise OverReturnedAmount(requested_minor=amount, largest_minor=paid - returned)
    return Portion(0, returned + amount, max(1, paid))


def _line_portions(sale: BookedSale, asked: ScenarioReturn) -> list[Portion]:
    """Return one portion per line named, quantities of a line named twice added up."""
    wanted: dict[int, int] = {}
    for row in asked.lines:
        wanted[row.line - 1] = wanted.get(row.line - 1, 0) + row.quantity
    portions: list[Portion] = []
    for line, quantity in wanted.items():
        if line >= len(sale.lines):
            raise UnknownLine(line + 1)
        state, sold = sale.lines[line], sale.quantities[line]
        left = 0 if state.whole else sold - (0 if sale.by_amount else state.returned)
        if quantity > left:
            raise OverReturn(line=line + 1, requested=quantity, largest=left)
        portions.append(
            _rest(line) if sale.by_amount else Portion(line, state.returned + quantity, sold)
        )
    return portions


def _reverse(run: Run, sale: BookedSale, *, portions: list[Portion], when: Instant) -> Figures:
    """Give spent points back, take earned ones back, and mark the lines."""
    shares = [LineShare()] * len(sale.lines)
    for portion in portions:
        shares[portion.line] = reversed_line(
            sale.result.per_line[portion.line],
            sale.lines[portion.line].done,
            cumulative=portion.cumulative,
            of=portion.of,
        )
    total = sum(shares, LineShare())
    run.book.give_back(sale, total.redeemed_points, on=when.on, at_ms=when.at_ms)
    run.book.take_back(total.earned, own=sale.lots, on=when.on)
    sale.value.give_back(
        run.value,
        due=sale.result.due,
        returned=total.paid + sum(line.done.paid for line in sale.lines),
        on=when.on,
        at_ms=when.at_ms,
    )
    for portion in portions:
        line = sale.lines[portion.line]
        line.done += shares[portion.line]
        line.returned = portion.cumulative
        line.whole = portion.cumulative == portion.of
    if sale.reversed_whole:
        run.book.unrestart(sale.restarted)
        run.settle_tier(when.on)
    return Figures(
        earned=-total.earned,
        redeemed=-total.redeemed_points,
        redeemed_value=-total.redeemed_value,
        due=-total.paid,
        per_line=tuple(
            line_figures(
                i,
                earned=-share.earned,
                redeemed=-share.redeemed_points,
                redeemed_value=-share.redeemed_value,
                discount=-share.discount,
            )
            for i, share in enumerate(shares)
        ),
    )
