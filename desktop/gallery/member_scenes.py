"""A member's page in its main states: each tab, an act being done, a second person asked."""

from db.domain.ids import OperationId
from db.services.tags import TagMember, tag_member
from desktop.gallery.cashier import MANAGER, Cashier
from desktop.gallery.generous_shop import give_coupons, make_generous, pay_in

ZHANG = "13812345678"
TABS = ("overview", "history", "points", "coupons", "value", "profile", "privacy")


def open_member(cashier: Cashier, text: str = ZHANG) -> None:
    cashier.tap("place_members")
    cashier.counter.pages.members_model.search(text)
    cashier.settle()
    cashier.counter.pages.members_model.choose(0)
    cashier.settle()


def turn_to(cashier: Cashier, tab: str) -> None:
    cashier.counter.pages.member.tabs.setCurrentIndex(TABS.index(tab))
    cashier.settle()


def members_filter(cashier: Cashier) -> None:
    """Show the sheet of the list's filter, a level chosen."""
    member_tags(cashier)
    cashier.tap("place_members")
    cashier.tap("filterMembers")
    cashier.tap("filterTier0")


def members_filtered(cashier: Cashier) -> None:
    """Show the list that a filter gives."""
    members_filter(cashier)
    cashier.tap("filterDone")


def manager(cashier: Cashier) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    open_member(cashier)


def member_tags(cashier: Cashier) -> None:
    cashier.sign_in()
    open_member(cashier)
    page = cashier.counter.pages.member_model
    with cashier.counter.storage.begin() as work:
        for tag in ("靠窗座", "对花生过敏", "老客带新"):
            by, member_id = cashier.counter.desk.actor, page.shown_id
            assert member_id is not None
            op = OperationId(work.new_id())
            tag_member(work, TagMember(op=op, by=by, member_id=member_id, tag=tag))
    cashier.counter.runner.committed.emit("tags")
    cashier.settle()


def member_points(cashier: Cashier) -> None:
    cashier.sign_in()
    open_member(cashier)
    turn_to(cashier, "points")


def member_coupons(cashier: Cashier) -> None:
    cashier.sign_in()
    make_generous(cashier)
    give_coupons(cashier, "TEN", "TENTH", "BIG")
    open_member(cashier)
    turn_to(cashier, "coupons")


def member_value(cashier: Cashier) -> None:
    cashier.sign_in()
    make_generous(cashier)
    pay_in(cashier)
    open_member(cashier)
    turn_to(cashier, "value")


def member_profile(cashier: Cashier) -> None:
    manager(cashier)
    turn_to(cashier, "profile")


def member_profile_of_cashier(cashier: Cashier) -> None:
    cashier.sign_in()
    open_member(cashier)
    turn_to(cashier, "profile")


def member_edit(cashier: Cashier) -> None:
    member_profile_of_cashier(cashier)
    cashier.tap("act_edit")
    cashier.counter.pages.member_model.act.write("city", "上海")
    cashier.settle()


def member_phone_pin(cashier: Cashier) -> None:
    member_profile_of_cashier(cashier)
    cashier.tap("act_phone")
    cashier.type("13955556666")
    cashier.tap("confirmAct")
    cashier.wait_for_guard()


def member_merge(cashier: Cashier) -> None:
    member_profile(cashier)
    cashier.tap("act_merge")
    cashier.type("8888")


def member_erase(cashier: Cashier) -> None:
    manager(cashier)
    turn_to(cashier, "privacy")
    cashier.tap("act_erase")
    cashier.tap("actReason0")
    cashier.tap("confirmAct")


def member_privacy(cashier: Cashier) -> None:
    member_edit(cashier)
    cashier.tap("confirmAct")
    turn_to(cashier, "privacy")
    cashier.tap("act_consent")
    cashier.wait_for_guard()
    cashier.tap("confirmAct")
