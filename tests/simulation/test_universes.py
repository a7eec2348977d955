"""Whole universes from their seeds: two counters, one head office, everything that goes wrong.

A universe that failed once stays here. `poe simulate SEED` runs one more.
"""

import pytest

from tests.simulation.universe import run_universe

SEEDS = (4, 5, 17, 34, 54, 56, 58, 97, 127, 128, 147, *range(200, 210))
"""The first are those that found something: a lease ahead of its sale, a grant in the wrong
bucket, a member who came after his sales, a lease on a member whom nobody knows any more."""


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_that_was_confirmed_arrives_once_and_all_agree(seed: int) -> None:
    run_universe(seed)


@pytest.mark.parametrize("seed", [301, 302, 303])
def test_four_counters_in_two_branches_agree(seed: int) -> None:
    run_universe(seed, counters=4)
