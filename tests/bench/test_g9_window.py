"""G9: what a cashier feels, on the real window over a book of a million: key, scan, confirm.

From the event to the painted answer, in milliseconds, one after another as at a counter. Then a
long shift at speed: two thousand sales, in which neither latency nor memory may grow.

`GUITAI_BENCH_SALES` sets how long the shift is (2,000 unless set).
"""

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.domain.ids import StaffId
from db.domain.staff import Actor, Role
from db.services.staff import AddStaff, add_staff
from db.storage.keys import KEY_FILE
from db.storage.system import FixedClock
from desktop.app import open_counter
from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import PIN
from tests.bench.book import KEY, NOW_MS, Member, a_copy, opened
from tests.bench.conftest import FOLDER

SALES = int(os.environ.get("GUITAI_BENCH_SALES", "2000"))
TURNS = 120
WANTED_MS = {"key to repaint": 16.0, "scan to painted card": 33.0, "confirm to recorded": 33.0}
CEILING = 8.0
"""The tail of a busy machine may take so many times what is wanted before this fails."""
MEMBERS_TRIED = 500
WAIT_S = 10
SAMPLE = 200
GROWTH_MAX = 1.6
RSS_GROWTH_MB_MAX = 25

pytestmark = pytest.mark.timeout(3_600)


class Painted(QObject):
    """Counts the paintings of one widget."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self.times = 0
        part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


class Till:
    """The counter's window, and a stop-watch."""

    def __init__(self, cashier: Cashier) -> None:
        self.cashier = cashier
        self.page = cashier.counter.pages.counter
        self.painted = {
            part: Painted(part)
            for part in (self.page.sale.amount, self.page.sale.who.card, self.page.sale.undo_bar)
        }

    def until_painted(self, part: QWidget, act: Callable[[], object]) -> float:
        """Do something; return the milliseconds until a part was painted anew."""
        before, begun = self.painted[part].times, time.perf_counter()
        act()
        while self.painted[part].times == before:
            QApplication.processEvents()
            assert time.perf_counter() - begun < WAIT_S, "nothing was painted"
        return (time.perf_counter() - begun) * 1e3

    def type(self, key: str) -> None:
        """Press one key."""
        QTest.keyClick(self.cashier.counter.window.focusWidget() or self.page, ord(key))

    def confirm(self) -> None:
        """Press the button, whose guard against a second tap would slow a machine down."""
        self.page.keys.confirm._quiet_until_ms = -1
        self.page.keys.confirm.click()

    def sell(self, code: str, amount: str) -> dict[str, float]:
        """Scan, type, confirm; return how long each took."""
        cashier, sale = self.cashier, self.page.sale
        cashier.clock.advance(20_000)
        scan = self.until_painted(sale.who.card, lambda: cashier.counter.scanner.scanned.emit(code))
        cashier.settle()
        keys = [self.until_painted(sale.amount, lambda key=key: self.type(key)) for key in amount]
        cashier.settle()
        confirm = self.until_painted(sale.undo_bar, self.confirm)
        cashier.settle()
        return {
            "key to repaint": statistics.median(keys),
            "scan to painted card": scan,
            "confirm to recorded": confirm,
        }


@pytest.fixture(scope="module")
def till(book: Path, qapp: QApplication) -> Iterator[Till]:
    folder = FOLDER / "window"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    storage = opened(a_copy(book, folder))
    with storage.begin() as work:
        command = AddStaff(
            staff_id=StaffId(work.new_id()),
            by=Actor(None, Role.MANAGER),
            code="2",
            name="王芳",
            role=Role.CASHIER,
            pin=PIN,
        )
        add_staff(work, command)
    storage.close()
    (folder / KEY_FILE).write_text(KEY.hex(), encoding="ascii")
    clock = FixedClock(NOW_MS)
    counter = open_counter(folder, clock=clock)
    counter.window.show()
    cashier = Cashier(counter, clock)
    cashier.sign_in()
    yield Till(cashier)
    counter.close()
    shutil.rmtree(folder)


def test_the_window_answers_before_a_cashier_notices(till: Till, members: int) -> None:
    step = max(members // MEMBERS_TRIED, 1)
    taken = [
        till.sell(Member(place * step).number, f"{10 + place % 80}")
        for place in range(min(TURNS, members))
    ]

    print(f"\nG9 the window over {members:,} members, {len(taken)} sales")
    for name, wanted in WANTED_MS.items():
        figures = sorted(each[name] for each in taken)
        p50, p95 = figures[len(figures) // 2], figures[len(figures) * 95 // 100]
        print(f"  {name:<22} p50 {p50:6.1f}  p95 {p95:6.1f} ms  (wanted p95 {wanted:.0f})")
        assert p50 <= wanted
        assert p95 <= wanted * CEILING


def test_a_long_shift_makes_nothing_slower_or_bigger(till: Till, members: int) -> None:
    taken, memory = [], []
    for number in range(SALES):
        code = Member(number % min(members, MEMBERS_TRIED)).number
        taken.append(till.sell(code, f"{10 + number % 80}"))
        if number % SAMPLE == SAMPLE - 1:
            memory.append(_rss_mb())

    print(f"\nG9 a shift of {SALES:,} sales; RSS {memory[0]:.0f} to {memory[-1]:.0f} MB")
    for name in WANTED_MS:
        first = statistics.median(each[name] for each in taken[:SAMPLE])
        last = statistics.median(each[name] for each in taken[-SAMPLE:])
        print(f"  {name:<22} first {first:6.1f}  last {last:6.1f} ms")
        assert last <= first * GROWTH_MAX
    assert memory[-1] - memory[0] <= RSS_GROWTH_MB_MAX


def _rss_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
