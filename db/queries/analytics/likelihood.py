"""Maximum likelihood for models whose parameters are all above zero, with standard errors.

The search goes over logarithms of the parameters, so none can leave its range; errors come from the
curvature at the top and are carried back. A top that is a ridge, or lies at the end of the range,
is no fit: it is refused, never shown as one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import optimize

from db.domain.analytics.fitting import FitUnsettled
from db.queries.analytics.visits import Floats

LOG_BOUND: Final = 12.0
_STEP: Final = 1e-4
_EDGE: Final = 0.01

LogLikelihood = Callable[[Floats], tuple[float, Floats]]
"""Takes the parameters; gives the natural-log likelihood and its slope along each of them."""


@dataclass(frozen=True, slots=True)
class Top:
    """The best parameters, their standard errors, and the log-likelihood there."""

    values: tuple[float, ...]
    errors: tuple[float, ...]
    log_likelihood: float


def highest(function: LogLikelihood, starts: Sequence[Sequence[float]]) -> Top:
    """Return the top of a likelihood, looked for from several starts.

    Raises:
        FitUnsettled: when there is no top: the data fits ever better toward an end of the range.
    """

    def downhill(logs: Floats) -> tuple[float, Floats]:
        values = np.exp(logs)
        height, slope = function(values)
        return -height, -slope * values

    bounds = [(-LOG_BOUND, LOG_BOUND)] * len(starts[0])
    found = [
        optimize.minimize(
            downhill,
            np.log(start),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"ftol": 1e-13, "gtol": 1e-7, "maxiter": 500},
        )
        for start in starts
    ]
    best = min(found, key=lambda each: float(each.fun))
    logs: Floats = best.x
    if not np.isfinite(best.fun) or np.any(np.abs(logs) > LOG_BOUND - _EDGE):
        raise FitUnsettled
    values = np.exp(logs)
    errors = values * _log_errors(downhill, logs)
    return Top(tuple(map(float, values)), tuple(map(float, errors)), -float(best.fun))


def _log_errors(downhill: LogLikelihood, logs: Floats) -> Floats:
    """Return the standard errors of the logarithms, from slopes on both sides of the top."""
    curvature = np.empty((len(logs), len(logs)))
    for place in range(len(logs)):
        step = np.zeros(len(logs))
        step[place] = _STEP
        above, below = downhill(logs + step)[1], downhill(logs - step)[1]
        curvature[place] = (above - below) / (2 * _STEP)
    curvature = (curvature + curvature.T) / 2
    try:
        np.linalg.cholesky(curvature)
    except np.linalg.LinAlgError:
        raise FitUnsettled from None
    errors: Floats = np.sqrt(np.diag(np.linalg.inv(curvature)))
    return errors
