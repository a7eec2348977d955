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

from db.queries.totals import book_totals
from db.services.verify import verify_home
from tests.support.checkers import the_book
from tests.support.load_driver import open_home
from tests.support.processes import HeadOffice, Process, done, guitai, head_office
from tests.support.whole_books import halves, operation_ids

TORTURE = os.environ.get("TORTURE") == "1"
ROUNDS = int(os.environ.get("TORTURE_ROUNDS", "200" if TORTURE else "10"))
SEED = int(os.environ.get("TORTURE_SEED", "20261121"))
COUNTERS = 2
ACTS_A_ROUND = 60
LOOK_INSIDE_EVERY = 20
EXCHANGES_MAX = 6
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
        storage = open_home(self.home)
        with storage.reading() as reader:
            there = operation_ids(reader)
            own = reader.all(
                "SELECT lower(hex(o.op)), o.kind FROM operation AS o"
                " JOIN stream AS s ON s.stream_id = o.stream_id"
                " WHERE s.counter_id = (SELECT unhex(value) FROM setting WHERE name = 'counter_id')"
            )
        storage.close()
        written = {op for op, kind in own if kind not in BY_THEMSELVES}
        plain = {text.replace("-", "") for text in self.tried}
        assert {op for op, count in self.confirmed.items() if count != 1} == set()
        assert set(self.confirmed) - set(there) == set(), "confirmed and lost"
        assert {op for op, count in there.items() if count != 1} == set(), "there twice"
        assert self.refused & set(there) == set(), "refused and there"
        assert written - plain == set(), "there and never tried"
        in_doubt = len(written) - len(self.confirmed)
        assert 0 <= in_doubt <= self.lives


def check_inside(home: Path) -> None:
    """Assert that a file is whole, by its own proof and by a stranger's."""
    storage = open_home(home)
    try:
        with storage.reading() as reader:
            assert halves(reader) == [], home
        proof = verify_home(storage)
        assert proof.problems == (), home
    finally:
        storage.close()


def converge(counters: list[CounterUnderLoad]) -> None:
    """Exchange until nobody has anything to say or to hear."""
    for _ in range(EXCHANGES_MAX):
        said = [done(guitai(counter.home, "sync", "now")) for counter in counters]
        assert all(one["online"] and one["trouble"] is None for one in said), said
        assert all(one["quarantined"] == one["rejected"] == 0 for one in said), said
        if all(one["pushed"] == one["pulled"] == one["waiting"] == 0 for one in said):
            return
    pytest.fail(f"still talking after {EXCHANGES_MAX} exchanges: {said}")


def check_agreement(office: HeadOffice, counters: list[CounterUnderLoad]) -> None:
    """Assert that head office and every counter hold the same operations and the same book."""
    books = []
    for home in (office.home, *(counter.home for counter in counters)):
        storage = open_home(home)
        with storage.reading() as reader:
            totals, ids = book_totals(reader), operation_ids(reader)
        books.append((totals, ids, the_book(storage)))
        storage.close()
    first_totals, first_ids, first_book = books[0]
    for totals, ids, book in books[1:]:
        assert ids == first_ids
        assert totals == first_totals
        for table, rows in first_book.items():
            assert book[table] == rows, table


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
        converge(counters)
    for counter in counters:
        counter.check_promises()
    for home in (office.home, *(counter.home for counter in counters)):
        check_inside(home)
    check_agreement(office, counters)


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
