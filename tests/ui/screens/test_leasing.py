"""A counter with a head office: it spends what was lent, borrows while online, says so offline."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from db.domain.ids import MemberId, text_of
from db.domain.leases import LeaseToken, LotShare, grant_movements
from db.storage.home import OFFICE, database_path
from db.storage.keys import database_key
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from desktop.app import Counter
from desktop.gallery.cashier import Cashier
from desktop.runtime.leasing import Loading
from desktop.screens.counter.state import CounterState
from desktop.screens.counter.view_model import CounterViewModel
from tests.support.storage_fixtures import seeded_chance

ZHANG = "13812345678"
HOUR_MS = 3_600_000


@dataclass
class LineInHand:
    """Head office in the test's hand."""

    counter: Counter
    up: bool = True
    grants: bool = True
    given_back: list[MemberId] = field(default_factory=list)
    looked_up: list[MemberId] = field(default_factory=list)

    def online(self) -> bool:
        return self.up

    def first_load(self) -> Loading | None:
        return None

    def refusal(self) -> str | None:
        return None

    def look_up(self, member_id: MemberId) -> None:
        self.looked_up.append(member_id)

    def give_back(self, member_id: MemberId) -> None:
        self.given_back.append(member_id)

    def lease(self, member_id: MemberId, points: int, *, done: Callable[[bool], None]) -> None:
        if self.grants:
            lend(self.counter.storage, member_id, points)
        done(self.grants)


def lend(storage: Storage, member_id: MemberId, points: int) -> None:
    with storage.begin() as work:
        lot_id = work.sql.value(
            "SELECT lot_id FROM lot WHERE member_id = ? AND remaining >= ?", (member_id, points)
        )
        token = LeaseToken(
            g=text_of(work.new_id()),
            m=text_of(member_id),
            s=text_of(work.home.stream_id),
            n=points,
            until=work.at_ms + HOUR_MS,
            lots=(LotShare(text_of(lot_id), points),),
        )
        work.leases.add(token)
        work.ledger.post(work.new_id(), grant_movements(token))


@pytest.fixture
def shop_folder(shop_folder: Path, clock: FixedClock) -> Path:
    """Return the shop as one that has a head office."""
    key = database_key(shop_folder, os_store=False, chance=seeded_chance(1), create=False)
    storage = Storage(database_path(shop_folder), key, clock=clock, chance=seeded_chance(1))
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
    storage.close()
    return shop_folder


@pytest.fixture
def line(selling: Cashier) -> LineInHand:
    return LineInHand(selling.counter)


@pytest.fixture
def till(selling: Cashier, line: LineInHand) -> CounterViewModel:
    """Return the counter's view-model on that line, ¥88.00 typed for 张*芳."""
    model = CounterViewModel(selling.counter.desk, leasing=line)
    for digit in ZHANG:
        model.press(digit)
    selling.settle()
    for digit in "88":
        model.press(digit)
    return model


def drawn(till: CounterViewModel, selling: Cashier) -> CounterState:
    selling.settle()
    return till.state()


def test_two_numbers_stand_on_the_card(selling: Cashier, till: CounterViewModel) -> None:
    member = drawn(till, selling).member

    assert member is not None
    assert (member.points, member.redeemable) == ("3,421", "0")


def test_head_office_is_asked_once_what_a_member_may_use_here(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    first = drawn(till, selling)
    again = drawn(till, selling)

    assert first.member is not None
    assert again.member is not None
    assert len(line.looked_up) == 1


def test_the_second_number_is_named_for_what_it_is_while_head_office_lends(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    online = drawn(till, selling).member
    line.up = False
    offline = drawn(till, selling).member

    assert online is not None
    assert offline is not None
    assert online.lent_on
    assert not offline.lent_on


def test_offline_without_a_lease_the_chip_says_what_is_missing(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    line.up = False

    chips = drawn(till, selling).chips

    assert [(chip.text, chip.usable) for chip in chips] == [("用积分：需联网", False)]


def test_online_a_tap_borrows_exactly_what_is_spent(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    till.toggle_chip(0)
    assert drawn(till, selling).confirm.text == "用 100 分，应付 ¥87.00，积分 +130"

    till.confirm()
    selling.settle()

    with selling.counter.storage.reading() as reader:
        assert reader.value("SELECT sum(spent) FROM lease") == 100
    assert line.given_back == []


def test_what_was_lent_and_not_spent_is_given_back(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    till.toggle_chip(0)
    selling.settle()

    till.find()

    assert len(line.given_back) == 1


def test_a_no_from_head_office_leaves_the_award(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    line.grants = False

    till.toggle_chip(0)

    state = drawn(till, selling)
    assert state.notice is not None
    assert state.notice.text == "现在用不了这些积分（需联网），可以只积分"
    assert state.confirm.text == "确认并积分 +132"


def test_offline_a_standing_lease_is_spent_without_asking(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    member_id = till.attached.member_id
    assert member_id is not None
    lend(selling.counter.storage, member_id, 200)
    line.up = False
    selling.counter.runner.committed.emit("a lease came")
    selling.settle()

    till.toggle_chip(1)

    state = drawn(till, selling)
    assert [chip.text for chip in state.chips] == ["用 100 分 = −¥1.00", "用 200 分 = −¥2.00"]
    assert state.confirm.text == "用 200 分，应付 ¥86.00，积分 +129"


def test_the_chip_of_the_line_counts_what_waits(selling: Cashier, till: CounterViewModel) -> None:
    selling.settle()

    text = selling.part("line").accessibleName()

    assert text.startswith("离线·")
    assert text.endswith(" 笔待上传")


def test_what_waits_is_told_at_the_close_and_keeps_nobody_from_it(selling: Cashier) -> None:
    selling.sell("88")
    selling.press(Qt.Key.Key_F10)
    notice = selling.counter.pages.shift_model.state().notice
    assert notice is not None
    assert notice.text.endswith(" 笔待上传，不影响交班")

    selling.type("88")
    selling.wait_for_guard()
    selling.tap("closeShift")

    assert not selling.counter.window.at_work
    with selling.counter.storage.reading() as reader:
        assert reader.value("SELECT counted FROM shift") == 8_800
