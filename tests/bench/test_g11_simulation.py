"""G11: how long one core lives through a universe of the simulator.

A campaign of thousands has to fit into a night, so a universe has to fit into a second. It is the
process's own time that counts: nothing in a universe waits.
"""

import statistics
import time

from tests.bench.measure import LIMIT, OURS, Bar, Figure, Result, table
from tests.simulation.life import live

UNIVERSES = 40
FIRST_SEED = 20_000
A_SECOND_MS = 1_000.0
BAR = Bar(wanted=0.33, ceiling=1.0)
"""Three universes a second are wanted; one is what a campaign needs."""


def test_a_universe_fits_into_a_second(results: list[Result]) -> None:
    live(0)  # makes the homes that the others are copies of
    taken: list[float] = []
    events = 0
    for seed in range(FIRST_SEED, FIRST_SEED + UNIVERSES):
        begun = time.process_time()
        events += live(seed).events
        taken.append(1_000 * (time.process_time() - begun))

    tenths = statistics.quantiles(taken, n=10)
    ours = Figure("a universe", OURS, statistics.median(taken), tenths[0], tenths[-1], UNIVERSES)
    limit = Figure("a second", LIMIT, A_SECOND_MS, A_SECOND_MS, A_SECOND_MS, 1)
    result = Result("G11", "universes of the simulator, one core", 0, BAR, (ours, limit), "ms")
    results.append(result)
    print(table(result), flush=True)
    print(f"  {1_000 * UNIVERSES / sum(taken):.2f} universes/s, {events} events")
    assert result.to_limit <= result.bar.ceiling
