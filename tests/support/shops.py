"""A shop as end-to-end tests meet it: homes on disk, commands for what people do, a look inside."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.queries.totals import BookTotals, book_totals
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from tests.support.checkers import the_book
from tests.support.load_driver import open_home
from tests.support.processes import Answer, done
from tests.support.teller import told
from tests.support.whole_books import halves, operation_ids

EXCHANGES_MAX = 6


class Shop:
    """One counter: its home, and the commands a cashier's day is made of."""

    def __init__(self, home: Path, *, branch: str = "南京东路店") -> None:
        self.home = home
        self.branch = branch
        words = ("init", "--sandbox", "--branch", branch, "--counter", home.name)
        self.made = done(told(home, *words))

    def enroll(self, phone: str, name: str = "张小芳") -> str:
        """Register a member; return his id."""
        answer = told(self.home, "member", "add", "--phone", phone, "--name", name)
        return str(done(answer)["member_id"])

    def sell(self, amount: str, member: str | None = None, *, redeem: int = 0) -> str:
        """Sell; return the sale's id."""
        words = ["sale", "add", "--amount", amount, "--redeem", str(redeem)]
        answer = told(self.home, *words, *(["--member", member] if member else []))
        return str(done(answer)["sale_id"])

    def redeem(self, member: str, points: int) -> Answer:
        """Try to spend points without a sale."""
        return told(self.home, "points", "redeem", member, str(points))

    def sync(self) -> dict[str, Any]:
        """Exchange with head office now; what the line does about it is trouble, and told."""
        return exchanged(told(self.home, "sync", "now"))

    @property
    def waiting(self) -> int:
        """Return how many operations head office does not have."""
        return int(done(told(self.home, "sync", "status"))["waiting"])


def exchanged(answer: Answer) -> dict[str, Any]:
    """Return what an exchange came to; fail where its exit code says something else."""
    trouble = answer.document["trouble"] not in {None, "update_needed"}
    assert answer.code == (4 if trouble else 0), answer
    return answer.document


@contextmanager
def looking_into(home: Path) -> Iterator[Storage]:
    """Open a home that others may be working on."""
    storage = open_home(home)
    try:
        yield storage
    finally:
        storage.close()


def sales_in(home: Path) -> list[str]:
    """Return the ids of the sales a home holds, in order."""
    with looking_into(home) as storage, storage.reading() as reader:
        rows = reader.all("SELECT lower(hex(sale_id)) FROM sale ORDER BY sale_id")
    return [f"{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}" for (t,) in rows]


def check_inside(home: Path) -> None:
    """Assert that a file is whole, by its own proof and by a stranger's."""
    with looking_into(home) as storage:
        with storage.reading() as reader:
            assert halves(reader) == [], home
        assert verify_home(storage).problems == (), home


def converge(*homes: Path) -> None:
    """Exchange until nobody has anything to say or to hear."""
    said: list[dict[str, Any]] = []
    for _ in range(EXCHANGES_MAX):
        said = [done(told(home, "sync", "now")) for home in homes]
        assert all(one["online"] and one["trouble"] is None for one in said), said
        assert all(one["quarantined"] == one["rejected"] == 0 for one in said), said
        if all(one["pushed"] == one["pulled"] == one["waiting"] == 0 for one in said):
            return
    raise AssertionError(f"still talking after {EXCHANGES_MAX} exchanges: {said}")


def check_agreement(first: Path, *others: Path) -> None:
    """Assert that all hold the same operations and the same book, each of them whole."""
    check_inside(first)
    ids, totals, book = _all_of(first)
    for home in others:
        check_inside(home)
        other_ids, other_totals, other_book = _all_of(home)
        assert other_ids == ids, home
        assert other_totals == totals, home
        for table, rows in book.items():
            assert other_book[table] == rows, (home, table)


def _all_of(home: Path) -> tuple[Any, BookTotals, dict[str, list[Any]]]:
    with looking_into(home) as storage:
        with storage.reading() as reader:
            ids, totals = operation_ids(reader), book_totals(reader)
        return ids, totals, the_book(storage)
