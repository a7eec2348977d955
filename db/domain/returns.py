"""What a return takes back and gives back, so that returning everything restores everything.

Per line: floor(line value × cumulative returned ÷ sold) − already reversed (PROGRAM.md §1), so the
last unit always reverses what is left, however often and in whatever portions things come back.
"""

from collections.abc import Sequence

from db.domain.ids import LotId

GRACE_DAYS = 30
"""How long points live that go back into a lot which has run out (DECISIONS 44)."""


def reversed_share(value: int, *, cumulative: int, of: int, already: int) -> int:
    """Return what must be reversed now of a line's points or 分.

    Args:
        value: what the line earned, spent, cost or saved.
        cumulative: units (or 分 of an amount-only sale) returned so far, this return included.
        of: units sold (or 分 paid).
        already: what earlier returns reversed of `value`.
    """
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
