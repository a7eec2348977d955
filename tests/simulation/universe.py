"""Running one universe from its seed: `python -m tests.simulation.universe SEED [COUNT]`.

A seed that fails is a test case: add it to `SEEDS` in test_universes.py.
"""

import random
import sys
import tempfile
from pathlib import Path

from tests.simulation.checkers import (
    check_acks,
    check_converged,
    check_ledgers,
    check_no_overspending,
)
from tests.simulation.line import Faults
from tests.simulation.world import DEEDS, HOUR_MS, World

STEPS = 150
CHECK_EVERY = 25
MEMORY = Path("/dev/shm")
"""Where a universe lives, if the machine has it: nothing is durable in there, nor need be."""


def run_universe(seed: int, *, counters: int = 2, steps: int = STEPS) -> World:
    """Run a universe to its end and check it; raises `AssertionError` with its last events."""
    where = MEMORY if MEMORY.is_dir() else None
    world = World(Path(tempfile.mkdtemp(prefix="universe", dir=where)), seed)
    try:
        _live(world, counters, steps)
    except BaseException as broken:
        broken.add_note(f"seed {seed}\n" + "\n".join(world.trace[-60:]))
        raise
    finally:
        world.close()
    return world


def _live(world: World, counters: int, steps: int) -> None:
    rng = world.rng
    world.strict = rng.random() < 0.7
    joins = {}
    for _ in range(counters):
        counter = world.add_counter(faults=Faults.drawn(rng))
        joins[counter.name] = rng.choice((0, 0, 10, 30))
    deeds, weights = list(DEEDS), list(DEEDS.values())
    for step in range(steps):
        counter = rng.choice(world.counters)
        if counter.device is None and step >= joins[counter.name]:
            world.enroll(counter)
        world.act(counter, rng.choices(deeds, weights)[0])
        world.pass_time(rng.choice((100, 5_000, 60_000, HOUR_MS)))
        if step % CHECK_EVERY == 0:
            check_acks(world)
            check_ledgers(world)
            check_no_overspending(world)
    for counter in world.counters:
        counter.line.heal()
        if counter.device is None:
            assert world.enroll(counter), "a good line enrols"
    world.settle()
    check_acks(world)
    check_ledgers(world)
    check_no_overspending(world)
    check_converged(world)


def main(arguments: list[str]) -> int:
    """Run one universe, or COUNT of them from SEED on; print what each came to."""
    first = int(arguments[0]) if arguments else random.randrange(1 << 32)
    for seed in range(first, first + (int(arguments[1]) if len(arguments) > 1 else 1)):
        world = run_universe(seed)
        print(f"seed {seed}: {len(world.confirmed)} acts, all there, once")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
