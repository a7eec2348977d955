"""Step 3 of a sale: the money that earns.

It is what is paid with money for eligible lines after discounts and points; `net_of` says which
reductions count, stored value earns as the program says, excluded lines and delivery never earn.
"""

from db.domain.allocation import spread
from db.domain.basket import Basket
from db.domain.earning import EarningLine
from db.domain.pricing import Priced, PricedLine
from db.domain.program import Program


def earning_lines(
    program: Program, basket: Basket, priced: Priced, *, paid_by_points: list[int]
) -> list[EarningLine]:
    """Return what earns, line by line in 分; `paid_by_points` is what points pay of each line."""
    paid = [line.net - points for line, points in zip(priced.lines, paid_by_points, strict=True)]
    unearning = spread(_unearning_value(program, basket), paid)
    lines: list[EarningLine] = []
    for i, line in enumerate(priced.lines):
        why = _why_not(program, line)
        base = 0 if why else max(0, _base(program, line, paid_by_points[i]) - unearning[i])
        lines.append(EarningLine(line.line, base, paid[i], why))
    return lines


def _base(program: Program, line: PricedLine, points_value: int) -> int:
    if not (line.discount or points_value):
        return line.line.gross
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
