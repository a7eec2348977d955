"""Every screen in every main state: big enough to touch, nothing cut, nothing over its edge.

At the reference size and at the smallest, in Chinese and in English.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from desktop.gallery.cashier import Cashier
from desktop.gallery.scenes import SCENES
from desktop.theme.tokens import TARGET_MIN
from desktop.widgets.amount_field import AmountField
from desktop.widgets.touch_button import TouchButton

SIZES = (QSize(1366, 768), QSize(1024, 768))
TOUCHED = (QAbstractButton, QLineEdit)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size.width()))
@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_cut_and_all_can_be_touched(
    cashier: Cashier, scene: str, size: QSize, language: str
) -> None:
    window = cashier.counter.window
    window.resize(size)
    cashier.counter.speak(language)
    cashier.settle()
    SCENES[scene](cashier)

    faults = [
        *(f"too small to touch: {_named(part)} {part.size()}" for part in _small(window)),
        *(f"cut: {_named(part)} {part.size()}" for part in _cut(window)),
        *(f"over its edge: {_named(part)} {part.geometry()}" for part in _over(window)),
    ]

    assert faults == []


def _visible(window: QWidget) -> Iterator[QWidget]:
    """Yield what is seen, without the insides of lists and tables, which scroll."""
    for part in window.findChildren(QWidget):
        scrolls = any(isinstance(one, QAbstractScrollArea) for one in _ancestors(part))
        if part.isVisible() and not scrolls:
            yield part


def _ancestors(part: QWidget) -> Iterator[QWidget]:
    above = part.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def _small(window: QWidget) -> Iterator[QWidget]:
    for part in _visible(window):
        in_tab_bar = isinstance(part.parentWidget(), QTabBar)
        small = min(part.width(), part.height()) < TARGET_MIN
        if isinstance(part, TOUCHED) and small and not in_tab_bar:
            yield part


def _cut(window: QWidget) -> Iterator[QWidget]:
    for part in _visible(window):
        match part:
            case QCheckBox():
                fits = part.sizeHint().width() <= part.width()
            case TouchButton():
                fits = part.minimumSizeHint().width() <= part.width()
            case AmountField():
                fits = _figure_fits(part)
            case QLabel() if part.text() and part.pixmap().isNull():
                fits = _label_fits(part)
            case _:
                continue
        if not fits:
            yield part


def _label_fits(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height()
    needed = label.sizeHint()
    return needed.width() <= label.width() and needed.height() - 2 <= room.height()


def _figure_fits(field: AmountField) -> bool:
    """Say whether label and figure stand side by side in a size one can read."""
    font = field._look.font
    entry = field.entry()
    label = QFontMetrics(font("body")).horizontalAdvance(entry.label)
    small = font("button" if entry.placeholder else "title")
    value = QFontMetrics(small).horizontalAdvance(entry.value)
    return label + value <= field.width()


def _over(window: QWidget) -> Iterator[QWidget]:
    for part in _visible(window):
        above = part.parentWidget()
        if above is not None and not part.isWindow() and part.objectName() != "qt_scrollarea":
            inside = QRect(above.rect())
            if not inside.contains(part.geometry()) and not _is_ring(part):
                yield part


def _is_ring(part: QWidget) -> bool:
    return type(part).__name__ == "FocusRing"


def _named(part: QWidget) -> str:
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    return f"{type(part).__name__} {part.objectName()} {text}".strip()
