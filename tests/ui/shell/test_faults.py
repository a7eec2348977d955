"""What keeps a counter from opening: each has one sentence, in both languages, and a code."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.domain.trouble import Trouble
from db.storage.errors import HomeInUse, NewerDatabase, NoHome, StorageUnavailable
from db.storage.system import FixedClock
from desktop import app as composition
from desktop.app import EXIT_TROUBLE, Counter, Dress, open_counter, run_counter
from desktop.i18n.language import Language, LanguageSwitch
from desktop.shell.safe_screen import bug_screen
from desktop.theme.look import Look
from desktop.wording.troubles import trouble_text

REASONS = (
    "disk_full",
    "busy",
    "read_only",
    "no_home",
    "key_missing",
    "corrupt",
    "input_output",
    "cannot_open",
)
TROUBLES: tuple[Trouble, ...] = (
    NoHome("x"),
    HomeInUse("x"),
    NewerDatabase(9, 1),
    *(StorageUnavailable(reason) for reason in REASONS),
    Trouble(),
)


def test_two_windows_on_one_home_are_refused(
    counter: Counter, look: Look, languages: LanguageSwitch, clock: FixedClock
) -> None:
    with pytest.raises(HomeInUse):
        open_counter(counter.home, dress=Dress(look, languages), clock=clock)


def test_a_home_that_was_closed_opens_again(
    counter: Counter, look: Look, languages: LanguageSwitch, clock: FixedClock
) -> None:
    counter.close()

    again = open_counter(counter.home, dress=Dress(look, languages), clock=clock)

    again.close()


def test_an_empty_folder_holds_no_counter(
    tmp_path: Path, look: Look, languages: LanguageSwitch
) -> None:
    with pytest.raises(NoHome):
        open_counter(tmp_path, dress=Dress(look, languages))


def test_a_key_that_is_gone_leaves_the_home_free(
    shop_folder: Path, look: Look, languages: LanguageSwitch
) -> None:
    key = shop_folder / "guitai.key"
    kept = key.read_bytes()
    key.unlink()
    with pytest.raises(StorageUnavailable):
        open_counter(shop_folder, dress=Dress(look, languages))

    key.write_bytes(kept)

    open_counter(shop_folder, dress=Dress(look, languages)).close()


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: f"{trouble.code} {trouble}")
def test_every_trouble_has_a_sentence_in_both_languages(
    trouble: Trouble, languages: LanguageSwitch
) -> None:
    chinese = trouble_text(trouble)
    languages.use(Language.EN)
    english = trouble_text(trouble)

    assert chinese.endswith("。")
    assert english.endswith(".")
    assert english.isascii()


@pytest.mark.expects_log
def test_a_counter_that_does_not_open_says_why_and_ends_with_4(
    shop_folder: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop_folder / "guitai.key").unlink()
    shown: list[object] = []

    def show(_look: Look, trouble: Trouble, _home: Path, *, os_store: bool) -> bool:
        assert not os_store
        shown.append(trouble.details["reason"])
        return len(shown) < 3

    monkeypatch.setattr(composition, "run_safe_mode", show)
    monkeypatch.setattr(composition, "Look", lambda _app: look)

    assert run_counter(shop_folder) == EXIT_TROUBLE
    assert shown == ["key_missing"] * 3


def test_a_folder_without_a_counter_gets_the_wizard_and_whoever_closes_it_leaves_nothing(
    tmp_path: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def show(_look: Look, _languages: LanguageSwitch, home: Path, *, os_store: bool) -> bool:
        asked.append(home)
        return os_store

    monkeypatch.setattr(composition, "run_first_run", show)
    monkeypatch.setattr(composition, "Look", lambda _app: look)

    assert run_counter(tmp_path / "new") == 0
    assert asked == [tmp_path / "new"]
    assert not (tmp_path / "new").exists()


def test_the_screen_of_a_bug_has_one_button_and_nothing_cut(qtbot: QtBot, look: Look) -> None:
    screen = bug_screen(look)
    qtbot.addWidget(screen)
    screen.show()

    assert screen.button.height() >= 48
    assert screen.accessibleName()
    assert screen.sizeHint().height() <= screen.height()
