"""G1: from the confirmed command to the committed sale, beside the disk's own time for its bytes."""

import os
from pathlib import Path

from db.domain.basket import Basket, BasketLine
from db.domain.staff import Actor, Role
from db.services.sales import Sell, sell
from db.storage.unit_of_work import Storage
from tests.bench.book import Member
from tests.bench.measure import LIMIT, OURS, PLAIN, Result, Workload, measured
from tests.bench.plain import PRICES, begin_plain_sales, bound, plain_sale

BAR = 4.0
BY = Actor(None, Role.CASHIER)
BASKET = Basket(
    lines=tuple(
        BasketLine(unit_price=price, sku=f"A{line}", category="food")
        for line, price in enumerate(PRICES, start=1)
    )
)
NAMES = ("牛奶", "面包", "茶叶")
LOG_BYTES = 16 << 20


def sale(storage: Storage, member_id: bytes) -> None:
    with storage.begin() as work:
        command = Sell(op=work.new_id(), by=BY, basket=BASKET, names=NAMES, member_id=member_id)
        sell(work, command)


def log_bytes_of_a_sale(storage: Storage, buyers: list[bytes]) -> int:
    """Return how many bytes a sale adds to the write-ahead log, on average."""
    log = storage.path.with_name(storage.path.name + "-wal")
    storage._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for member_id in buyers:
        sale(storage, member_id)
    return log.stat().st_size // len(buyers)


class Disk:
    """A log as bare as can be: the same number of bytes, written at its end and made durable."""

    def __init__(self, path: Path, count: int) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        self._bytes = os.urandom(count)
        self._at = 0
        for _ in range(LOG_BYTES // (1 << 20)):
            os.write(self._file, bytes(1 << 20))
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
    buyers = [Member(place * 7_919 % members).member_id for place in range(20_000)]
    bytes_each = log_bytes_of_a_sale(storage, buyers[-400:])
    disk = Disk(storage.path.with_name("guitai.db-limit"), bytes_each)
    peer = bound(another_book.path)
    begin_plain_sales()

    result = measured(
        "G1",
        f"sale commit: 3 lines, points, all maintained rows; {bytes_each:,} bytes of log",
        members=members,
        bar=BAR,
        workloads=[
            Workload("sell()", OURS, lambda i: sale(storage, buyers[i % 9_000])),
            Workload("write + fdatasync of the same bytes", LIMIT, disk.commit),
            Workload(
                "peewee models", PLAIN, lambda i: plain_sale(peer, buyers[9_000 + i % 9_000])
            ),
        ],
    )
    peer.close()
    disk.close()
    results.append(result)
    assert result.to_limit <= BAR
