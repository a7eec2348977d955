"""The member list and the member's page: found by anything, masked, used on the counter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from db.domain.ids import OperationId
from db.domain.staff import Actor, Role
from db.services.tags import TagMember, tag_member
from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import CounterShop
from tests.support.makers import an_adjustment


def search(cashier: Cashier, text: str) -> None:
    cashier.tap("place_members")
    cashier.counter.pages.members_model.search(text)
    cashier.settle()


def names(cashier: Cashier) -> list[str]:
    return [row.name for row in cashier.counter.pages.members_model.state().rows]


def open_member(cashier: Cashier, text: str) -> None:
    search(cashier, text)
    cashier.press(Qt.Key.Key_Return)


def test_an_empty_list_says_what_can_be_typed(selling: Cashier) -> None:
    selling.tap("place_members")

    state = selling.counter.pages.members_model.state()
    assert (state.rows, state.empty) == ((), "找一位会员")


def test_a_part_of_a_name_a_tail_or_letters_find_members(selling: Cashier) -> None:
    found = {}
    for text in ("娜娜", "4321", "zoe", "13711112222"):
        search(selling, text)
        found[text] = names(selling)

    assert found == {
        "娜娜": ["欧阳*娜"],
        "4321": ["张*丰"],
        "zoe": ["Z*** S***"],
        "13711112222": ["单*信"],
    }


def test_the_pads_type_into_the_list(selling: Cashier) -> None:
    selling.tap("place_members")
    selling.tap("letter_Z")
    selling.tap("letter_S")
    selling.tap("letter_F")

    assert names(selling) == ["张*丰"]


def test_a_payment_code_in_the_list_is_refused(selling: Cashier) -> None:
    search(selling, "134567890123456789")

    assert (
        selling.counter.pages.members_model.state().empty
        == "这是付款码，请用会员码。付款码没有保存。"
    )
    assert selling.counter.pages.members_model.state().text == ""
    assert selling.part("memberSearch", QLineEdit).text() == ""


def test_nobody_found_says_what_to_try(selling: Cashier) -> None:
    search(selling, "没有这个人")

    assert selling.counter.pages.members_model.state().empty == "没有找到会员"


def test_the_page_shows_figures_and_what_happened(selling: Cashier) -> None:
    selling.sell("88", "13711112222")
    open_member(selling, "2222")

    state = selling.counter.pages.member_model.state()
    assert state is not None
    assert (state.name, state.phone) == ("单*信", "137****2222")
    assert state.figures[0].value == "88"
    assert [row.cells[1] for row in state.history.rows] == ["消费", "入会"]
    assert len(state.code) == 21


def test_a_member_without_purchases_has_a_page(selling: Cashier) -> None:
    open_member(selling, "8888")

    state = selling.counter.pages.member_model.state()
    assert state is not None
    assert state.name == "会员"
    assert [row.cells[1] for row in state.history.rows] == ["入会"]


def test_f4_uses_the_member_on_the_counter(selling: Cashier) -> None:
    open_member(selling, "2222")

    selling.press(Qt.Key.Key_F4)

    assert selling.sees("confirm")
    assert selling.state.member is not None
    assert selling.state.member.name == "单*信"


def test_escape_leads_back_to_the_list(selling: Cashier) -> None:
    open_member(selling, "2222")

    selling.press(Qt.Key.Key_Escape)

    assert selling.sees("members")
    assert names(selling) == ["单*信"]


def test_an_open_page_follows_what_is_written(selling: Cashier, made_shop: CounterShop) -> None:
    open_member(selling, "2222")
    storage = selling.counter.storage
    an_adjustment(storage, made_shop.members[2], 50, by=Actor(None, Role.MANAGER))

    selling.counter.runner.committed.emit("a pulled page")
    selling.settle()

    state = selling.counter.pages.member_model.state()
    assert state is not None
    assert state.figures[0].value == "50"


def test_the_code_can_be_saved_from_the_page(selling: Cashier) -> None:
    open_member(selling, "2222")

    selling.tap("savePageCard")

    state = selling.counter.pages.member_model.state()
    assert state is not None
    assert state.notice is not None
    assert f"{state.number}.pdf" in state.notice.text


def note(cashier: Cashier) -> str:
    return cashier.counter.pages.members_model.state().note


def test_the_list_is_filtered_by_level_and_says_how_many_fit(selling: Cashier) -> None:
    selling.tap("place_members")
    selling.tap("filterMembers")
    selling.tap("filterTier1")
    assert note(selling) == "共 1 位"
    selling.tap("filterDone")

    assert names(selling) == ["张*芳"]
    assert selling.part("filterMembers").text() == "金卡"
    selling.press(Qt.Key.Key_Return)
    assert selling.counter.pages.member_model.state() is not None


def test_the_last_visit_and_the_order_decide_who_is_listed_first(selling: Cashier) -> None:
    selling.sell("5000", "13711112222")
    selling.wait_for_guard()
    selling.tap("confirm")
    selling.tap("place_members")
    selling.tap("filterMembers")
    selling.tap("filterVisit0")
    everybody = names(selling)
    selling.tap("filterOrder1")

    assert names(selling)[0] == "单*信"
    assert sorted(names(selling)) == sorted(everybody)
    selling.tap("filterVisit3")
    assert "单*信" not in names(selling)
    assert "会员" in names(selling)


def test_a_tag_finds_who_has_it_and_a_filter_can_be_left(
    selling: Cashier, made_shop: CounterShop
) -> None:
    selling.tap("place_members")
    with selling.counter.storage.begin() as work:
        command = TagMember(
            op=OperationId(work.new_id()),
            by=selling.counter.desk.actor,
            member_id=made_shop.members[2],
            tag="VIP",
        )
        tag_member(work, command)
    selling.tap("filterMembers")
    selling.tap("filterTag0")
    assert names(selling) == ["单*信"]

    selling.tap("clearFilter")

    assert names(selling) == []
    assert selling.counter.pages.members_model.state().empty == "找一位会员"


def test_a_text_counts_more_than_the_filter_and_gives_it_back(selling: Cashier) -> None:
    selling.tap("place_members")
    selling.tap("filterMembers")
    selling.tap("filterTier1")
    selling.tap("filterDone")
    selling.counter.pages.members_model.search("zoe")
    selling.settle()
    assert names(selling) == ["Z*** S***"]

    selling.press(Qt.Key.Key_Escape)

    assert names(selling) == ["张*芳"]


def test_nobody_who_fits_is_said(selling: Cashier) -> None:
    selling.tap("place_members")
    selling.tap("filterMembers")
    selling.tap("filterTier1")
    selling.tap("filterVisit3")
    selling.tap("filterDone")

    assert selling.counter.pages.members_model.state().empty == "没有符合的会员"
    assert note(selling) == "共 0 位"
