"""Whole universes from their seeds: counters, a head office, everything that goes wrong between.

A universe that failed once stays in seeds.txt. `poe simulate SEED` lives through one more, and
`poe simulate --universes 5000 --jobs 2` through very many.
"""

from itertools import chain
from pathlib import Path

import pytest

from tests.simulation.campaign import run_campaign
from tests.simulation.company import Company
from tests.simulation.disk import Crash
from tests.simulation.life import failure_of, live, live_through
from tests.simulation.oracle import Violated
from tests.simulation.plan import Plan, draw_plan
from tests.simulation.shrinking import shrink, what_failed

SEEDS = Path(__file__).with_name("seeds.txt")
UNIVERSES = 100
AT_ONCE = 10


def known_seeds() -> list[int]:
    lines = (line.split() for line in SEEDS.read_text(encoding="utf-8").splitlines())
    return [int(words[0]) for words in lines if words and words[0] != "#"]


@pytest.mark.parametrize("seed", known_seeds())
def test_a_universe_that_failed_once_does_not_fail_again(seed: int) -> None:
    live(seed)


@pytest.mark.parametrize("first", range(0, UNIVERSES, AT_ONCE))
def test_nothing_is_lost_doubled_or_spent_twice_and_all_agree(first: int) -> None:
    lives = [live(seed) for seed in range(10_000 + first, 10_000 + first + AT_ONCE)]

    assert sum(each.overspent for each in lives) == 0
    assert sum(each.operations for each in lives) > 20 * AT_ONCE


def test_a_seed_is_the_same_life_to_the_bit() -> None:
    one, again = live(7), live(7)

    assert one == again
    assert one.trace_hash != live(8).trace_hash


def test_leaving_one_fault_out_changes_no_other_events_chance() -> None:
    plan = draw_plan(2)
    company, calm = Company(plan), Company(plan.without_faults("lose_reply"))
    try:
        asked = [("1", "delay"), ("2", "portal"), ("2", "portal")]
        said = [[_share(each, *what) for what in asked] for each in (company, calm)]
    finally:
        company.close()
        calm.close()

    assert said[0] == said[1]


def _share(company: Company, event: str, kind: str) -> float:
    with company.draws.during(event):
        return company.draws.share(kind)


def test_a_failing_universe_shrinks_to_what_it_needs() -> None:
    def fails(plan: Plan) -> Exception | None:
        needed = {plan_event.number for plan_event in plan.events} >= {3, 40}
        return Violated("I4: lost") if needed and "lose_reply" in plan.rates else None

    whole = draw_plan(0)
    whole = Plan(**{**_fields(whole), "rates": {"lose_reply": 0.3, "slow": 0.1}})

    small = shrink(whole, fails=fails)

    assert [event.number for event in small.events] == [3, 40]
    assert small.rates == {"lose_reply": 0.3}


def _fields(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in plan.__dataclass_fields__}


def test_two_failures_are_one_when_kind_and_invariant_are() -> None:
    one = what_failed(Violated("I10 acks: counter0 went back"))

    assert one == what_failed(Violated("I10 acks: counter1 was told of more"))
    assert one != what_failed(Violated("I9 chain: a hole before 4"))
    assert one != what_failed(Crash("counter0", 1))


def test_what_fails_tells_its_last_events(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_said: object) -> None:
        raise Violated("I5 liveness: of this test")

    monkeypatch.setattr("tests.simulation.life.settle", broken)

    failed = failure_of(draw_plan(3))

    assert isinstance(failed, Violated)
    told = list(chain.from_iterable(note.splitlines() for note in failed.__notes__))
    assert told[0] == "seed 3"
    assert len(told) > 40


def test_a_campaign_goes_on_where_it_was_and_begins_anew_for_other_code(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    run_campaign(2, first=50, state=state, code="a")

    further = run_campaign(3, first=50, state=state, code="a")
    anew = run_campaign(1, first=50, state=state, code="b")

    assert (further.universes, further.next_seed, further.failed) == (3, 53, {})
    assert (anew.universes, anew.next_seed) == (1, 51)
    assert further.events > anew.events


def test_a_plan_without_events_is_quiet() -> None:
    """Nothing happens but that each counter is lent a piece of the gift with a stock."""
    life = live_through(draw_plan(5).with_events(()))

    assert life.operations == 2
