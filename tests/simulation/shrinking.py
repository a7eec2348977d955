"""Shrinking a universe that fails: first without faults, then without events, while it still fails.

What is left out changes nothing else, for every event's chance is its own (`draws`), so most of a
story falls away quickly. Two failures are the same when their kind and their invariant are.
"""

from collections.abc import Callable

from tests.simulation.life import failure_of
from tests.simulation.plan import Event, Plan

TRIES_MAX = 400
Fails = Callable[[Plan], Exception | None]


def what_failed(broken: Exception) -> str:
    """Return what tells one failure from another: its kind, and which invariant it names."""
    return f"{type(broken).__name__} {str(broken).partition(':')[0][:60]}"


def shrink(plan: Plan, *, fails: Fails = failure_of, tries: int = TRIES_MAX) -> Plan:
    """Return the smallest plan found that fails as this one does; it must fail."""
    broken = fails(plan)
    assert broken is not None, "only what fails can be shrunk"
    return _Shrinker(what_failed(broken), fails, tries).shrunk(plan)


class _Shrinker:
    """Tries smaller plans, so many at most."""

    def __init__(self, wanted: str, fails: Fails, tries: int) -> None:
        self._wanted = wanted
        self._fails = fails
        self._left = tries

    def shrunk(self, plan: Plan) -> Plan:
        """Return the plan without what it does not need to fail."""
        for kind in sorted(plan.rates):
            plan = self._better(plan.without_faults(kind), plan)
        size = max(1, len(plan.events) // 2)
        while size:
            plan = self._without_runs(plan, size)
            size //= 2
        return plan

    def _without_runs(self, plan: Plan, size: int) -> Plan:
        """Leave out every run of so many events that is not needed, the last ones first."""
        start = len(plan.events)
        while start > 0:
            start = max(0, start - size)
            events: tuple[Event, ...] = plan.events[:start] + plan.events[start + size :]
            plan = self._better(plan.with_events(events), plan)
        return plan

    def _better(self, smaller: Plan, plan: Plan) -> Plan:
        if self._left == 0 or (smaller.rates, smaller.events) == (plan.rates, plan.events):
            return plan
        self._left -= 1
        broken = self._fails(smaller)
        same = broken is not None and what_failed(broken) == self._wanted
        return smaller if same else plan
