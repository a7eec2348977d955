"""Whatever is tapped, typed and scanned: no exception, no lost sale, and the book is proved.

`MONKEY=600 pytest tests/ui/monkey -s` plays that many stories instead of the few of every run; the
same number gives the same stories.
"""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import Qt

from desktop.app import Dress
from desktop.devices.simulators.printer import Condition, VirtualPrinter, virtual_printer
from desktop.gallery.cashier import Cashier
from desktop.gallery.scenes import SCREENS
from desktop.gallery.shop import NOW_MS, CounterShop
from desktop.i18n.language import LanguageSwitch
from desktop.theme.look import Look
from tests.support.monkey import (
    CONTROL_KEYS,
    KEYS,
    YEAR_2019_MS,
    Monkey,
    a_monkey,
    close,
)

STORIES = int(os.environ.get("MONKEY", "3"))
STEPS = 50
PHONES = ("", "13812345678", "13900005678", "13577778888", "13922223333")
NUMBERS = st.integers(0, 9_999)
WORDS = ("5678", "zs", "13812345678", "128", "0.01", "99999.99", "6000", "x")
MOMENTS = (NOW_MS, YEAR_2019_MS, NOW_MS + 400 * 86_400_000, NOW_MS - 3_600_000, 0)
STATES = [next(iter(states)) for screen, states in SCREENS.items() if screen != "sign_in"]

pytestmark = pytest.mark.timeout(max(300, STORIES * 60))


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    with virtual_printer() as standing:
        yield standing


@dataclass
class Ground:
    """Where the stories are played, and what came of them."""

    folder: Path
    shop: CounterShop
    dress: Dress
    printer: VirtualPrinter
    stories: int = 0
    sales: int = 0
    seen: set[str] = field(default_factory=set)

    def monkey(self) -> Monkey:
        """Open a counter of its own for the next story."""
        self.stories += 1
        folder = self.folder / f"story{self.stories}"
        shutil.copytree(self.shop.folder, folder)
        self.printer.condition = Condition.READY
        return a_monkey(folder, self.shop, self.dress, self.printer)

    def told(self, monkey: Monkey) -> None:
        """Take note of a story that came to its end."""
        self.seen |= monkey.seen
        self.sales += len(monkey.recorded)


class AtTheCounter(RuleBasedStateMachine):
    """One story at a counter of its own."""

    ground: ClassVar[Ground]

    @initialize()
    def come(self) -> None:
        self.monkey: Monkey = self.ground.monkey()
        self.monkey.sign_in(1)
        self.monkey.sell("12.8", "13812345678")

    @rule(number=NUMBERS)
    def tap(self, number: int) -> None:
        self.monkey.tap(number)

    @rule(number=NUMBERS)
    def tap_once_more(self, number: int) -> None:
        self.monkey.tap(number)

    @rule(text=st.sampled_from(WORDS))
    def type(self, text: str) -> None:
        self.monkey.type(text)

    @rule(key=st.sampled_from(KEYS))
    def press(self, key: Qt.Key) -> None:
        self.monkey.press(key)

    @rule(key=st.sampled_from(CONTROL_KEYS))
    def press_control(self, key: Qt.Key) -> None:
        self.monkey.press(key, control=True)

    @rule(number=NUMBERS)
    def scan(self, number: int) -> None:
        self.monkey.scan(number)

    @rule(number=NUMBERS)
    def burst(self, number: int) -> None:
        self.monkey.burst(number)

    @rule(amount=st.sampled_from(("12.8", "128", "35")), phone=st.sampled_from(PHONES))
    def sell(self, amount: str, phone: str) -> None:
        self.monkey.sell(amount, phone)

    @rule(place=st.integers(0, 3))
    def sign_in(self, place: int) -> None:
        self.monkey.sign_in(place)

    @rule(place=st.integers(0, 3), page=st.integers(0, 20))
    def go(self, place: int, page: int) -> None:
        self.monkey.sign_in(place)
        self.monkey.go(page)

    @rule(condition=st.sampled_from(list(Condition)))
    def printer_is(self, condition: Condition) -> None:
        self.monkey.set_printer(condition)

    @rule(moment=st.sampled_from(MOMENTS))
    def clock_is_set(self, moment: int) -> None:
        self.monkey.set_clock(moment)

    @rule(minutes=st.integers(0, 600))
    def time_passes(self, minutes: int) -> None:
        self.monkey.clock.advance(minutes * 60_000)
        self.monkey.settle()

    @rule(number=NUMBERS)
    def wear(self, number: int) -> None:
        self.monkey.wear(number)

    @invariant()
    def nothing_broke(self) -> None:
        if hasattr(self, "monkey"):
            assert self.monkey.cashier.broken == []

    def teardown(self) -> None:
        if not hasattr(self, "monkey"):
            return
        try:
            if self.monkey.counter.window.at_work:
                self.monkey.leave()
            self.monkey.check()
            self.ground.told(self.monkey)
        finally:
            close(self.monkey)


def test_a_monkey_loses_no_sale_and_breaks_nothing(
    made_shop: CounterShop,
    look: Look,
    languages: LanguageSwitch,
    printer: VirtualPrinter,
    tmp_path: Path,
) -> None:
    ground = Ground(tmp_path, made_shop, Dress(look, languages), printer)
    begun = time.monotonic()

    run_state_machine_as_test(
        type("Story", (AtTheCounter,), {"ground": ground}),
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )

    took = time.monotonic() - begun
    print(f"{ground.stories} stories, {ground.sales} sales, {sorted(ground.seen)}, {took:.0f} s")
    assert ground.sales >= ground.stories


@pytest.mark.parametrize("state", STATES)
def test_every_screen_is_left_by_escape_and_the_rail(cashier: Cashier, state: str) -> None:
    plays = {name: play for states in SCREENS.values() for name, play in states.items()}
    plays[state](cashier)
    cashier.wait_for_guard()

    for _ in range(3):
        cashier.press(Qt.Key.Key_Escape)
    cashier.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)

    assert cashier.counter.window.at_work, "Escape never signs out"
    assert cashier.counter.pages.counter.isVisible()
