"""Every screen in every main state: big enough to touch, nothing cut, covered, faint or nameless.

A state is reached once and then worn in one language, theme, size and scale after the other: that
tries the switches themselves. A run of all tests gives each state one of the looks, its
neighbours the others; `poe looks` wears all of them.
"""

import os

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize

from desktop.gallery.cashier import Cashier
from desktop.gallery.scenes import SCENES
from tests.support.accessible import nameless, unreachable
from tests.support.layout import faults

LOOKS = (
    ("zh_CN", False, 100, (1366, 768)),
    ("zh_CN", False, 100, (1024, 768)),
    ("en", False, 100, (1024, 768)),
    ("en", False, 100, (1366, 768)),
    ("en", False, 100, (1920, 1080)),
    ("en", True, 140, (1920, 1080)),
    ("en", True, 90, (1024, 700)),
    ("zh_CN", True, 100, (1024, 768)),
)
"""Language, dark or not, scale in %, window; only a theme or a scale takes long to put on."""

LOOKS_EACH = int(os.environ.get("LOOKS", "1"))


@pytest.mark.parametrize("scene", SCENES)
def test_a_state_is_whole_in_its_looks(cashier: Cashier, scene: str) -> None:
    SCENES[scene](cashier)

    found = [
        f"{language}{' dark' if dark else ''} {percent} % {size}: {fault}"
        for language, dark, percent, size in _looks_of(scene)
        for fault in _faults_in(cashier, language, dark, percent=percent, size=QSize(*size))
    ]

    assert not found, "\n".join(found)


def _looks_of(scene: str) -> list[tuple[str, bool, int, tuple[int, int]]]:
    """Return the looks of a state: as many as are tried, other ones than the states beside it."""
    first = list(SCENES).index(scene) * LOOKS_EACH
    return [LOOKS[(first + step) % len(LOOKS)] for step in range(min(LOOKS_EACH, len(LOOKS)))]


def _faults_in(
    cashier: Cashier, language: str, dark: bool, *, percent: int, size: QSize
) -> list[str]:
    window, look = cashier.counter.window, cashier.counter.pages.counter.look
    window.resize(size)
    cashier.counter.speak(language)
    if (look.dark, look.percent) != (dark, percent):
        look.switch(dark=dark, percent=percent)
    return _at_rest(cashier) and _at_rest(cashier)


def _at_rest(cashier: Cashier) -> list[str]:
    """Return what is wrong once nothing moves; asked twice, what was only on its way is gone."""
    window, look = cashier.counter.window, cashier.counter.pages.counter.look
    cashier.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    return [*faults(window, look), *nameless(window), *unreachable(window)]
