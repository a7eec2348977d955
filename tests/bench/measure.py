"""Measuring side by side: each workload beside its limit and the plain way, in one run.

Absolute times do not travel between machines and drift between busy and quiet minutes of one.
Ratios do travel: workloads take turns in short blocks, so that all of them meet the same minutes,
and what is compared is the median of single calls. No ratio of tails is ever formed.
"""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

BLOCKS = 12
BLOCK_SECONDS_MAX = 0.4
WARM_UP_SECONDS = 0.3

OURS, LIMIT, PLAIN, ALSO = "ours", "limit", "plain", "also"


@dataclass(slots=True)
class Workload:
    """One thing to time: `run` does it once for a number that goes up."""

    name: str
    role: str
    run: Callable[[int], object]
    calls: int = 200
    taken_ns: list[int] = field(default_factory=list)
    done: int = 0

    def block(self, seconds: float) -> None:
        """Run one block: so many calls, or until the time is over."""
        ends = time.perf_counter_ns() + int(seconds * 1e9)
        for _ in range(self.calls):
            begun = time.perf_counter_ns()
            self.run(self.done)
            now = time.perf_counter_ns()
            self.taken_ns.append(now - begun)
            self.done += 1
            if now > ends:
                break


@dataclass(frozen=True, slots=True)
class Figure:
    """A workload's median, and the middle four fifths of its calls, in µs."""

    name: str
    role: str
    median_us: float
    p10_us: float
    p90_us: float
    calls: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How many times its limit ours may take: what is wanted, and above what a bench fails.

    `ceiling` is what was reached, with room for a busy machine; it only ever comes down.
    """

    wanted: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class Result:
    """A named budget: our ratio to the limit beside its bar, and the plain way's to ours.

    `unit` is µs unless something else was counted in the figures' places.
    """

    budget: str
    workload: str
    members: int
    bar: Bar
    figures: tuple[Figure, ...]
    unit: str = "µs"

    def ratio(self, above: str, below: str) -> float:
        """Return how many times slower one role is than another."""
        medians = {figure.role: figure.median_us for figure in self.figures}
        return medians[above] / medians[below]

    @property
    def to_limit(self) -> float:
        """Return how many times its limit ours takes."""
        return self.ratio(OURS, LIMIT)


def measured(
    budget: str, workload: str, *, members: int, bar: Bar, workloads: Sequence[Workload]
) -> Result:
    """Run the workloads in alternating blocks, print the table, and return the figures."""
    for each in workloads:
        each.block(WARM_UP_SECONDS)
        each.taken_ns.clear()
    for number in range(BLOCKS):
        turn = number % len(workloads)
        for each in (*workloads[turn:], *workloads[:turn]):
            each.block(BLOCK_SECONDS_MAX)
    result = Result(budget, workload, members, bar, tuple(_figure(each) for each in workloads))
    print(table(result), flush=True)
    return result


def table(result: Result) -> str:
    """Return a result as lines for people."""
    size = f", {result.members:,} members" if result.members else ""
    lines = [f"\n{result.budget} {result.workload}{size}"]
    ours = next(figure for figure in result.figures if figure.role == OURS)
    for figure in result.figures:
        if figure.role == LIMIT:
            times = ours.median_us / figure.median_us
            said = f"ours is {times:5.2f} times this (bar {result.bar.wanted})"
        elif figure.role == ALSO:
            said = f"ours is {ours.median_us / figure.median_us:5.2f} times this"
        elif figure.role == PLAIN:
            said = f"{figure.median_us / ours.median_us:5.1f} times ours"
        else:
            said = ""
        lines.append(
            f"  {figure.role:<6}{figure.name:<46}{figure.median_us:>10.1f} {result.unit}"
            f"  ({figure.p10_us:.1f} to {figure.p90_us:.1f}, {figure.calls} calls)  {said}"
        )
    return "\n".join(lines)


def write_json(path: Path, results: Sequence[Result]) -> None:
    """Write every result of a run where a later run can be compared with it."""
    rows = [
        asdict(result)
        | {
            "to_limit": round(result.to_limit, 3),
            "plain_to_ours": [
                round(figure.median_us / _ours(result), 2)
                for figure in result.figures
                if figure.role == PLAIN
            ],
        }
        for result in results
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _ours(result: Result) -> float:
    return next(figure.median_us for figure in result.figures if figure.role == OURS)


def _figure(workload: Workload) -> Figure:
    taken = sorted(workload.taken_ns)
    tenth = len(taken) // 10
    return Figure(
        workload.name,
        workload.role,
        statistics.median(taken) / 1e3,
        taken[tenth] / 1e3,
        taken[-1 - tenth] / 1e3,
        len(taken),
    )
