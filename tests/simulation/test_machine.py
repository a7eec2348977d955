"""A machine that plays counters, head office and the line, and shrinks what it breaks.

Unlike the seeded universes it chooses each deed itself, so a failure comes out as the shortest
story that leads to it.
"""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.simulation.checkers import (
    check_acks,
    check_converged,
    check_ledgers,
    check_no_overspending,
)
from tests.simulation.line import Faults
from tests.simulation.machines import MEMORY
from tests.simulation.world import DEEDS, World

ENDINGS = {"restore", "roll_back", "restore_office"}
counters = st.integers(0, 1)
rates = st.sampled_from((0.0, 0.2, 0.5))


class Exchanging(RuleBasedStateMachine):
    """Two enrolled counters; any deed at either, any fault on either line."""

    @initialize(seed=st.integers(0, 999))
    def open(self, seed: int) -> None:
        where = MEMORY if MEMORY.is_dir() else None
        self.world = World(Path(tempfile.mkdtemp(prefix="machine", dir=where)), seed)
        for _ in range(2):
            assert self.world.enroll(self.world.add_counter())

    @rule(counter=counters, deed=st.sampled_from(sorted(DEEDS.keys() - ENDINGS)))
    def act(self, counter: int, deed: str) -> None:
        self.world.act(self.world.counters[counter], deed)
        self.world.pass_time(5_000)

    @rule(counter=counters, lose=rates, repeat=rates, cut=rates, crash=st.sampled_from((0.0, 0.1)))
    def line_becomes(
        self, counter: int, lose: float, repeat: float, cut: float, crash: float
    ) -> None:
        self.world.counters[counter].line.faults = Faults(
            lose_request=lose, lose_reply=lose, repeat=repeat, cut_reply=cut, crash=crash
        )

    @rule(counter=counters, deed=st.sampled_from(sorted(ENDINGS - {"roll_back"})))
    def disk_dies(self, counter: int, deed: str) -> None:
        self.world.act(self.world.counters[counter], deed)

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours: int) -> None:
        self.world.pass_time(hours * 3_600_000)

    @invariant()
    def nothing_is_spent_twice(self) -> None:
        check_ledgers(self.world)
        check_no_overspending(self.world)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.settle()
            check_acks(self.world)
            check_converged(self.world)
        finally:
            self.world.close()


TestExchanging = Exchanging.TestCase
TestExchanging.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
