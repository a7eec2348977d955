"""Coupons, codes and stored value at the counter: shown, used, left out with a reason, recorded."""

from dataclasses import fields
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import Qt

from db.domain.offers import coupon_refusals
from db.domain.refusals import Refusal
from db.domain.stored_value import refusals as stored_value_refusals
from db.domain.stored_value.purse import Purse
from db.queries.spendable_value import SpendableValue
from desktop.gallery.cashier import Cashier
from desktop.gallery.generous_shop import (
    ZHANG,
    give_coupons,
    make_generous,
    pay_in,
)
from desktop.screens.counter.coupon_choices import CHOICES_MAX
from desktop.wording.refusals import refusal_text

OTHER = "13711112222"
CHIPS = ("couponChip", "valueChip", "chip0")


def newest_sale(cashier: Cashier) -> tuple[int, int, int, dict[str, int]]:
    """Return due, discount, points and tenders of the sale that was recorded last."""
    with cashier.counter.storage.begin() as work:
        row = work.sql.one(
            "SELECT sale_id, due, discount, earned FROM sale ORDER BY sold_at DESC, sale_id DESC"
        )
        assert row is not None
        written = work.operations.find(row[0])
    assert written is not None
    return row[1], row[2], row[3], written.envelope.b["tenders"]


def rows(cashier: Cashier) -> dict[str, str]:
    return {row.label: row.value for row in cashier.state.benefits}


@pytest.fixture
def generous(selling: Cashier) -> Cashier:
    """Return 王芳 at a counter whose program has coupons, a code and stored value."""
    make_generous(selling)
    return selling


def test_the_best_coupon_is_one_tap_away_and_the_button_says_what_it_does(
    generous: Cashier,
) -> None:
    give_coupons(generous, "TENTH", "TEN")
    generous.type(ZHANG)
    generous.type("128")
    assert generous.part("couponChip").text() == "满100减10 减 ¥10.00"

    generous.tap("couponChip")

    assert rows(generous)["券 满100减10"] == "−¥10.00"
    assert generous.part("confirm").text() == "用券减 ¥10.00，应付 ¥118.00，积分 +177"
    generous.tap("confirm")
    assert newest_sale(generous) == (11_800, 1_000, 177, {"cash": 11_800})


def test_a_coupon_that_asks_for_more_is_grey_and_says_how_much(generous: Cashier) -> None:
    give_coupons(generous, "BIG")
    generous.type(ZHANG)
    generous.type("128")

    assert generous.part("couponChip").text() == "满500减80：还差 ¥372.00 可用"
    assert not generous.part("couponChip").isEnabled()


def test_a_coupon_is_used_once_and_comes_back_with_the_undo(generous: Cashier) -> None:
    give_coupons(generous, "TEN")
    generous.type(ZHANG)
    generous.type("128")
    generous.tap("couponChip")
    generous.tap("confirm")
    generous.type(ZHANG)
    assert not generous.sees("couponChip")
    assert generous.state.member is not None
    assert generous.state.member.coupons == ""

    generous.tap("undo")

    assert generous.state.member is not None
    assert generous.state.member.coupons == "1"


def test_a_coupon_waits_for_the_amount_to_grow_and_the_sale_never_drops_it_silently(
    generous: Cashier,
) -> None:
    code = give_coupons(generous, "TEN")[0]
    generous.type(ZHANG)
    generous.scan(code)
    generous.type("12")
    assert rows(generous)["券 满100减10"] == "还差 ¥88.00 可用"
    assert generous.part("confirm").text() == "确认并积分 +18"

    generous.type("8")

    assert rows(generous)["券 满100减10"] == "−¥10.00"


def test_a_scanned_coupon_that_may_be_passed_on_needs_no_member(generous: Cashier) -> None:
    code = give_coupons(generous, "BIG")[0]
    generous.tap("amount")
    generous.type("600")

    generous.scan(code)

    assert generous.part("confirm").text() == "确认 ¥520.00，不积分"
    generous.tap("confirm")
    assert newest_sale(generous)[0] == 52_000


def test_a_member_s_coupon_without_him_asks_for_him(generous: Cashier) -> None:
    code = give_coupons(generous, "TEN")[0]
    generous.tap("amount")
    generous.type("128")

    generous.scan(code)

    assert generous.state.notice is not None
    assert generous.state.notice.text == "这是会员的券，请先找会员"
    assert generous.part("confirm").text() == "确认 ¥128.00，不积分"


def test_another_member_s_coupon_is_refused_in_words(generous: Cashier) -> None:
    code = give_coupons(generous, "TEN", phone=OTHER)[0]
    generous.type(ZHANG)
    generous.type("128")

    generous.scan(code)

    assert generous.state.notice is not None
    assert generous.state.notice.text == "这张券是别的会员的，不能转让"


def test_one_coupon_takes_the_place_of_the_other_where_one_is_the_most(generous: Cashier) -> None:
    give_coupons(generous, "TEN", "TENTH")
    generous.type(ZHANG)
    generous.type("128")
    generous.tap("couponChip")

    generous.press(Qt.Key.Key_F6)
    generous.tap("offer1")

    assert [row.on for row in generous.state.offers.rows] == [False, True]
    assert rows(generous)["券 生日九折"] == "−¥5.00"
    assert "券 满100减10" not in rows(generous)


