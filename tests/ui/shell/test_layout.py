"""Every screen in every main state: big enough to touch, nothing cut, covered, faint or nameless.

A state is reached once and then worn in every language, theme, size and scale: that tries the
switches themselves, and makes so many looks of it affordable.
"""

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


@pytest.mark.parametrize("scene", SCENES)
def test_a_state_is_whole_in_every_look(cashier: Cashier, scene: str) -> None:
    SCENES[scene](cashier)

    found = [
        f"{language}{' dark' if dark else ''} {percent} % {size}: {fault}"
        for language, dark, percent, size in LOOKS
        for fault in _faults_in(cashier, language, dark, percent=percent, size=QSize(*size))
    ]

    assert not found, "\n".join(found)


def _faults_in(
    cashier: Cashier, language: str, dark: bool, *, percent: int, size: QSize
) -> list[str]:
    window, look = cashier.counter.window, cashier.counter.pages.counter.look
    window.resize(size)
    cashier.counter.speak(language)
    if (look.dark, look.percent) != (dark, percent):
        look.switch(dark=dark, percent=percent)
    cashier.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    return [*faults(window, look), *nameless(window), *unreachable(window)]
