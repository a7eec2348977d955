"""The simulator's command: `poe simulate`.

    poe simulate SEED                                 one universe; its last events when it fails
    poe simulate SEED --shrink                        the shortest story that still fails
    poe simulate --universes 5000 --from 0 --jobs 2   very many of them, resumable
    poe simulate --mutants                            whether the simulator sees seeded faults

A seed that fails is a test case: add it to seeds.txt.
"""

import argparse
import random
import sys
from pathlib import Path

from tests.simulation.campaign import STATE, run_campaign
from tests.simulation.life import failure_of, live
from tests.simulation.mutants import judge_all
from tests.simulation.plan import draw_plan
from tests.simulation.shrinking import shrink


def main(arguments: list[str]) -> int:
    """Do what the arguments say; return 1 when anything was violated."""
    asked = _parser().parse_args(arguments)
    if asked.mutants:
        return judge_all(asked.universes or 2_000, only=asked.only)
    if asked.universes:
        figures = run_campaign(
            asked.universes, first=asked.first, jobs=asked.jobs, state=asked.state
        )
        _say(f"code {figures.code}", f"faults {figures.faults}", *figures.failed.items())
        return int(bool(figures.failed))
    seed = random.randrange(1 << 32) if asked.seed is None else asked.seed
    return _shrunk(seed) if asked.shrink else _one(seed)


def _one(seed: int) -> int:
    life = live(seed)
    _say(
        f"seed {seed}: {life.operations} operations in {life.events} events, all there, once",
        f"faults {dict(life.faults)}",
        f"trace {life.trace_hash}",
    )
    return 0


def _shrunk(seed: int) -> int:
    plan = draw_plan(seed)
    if failure_of(plan) is None:
        _say(f"seed {seed} does not fail")
        return 0
    small = shrink(plan)
    _say(f"seed {seed}: {len(plan.events)} events became {len(small.events)}", small.rates)
    _say(*small.events, "")
    broken = failure_of(small)
    assert broken is not None, "it was just seen to fail"
    _say(*broken.__notes__, f"{type(broken).__name__} {broken}")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="poe simulate", description=__doc__.splitlines()[0])
    parser.add_argument("seed", nargs="?", type=int)
    parser.add_argument("--shrink", action="store_true")
    parser.add_argument("--universes", type=int, default=0)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--state", type=Path, default=STATE)
    parser.add_argument("--mutants", action="store_true")
    parser.add_argument("--only", default="", help="the mutants whose name begins so")
    return parser


def _say(*lines: object) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
