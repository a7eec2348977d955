"""Gamma-Gamma: what a member spends on average, seen with how often he was seen.

Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). A member's own mean is drawn to
the shop's, the more the fewer his repeat visits are. The value of his next twelve months is the
visits that BG/NBD expects of him, month by month, at that mean, discounted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

WEEKS_A_MONTH: Final = 4.345
MONTHS: Final = 12
DISCOUNT_A_MONTH: Final = 0.01


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """The three parameters; `gamma` is money in 元."""

    p: float
    q: float
    gamma: float

    @property
    def mean(self) -> float | None:
        """Return the mean spend of all in 元; nothing where the model has no mean (q <= 1)."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else None

    def expected_spend(self, x: int, mean: float) -> float | None:
        """Return the spend in 元 to expect of a visit of who spent `mean` on `x` repeat visits."""
        weight = self.p * x + self.q - 1
        if weight <= 0:
            return None
        return self.p * (self.gamma + x * mean) / weight


def lifetime_value(
    expected: Callable[[float], float],
    spend: float,
    *,
    months: int = MONTHS,
    discount: float = DISCOUNT_A_MONTH,
    month_weeks: float = WEEKS_A_MONTH,
) -> float:
    """Return the discounted value of the coming months in the money of `spend`.

    Args:
        expected: how many visits within so many weeks.
        spend: what a visit is worth.
        months: how far ahead.
        discount: the rate of a month, 0.01 for one per cent.
        month_weeks: how long a month is in the unit of `expected`.
    """
    total = before = 0.0
    for month in range(1, months + 1):
        until = expected(month * month_weeks)
        total += spend * (until - before) / (1 + discount) ** month
        before = until
    return total
