"""Coupons and stored value at a counter with a head office: borrowed for the visit while online."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db.domain.holds import HoldToken
from db.domain.ids import MemberId, text_of
from db.domain.offers.coupon_facts import CouponFact
from db.services.holds import close_intake, close_issued_coupon
from db.storage.home import OFFICE, database_path
from db.storage.keys import database_key
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from desktop.gallery.cashier import Cashier
from desktop.runtime.leasing import Loading
from desktop.screens.counter.view_model import CounterViewModel
from tests.support.coupon_makers import COUPONS, a_coupon
from tests.support.publishing import publish
from tests.support.storage_fixtures import seeded_chance
from tests.support.value_makers import VALUE, a_top_up

ZHANG = "13812345678"
HOUR_MS = 3_600_000
Asked = tuple[MemberId | None, tuple[str, ...], int]


@dataclass
class LineInHand:
    """Head office in the test's hand: what it lends lies in the book when it answers."""

    storage: Storage
    up: bool = True
    grants: bool = True
    asked: list[Asked] = field(default_factory=list)
    given_back: list[MemberId] = field(default_factory=list)

    def online(self) -> bool:
        return self.up

    def first_load(self) -> Loading | None:
        return None

    def refusal(self) -> str | None:
        return None

    def look_up(self, member_id: MemberId) -> None:
        pass

    def give_back(self, member_id: MemberId) -> None:
        self.given_back.append(member_id)

    def lease(self, member_id: MemberId, points: int, *, done: Callable[[bool], None]) -> None:
        done(False)

    def lend_offers(
        self,
        member_id: MemberId | None,
        *,
        codes: tuple[str, ...] = (),
        value: int = 0,
        done: Callable[[bool], None],
    ) -> None:
        self.asked.append((member_id, codes, value))
        if self.grants:
            with self.storage.begin() as work:
                token = HoldToken(
                    g=text_of(work.new_id()),
                    s=text_of(work.home.stream_id),
                    until=work.at_ms + HOUR_MS,
                    m="" if member_id is None else text_of(member_id),
                    coupons=tuple(CouponFact(code=code, kind="TEN") for code in codes),
                    principal=value,
                )
                work.holds.add(token)
        done(self.grants)


@pytest.fixture
def shop_folder(shop_folder: Path, clock: FixedClock) -> Path:
    """Return the shop as one of a head office, whose member has ¥100.00 that was paid in there."""
    key = database_key(shop_folder, os_store=False, chance=seeded_chance(1), create=False)
    storage = Storage(database_path(shop_folder), key, clock=clock, chance=seeded_chance(1))
    publish(storage, coupons=COUPONS, stored_value=VALUE)
    with storage.begin() as work:
        member_id = MemberId(
            work.sql.value("SELECT member_id FROM member WHERE phone LIKE '%5678'")
        )
    a_top_up(storage, member_id, pay=10_000)
    code = a_coupon(storage, member_id)
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()
        close_intake(work, work.home.stream_id, member_id)
        close_issued_coupon(work, code)
    storage.close()
    return shop_folder


@pytest.fixture
def line(selling: Cashier) -> LineInHand:
    return LineInHand(selling.counter.storage)


@pytest.fixture
def till(selling: Cashier, line: LineInHand) -> CounterViewModel:
    """Return the counter's view-model on that line, ¥88.00 typed for 张*芳."""
    model = CounterViewModel(selling.counter.desk, leasing=line)
    for digit in ZHANG:
        model.press(digit)
    selling.settle()
    for digit in "88":
        model.press(digit)
    selling.settle()
    return model


def test_online_the_chip_of_stored_value_offers_what_head_office_may_lend(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    till.use_value()
    selling.settle()
    state = till.state()

    assert line.asked == [(till.attached.member_id, (), 8_800)]
    assert state.extras.value is not None
    assert (state.extras.value.text, state.extras.value.on) == ("储值付 ¥88.00", True)
    till.confirm()
    selling.settle()
    with selling.counter.storage.reading() as reader:
        assert reader.value("SELECT sum(amount) FROM hold_spend") == 8_800
    assert line.given_back == []


def test_a_no_to_stored_value_is_said_and_cash_pays(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    line.grants = False

    till.use_value()
    selling.settle()
    state = till.state()

    assert state.notice is not None
    assert state.notice.text == "现在用不了这些储值（需联网）"
    assert not till.paying.draft.by_value


def test_offline_stored_value_of_elsewhere_is_greyed(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    line.up = False

    chip = till.state().extras.value

    assert chip is not None
    assert (chip.text, chip.usable) == ("储值在别处充的，需联网", False)


def test_stored_value_that_was_lent_and_not_spent_is_given_back(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    till.use_value()
    selling.settle()

    till.find()

    assert len(line.given_back) == 1


def test_a_coupon_that_is_not_held_here_is_borrowed_and_used(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    (choice,) = till.paying.choices()
    assert (choice.usable, choice.worth) == (True, 1_000)

    till.toggle_coupon(choice.code)
    selling.settle()

    assert line.asked == [(till.attached.member_id, (choice.code,), 0)]
    assert till.paying.draft.coupons == (choice.code,)
    till.confirm()
    selling.settle()
    with selling.counter.storage.reading() as reader:
        assert reader.value("SELECT count(*) FROM coupon_use") == 1


def test_a_coupon_that_another_counter_keeps_is_said_and_not_used(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    line.grants = False
    (choice,) = till.paying.choices()

    till.toggle_coupon(choice.code)
    selling.settle()

    assert till.paying.draft.coupons == ()
    assert till.state().notice is not None


def test_offline_a_coupon_of_elsewhere_is_greyed_with_its_reason(
    selling: Cashier, till: CounterViewModel, line: LineInHand
) -> None:
    line.up = False

    (choice,) = till.paying.choices()

    assert not choice.usable
