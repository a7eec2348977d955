"""What a return takes back and gives back, so that returning everything restores everything.

Per line: floor(line value × cumulative returned ÷ sold) − already reversed (PROGRAM.md §1), so the
last unit always reverses what is left, however often and in whatever portions things come back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.domain.evaluation import LineResult
from db.domain.ids import LotId

GRACE_DAYS = 30
"""How long points live that go back into a lot which has run out (DECISIONS 44)."""


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
    return value * cumulative // of - already


def given_back(
    taken: Sequence[tuple[LotId, int]], *, already: int, points: int
) -> list[tuple[LotId, int]]:
    """Return which lots get how many redeemed points back: the last ones taken come back first.

    What stays spent is then exactly what a smaller redemption would have taken.
    """
    restored: list[tuple[LotId, int]] = []
    for lot_id, count in reversed(taken):
        skipped = min(already, count)
        already -= skipped
        part = min(points, count - skipped)
        if part:
            restored.append((lot_id, part))
            points -= part
    assert points == 0, "nothing comes back that was not spent"
    return restored
