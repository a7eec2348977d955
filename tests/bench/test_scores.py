"""Fitting and scoring a million members: under a minute and under a gigabyte (issue 6).

Members are drawn from BG/NBD and Gamma-Gamma themselves, so the fit must find what they were drawn
with. Reading the purchases from the book is not in it.
"""

import resource
import time
from datetime import date

import numpy as np

from db.domain.ids import MemberId
from db.queries.analytics.lifetime_value import fit_lifetime, values_ahead
from db.queries.analytics.repeat_buying import p_alive
from db.queries.analytics.visits import VisitDays, folded, key_of

TODAY = date(2026, 11, 21)
R, ALPHA, A, B = 0.6, 8.0, 0.8, 2.5
DAYS_MAX = 730
VISITS_MAX = 60
SECONDS_MAX = 60
RISE_MB_MAX = 1_000


def a_drawn_shop(members: int) -> VisitDays:
    """Return the days of purchase of so many members, drawn from the models."""
    rng = np.random.default_rng(3)
    age = rng.integers(1, DAYS_MAX, members)
    daily = rng.gamma(R, 1 / ALPHA, members) / 7
    leaves = rng.beta(A, B, members)
    usual = 500 + rng.gamma(3, 2_000, members)
    here, at = np.arange(members), np.zeros(members)
    who, day = [here], [TODAY.toordinal() - age]
    for _ in range(VISITS_MAX):
        at = at + rng.exponential(1 / daily[here])
        stays = at < age[here]
        here, at = here[stays], at[stays]
        who.append(here)
        day.append((TODAY.toordinal() - age[here] + at).astype(np.int64))
        stays = rng.random(len(here)) > leaves[here]
        here, at = here[stays], at[stays]
    everyone = np.concatenate(who)
    due = (usual[everyone] * rng.gamma(4, 0.25, len(everyone))).astype(np.int64)
    ids = tuple(MemberId(number.to_bytes(16)) for number in range(members))
    key = key_of(everyone, np.concatenate(day))
    return folded(ids, key, due=due, bought=due >= 0)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_million_members_are_fitted_and_scored_in_a_minute(members: int) -> None:
    days = a_drawn_shop(members)
    before, begun = peak_mb(), time.perf_counter()

    fit = fit_lifetime(days, day_to=TODAY)
    alive, value = p_alive(fit.model, fit.summaries), values_ahead(fit, fit.summaries)  # type: ignore[arg-type]  # BG/NBD

    seconds, rise = time.perf_counter() - begun, peak_mb() - before
    found = dict(zip(fit.parameters, fit.top.values, strict=True))
    print(f"{members:,} members: {seconds:.1f} s, {rise:.0f} MB more; {found}")
    assert (len(alive), int(np.isnan(value).sum())) == (members, 0)
    assert abs(found["r"] - R) < 0.1
    assert abs(found["a"] - A) < 0.2
    assert seconds < SECONDS_MAX
    assert rise < RISE_MB_MAX
