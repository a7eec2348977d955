"""What is wrong with a window as it stands: cut, covered, too small to touch, too faint to read.

Everything is measured on the real widgets and on the pixels they painted, never on a promise.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QTabBar,
    QTableView,
    QWidget,
)

from desktop.theme.contrast import TEXT_RATIO_MIN
from desktop.theme.look import Look
from desktop.theme.tokens import KEY_HEIGHT, TARGET_MIN, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.keypad import Keypad
from desktop.widgets.rail_button import RailButton
from desktop.widgets.sheet import Sheet
from desktop.widgets.touch_button import TouchButton

TOUCHED = (QAbstractButton, QLineEdit, QComboBox)
OVERLAP_PX = 2
"""Ascent and descent of two lines may touch by so much before their ink does."""


def faults(window: QWidget, look: Look) -> list[str]:
    """Return a sentence for everything that is wrong with a window now."""
    seen = list(visible(window))
    return [
        *(f"too small to touch: {named(part)} {_size(part)}" for part in small(seen, look)),
        *(f"cut: {named(part)} {_size(part)}" for part in cut(seen, look)),
        *(f"over its edge: {named(part)} {part.geometry()}" for part in over_its_edge(seen)),
        *(f"overlap: {named(one)} / {named(two)}" for one, two in overlaps(seen, window)),
        *(f"too faint ({ratio:.1f}): {named(part)}" for part, ratio in faint(seen, window)),
    ]


def visible(window: QWidget) -> Iterator[QWidget]:
    """Yield what is seen, without the insides of lists and tables, which scroll.

    Under a sheet nothing counts: what it covers was looked at without it.
    """
    top: QWidget = window
    for sheet in window.findChildren(Sheet):
        if sheet.isVisible():
            top = sheet
    for part in top.findChildren(QWidget):
        scrolls = any(isinstance(one, QAbstractScrollArea) for one in _ancestors(part))
        if part.isVisible() and not scrolls:
            yield part


def small(seen: list[QWidget], look: Look) -> Iterator[QWidget]:
    """Yield what is meant for a finger and has less than 48 px, or 80 on a keypad."""
    least, key = look.px(TARGET_MIN), look.px(KEY_HEIGHT)
    for part in seen:
        if isinstance(part.parentWidget(), Keypad):
            if part.height() < key or part.width() < least:
                yield part
        elif isinstance(part, QTabBar):
            if any(part.tabRect(tab).height() < least for tab in _tabs(part)):
                yield part
        elif _is_touched(part) and min(part.width(), part.height()) < least:
            yield part


def cut(seen: list[QWidget], look: Look) -> Iterator[QWidget]:
    """Yield what has more text than room."""
    return (part for part in seen if not _fits(part, look))


def _fits(part: QWidget, look: Look) -> bool:  # noqa: C901, PLR0911  a line for each kind
    match part:
        case QCheckBox():
            return part.sizeHint().width() <= part.width()
        case TouchButton():
            return part.minimumSizeHint().width() <= part.width() and part.text_fits()
        case RailButton():
            return _advance(look, "rail", part.text()) <= part.width()
        case AmountField():
            return _figure_fits(part, look)
        case QLabel() if part.text() and part.pixmap().isNull():
            return _label_fits(part)
        case QLineEdit():
            return _entry_fits(part)
        case QTabBar():
            return not any(_tab_is_cut(part, tab) for tab in _tabs(part))
        case QTableView():
            return not any(_cut_cells(part))
        case QListView():
            return not any(_cut_rows(part, look))
    return True


def over_its_edge(seen: list[QWidget]) -> Iterator[QWidget]:
    """Yield what reaches out of the widget it lies in."""
    for part in seen:
        above = part.parentWidget()
        if above is None or part.isWindow() or part.objectName() == "qt_scrollarea":
            continue
        inside = QRect(above.rect())
        if not inside.contains(part.geometry()) and type(part).__name__ != "FocusRing":
            yield part


def overlaps(seen: list[QWidget], window: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    """Yield pairs of texts that lie over each other."""
    texts = [part for part in seen if text_of(part)]
    places = {part: _place(part, window) for part in texts}
    for one, two in combinations(texts, 2):
        if one.isAncestorOf(two) or two.isAncestorOf(one):
            continue
        shared = places[one].intersected(places[two])
        if min(shared.width(), shared.height()) > OVERLAP_PX:
            yield one, two


def faint(seen: list[QWidget], window: QWidget) -> Iterator[tuple[QWidget, float]]:
    """Yield texts whose strongest pixel stands out too little from what lies around it."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(image.constBits(), dtype=np.uint8)
    pixels = flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3]
    for part in seen:
        if not text_of(part):
            continue
        box = _place(part, window).intersected(window.rect()).adjusted(4, 4, -4, -4)
        piece = pixels[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
        if piece.size and (ratio := _ratio(piece)) < TEXT_RATIO_MIN:
            yield part, ratio


def text_of(part: QWidget) -> str:
    """Return what can be read on a widget itself, empty where it shows a picture or nothing."""
    match part:
        case AmountField():
            return part.entry().label + part.entry().value
        case QLabel() if part.pixmap().isNull():
            return part.text()
        case QAbstractButton() | QLineEdit():
            return part.text()
    return ""


def named(part: QWidget) -> str:
    """Return how a fault calls a widget."""
    text = part.text() if isinstance(part, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(part).__name__} {part.objectName()} {text}".strip()


def _is_touched(part: QWidget) -> bool:
    inner = isinstance(part.parentWidget(), QTabBar | QLineEdit)
    return isinstance(part, TOUCHED) and not inner


def _advance(look: Look, role: str, text: str) -> int:
    return QFontMetrics(look.font(Role(role))).horizontalAdvance(text)


def _ancestors(part: QWidget) -> Iterator[QWidget]:
    above = part.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def _label_fits(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        words = label.text().split() or [""]
        widest = max(label.fontMetrics().horizontalAdvance(word) for word in words)
        breaks_anywhere = not label.text().isascii()
        return label.heightForWidth(label.width()) <= label.height() and (
            breaks_anywhere or widest <= room.width()
        )
    needed = label.sizeHint()
    return needed.width() <= label.width() and needed.height() - 2 <= room.height()


def _entry_fits(field: QLineEdit) -> bool:
    text = field.text() or field.placeholderText()
    return field.fontMetrics().horizontalAdvance(text) <= field.width() - 24


def _figure_fits(field: AmountField, look: Look) -> bool:
    """Say whether label and figure stand side by side in a size one can read."""
    entry = field.entry()
    label = _advance(look, "body", entry.label)
    hint = _advance(look, "rail", entry.hint)
    value = _advance(look, "button" if entry.placeholder else "title", entry.value)
    return max(label, hint) + value + look.px(48) <= field.width()


def _tabs(bar: QTabBar) -> list[int]:
    return [tab for tab in range(bar.count()) if bar.isTabVisible(tab)]


def _tab_is_cut(bar: QTabBar, tab: int) -> bool:
    return bar.fontMetrics().horizontalAdvance(bar.tabText(tab)) > bar.tabRect(tab).width()


def _cut_cells(table: QTableView) -> Iterator[bool]:
    model, header = table.model(), table.horizontalHeader()
    for column in range(model.columnCount()):
        width = table.columnWidth(column)
        yield width < table.sizeHintForColumn(column)
        if not header.isHidden():
            yield width < header.sectionSizeHint(column)


def _cut_rows(rows: QListView, look: Look) -> Iterator[bool]:
    """Compare what a row says with its room: its parts stand beside each other."""
    model = rows.model()
    for place in range(model.rowCount() if model is not None else 0):
        text = str(model.index(place, 0).data() or "")
        yield _advance(look, "label", text) + look.px(56) > rows.viewport().width()


def _place(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def _ratio(piece: np.ndarray) -> float:
    """Return the contrast of the ink: the commonest colour against the one farthest from it."""
    packed = piece.reshape(-1, 3).astype(np.uint32) @ np.array((65536, 256, 1), dtype=np.uint32)
    codes, counts = np.unique(packed, return_counts=True)
    light = _luminance(np.stack((codes >> 16, codes >> 8 & 255, codes & 255), axis=1))
    ground = light[counts.argmax()]
    lighter, darker = np.maximum(light, ground), np.minimum(light, ground)
    return float(((lighter + 0.05) / (darker + 0.05)).max())


def _luminance(colours: np.ndarray) -> np.ndarray:
    share = colours / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array((0.2126, 0.7152, 0.0722))


def _size(part: QWidget) -> str:
    return f"{part.width()}×{part.height()}"
