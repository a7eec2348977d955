"""Seeded faults: does the simulator see them?

Each replaces a function of the product by a wrong one for as long as its block lasts (SYNC.md
§3.4). One that survives alone names the second defence that covers it, and is paired with a mutant
of that defence: together they must be seen. What the universes of a few seeds do not show is not
tested, whatever the code says.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.simulation.life import failure_of
from tests.simulation.mutations import MUTATIONS
from tests.simulation.plan import draw_plan

UNIVERSES_MAX = 2_000
Put = Callable[[object, str, Any], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault, or two at once; `covered` says which second defence hides it alone."""

    name: str
    covered: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the mutations that it is made of."""
        return tuple(self.name.split(" + "))


MUTANTS = (
    Mutant("no push dedupe"),
    Mutant("no apply dedupe"),
    Mutant("cursor saved before apply"),
    Mutant("prune at ack"),
    Mutant("trust any 200"),
    Mutant("no incarnation"),
    Mutant("redeem without grant"),
    Mutant("reclaim at lease end"),
    Mutant("no escrow"),
    Mutant("device authored release"),
    Mutant("no grant journal"),
    Mutant("acknowledged before commit"),
    Mutant("a bad operation blocks"),
    Mutant("leases never end"),
    Mutant("first word stands"),
    Mutant("coupons without hold"),
    Mutant("value without hold"),
    Mutant("spends before their grant are lost"),
    Mutant("closed leases are spent"),
    Mutant("leases are spent again"),
    Mutant("gap in feed", covered="the counter takes no row but the next"),
    Mutant("no contiguity", covered="head office's pages have no gaps"),
    Mutant("gap in feed + no contiguity", covered="digests differ, and the bucket is read again"),
    Mutant("gap in feed + no contiguity + no digests"),
    Mutant("no digests", covered="what is compared agrees"),
    Mutant("ack without hash", covered="head office says the hash of what it holds"),
    Mutant("ack of head", covered="the hash at its head is the counter's own"),
    Mutant("any answer will do", covered="what it says is checked for itself: hash, place, id"),
    Mutant("any answer will do + ack without hash", covered="streams are never taken up again"),
)
"""Every mutant, the likely ones first."""


@contextmanager
def mutated(mutant: Mutant) -> Iterator[None]:
    """Let the product be wrong while the block lasts."""
    with ExitStack() as stack:

        def put(owner: object, name: str, wrong: Any) -> None:
            right = getattr(owner, name)
            setattr(owner, name, wrong)
            stack.callback(setattr, owner, name, right)

        for part in mutant.parts:
            MUTATIONS[part](put)
        yield


def killed_at(mutant: Mutant, universes: int = UNIVERSES_MAX) -> tuple[int, str] | None:
    """Return the first seed that shows a mutant, and how; nothing when it survives."""
    with mutated(mutant):
        for seed in range(universes):
            broken = failure_of(draw_plan(seed))
            if broken is not None:
                return seed, f"{type(broken).__name__} {broken}"[:110]
    return None


def judge_all(universes: int = UNIVERSES_MAX, *, only: str = "") -> int:
    """Judge every mutant; return 1 when one survives that nothing covers."""
    missed = 0
    for mutant in MUTANTS:
        if not mutant.name.startswith(only):
            continue
        started = time.monotonic()
        found = killed_at(mutant, universes)
        took = time.monotonic() - started
        if found is not None:
            said = f"killed at universe {found[0]}: {found[1]}"
        elif mutant.covered:
            said = f"survived {universes}: {mutant.covered}"
        else:
            said, missed = f"SURVIVED {universes}", missed + 1
        sys.stdout.write(f"{mutant.name:45} {said} ({took:.0f} s)\n")
        sys.stdout.flush()
    return int(missed > 0)
