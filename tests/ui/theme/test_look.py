"""One look for every till: font, scale, icons, style sheet."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop.theme.fonts import digits_align
from desktop.theme.look import Look
from desktop.theme.stylesheet import stylesheet
from desktop.theme.tokens import DARK, FACES, LIGHT, Colours, Role


@pytest.mark.parametrize("role", list(Role))
def test_digits_stand_in_columns_in_every_role(look: Look, role: Role) -> None:
    assert digits_align(look.font(role))


@pytest.mark.parametrize("role", list(Role))
def test_the_bundled_face_is_used_at_the_size_of_the_role(look: Look, role: Role) -> None:
    info = QFontInfo(look.font(role))

    assert info.family() == "Noto Sans SC"
    assert (info.pixelSize(), info.bold()) == (FACES[role].px, FACES[role].bold)


@pytest.mark.parametrize("character", "䶮㛃喆堃镕㙍¥−（）「」")
def test_rare_characters_of_names_are_in_the_face(look: Look, character: str) -> None:
    metrics = QFontMetrics(look.font(Role.TITLE))

    assert metrics.inFontUcs4(ord(character))


def test_the_scale_reaches_sizes_fonts_and_style_sheet(look: Look, qapp: QApplication) -> None:
    look.switch(percent=140)

    assert look.px(80) == 112
    assert look.font(Role.AMOUNT).pixelSize() == 56
    assert "font-size: 56px" in qapp.styleSheet()


@pytest.mark.parametrize(("asked", "given"), [(50, 90), (90, 90), (160, 160), (400, 160)])
def test_a_scale_out_of_bounds_is_held_at_the_bound(look: Look, asked: int, given: int) -> None:
    look.switch(percent=asked)

    assert look.percent == given


def test_a_theme_is_changed_while_the_window_is_open(look: Look, qapp: QApplication) -> None:
    heard: list[bool] = []
    look.changed.connect(lambda: heard.append(look.dark))

    look.switch(dark=True)

    assert heard == [True]
    assert DARK.surface in qapp.styleSheet()
    assert LIGHT.bg not in qapp.styleSheet()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("percent", [90, 100, 160])
def test_the_style_sheet_names_only_files_that_are_there(colours: Colours, percent: int) -> None:
    sheet = stylesheet(colours, percent=percent)

    named = [part.split('"')[0] for part in sheet.split('url("')[1:]]

    assert len(named) == 3
    assert [path for path in named if not Path(path).is_file()] == []


def test_an_icon_takes_the_colour_of_its_token(look: Look) -> None:
    drawn = look.icon("check", "error", px=24).toImage()
    inked = {
        drawn.pixelColor(x, y).name().upper()
        for x in range(drawn.width())
        for y in range(drawn.height())
        if drawn.pixelColor(x, y).alpha() == 255
    }

    assert inked == {look.colours.error}


def test_an_icon_is_drawn_once(look: Look) -> None:
    assert look.icon("check", "text", px=24) is look.icon("check", "text", px=24)


def test_an_icon_that_is_not_bundled_is_a_slip_of_ours(look: Look) -> None:
    with pytest.raises(FileNotFoundError):
        look.icon("no-such-icon", "text", px=24)


def test_millimetres_are_believed_only_from_a_believable_screen(look: Look) -> None:
    assert 50 <= look.mm(25) <= 400
