"""What a return takes back and gives back, so that returning everything restores everything.

Per line: floor(line value × cumulative returned ÷ sold) − already reversed (PROGRAM.md §1), so the
last unit always reverses what is left, however often and in whatever portions things come back.
A sale of a bare amount is one line whose units are 分 (DECISIONS 20).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from db.domain.evaluation import LineResult
from db.domain.return_refusals import (
    LinesRequired,
    OverReturn,
    OverReturnedAmount,
    QuantityInvalid,
    UnknownLine,
)

GRACE_DAYS = 30
"""How long points live that go back into a lot which has run out (DECISIONS 44)."""
Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class LineShare:
    """How much of a line has come back, or comes back now: points, and 分."""

    earned: int = 0
    redeemed_points: int = 0
    redeemed_value: int = 0
    discount: int = 0
    paid: int = 0

    def __add__(self, other: "LineShare") -> "LineShare":
        """Return both together."""
        return LineShare(
            self.earned + other.earned,
            self.redeemed_points + other.redeemed_points,
            self.redeemed_value + other.redeemed_value,
            self.discount + other.discount,
            self.paid + other.paid,
        )


@dataclass(frozen=True, slots=True)
class ReturnableLine:
    """A line as sold, and what has come back of its `of` units (or 分) so far."""

    sold: LineResult
    of: int
    returned: int = 0
    done: LineShare = field(default_factory=LineShare)

    @property
    def whole(self) -> bool:
        """Say whether nothing of the line is left."""
        return self.returned >= self.of


@dataclass(frozen=True, slots=True)
class Returnable:
    """A sale as a return looks at it; `by_amount` is a sale of a bare amount, of one line."""

    name: str
    lines: tuple[ReturnableLine, ...]
    by_amount: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """So much more of a line comes back: `cumulative` of its units (or 分), this return included.

    `line` counts from 0.
    """

    line: int
    cumulative: int


def units_of(line: LineResult, *, quantity: int, by_amount: bool) -> int:
    """Return of how many parts a line is returned: its units, or the 分 paid for it."""
    return max(1, line.paid if by_amount else quantity)


def rest_of(sale: Returnable) -> list[Portion]:
    """Return all that is left of a sale."""
    return [Portion(i, line.of) for i, line in enumerate(sale.lines) if not line.whole]


def portion_of_amount(sale: Returnable, amount: int) -> list[Portion]:
    """Return the portion that an amount in 分 is; refuse more than is left."""
    if not sale.by_amount:
        raise LinesRequired(sale.name)
    line = sale.lines[0]
    left = 0 if line.whole else line.sold.paid - line.returned
    if amount < 1:
        raise QuantityInvalid(line=1, requested=amount)
    if amount > left:
        raise OverReturnedAmount(requested_minor=amount, largest_minor=left)
    return [Portion(0, line.returned + amount)]


def portions_of_lines(sale: Returnable, asked: Sequence[tuple[int, int]]) -> list[Portion]:
    """Return one portion per line, from (line counted from 1, units); one named twice adds up."""
    wanted: dict[int, int] = {}
    for number, quantity in asked:
        if not 1 <= number <= len(sale.lines):
            raise UnknownLine(number)
        if quantity < 1:
            raise QuantityInvalid(line=number, requested=quantity)
        wanted[number] = wanted.get(number, 0) + quantity
    return [_portion(sale, number, quantity) for number, quantity in wanted.items()]


def _portion(sale: Returnable, number: int, quantity: int) -> Portion:
    line = sale.lines[number - 1]
    units = line.of - line.returned
    left = int(units > 0) if sale.by_amount else units
    if quantity > left:
        raise OverReturn(line=number, requested=quantity, largest=left)
    return Portion(number - 1, line.of if sale.by_amount else line.returned + quantity)


def shares_of(sale: Returnable, portions: Sequence[Portion]) -> list[LineShare]:
    """Return what each line of the sale reverses now; nothing where nothing comes back."""
    shares = [LineShare()] * len(sale.lines)
    for portion in portions:
        line = sale.lines[portion.line]
        shares[portion.line] = reversed_line(
            line.sold, line.done, cumulative=portion.cumulative, of=line.of
        )
    return shares


def reversed_line(line: LineResult, already: LineShare, *, cumulative: int, of: int) -> LineShare:
    """Return what must be reversed of a line now, once `cumulative` of `of` have come back.

    `cumulative` counts units, this return included (or 分 of an amount-only sale).
    """
    return LineShare(
        *(
            reversed_share(
                getattr(line, name), cumulative=cumulative, of=of, already=getattr(already, name)
            )
            for name in ("earned", "redeemed_points", "redeemed_value", "discount", "paid")
        )
    )


def reversed_share(value: int, *, cumulative: int, of: int, already: int) -> int:
    """Return what must be reversed now of one figure, points or 分; `already` has been before."""
    assert 0 <= cumulative <= of, "nobody returns more than was sold"
    if cumulative == of:
        return value - already
    return max(0, value * cumulative // of - already)


def given_back(
    taken: Sequence[tuple[Source, int]], *, already: int, points: int
) -> list[tuple[Source, int]]:
    """Return which sources get how many redeemed points back: the last ones taken come back first.

    What stays spent is then exactly what a smaller redemption would have taken.
    """
    restored: list[tuple[Source, int]] = []
    for source, count in reversed(taken):
        skipped = min(already, count)
        already -= skipped
        part = min(points, count - skipped)
        if part:
            restored.append((source, part))
            points -= part
    assert points == 0, "nothing comes back that was not spent"
    return restored[::-1]
