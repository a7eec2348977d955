"""Survival: which share is still there after so much time, and whether two groups differ.

Kaplan and Meier's estimate (JASA 53, 1958) and the log-rank test (Mantel 1966). Who has not left
by the end of the time observed counts as long as he was seen.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import erfc, sqrt


@dataclass(frozen=True, slots=True)
class Step:
    """At one time: how many were still there before it, how many left, the share that stays."""

    time: float
    at_risk: int
    left: int
    survival: float


@dataclass(frozen=True, slots=True)
class Survival:
    """A survival curve; `steps` are the times at which somebody left."""

    n: int
    left: int
    steps: tuple[Step, ...]

    @property
    def median(self) -> float | None:
        """Return the first time at which half or fewer are there; nothing when more always are."""
        return next((step.time for step in self.steps if step.survival <= 0.5), None)  # noqa: PLR2004 - a half

    def at(self, time: float) -> float:
        """Return the share that is still there at a time."""
        place = bisect_right([step.time for step in self.steps], time)
        return self.steps[place - 1].survival if place else 1.0


@dataclass(frozen=True, slots=True)
class LogRank:
    """Whether two groups leave alike; nothing where nobody's leaving can tell."""

    chi_square: float | None
    p_value: float | None


Observed = Iterable[tuple[float, bool]]
"""(how long each was seen, whether he left then)"""


def survival_of(observed: Observed) -> Survival:
    """Return the curve of some observations."""
    seen, gone = _counted(observed)
    at_risk, share, steps = sum(seen.values()), 1.0, []
    total = at_risk
    for time in sorted(seen):
        if left := gone[time]:
            share *= 1 - left / at_risk
            steps.append(Step(time, at_risk, left, share))
        at_risk -= seen[time]
    return Survival(total, sum(gone.values()), tuple(steps))


def log_rank(one: Sequence[tuple[float, bool]], other: Sequence[tuple[float, bool]]) -> LogRank:
    """Return the test of two groups, with one degree of freedom."""
    (seen_1, gone_1), (seen_2, gone_2) = _counted(one), _counted(other)
    risk_1, risk_2 = len(one), len(other)
    surplus = variance = 0.0
    for time in sorted(seen_1 | seen_2):
        left, risk = gone_1[time] + gone_2[time], risk_1 + risk_2
        if left:
            surplus += gone_1[time] - left * risk_1 / risk
        if left and risk > 1:
            variance += left * (risk - left) * risk_1 * risk_2 / (risk * risk * (risk - 1))
        risk_1, risk_2 = risk_1 - seen_1[time], risk_2 - seen_2[time]
    if variance == 0:
        return LogRank(None, None)
    chi_square = surplus * surplus / variance
    return LogRank(chi_square, erfc(sqrt(chi_square / 2)))


def _counted(observed: Observed) -> tuple[Counter[float], Counter[float]]:
    """Return how many were last seen at each time, and how many of them left then."""
    seen: Counter[float] = Counter()
    gone: Counter[float] = Counter()
    for time, left in observed:
        seen[time] += 1
        if left:
            gone[time] += 1
    return seen, gone
