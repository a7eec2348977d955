"""The counter, by its keys and touches: find, enter, confirm, undo; what it refuses and asks."""

import pytest
from PySide6.QtCore import Qt

from db.domain.staff import Actor, Role
from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import CounterShop
from desktop.screens.counter.state import Field
from desktop.widgets.empty_state import EmptyState
from tests.support.makers import a_sale

ZHANG = "13812345678"
CTRL = Qt.KeyboardModifier.ControlModifier


def sales(cashier: Cashier) -> list[tuple[int, int, int]]:
    """Return (due, redeemed, reversed?) of today's sales, the newest last."""
    with cashier.counter.storage.reading() as reader:
        return [
            (row[0], row[1], row[2])
            for row in reader.all(
                "SELECT due, redeemed, reversed_by IS NOT NULL FROM sale"
                " WHERE business_day = ? ORDER BY sold_at, sale_id",
                (cashier.counter.desk.facts.day.isoformat(),),
            )
        ]


def test_a_phone_resolves_on_its_eleventh_digit(selling: Cashier) -> None:
    selling.tap_keys(ZHANG[:10])
    assert selling.state.finder.value == "138 1234 567"
    assert selling.state.finder.hint == "还差 1 位"
    assert selling.state.member is None

    selling.tap_keys(ZHANG[10])

    assert selling.state.member is not None
    assert (selling.state.member.name, selling.state.member.phone) == ("张*芳", "138****5678")
    assert selling.state.at is Field.AMOUNT


def test_last_four_that_one_member_has_attach_him_after_a_pause(selling: Cashier) -> None:
    selling.type("2222")
    assert selling.state.member is None

    selling.wait_for_last_four()

    assert selling.state.member is not None
    assert selling.state.member.name == "单*信"


def test_last_four_that_two_have_are_never_chosen_between(selling: Cashier) -> None:
    selling.type("5678")
    selling.wait_for_last_four()

    assert selling.state.member is None
    assert [row.name for row in selling.state.results] == ["张*芳", "欧阳*娜"]
    selling.counter.pages.counter_model.choose(1)
    selling.settle()
    assert selling.state.member is not None
    assert selling.state.member.name == "欧阳*娜"


def test_more_digits_after_last_four_go_on_as_a_phone(selling: Cashier) -> None:
    selling.type("1381")
    selling.type("2345678")

    assert selling.state.member is not None
    assert selling.state.results == ()


@pytest.mark.parametrize(("typed", "name"), [("shan", "单*信"), ("oyn", "欧阳*娜")])
def test_letters_list_who_reads_like_them_and_attach_nobody(
    selling: Cashier, typed: str, name: str
) -> None:
    selling.type(typed)

    assert name in [row.name for row in selling.state.results]
    assert selling.state.member is None


def test_the_letter_pad_asks_like_the_keyboard(selling: Cashier) -> None:
    selling.tap("key_letters")
    for letter in "ZSF":
        selling.tap(f"letter_{letter}")

    assert [row.name for row in selling.state.results] == ["张*丰"]


