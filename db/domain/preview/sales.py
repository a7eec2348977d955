"""Sales, returns and voids of a preview, through the functions that the counter uses."""

from msgspec import UNSET

from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.exact import minor
from db.domain.explanation import Explained
from db.domain.preview.book import BookedSale, LineReversed
from db.domain.preview.refusals import (
    AlreadyReversed,
    DuplicateSale,
    UnknownSale,
)
from db.domain.preview.rewards import new_tags, rise, take_along
from db.domain.preview.run import Figures, Instant, Run, line_figures
from db.domain.preview.scenario import ScenarioReturn, ScenarioSale, ScenarioVoid, basket_of
from db.domain.preview.value import ValueSpent, check_due, paid_with, payment_for
from db.domain.returns import (
    LineShare,
    Portion,
    Returnable,
    ReturnableLine,
    portion_of_amount,
    portions_of_lines,
    rest_of,
    shares_of,
    units_of,
)


def sell(run: Run, sale: ScenarioSale, when: Instant) -> Figures:
    """Make a sale: spend, award, and rise for the next one."""
    sale_id = sale.id or f"#{len(run.book.sales) + 1}"
    basket = basket_of(sale)
    if sale_id in run.book.sales:
        raise DuplicateSale(sale_id)
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
        offers=run.coupons.facts(run.program, basket, when.on),
    )
    check_due(payment, result)
    reached = _book(run, sale_id, result=result, when=when, sale=sale)
    run.value.spend(payment)
    run.book.sales[sale_id].value = ValueSpent(payment)
    run.book.sales[sale_id].coupons = run.coupons.book(result, run.program, when.on)
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
        explanation=(*result.explanation, *reached),
    )


def take_return(run: Run, asked: ScenarioReturn, when: Instant) -> Figures:
    """Return some or all of what is left of a sale."""
    sale = _sale(run, asked.sale)
    left = _returnable(asked.sale, sale)
    if asked.amount is not UNSET:
        portions = portion_of_amount(left, minor(asked.amount))
    elif asked.lines:
        portions = portions_of_lines(left, [(row.line, row.quantity) for row in asked.lines])
    else:
        portions = rest_of(left)
    return _reverse(run, sale, left=left, portions=portions, when=when)


def void(run: Run, asked: ScenarioVoid, when: Instant) -> Figures:
    """Take back what is left of a sale; its awards free their room under the caps."""
    sale = _sale(run, asked.sale)
    left = _returnable(asked.sale, sale)
    figures = _reverse(run, sale, left=left, portions=rest_of(left), when=when)
    run.book.awarded.pop(asked.sale, None)
    return figures


def _book(
    run: Run, sale_id: str, *, result: SaleResult, when: Instant, sale: ScenarioSale
) -> tuple[Explained, ...]:
    """Write a sale down; return why reaching a level gave something."""
    book = run.book
    taken = book.spend(result.redeemed, when.on) if result.redeemed else []
    booked = BookedSale(
        result=result,
        on=when.on,
        quantities=tuple(line.quantity for line in sale.lines) or (1,),
        by_amount=not sale.lines,
        lots=book.award(result.awards, at_ms=when.at_ms),
        taken=taken,
        lines=[LineReversed() for _ in result.per_line],
    )
    book.sales[sale_id] = booked
    book.live_on()
    book.awarded[sale_id] = (when.on, result.earned)
    book.settle(when.on)
    booked.tags = new_tags(run, result.tag_awards)
    before = run.tier
    booked.rewards, told = rise(run, when)
    booked.rise = run.tier if run.tier != before else ""
    return told


def _sale(run: Run, sale_id: str) -> BookedSale:
    sale = run.book.sales.get(sale_id)
    if sale is None:
        raise UnknownSale(sale_id)
    if sale.reversed_whole:
        raise AlreadyReversed(sale_id)
    return sale


def _returnable(name: str, sale: BookedSale) -> Returnable:
    """Return the sale as a return looks at it."""
    lines = tuple(
        ReturnableLine(
            sold,
            of=units_of(sold, quantity=quantity, by_amount=sale.by_amount),
            returned=state.returned,
            done=state.done,
        )
        for sold, quantity, state in zip(
            sale.result.per_line, sale.quantities, sale.lines, strict=True
        )
    )
    return Returnable(name, lines, sale.by_amount)


def _reverse(
    run: Run, sale: BookedSale, *, left: Returnable, portions: list[Portion], when: Instant
) -> Figures:
    """Give spent points back, take earned ones back, and mark the lines."""
    shares = shares_of(left, portions)
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
        line.whole = portion.cumulative == left.lines[portion.line].of
    whole = tuple(i for i, line in enumerate(sale.lines) if line.whole)
    run.coupons.take_back(sale.coupons, whole, everything=sale.reversed_whole)
    if sale.reversed_whole:
        run.book.live_on()
        take_along(run, sale, when)
        if sale.rise:
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
