"""The pads say which key was hit and nothing else; the PIN pad keeps its secret."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.look import Look
from desktop.widgets.keypad import ALL_SIDE_KEYS, DIGITS, Key, Keypad
from desktop.widgets.letter_pad import LETTERS, LetterPad
from desktop.widgets.pin_pad import PinPad


def tap(pad: Keypad | LetterPad | PinPad, *keys: str) -> None:
    for key in keys:
        QTest.mouseClick(pad.button(key), Qt.MouseButton.LeftButton)


@pytest.fixture
def pin(qtbot: QtBot, look: Look) -> tuple[PinPad, list[str]]:
    pad = PinPad(look)
    qtbot.addWidget(pad)
    entered: list[str] = []
    pad.entered.connect(entered.append)
    return pad, entered


def test_every_key_of_the_keypad_says_what_it_is(qtbot: QtBot, look: Look) -> None:
    pad = Keypad(look)
    qtbot.addWidget(pad)
    heard: list[str] = []
    pad.key.connect(heard.append)
    keys = [*DIGITS, *ALL_SIDE_KEYS]

    tap(pad, *keys)

    assert heard == keys


def test_the_keypad_is_as_wide_as_the_confirm_button_of_the_design(
    qtbot: QtBot, look: Look
) -> None:
    pad = Keypad(look)
    qtbot.addWidget(pad)
    assert (pad.sizeHint().width(), pad.sizeHint().height()) == (520, 344)

    pad.set_compact(True)

    assert pad.sizeHint().width() == 456
    assert pad.button("7").size().toTuple() == (112, 80)


def test_the_keys_keep_their_size_on_the_glass_when_the_scale_changes(
    qtbot: QtBot, look: Look
) -> None:
    pad = Keypad(look)
    qtbot.addWidget(pad)
    pad.show()

    look.switch(percent=140)
    pad.resize(pad.sizeHint())

    assert pad.button("7").size().toTuple() == (179, 112)


def test_a_pad_without_a_point_refuses_it(qtbot: QtBot, look: Look) -> None:
    pad = Keypad(look)
    qtbot.addWidget(pad)
    heard: list[str] = []
    pad.key.connect(heard.append)
    pad.set_point(False)

    tap(pad, "1", Key.POINT)

    assert heard == ["1"]


def test_a_screen_chooses_its_side_keys(qtbot: QtBot, look: Look) -> None:
    pad = Keypad(look, side_keys=(Key.BACKSPACE, Key.CLEAR))
    qtbot.addWidget(pad)

    with pytest.raises(KeyError):
        pad.button(Key.MEMBER)


def test_the_keys_speak_the_language_of_the_moment(
    qtbot: QtBot, look: Look, languages: LanguageSwitch
) -> None:
    pad = Keypad(look)
    qtbot.addWidget(pad)
    assert pad.button(Key.CLEAR).caption() == "清空"

    languages.use(Language.EN)
    assert pad.button(Key.CLEAR).caption() == "Clear"
    assert pad.button(Key.BACKSPACE).accessibleName() == "Backspace"

    languages.use(Language.ZH_CN)
    assert pad.button(Key.CLEAR).caption() == "清空"


def test_every_letter_is_on_the_letter_pad(qtbot: QtBot, look: Look) -> None:
    pad = LetterPad(look)
    qtbot.addWidget(pad)
    heard: list[str] = []
    pad.key.connect(heard.append)

    tap(pad, *LETTERS, Key.BACKSPACE, Key.CLEAR)

    assert heard == [*LETTERS, "backspace", "clear"]


def test_six_digits_leave_the_pin_pad_once(pin: tuple[PinPad, list[str]]) -> None:
    pad, entered = pin

    tap(pad, *"123456", *"78")

    assert entered == ["123456"]


def test_a_refused_pin_is_forgotten(pin: tuple[PinPad, list[str]]) -> None:
    pad, entered = pin

    tap(pad, *"111111", *"222222")

    assert entered == ["111111", "222222"]


def test_a_pin_can_be_typed_and_corrected_on_the_keyboard(pin: tuple[PinPad, list[str]]) -> None:
    pad, entered = pin

    QTest.keyClicks(pad, "9912")
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClicks(pad, "456")

    assert entered == ["991456"]


def test_clear_starts_again(pin: tuple[PinPad, list[str]]) -> None:
    pad, entered = pin

    tap(pad, *"123", Key.CLEAR, *"654321")

    assert entered == ["654321"]


def test_the_pin_is_neither_shown_nor_read_out(pin: tuple[PinPad, list[str]]) -> None:
    pad, _entered = pin

    tap(pad, *"7391")

    assert "7391" not in pad.accessibleName()
    assert "4" in pad.accessibleName()


def test_a_locked_pin_pad_takes_nothing(pin: tuple[PinPad, list[str]]) -> None:
    pad, entered = pin
    pad.set_locked(True, "请 5 分钟后再试")

    QTest.keyClicks(pad, "123456")
    tap(pad, *"123456")
    assert entered == []

    pad.set_locked(False)
    tap(pad, *"123456")
    assert entered == ["123456"]
