"""Seeded faults that a few universes show; `poe simulate --mutants` judges all of them."""

import pytest

from tests.simulation.life import failure_of
from tests.simulation.mutants import MUTANTS, Mutant, killed_at, mutated
from tests.simulation.mutations import MUTATIONS
from tests.simulation.plan import draw_plan

QUICK = (
    "no push dedupe",
    "no apply dedupe",
    "trust any 200",
    "redeem without grant",
    "no escrow",
    "device authored release",
    "acknowledged before commit",
    "a bad operation blocks",
    "first word stands",
    "leases are spent again",
)
UNIVERSES = 12


@pytest.mark.parametrize("name", QUICK)
def test_a_seeded_fault_is_seen_within_a_few_universes(name: str) -> None:
    assert killed_at(Mutant(name), UNIVERSES) is not None


def test_a_mutant_leaves_no_trace_behind() -> None:
    for mutant in MUTANTS:
        with mutated(mutant):
            pass

    assert failure_of(draw_plan(2)) is None


def test_every_mutation_is_part_of_a_mutant() -> None:
    assert {part for mutant in MUTANTS for part in mutant.parts} == set(MUTATIONS)
