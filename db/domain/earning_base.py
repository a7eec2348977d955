"""Step 3 of a sale: the money that earns.

It is what is paid with money for eligible lines after discounts and points; `net_of` says which
reductions count, stored value earns as the program says, excluded lines and delivery never earn.
"""

from db.domain.allocation import spread
from db.domain.basket import Basket
from db.domain.earning import EarningLine
from db.domain.pricing import Priced, PricedLine
from db.domain.program.program import Program


def earning_lines(
    program: Program, basket: Basket, priced: Priced, *, paid_by_points: list[int]
) -> list[EarningLine]:
    """Return what earns, line by line in 分; `paid_by_points` is what points pay of each line."""
    paid = [line.net - points for line, points in zip(priced.lines, paid_by_points, strict=True)]
    unearning = spread(_unearning_value(program, basket), paid)
    return [
        EarningLine(line.line, 0, left, why)
        if (why := _why_not(program, line))
        else EarningLine(line.line, max(0, _base(program, line, points) - less), left)
        for line, points, left, less in zip(
            priced.lines, paid_by_points, paid, unearning, strict=True
        )
    ]


def _base(program: Program, line: PricedLine, points_value: int) -> int:
    """Return the gross less the reductions that count."""
    net_of = program.net_of
    base = line.line.quantity * line.line.unit_price
    if line.line_discount and "line_discount" in net_of:
        base -= line.line_discount
    if line.order_discount and "order_discount" in net_of:
        base -= line.order_discount
    if line.coupon and "coupon" in net_of:
        base -= line.coupon
    if points_value and "points" in net_of:
        base -= points_value
    return base


def _unearning_value(program: Program, basket: Basket) -> int:
    """Return the part of the stored value tendered that earns nothing, in 分."""
    if not (basket.stored_value_bonus or basket.stored_value_principal):
        return 0
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
