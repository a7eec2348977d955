"""Safe mode: a book that does not open, and the way back to a counter that sells."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.domain.trouble import Trouble
from db.storage.backup import back_up
from db.storage.errors import HomeInUse, NewerDatabase, StorageUnavailable
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage
from desktop.app import Dress, open_counter
from desktop.i18n.language import Language, LanguageSwitch
from desktop.runtime.health import BACKUPS, LOG_FILE
from desktop.runtime.rescue import Rescue
from desktop.shell.safe_mode import SafeModeWindow
from desktop.theme.look import Look
from tests.support.offices import head_office
from tests.support.processes import done, guitai

Shown = Callable[[Path, Trouble], SafeModeWindow]


@pytest.fixture
def shown(look: Look, qtbot: QtBot) -> Iterator[Shown]:
    opened: list[tuple[SafeModeWindow, Rescue]] = []

    def show(home: Path, trouble: Trouble) -> SafeModeWindow:
        rescue = Rescue(home, os_store=False)
        window = SafeModeWindow(look, trouble, rescue)
        opened.append((window, rescue))
        with qtbot.waitExposed(window):
            window.show()
        return window

    yield show
    for window, rescue in opened:
        rescue.close()
        window.close()
        window.deleteLater()
        rescue.deleteLater()


@pytest.fixture
def backed_up(shop_folder: Path) -> Path:
    """Return a shop with a backup in its own folder."""
    (shop_folder / BACKUPS).mkdir()
    key = database_key(shop_folder, os_store=False, chance=system_chance, create=False)
    storage = Storage(shop_folder / "guitai.db", key)
    back_up(storage, shop_folder / BACKUPS / "a.backup")
    storage.close()
    return shop_folder


def met(home: Path, look: Look, languages: LanguageSwitch) -> Trouble:
    """Return what keeps a home from opening."""
    with pytest.raises(Trouble) as trouble:
        open_counter(home, dress=Dress(look, languages))
    return trouble.value


def names(window: SafeModeWindow) -> set[str]:
    return {
        button.objectName() for button in window.findChildren(QPushButton) if button.isVisible()
    }


def tap(window: SafeModeWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def damage(home: Path) -> None:
    (home / "guitai.db").write_bytes(b"\x00 not a database \xff" * 600)


def test_a_damaged_book_is_brought_back_from_a_backup_and_opens(
    backed_up: Path, shown: Shown, look: Look, languages: LanguageSwitch, qtbot: QtBot
) -> None:
    damage(backed_up)
    window = shown(backed_up, met(backed_up, look, languages))
    assert {"safeBackup0", "safeOther", "safeAgain", "safeQuit"} <= names(window)

    tap(window, "safeBackup0")
    qtbot.waitUntil(window.again.isEnabled)

    assert "7 位会员，14 笔消费" in window.said.text()
    assert window.again.text() == "打开柜台"
    accepted: list[bool] = []
    window.accepted.connect(lambda: accepted.append(True))
    tap(window, "safeAgain")
    assert accepted == [True]
    counter = open_counter(backed_up, dress=Dress(look, languages))
    assert len(counter.desk.facts.people) == 4
    counter.close()
    assert (backed_up / "guitai.db.before-restore").read_bytes().startswith(b"\x00 not a")


def test_a_key_that_is_gone_comes_back_with_a_backup(
    backed_up: Path, shown: Shown, look: Look, languages: LanguageSwitch, qtbot: QtBot
) -> None:
    (backed_up / "guitai.key").unlink()
    window = shown(backed_up, met(backed_up, look, languages))
    assert "钥匙" in window.said.text()
    tap(window, "safeBackup0")
    qtbot.waitUntil(window.again.isEnabled)

    open_counter(backed_up, dress=Dress(look, languages)).close()


def test_a_file_that_is_no_backup_changes_nothing(
    backed_up: Path, shown: Shown, look: Look, languages: LanguageSwitch, qtbot: QtBot
) -> None:
    damage(backed_up)
    before = (backed_up / "guitai.db").read_bytes()
    window = shown(backed_up, met(backed_up, look, languages))
    window.ask_backup = lambda: backed_up / "guitai.key"
    tap(window, "safeOther")
    qtbot.waitUntil(window.again.isEnabled)

    assert "不是备份" in window.said.text()
    assert (backed_up / "guitai.db").read_bytes() == before
    assert window.again.text() == "再试一次"


@pytest.mark.parametrize(
    "trouble",
    [
        NewerDatabase(9, 1),
        HomeInUse("x"),
        StorageUnavailable("disk_full"),
        StorageUnavailable("busy"),
    ],
    ids=str,
)
def test_where_the_book_is_whole_no_backup_is_offered(
    backed_up: Path, shown: Shown, trouble: Trouble
) -> None:
    assert names(shown(backed_up, trouble)) == {"safeAgain", "safeQuit"}


def test_what_was_not_sent_is_saved_where_the_book_can_be_read(
    tmp_path: Path, shown: Shown, qtbot: QtBot
) -> None:
    home = tmp_path / "counter"
    with head_office(tmp_path / "office") as office:
        done(guitai(home, "init", "--sandbox"))
        office.enroll(home)
        done(guitai(home, "sale", "add", "--amount", "1"))
    window = shown(home, StorageUnavailable("input_output"))
    tap(window, "safeUnsent")
    qtbot.waitUntil(window.again.isEnabled)

    assert "请交给总部" in window.said.text()
    assert (home / "unsent.guitai").stat().st_size > 0
    assert done(guitai(home, "sync", "status"))["enrolled"]


def test_a_damaged_book_gives_nothing_to_save_and_says_so(
    backed_up: Path, shown: Shown, qtbot: QtBot
) -> None:
    (backed_up / "device.json").write_text("{}")
    damage(backed_up)
    window = shown(backed_up, StorageUnavailable("corrupt"))
    tap(window, "safeUnsent")
    qtbot.waitUntil(window.again.isEnabled)

    assert not (backed_up / "unsent.guitai").exists()
    assert window.said.property("tone") == "error"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reason", ["corrupt", "key_missing", "disk_full", "input_output"])
def test_nothing_is_cut_in_either_language(
    backed_up: Path, shown: Shown, languages: LanguageSwitch, language: Language, reason: str
) -> None:
    languages.use(language)
    window = shown(backed_up, StorageUnavailable(reason))
    QApplication.processEvents()

    for label in window.findChildren(QLabel):
        assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
    for button in window.findChildren(QPushButton):
        assert button.minimumSizeHint().width() <= button.width()
        assert button.height() >= 48
    assert window.accessibleName()


def test_the_window_stays_while_something_is_restored(
    backed_up: Path, shown: Shown, look: Look, languages: LanguageSwitch, qtbot: QtBot
) -> None:
    damage(backed_up)
    window = shown(backed_up, met(backed_up, look, languages))
    ended: list[int] = []
    window.finished.connect(ended.append)
    button = window.findChild(QPushButton, "safeBackup0")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    window.close()
    assert window.isVisible()
    assert ended == []

    qtbot.waitUntil(window.again.isEnabled)
    assert "7 位会员，14 笔消费" in window.said.text()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert ended == [0]


@pytest.mark.expects_log
def test_a_bug_while_restoring_is_said_and_written_down(
    backed_up: Path, shown: Shown, look: Look, languages: LanguageSwitch, qtbot: QtBot
) -> None:
    damage(backed_up)
    window = shown(backed_up, met(backed_up, look, languages))
    window.ask_backup = lambda: 5  # type: ignore[assignment,return-value]  # a bug, whichever
    tap(window, "safeOther")
    qtbot.waitUntil(window.again.isEnabled)

    assert "请告知店长" in window.said.text()
    assert "Traceback" in (backed_up / LOG_FILE).read_text("utf-8")
    tap(window, "safeBackup0")
    qtbot.waitUntil(window.again.isEnabled)
    assert window.again.text() == "打开柜台"
