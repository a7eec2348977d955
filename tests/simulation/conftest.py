"""A small world for the named stories: a head office and two counters that it took in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.world import SimulatedCounter, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return a universe with a good line and two enrolled counters of one branch."""
    made = World(tmp_path / "world", 1)
    for _ in range(2):
        assert made.enroll(made.add_counter())
    yield made
    made.close()


@pytest.fixture
def first(world: World) -> SimulatedCounter:
    """Return the first counter."""
    return world.counters[0]


@pytest.fixture
def second(world: World) -> SimulatedCounter:
    """Return the second counter."""
    return world.counters[1]