def test_a_code_is_typed_in_any_case_and_put_away_again(generous: Cashier) -> None:
    generous.tap("amount")
    generous.type("50")
    generous.press(Qt.Key.Key_F6)
    generous.type("hello")
    assert generous.part("useCode").text() == "使用 HELLO"

    generous.press(Qt.Key.Key_Return)

    assert rows(generous)["开业优惠"] == "−¥3.00"
    assert generous.part("confirm").text() == "确认 ¥47.00，不积分"
    generous.tap("offer0")
    assert generous.part("confirm").text() == "确认 ¥50.00，不积分"


def test_of_very_many_coupons_those_that_end_first_are_tried(generous: Cashier) -> None:
    give_coupons(generous, *["TENTH"] * 30, "TEN")
    generous.type(ZHANG)
    generous.type("128")

    assert generous.part("couponChip").text() == "满100减10 减 ¥10.00"
    assert len(generous.state.offers.rows) == CHOICES_MAX


def test_a_coupon_s_code_is_typed_on_the_pad(generous: Cashier) -> None:
    code = give_coupons(generous, "BIG")[0]
    generous.tap("amount")
    generous.type("600")
    generous.tap("offersKey")
    for character in code:
        generous.tap(f"letter_{character}" if character.isalpha() else f"code_{character}")
    generous.tap("useCode")

    assert rows(generous)["券 满500减80"] == "−¥80.00"


def test_a_code_that_nothing_answers_to_is_said_and_changes_nothing(generous: Cashier) -> None:
    generous.tap("amount")
    generous.type("50")
    generous.press(Qt.Key.Key_F6)
    generous.type("NOPE")
    generous.press(Qt.Key.Key_Return)
    generous.press(Qt.Key.Key_Escape)

    assert generous.state.notice is not None
    assert generous.state.notice.text == "没有这个优惠码"
    assert generous.part("confirm").text() == "确认 ¥50.00，不积分"


def test_what_was_his_goes_with_the_member(generous: Cashier) -> None:
    give_coupons(generous, "TEN")
    pay_in(generous)
    generous.type(ZHANG)
    generous.type("128")
    generous.tap("couponChip")
    generous.tap("valueChip")

    generous.press(Qt.Key.Key_F2)
    generous.tap("amount")

    assert generous.part("confirm").text() == "确认 ¥128.00，不积分"
    assert "券 满100减10" not in rows(generous)
    generous.press(Qt.Key.Key_F2)
    generous.type(ZHANG)
    assert generous.part("confirm").text() == "确认并积分 +192"


def test_stored_value_pays_as_much_as_there_is_and_cash_the_rest(generous: Cashier) -> None:
    pay_in(generous)
    generous.type(ZHANG)
    assert generous.state.member is not None
    assert generous.state.member.value == "¥110.00"
    assert (rows(generous)["储值本金"], rows(generous)["储值赠金"]) == ("¥100.00", "¥10.00")
    generous.type("128")
    assert generous.part("valueChip").text() == "储值付 ¥110.00"

    generous.tap("valueChip")

    assert generous.part("confirm").text() == "储值付 ¥110.00，现金 ¥18.00，积分 +177"
    generous.tap("confirm")
    assert newest_sale(generous) == (12_800, 0, 177, {"stored_value": 11_000, "cash": 1_800})


def test_stored_value_that_covers_all_leaves_the_rest_for_next_time(generous: Cashier) -> None:
    pay_in(generous)
    generous.type(ZHANG)
    generous.type("60")
    generous.tap("valueChip")
    generous.tap("chip0")
    assert generous.part("confirm").text() == "用 100 分，储值付 ¥59.00，积分 +80"

    generous.tap("confirm")

    assert newest_sale(generous) == (5_900, 0, 80, {"stored_value": 5_900})
    generous.type(ZHANG)
    assert generous.state.member is not None
    assert generous.state.member.value == "¥51.00"


@pytest.mark.parametrize("chips", [chips for n in range(4) for chips in combinations(CHIPS, n)])
def test_what_is_promised_is_recorded_whatever_pays(
    generous: Cashier, chips: tuple[str, ...]
) -> None:
    give_coupons(generous, "TEN")
    pay_in(generous)
    generous.type(ZHANG)
    generous.type("128")
    for chip in chips:
        generous.tap(chip)
    preview = generous.counter.pages.counter_model.paying.preview()
    assert preview is not None

    generous.tap("confirm")

    due, discount, earned, tenders = newest_sale(generous)
    promised = preview.result
    assert (due, discount, earned) == (promised.due, promised.discount, promised.earned)
    assert tenders == (preview.tenders or {"cash": due})
    assert sum(tenders.values()) == due
    generous.type(ZHANG)
    assert generous.state.member is not None
    assert generous.state.member.points == f"{preview.balance_after:,}"


def test_value_that_lies_elsewhere_says_that_it_needs_the_line(generous: Cashier) -> None:
    pay_in(generous)
    generous.type(ZHANG)
    model = generous.counter.pages.counter_model
    model.attached.value = SpendableValue(model.attached.value.whole, Purse())
    generous.type("128")

    assert generous.part("valueChip").text() == "储值在别处充的，需联网"
    assert not generous.part("valueChip").isEnabled()


def test_a_counter_without_coupons_and_value_shows_none_of_it(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("128")

    for name in ("couponChip", "valueChip", "offersKey"):
        assert not selling.sees(name)
    selling.press(Qt.Key.Key_F6)
    assert not selling.sees("offersSheet")


def test_every_refusal_of_coupons_and_stored_value_has_words_of_its_own() -> None:
    plain = refusal_text(Refusal())
    for module in (coupon_refusals, stored_value_refusals):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal:
                facts: dict[str, Any] = {
                    field.name: 100 if field.type in {"int", int} else "x" for field in fields(kind)
                }
                assert refusal_text(kind(**facts)) != plain, kind
