"""Seeded faults in the universe that shows each; `poe simulate --mutants` judges all of them."""

import pytest

from tests.simulation.life import failure_of
from tests.simulation.mutants import MUTANTS, UNIVERSES_MAX, Mutant, mutated
from tests.simulation.mutations import MUTATIONS
from tests.simulation.plan import draw_plan

NOT_CLAIMED = {"ack without hash", "ack of head", "any answer will do"}
SEEN = [mutant for mutant in MUTANTS if mutant.seen_in is not None]


@pytest.mark.parametrize("mutant", SEEN, ids=[mutant.name for mutant in SEEN])
def test_a_seeded_fault_is_seen_in_its_universe(mutant: Mutant) -> None:
    assert mutant.seen_in is not None
    with mutated(mutant):
        assert failure_of(draw_plan(mutant.seen_in)) is not None


def test_each_mutant_is_seen_or_covered_within_the_bound() -> None:
    for mutant in MUTANTS:
        assert bool(mutant.covered) == (mutant.seen_in is None), mutant.name
        assert mutant.seen_in is None or mutant.seen_in < UNIVERSES_MAX


def test_what_a_second_defence_covers_is_seen_when_both_are_off() -> None:
    """Each fault that is covered is part of one that is seen."""
    seen = {part for mutant in SEEN for part in mutant.parts}

    assert {part for mutant in MUTANTS for part in mutant.parts} - seen == NOT_CLAIMED


def test_a_mutant_leaves_no_trace_behind() -> None:
    for mutant in MUTANTS:
        with mutated(mutant):
            pass

    assert failure_of(draw_plan(2)) is None


def test_every_mutation_is_part_of_a_mutant() -> None:
    assert {part for mutant in MUTANTS for part in mutant.parts} == set(MUTATIONS)
