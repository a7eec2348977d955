"""Pareto/NBD: the older model of repeat buying, kept to be compared with BG/NBD.

Schmittlein, Morrison and Colombo (Management Science 33, 1987), in the form of Fader and Hardie, "A
Note on Deriving the Pareto/NBD Model and Related Expressions" (2005). A member may leave at any
time, at a rate that is Gamma(s, β); visits come at a rate that is Gamma(r, α).
"""

from dataclasses import dataclass
from math import expm1, log


@dataclass(frozen=True, slots=True)
class ParetoNbd:
    """The four parameters; `alpha` and `beta` are in weeks."""

    r: float
    alpha: float
    s: float
    beta: float

    def expected_of_new(self, weeks: float) -> float:
        """Return how many visits after his first a new member makes within so many weeks."""
        return self.r / self.alpha * self._lived(self.beta, weeks)

    def expected_if_alive(self, x: int, age: float, *, weeks: float) -> float:
        """Return the visits within so many weeks of one who is sure to be a customer now."""
        return (self.r + x) / (self.alpha + age) * self._lived(self.beta + age, weeks)

    def _lived(self, beta: float, weeks: float) -> float:
        """Return how many of the weeks he is a customer, on average."""
        longer = log(beta / (beta + weeks))
        if self.s == 1:
            return -beta * longer
        return -beta * expm1((self.s - 1) * longer) / (self.s - 1)