def test_digits_after_a_member_are_money(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.tap_keys("128")

    assert selling.state.amount.value == "¥128.00"
    assert selling.state.confirm.text == "确认并积分 +192"
    assert selling.state.confirm.usable


def test_the_button_keeps_its_promise(selling: Cashier) -> None:
    selling.type(ZHANG)
    before = selling.state.member
    assert before is not None
    selling.tap_keys("128")
    selling.tap("chip0")
    assert selling.state.confirm.text == "用 100 分，应付 ¥127.00，积分 +190"

    selling.tap("confirm")

    assert sales(selling) == [(12_700, 100, 0)]
    last = selling.counter.desk.facts.status.last_sale
    assert last is not None
    assert (last.earned, last.redeemed) == (190, 100)
    selling.type(ZHANG)
    assert selling.state.member is not None
    assert selling.state.member.points == "3,511"


def test_a_chip_is_a_toggle(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.tap_keys("128")
    selling.tap("chip0")
    selling.tap("chip0")

    assert selling.state.confirm.text == "确认并积分 +192"
    assert not any(chip.on for chip in selling.state.chips)


def test_points_that_a_smaller_amount_forbids_are_dropped_and_said(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.tap_keys("128")
    selling.tap("chip2" if selling.sees("chip2") else "chip1")

    selling.press(Qt.Key.Key_Backspace)

    assert selling.state.notice is not None
    assert selling.state.notice.text == "已不用 3,400 分：超过应付金额，最多可用 600 分"
    assert not any(chip.on for chip in selling.state.chips)


def test_points_that_pay_nothing_have_no_line(selling: Cashier) -> None:
    selling.type("13812345678")
    selling.type("128")
    assert "积分抵扣" not in {row.label for row in selling.state.benefits}

    selling.tap("chip0")
    lines = {row.label: row.value for row in selling.state.benefits}
    assert lines["积分抵扣"] == "−¥1.00"


def test_an_amount_is_written_out_once_nobody_types_it(selling: Cashier) -> None:
    selling.tap("amount")
    selling.type("128.5")
    assert selling.state.amount.value == "¥128.5"

    selling.press(Qt.Key.Key_F2)

    assert selling.state.amount.value == "¥128.50"


def test_after_an_undo_the_counter_rests_and_says_what_was_undone(selling: Cashier) -> None:
    selling.sell("88")
    selling.tap("undo")

    assert selling.state.notice is not None
    assert selling.state.notice.text == "已撤销 ¥88.00"
    resting = [part for part in selling.counter.window.findChildren(EmptyState) if part.isVisible()]
    assert [part.accessibleName() for part in resting] == [
        "请扫会员码，或输入手机号 / 后四位 没有会员也能收银：点一下金额"
    ]


def test_a_sale_without_a_member_earns_nothing(selling: Cashier) -> None:
    selling.tap("amount")
    selling.tap_keys("35.80")
    assert selling.state.confirm.text == "确认 ¥35.80，不积分"

    selling.tap("confirm")

    assert sales(selling) == [(3_580, 0, 0)]


def test_confirm_says_why_it_cannot_be_pressed(selling: Cashier) -> None:
    assert selling.state.confirm.text == "请输入金额"
    assert not selling.part("confirm").isEnabled()

    selling.tap("amount")
    selling.tap_keys("0")

    assert selling.state.confirm.text == "请输入金额"
    selling.press(Qt.Key.Key_Return)
    assert sales(selling) == []


def test_an_amount_beyond_any_sale_is_stopped_at_the_button(selling: Cashier) -> None:
    selling.tap("amount")
    selling.type("99999999")

    assert selling.state.amount.wrong
    assert selling.state.confirm.text == "请核对金额"
    assert not selling.state.confirm.usable


def test_a_second_tap_within_a_quarter_second_sells_nothing_more(selling: Cashier) -> None:
    selling.sell("10")
    selling.tap("amount")
    selling.type("10")
    selling.tap("confirm")

    assert len(sales(selling)) == 1


def test_enter_confirms_and_the_keyboard_alone_can_sell(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("12.5")
    selling.press(Qt.Key.Key_Return)

    assert sales(selling) == [(1_250, 0, 0)]


def test_a_large_sale_takes_a_second_tap(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("5000")
    selling.tap("confirm")
    assert sales(selling) == []
    assert selling.state.confirm.caution
    assert selling.state.notice is not None
    assert "¥5,000.00" in selling.state.notice.text

    selling.wait_for_guard()
    selling.tap("confirm")

    assert sales(selling) == [(500_000, 0, 0)]


def test_a_key_between_the_two_taps_asks_again(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("5000")
    selling.tap("confirm")

    selling.type("1")

    assert not selling.state.confirm.caution
    assert selling.state.notice is None


def test_the_same_sale_within_three_minutes_is_asked_about(selling: Cashier) -> None:
    selling.sell("66", ZHANG)
    selling.clock.advance(170_000)
    selling.wait_for_guard()

    selling.sell("66", ZHANG)

    assert len(sales(selling)) == 1
    assert selling.state.notice is not None
    assert selling.state.notice.text.startswith("可能重复")


def test_the_same_sale_after_three_minutes_is_another_one(selling: Cashier) -> None:
    selling.sell("66", ZHANG)
    selling.clock.advance(180_001)
    selling.wait_for_guard()

    selling.sell("66", ZHANG)

    assert len(sales(selling)) == 2


def test_undo_takes_the_sale_back_to_the_point(selling: Cashier) -> None:
    selling.type(ZHANG)
    before = selling.state.member
    selling.type("128")
    selling.tap("chip0")
    selling.tap("confirm")

    selling.tap("undo")

    assert sales(selling) == [(12_700, 100, 1)]
    assert selling.state.notice is not None
    assert selling.state.notice.text == "已撤销 张*芳 ¥127.00，积分已还原"
    assert selling.state.last.text == ""
    selling.type(ZHANG)
    assert selling.state.member == before


def test_undo_counts_down_and_ends_after_two_minutes(selling: Cashier) -> None:
    selling.sell("10", ZHANG)
    assert selling.state.last.undo_left == "2:00"

    selling.clock.advance(18_000)
    assert selling.state.last.undo_left == "1:42"
    selling.clock.advance(102_001)

    assert selling.state.last.undo_left == ""
    selling.press(Qt.Key.Key_Z, CTRL)
    assert sales(selling) == [(1_000, 0, 0)]


def test_control_z_undoes(selling: Cashier) -> None:
    selling.sell("10", ZHANG)

    selling.press(Qt.Key.Key_Z, CTRL)

    assert sales(selling) == [(1_000, 0, 1)]


def test_a_phone_in_the_amount_is_offered_as_a_phone(selling: Cashier) -> None:
    selling.tap("amount")
    selling.type(ZHANG)
    assert selling.state.notice is not None
    assert selling.state.notice.text == "这是手机号？"
    assert not selling.state.confirm.usable

    selling.counter.pages.counter_model.act_on_notice(0)
    selling.settle()

    assert selling.state.member is not None
    assert selling.state.amount.empty


def test_escape_goes_back_one_step_at_a_time(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("12")

    selling.press(Qt.Key.Key_Escape)
    assert selling.state.amount.empty
    assert selling.state.member is not None
    selling.press(Qt.Key.Key_Escape)
    assert selling.state.member is None
    selling.press(Qt.Key.Key_Escape)

    assert selling.counter.window.isVisible()


def test_f2_makes_room_for_another_member_and_keeps_the_amount(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("12")

    selling.press(Qt.Key.Key_F2)

    assert selling.state.at is Field.FINDER
    assert selling.state.member is None
    assert selling.state.amount.value == "¥12.00"


def test_figures_are_fresh_when_another_window_sold(
    selling: Cashier, made_shop: CounterShop
) -> None:
    selling.type(ZHANG)
    a_sale(selling.counter.storage, made_shop.members[0], by=Actor(None, Role.MANAGER), amount=100)

    selling.counter.runner.committed.emit("a pulled page")
    selling.settle()

    assert selling.state.member is not None
    assert selling.state.member.points == "3,422"


def test_a_member_who_rises_is_congratulated(selling: Cashier) -> None:
    selling.type("13512344322")
    selling.type("1200")
    selling.tap("confirm")

    assert selling.state.notice is not None
    assert selling.state.notice.text == "章*怡 升级为 金卡，下一单起享受"
