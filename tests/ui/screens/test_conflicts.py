"""Sync status and conflicts: what is seen of both sides, who may decide, and what is asked for."""

from PySide6.QtCore import Qt

from db.queries.line_status import STOPPED_SETTING
from db.services.replication import known_mark
from db.storage.unit_of_work import UnitOfWork
from desktop.gallery.cashier import CASHIER, MANAGER, SHIFT_LEAD, Cashier
from desktop.gallery.conflict_scenes import (
    conflicts,
    conflicts_asked,
    conflicts_duplicate,
    find_conflicts,
    open_kind,
    status,
)
from desktop.screens.conflicts.state import InboxState
from sync.client.inbox import note_reread


def shown(cashier: Cashier) -> InboxState:
    return cashier.counter.pages.conflicts_model.state()


def some_conflicts(cashier: Cashier) -> None:
    cashier.counter.runner.submit(find_conflicts, done=lambda _: None)
    cashier.settle()
    cashier.counter.desk.refresh()
    cashier.settle()


def test_a_manager_sees_both_sides_and_what_each_choice_will_do(cashier: Cashier) -> None:
    conflicts(cashier)

    opened = shown(cashier).open
    assert opened is not None
    assert [(fact.what, fact.figure) for fact in opened.facts] == [
        ("消费 000217", "¥128.00  +128"),
        ("消费 000217", "¥128.00  +128"),
    ]
    assert [choice.text for choice in opened.decision.choices] == ["作废后一笔（建议）", "保持原样"]
    assert opened.decision.effect == "后一笔 ¥128.00 作废，收回 128 分，用掉的积分和券退回。"
    assert "138****5678" in opened.who

    cashier.tap("conflictChoice1")
    opened = shown(cashier).open
    assert opened is not None
    assert (opened.decision.effect, opened.decision.confirm) == ("两笔都算数。", "确定：保持原样")


def test_where_nobody_has_to_be_asked_a_touch_decides(cashier: Cashier) -> None:
    conflicts(cashier)
    before = len(shown(cashier).rows)

    cashier.tap("confirmConflict")

    assert len(shown(cashier).rows) == before - 1
    assert shown(cashier).notice is not None
    cashier.tap("allConflicts")
    assert "已处理：作废后一笔" in [row.tier for row in shown(cashier).rows]


def test_at_a_counter_of_a_head_office_a_merge_is_asked_for_and_waits(cashier: Cashier) -> None:
    conflicts_duplicate(cashier)
    opened = shown(cashier).open
    assert opened is not None
    assert opened.decision.confirm == "申请合并，待总部确认"

    cashier.tap("confirmConflict")

    opened = shown(cashier).open
    assert opened is not None
    assert not opened.decision.usable
    assert opened.decision.asks is not None
    assert "已申请：合并，待总部确认" in opened.decision.asks.text
    assert "待总部确认" in [row.tier for row in shown(cashier).rows]


def test_what_was_asked_for_stays_in_the_inbox_until_head_office_answers(cashier: Cashier) -> None:
    conflicts_asked(cashier)

    assert cashier.part("inbox").isVisible()
    assert len(shown(cashier).rows) == 5


def test_a_shift_lead_sees_it_and_leaves_the_decision_to_the_manager(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    some_conflicts(cashier)

    cashier.tap("inbox")
    open_kind(cashier, "小票号重复")

    opened = shown(cashier).open
    assert opened is not None
    assert (opened.decision.confirm, opened.decision.usable) == ("请店长处理", False)


def test_a_cashier_is_not_shown_what_he_cannot_put_right(cashier: Cashier) -> None:
    cashier.sign_in(CASHIER)
    some_conflicts(cashier)

    assert not cashier.sees("inbox")
    cashier.tap("line")
    assert not cashier.counter.pages.conflicts.isVisible()


def test_nothing_to_decide_says_so_and_shows_what_waits(cashier: Cashier) -> None:
    status(cashier)

    state = shown(cashier)
    assert (state.rows, state.open, state.empty) == ((), None, "没有需要处理的冲突")
    assert "待上传：消费 14" in state.line
    assert [row.label for row in state.status] == ["上次联系总部", "待上传", "最早一笔"]
    assert not cashier.sees("inbox")


def test_a_version_too_old_and_a_book_that_differed_are_said(cashier: Cashier) -> None:
    def note(work: UnitOfWork) -> None:
        work.settings.put(STOPPED_SETTING, f"{known_mark()} {bytes(16).hex()}")
        note_reread(work)

    cashier.counter.runner.submit(note, done=lambda _: None)
    cashier.settle()

    status(cashier)

    said = {row.label: row.value for row in shown(cashier).status}
    assert (said["本版本太旧"], said["和总部不一致"]) == ("请升级", "1 次，已重读")


def test_the_list_is_walked_by_touch_and_left_by_escape(cashier: Cashier) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    some_conflicts(cashier)
    cashier.tap("inbox")
    assert cashier.counter.pages.conflicts.isVisible()

    cashier.press(Qt.Key.Key_Escape)

    assert cashier.counter.pages.counter.isVisible()


def test_it_is_said_in_english_too(cashier: Cashier) -> None:
    cashier.counter.speak("en")
    conflicts(cashier)

    opened = shown(cashier).open
    assert opened is not None
    assert opened.title == "One receipt, two sales"
    assert opened.decision.confirm == "Confirm: void the later"
