"""The import wizard: a messy list read, corrected, looked at, brought in and taken back."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from db.domain.member_sheet import FIELDS
from db.queries.member_search import find_members
from desktop.demo.hands import wait_for
from desktop.gallery.cashier import MANAGER, Cashier
from desktop.gallery.house_scenes import import_columns, import_done, import_list, import_preview
from desktop.screens.import_wizard import view_model as wizard
from desktop.screens.import_wizard.state import ImportState, Step
from desktop.shell.places import HousePage


def state(cashier: Cashier) -> ImportState:
    return cashier.counter.pages.house.import_model.state()


def members(cashier: Cashier) -> int:
    with cashier.counter.storage.reading() as reader:
        return int(reader.value("SELECT count(*) FROM member WHERE state = 'active'"))


def open_file(cashier: Cashier, path: Path) -> None:
    cashier.counter.pages.house.import_model.open(path)
    cashier.settle()


def test_a_list_is_read_looked_at_and_brought_in(cashier: Cashier) -> None:
    before = members(cashier)
    import_preview(cashier)
    assert [row.cells[0] for row in state(cashier).rows] == ["5", "6", "7", "3", "4", "8"]
    assert state(cashier).rows[2].cells[4] == "已是会员"
    assert "13800000011" not in str(state(cashier))

    cashier.wait_for_guard()
    cashier.tap("confirmImport")

    assert state(cashier).step is Step.DONE
    assert "新增 3 位会员" in state(cashier).text
    assert members(cashier) == before + 3
    with cashier.counter.storage.reading() as reader:
        found = find_members(reader, "13800000016", limit=1, region="CN").members
    assert found[0].name == "卫青"


def test_a_column_is_corrected_and_without_a_phone_nothing_follows(cashier: Cashier) -> None:
    import_columns(cashier)
    phone = FIELDS.index("phone")
    box = cashier.part(f"column{phone}", QComboBox)  # type: ignore[type-var]
    assert box.currentText() == "联系电话"

    box.setCurrentIndex(0)
    cashier.settle()
    assert not cashier.part("confirmImport").isEnabled()
    box.setCurrentIndex(3)
    cashier.settle()

    assert cashier.part("confirmImport").isEnabled()


def test_the_whole_import_goes_back_until_a_member_did_something(cashier: Cashier) -> None:
    before = members(cashier)
    import_done(cashier)
    cashier.tap("revertThisImport")

    assert members(cashier) == before
    assert state(cashier).notice is not None
    assert not state(cashier).former[0].may_revert
    assert "已撤回" in state(cashier).former[0].text


def test_an_import_with_sales_stays(cashier: Cashier) -> None:
    import_list(cashier)
    cashier.press(Qt.Key.Key_Escape)
    cashier.sell("66", "13800000016")
    cashier.counter.window.bar.house_requested.emit(str(HousePage.IMPORT))
    cashier.settle()
    cashier.tap("revertImport0")

    notice = state(cashier).notice
    assert notice is not None
    assert "已有消费或积分变动" in notice.text


def test_to_stop_keeps_whole_parts_and_the_same_file_goes_on(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(wizard, "PART_MEMBERS", 1)
    cashier.sign_in(MANAGER, cashier.manager_pin)
    path = tmp_path / "list.csv"
    path.write_text("手机号\n" + "".join(f"138000000{n}\n" for n in range(10, 40)), "utf-8")
    before = members(cashier)
    cashier.counter.window.bar.house_requested.emit(str(HousePage.IMPORT))
    open_file(cashier, path)
    cashier.tap("confirmImport")
    model = cashier.counter.pages.house.import_model
    stopped_at: list[int] = []

    def stop(now: ImportState) -> None:
        if now.percent > 10 and not stopped_at:
            stopped_at.append(now.percent)
            model.back()

    model.changed.connect(stop)
    cashier.wait_for_guard()
    cashier.tap("confirmImport")
    model.changed.disconnect(stop)
    stopped = members(cashier) - before
    assert 0 < stopped < 30
    assert state(cashier).title == "导入已停止"

    open_file(cashier, path)
    cashier.counter.pages.house.import_model.confirm()
    cashier.settle()
    cashier.counter.pages.house.import_model.confirm()
    cashier.settle()

    assert members(cashier) == before + 30
    assert len(state(cashier).former) == 1  # one source, one batch


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\x80\xff" * 200, "编码"),
        (b"\xd0\xcf\x11\xe0old", "2007"),
    ],
)
def test_what_holds_no_list_is_said_and_another_may_be_chosen(
    cashier: Cashier, tmp_path: Path, content: bytes, words: str
) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    cashier.counter.window.bar.house_requested.emit(str(HousePage.IMPORT))
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    open_file(cashier, path)

    notice = state(cashier).notice
    assert notice is not None
    assert words in notice.text
    assert state(cashier).step is Step.CHOOSE


def test_a_file_that_is_gone_is_said(cashier: Cashier, tmp_path: Path) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    open_file(cashier, tmp_path / "none.csv")

    notice = state(cashier).notice
    assert notice is not None
    assert "读不了" in notice.text


def test_headings_that_nobody_knows_are_chosen_by_hand(cashier: Cashier, tmp_path: Path) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    cashier.counter.window.bar.house_requested.emit(str(HousePage.IMPORT))
    path = tmp_path / "strange.csv"
    path.write_text("甲,乙\n王五,13800000077\n", "utf-8")
    open_file(cashier, path)
    assert state(cashier).columns == ("甲", "乙")
    assert not state(cashier).may_confirm

    model = cashier.counter.pages.house.import_model
    model.choose_column(FIELDS.index("phone"), 2)
    model.choose_column(FIELDS.index("name"), 1)
    model.confirm()
    cashier.settle()

    assert state(cashier).confirm == "导入 1 位会员"


def test_a_double_tap_does_not_bring_a_running_import_back_to_its_preview(
    cashier: Cashier,
) -> None:
    import_columns(cashier)
    model = cashier.counter.pages.house.import_model
    steps: list[Step] = []

    def go_on(now: ImportState) -> None:
        steps.append(now.step)
        if now.step is Step.PREVIEW:
            model.confirm()

    model.changed.connect(go_on)
    model.confirm()
    model.confirm()
    cashier.settle()
    model.changed.disconnect(go_on)

    assert [step for step in steps if step is Step.PREVIEW] == [Step.PREVIEW]
    assert state(cashier).step is Step.DONE


def test_a_list_that_is_left_while_it_is_looked_at_does_not_come_back(cashier: Cashier) -> None:
    import_columns(cashier)
    model = cashier.counter.pages.house.import_model
    model.confirm()
    model.back()
    cashier.settle()

    assert state(cashier).step is Step.CHOOSE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file that is slow needs a fifo")
def test_printing_and_looking_do_not_wait_for_a_list_that_is_slow_to_read(
    cashier: Cashier, tmp_path: Path
) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    cashier.counter.window.bar.house_requested.emit(str(HousePage.IMPORT))
    slow = tmp_path / "slow.csv"
    os.mkfifo(slow)
    model, runner = cashier.counter.pages.house.import_model, cashier.counter.runner
    ran: list[str] = []
    model.open(slow)
    runner.errand(lambda: "errand", done=ran.append, failed=lambda trouble: None)
    runner.read(lambda reader: "read", done=ran.append)
    wait_for(lambda: len(ran) == 2, "the other lanes")
    assert state(cashier).step is Step.CHOOSE

    with slow.open("w", encoding="utf-8") as pipe:
        pipe.write("手机号\n13800000055\n")
    cashier.settle()

    assert state(cashier).step is Step.COLUMNS


def test_an_import_is_taken_back_once_however_often_it_is_tapped(cashier: Cashier) -> None:
    import_done(cashier)
    model = cashier.counter.pages.house.import_model
    model.revert()
    model.revert()
    cashier.settle()

    notice = state(cashier).notice
    assert notice is not None
    assert "已整批撤回 3 位会员" in notice.text
