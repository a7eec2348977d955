"""BG/NBD: who is still a customer, and how often he will come again.

Fader, Hardie and Lee, "Counting Your Customers the Easy Way" (Marketing Science 24, 2005). Visits
are Poisson while a member is alive, with a Gamma(r, α) of rates; after each visit he leaves with a
probability that is Beta(a, b). Of a member it wants `x` repeat visits, the age `t_x` of the last
one and his age `T` now, in weeks since his first. Figures of many members at once are in
`db.queries.analytics.repeat_buying`; a test holds the two together.
"""

from dataclasses import dataclass
from math import exp, log, pow  # noqa: A004 - of floats it gives floats, as ** does not
from typing import Final

DAYS_A_WEEK: Final = 7
TERMS_MAX: Final = 100_000
SMALL: Final = 1e-15
NEAR_ONE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class RepeatSummary:
    """A member's repeat buying in weeks: visits after the first, age at the last, age now."""

    x: int
    t_x: float
    age: float


@dataclass(frozen=True, slots=True)
class BgNbd:
    """The four parameters; `alpha` is in weeks."""

    r: float
    alpha: float
    a: float
    b: float

    def p_alive(self, member: RepeatSummary) -> float:
        """Return the probability that he will come again; 1 without a repeat visit, by the model.

        Show 「购买次数不足」 for those, not 100 % (DECISIONS 36).
        """
        if member.x == 0:
            return 1.0
        odds = log(self.a / (self.b + member.x - 1)) + (self.r + member.x) * log(
            (self.alpha + member.age) / (self.alpha + member.t_x)
        )
        return exp(-odds) / (1 + exp(-odds)) if odds > 0 else 1 / (1 + exp(odds))

    def expected(self, member: RepeatSummary, weeks: float) -> float:
        """Return how many more visits he makes within so many weeks, on average."""
        if abs(self.a - 1) < NEAR_ONE:  # the formula divides by a − 1; its limit is between
            below, above = (BgNbd(self.r, self.alpha, a, self.b) for a in _BESIDE_ONE)
            return (below.expected(member, weeks) + above.expected(member, weeks)) / 2
        far = self.alpha + member.age + weeks
        z = weeks / far
        kept = pow(1 - z, self.a - 1) * hypergeometric(
            self.a + self.b - 1 - self.r, self.a - 1, c=self.a + self.b + member.x - 1, z=z
        )
        ever = (self.a + self.b + member.x - 1) / (self.a - 1)
        return ever * (1 - kept) * self.p_alive(member)

    def expected_of_new(self, weeks: float) -> float:
        """Return how many visits after his first a new member makes within so many weeks."""
        if abs(self.a - 1) < NEAR_ONE:
            below, above = (BgNbd(self.r, self.alpha, a, self.b) for a in _BESIDE_ONE)
            return (below.expected_of_new(weeks) + above.expected_of_new(weeks)) / 2
        z = weeks / (self.alpha + weeks)
        kept = pow(1 - z, self.r) * hypergeometric(self.r, self.b, c=self.a + self.b - 1, z=z)
        return (self.a + self.b - 1) / (self.a - 1) * (1 - kept)


_BESIDE_ONE: Final = (1 - 1e-4, 1 + 1e-4)


def hypergeometric(a: float, b: float, *, c: float, z: float) -> float:
    """Return Gauss's series 2F1(a, b; c; z) for 0 <= z < 1.

    Raises:
        ArithmeticError: when it has not settled after 100,000 terms.
    """
    term = total = 1.0
    for n in range(TERMS_MAX):
        term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z
        total += term
        if abs(term) <= SMALL * abs(total):
            return total
    raise ArithmeticError("the series does not settle")
