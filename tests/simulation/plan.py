"""The plan of a universe, drawn from its seed: which shop, which faults how often, what happens.

Every universe draws its own mix, with many faults and deeds absent from any one of them (swarm
testing). The events are fixed beforehand, each with a number that its own chance comes from, so a
plan with some of them taken out is still the same story otherwise.
"""

import random
from dataclasses import dataclass, replace
from typing import NamedTuple

from tests.simulation.counter_deeds import DEEDS, LATER_DEEDS
from tests.simulation.machines import COUNTERS_MAX
from tests.simulation.misfortunes import MISFORTUNES
from tests.simulation.office_deeds import OFFICE_DEEDS

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
STEPS = (90, 220)
STARTS = {
    "Asia/Shanghai": 1_795_240_800_000,  # 2026-11-21T14:00:00+08:00
    "America/New_York": 1_793_496_600_000,  # 2026-10-31T21:30:00-04:00, the eve of winter time
}
PACES_MS = (4_000, 60_000, 15 * 60_000, HOUR_MS)
"""How long after one event the next one comes, on the average."""
LATER_FROM, LATER_NONE, LATER_MAX = 503_000, 0.5, 8
"""The first seed with later deeds, the share of universes without, and how many there are in one.

Seeds before it mean what they meant when they were written down.
"""
BEGINNING = ("register", "register", "sell", "adjust", "top_up")
"""What a counter begins with, so that there is something to quarrel about."""

RATES: dict[str, tuple[float, ...]] = {
    "lose_request": (0, 0.05, 0.3),
    "lose_reply": (0, 0.05, 0.3),
    "repeat": (0, 0.1, 0.4),
    "cut_request": (0, 0, 0.05),
    "cut_reply": (0, 0.02, 0.1),
    "garble": (0, 0, 0.03),
    "portal": (0, 0, 0.05),
    "redirect": (0, 0, 0.05),
    "error_before": (0, 0, 0.1),
    "error_after": (0, 0.02, 0.1),
    "old_answer": (0, 0, 0.1),
    "slow": (0, 0, 0.1),
    "counter crash_before": (0, 0.005, 0.03),
    "counter crash_after": (0, 0.005, 0.03),
    "counter disk_full": (0, 0, 0.01),
    "office crash_before": (0, 0.01, 0.04),
    "office crash_after": (0, 0.01, 0.04),
    "office disk_full": (0, 0, 0.01),
}
"""How often each fault strikes, of which a universe draws one."""


class Event(NamedTuple):
    """What happens at `at_ms` to whom; `number` is what its chance comes from."""

    at_ms: int
    who: str
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One universe before it happens."""

    seed: int
    counters: int
    timezone: str
    start_ms: int
    rates: dict[str, float]
    events: tuple[Event, ...]
    risk: str = ""
    """What the shop accepts beyond its leases, by the name that `program` has for it."""

    def without_faults(self, *kinds: str) -> "Plan":
        """Return the same plan where these faults never strike."""
        rates = {kind: rate for kind, rate in self.rates.items() if kind not in kinds}
        return replace(self, rates=rates)

    def with_events(self, events: tuple[Event, ...]) -> "Plan":
        """Return the same plan with these events alone."""
        return replace(self, events=events)


def draw_plan(seed: int) -> Plan:
    """Return the universe of a seed."""
    rng = random.Random(seed)
    counters = rng.choice((2, 2, 2, 3, COUNTERS_MAX))
    timezone = rng.choice((*["Asia/Shanghai"] * 4, "America/New_York"))
    start_ms = STARTS[timezone]
    rates = {kind: rng.choice(choices) for kind, choices in RATES.items()}
    events = _events(rng, counters, start_ms)
    return Plan(
        seed=seed,
        counters=counters,
        timezone=timezone,
        start_ms=start_ms,
        rates={kind: rate for kind, rate in rates.items() if rate},
        events=tuple(events if seed < LATER_FROM else _with_later(events, counters, seed)),
        risk=rng.choice(("", "", "", "", "", "fresh", "forced", "floor", "floor")),
    )


def _with_later(events: list[Event], counters: int, seed: int) -> list[Event]:
    """Return the events with some deeds between them that the mix does not have."""
    rng = random.Random(f"{seed} later")
    if rng.random() < LATER_NONE:
        return events
    later = [
        Event(
            rng.choice(events).at_ms,
            f"counter{rng.randrange(counters)}",
            rng.choice(sorted(LATER_DEEDS)),
            30_000 + number,
        )
        for number in range(rng.randint(1, LATER_MAX))
    ]
    return sorted((*events, *later), key=lambda event: event.at_ms)


def _events(rng: random.Random, counters: int, start_ms: int) -> list[Event]:
    """Draw who does what when: a mix of deeds, a pace, how often each counter exchanges."""
    deeds = _mix(rng, {name: weight for name, (weight, _) in DEEDS.items()})
    office = _mix(rng, {name: weight for name, (weight, _) in OFFICE_DEEDS.items()})
    bad = _mix(rng, {name: weight for name, (weight, _) in MISFORTUNES.items()})
    pace = rng.choice(PACES_MS)
    talk = [rng.choice((0.04, 0.15, 0.4)) for _ in range(counters)]
    names = [f"counter{number}" for number in range(counters)]
    joins = {name: rng.choice((0, 0, 0, 15, 40)) for name in names}
    at_ms, events = start_ms, []
    for number, name in enumerate(name for name in names for _ in range(4)):
        events.append(Event(at_ms + number, name, rng.choice(BEGINNING), 20_000 + number))
    for number in range(rng.randint(*STEPS)):
        at_ms += int(rng.expovariate(1 / pace))
        for name in [name for name, step in joins.items() if step == number]:
            events.append(Event(at_ms, name, "join", 10_000 + len(events)))
        who = rng.randrange(counters)
        kind = rng.random()
        if kind < 0.08 and office:
            event = Event(at_ms, "office", _one(rng, office), number)
        elif kind < 0.13 and bad:
            event = Event(at_ms, names[who], _one(rng, bad), number)
        elif rng.random() < talk[who]:
            event = Event(at_ms, names[who], "exchange", number)
        else:
            event = Event(at_ms, names[who], _one(rng, deeds), number)
        events.append(event)
    return events


def _mix(rng: random.Random, weights: dict[str, float]) -> dict[str, float]:
    """Return some of the weights, changed; what a universe does without is not in it."""
    drawn = {name: weight * rng.choice((0, 0.5, 1, 1, 3)) for name, weight in weights.items()}
    return {name: weight for name, weight in drawn.items() if weight}


def _one(rng: random.Random, weights: dict[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
