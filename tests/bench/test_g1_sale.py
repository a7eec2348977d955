"""G1: from the confirmed command to the committed sale, beside the disk's time for its bytes."""

import os
from pathlib import Path

from db.domain.basket import Basket, BasketLine
from db.domain.staff import Actor, Role
from db.services.sales import Sell, sell
from db.storage.unit_of_work import Storage
from tests.bench.book import Member
from tests.bench.measure import LIMIT, OURS, PLAIN, Bar, Result, Workload, measured
from tests.bench.plain import PRICES, begin_plain_sales, bound, plain_sale

BAR = Bar(wanted=4.0, ceiling=6.5)
FIRST_VISIT_BAR = Bar(wanted=8.0, ceiling=10.0)
BY = Actor(None, Role.CASHIER)
BASKET = Basket(
    lines=tuple(
        BasketLine(unit_price=price, sku=f"A{line}", category="food")
        for line, price in enumerate(PRICES, start=1)
    )
)
NAMES = ("牛奶", "面包", "茶叶")
LOG_PAGES = 4_000
LOG_BYTES = LOG_PAGES * 4_120
REGULARS = 4_000


def sale(storage: Storage, member_id: bytes) -> None:
    with storage.begin() as work:
        command = Sell(op=work.new_id(), by=BY, basket=BASKET, names=NAMES, member_id=member_id)
        sell(work, command)


def log_bytes_of_a_sale(storage: Storage, buyers: list[bytes]) -> int:
    """Sell to everybody once; return how many bytes a sale adds to the write-ahead log."""
    log = storage.path.with_name(storage.path.name + "-wal")
    storage._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    storage._database.execute_sql("PRAGMA wal_autocheckpoint = 0")
    for member_id in buyers:
        sale(storage, member_id)
    grown = log.stat().st_size
    storage._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    storage._database.execute_sql(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    return grown // len(buyers)


class Disk:
    """A log as bare as can be: the same number of bytes, written at its end and made durable."""

    def __init__(self, path: Path, count: int) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        self._bytes = os.urandom(count)
        self._at = 0
        os.write(self._file, bytes(LOG_BYTES))
        os.fsync(self._file)

    def commit(self, _: int) -> None:
        if self._at + len(self._bytes) > LOG_BYTES:
            self._at = 0
        os.pwrite(self._file, self._bytes, self._at)
        os.fdatasync(self._file)
        self._at += len(self._bytes)

    def close(self) -> None:
        os.close(self._file)


def test_sale_commit(
    written_book: Storage, another_book: Storage, members: int, results: list[Result]
) -> None:
    storage = written_book
    regulars = [Member(place * 7_919 % members).member_id for place in range(REGULARS)]
    first = log_bytes_of_a_sale(storage, regulars)
    bytes_each = log_bytes_of_a_sale(storage, regulars)
    disk = Disk(storage.path.with_name("limit"), bytes_each)
    peer = bound(another_book.path)
    begin_plain_sales()

    result = measured(
        "G1",
        f"sale commit: 3 lines, points, all maintained rows; {bytes_each:,} bytes of log"
        f" ({first:,} on the month's first visit)",
        members=members,
        bar=BAR,
        workloads=[
            Workload("sell()", OURS, lambda i: sale(storage, regulars[i * 31 % REGULARS])),
            Workload("write + fdatasync of the same bytes", LIMIT, disk.commit),
            Workload(
                "peewee models", PLAIN, lambda i: plain_sale(peer, regulars[i * 31 % REGULARS])
            ),
        ],
    )
    peer.close()
    disk.close()
    results.append(result)
    assert result.to_limit <= result.bar.ceiling


def test_the_months_first_visit(written_book: Storage, members: int, results: list[Result]) -> None:
    """The sale that moves a member's search postings to this month, a dozen or two of them."""
    storage = written_book
    newcomers = [Member(place * 7_919 % members).member_id for place in range(20_000)]
    disk = Disk(storage.path.with_name("limit"), log_bytes_of_a_sale(storage, newcomers[-400:]))

    result = measured(
        "G1",
        "sale commit of the month's first visit",
        members=members,
        bar=FIRST_VISIT_BAR,
        workloads=[
            Workload("sell()", OURS, lambda i: sale(storage, newcomers[i])),
            Workload("write + fdatasync of the same bytes", LIMIT, disk.commit),
        ],
    )
    disk.close()
    results.append(result)
    assert result.to_limit <= result.bar.ceiling
