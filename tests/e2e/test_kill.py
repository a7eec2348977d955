"""kill -9 of counters and head office at random moments, under load, again and again.

What a counter confirmed is there exactly once afterwards, nothing is half there, `verify` passes
at both ends, and when the line is back everybody holds the same book. The ordinary run takes 10
rounds; `poe torture` takes 200 (TORTURE_ROUNDS and TORTURE_SEED choose others).
"""

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.offices import HeadOffice, head_office
from tests.support.processes import Process, done, guitai
from tests.support.shops import check_agreement, check_inside, converge, looking_into
from tests.support.whole_books import operation_ids

TORTURE = os.environ.get("TORTURE") == "1"
ROUNDS = int(os.environ.get("TORTURE_ROUNDS", "200" if TORTURE else "10"))
SEED = int(os.environ.get("TORTURE_SEED", "20261121"))
COUNTERS = 2
ACTS_A_ROUND = 60
LOOK_INSIDE_EVERY = 20
BY_THEMSELVES = {"lease_grant", "lease_close", "lease_reclaim"}
"""What counter and head office write without a cashier."""


@dataclass
class CounterUnderLoad:
    """A counter's home, the process that sells in it, and what its lives have said."""

    home: Path
    block: int
    process: Process | None = None
    lives: int = 0
    tried: set[str] = field(default_factory=set)
    confirmed: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)
    heard: int = 0

    def start(self, seed: int) -> None:
        """Begin another life."""
        self.lives += 1
        self.heard = 0
        words = ("--sync", "--seed", str(seed), "--block", str(self.block), "--pace-ms", "2")
        name = f"{self.home.name}-{self.lives}"
        driver = "tests.support.load_driver"
        self.process = Process(self.home.parent / "said", name, driver, str(self.home), *words)

    def kill(self) -> None:
        """Kill -9, and take down what it had said until then."""
        assert self.process is not None, "it was started"
        self.process.kill()
        self.listen()

    def stop(self) -> None:
        """Let it finish its act."""
        assert self.process is not None, "it was started"
        assert self.process.stop() == 0, self.process.complaints()
        self.listen()

    def listen(self) -> int:
        """Take down what was said since; return how many acts this life has tried."""
        assert self.process is not None, "it was started"
        lines = self.process.lines()
        for line in lines[self.heard :]:
            assert "line" not in line, f"the line brought {line}"
            self.tried |= {line["tried"]} if "tried" in line else set()
            self.confirmed.update([line["done"]] if "done" in line else [])
            self.refused |= {line["refused"]} if "refused" in line else set()
        self.heard = len(lines)
        return sum("tried" in line for line in lines)

    def works_until(self, acts: int) -> None:
        """Wait until this life has tried so many acts."""
        assert self.process is not None, "it was started"
        self.process.wait_for(lambda: self.listen() >= acts, f"{acts} acts")

    def check_promises(self) -> None:
        """Assert that the file has what was confirmed, once, and nothing that was not tried."""
        with looking_into(self.home) as storage, storage.reading() as reader:
            there = operation_ids(reader)
            own = reader.all(
                "SELECT lower(hex(o.op)), o.kind FROM operation AS o"
                " JOIN stream AS s ON s.stream_id = o.stream_id"
                " WHERE s.counter_id = (SELECT unhex(value) FROM setting WHERE name = 'counter_id')"
            )
        written = {op for op, kind in own if kind not in BY_THEMSELVES}
        plain = {text.replace("-", "") for text in self.tried}
        assert {op for op, count in self.confirmed.items() if count != 1} == set()
        assert set(self.confirmed) - set(there) == set(), "confirmed and lost"
        assert {op for op, count in there.items() if count != 1} == set(), "there twice"
        assert self.refused & set(there) == set(), "refused and there"
        assert written - plain == set(), "there and never tried"
        in_doubt = len(written) - len(self.confirmed)
        assert 0 <= in_doubt <= self.lives


@pytest.mark.timeout(0 if TORTURE else 120)
def test_killed_again_and_again_nothing_confirmed_is_lost_or_doubled(tmp_path: Path) -> None:
    die = random.Random(SEED)
    counters = [CounterUnderLoad(tmp_path / f"counter{block}", block) for block in range(COUNTERS)]
    with head_office(tmp_path / "office") as office:
        try:
            _torture(office, counters, die)
        finally:
            for counter in counters:
                if counter.process is not None:
                    counter.process.kill()
        converge(*(counter.home for counter in counters))
    for counter in counters:
        counter.check_promises()
    check_agreement(office.home, *(counter.home for counter in counters))


def _torture(office: HeadOffice, counters: list[CounterUnderLoad], die: random.Random) -> None:
    for counter in counters:
        done(guitai(counter.home, "init", "--sandbox", "--counter", counter.home.name))
        office.enroll(counter.home)
        counter.start(die.randrange(1 << 30))
    for number in range(1, ROUNDS + 1):
        _one_round(office, counters, die)
        if number % LOOK_INSIDE_EVERY == 0:
            print(f"round {number}: {[len(counter.confirmed) for counter in counters]} confirmed")
            _look_inside(office, counters, die)
    for counter in counters:
        counter.works_until(5)
        counter.stop()


def _one_round(office: HeadOffice, counters: list[CounterUnderLoad], die: random.Random) -> None:
    """Kill one, or all, at a moment nobody chose; check what was promised; start them again."""
    counter = die.choice(counters)
    victims = die.choices(("counter", "office", "both", "early"), weights=(45, 25, 20, 10))[0]
    counter.works_until(counter.listen() + die.randrange(1, ACTS_A_ROUND))
    if victims in ("office", "both"):
        office.kill()
        counter.works_until(counter.listen() + die.randrange(1, 20))
    if victims != "office":
        counter.kill()
        counter.check_promises()
        counter.start(die.randrange(1 << 30))
    if victims == "early":
        counter.kill()
        counter.start(die.randrange(1 << 30))
    if not office.alive:
        office.start(wait=die.random() < 0.7)


def _look_inside(office: HeadOffice, counters: list[CounterUnderLoad], die: random.Random) -> None:
    """Stop the world with kill -9 and look at every file."""
    office.kill()
    for counter in counters:
        counter.kill()
        counter.check_promises()
    for home in (office.home, *(counter.home for counter in counters)):
        check_inside(home)
    office.start()
    for counter in counters:
        counter.start(die.randrange(1 << 30))
