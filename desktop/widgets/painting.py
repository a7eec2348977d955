"""The few strokes all painted widgets share, so that corners and texts look alike everywhere."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Box:
    """How a box is filled and framed; sizes in pixels."""

    fill: QColor
    radius: float
    frame: QColor | None = None
    frame_px: float = 1.0


def paint_box(painter: QPainter, area: QRect, box: Box) -> None:
    """Fill an area with round corners; the frame stays inside it and on whole pixels."""
    inset = box.frame_px / 2 if box.frame else 0.0
    rect = QRectF(area).adjusted(inset, inset, -inset, -inset)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(box.frame, box.frame_px) if box.frame else Qt.PenStyle.NoPen)
    painter.setBrush(box.fill)
    painter.drawRoundedRect(rect, box.radius, box.radius)


@dataclass(frozen=True, slots=True)
class Caption:
    """Text with an optional icon before it, to be centred in an area."""

    text: str
    font: QFont
    colour: QColor
    icon: QPixmap | None = None
    gap: int = 8
    stacked: bool = False  # the icon over the text instead of before it


def paint_caption(painter: QPainter, area: QRect, caption: Caption) -> None:
    """Draw icon and text as one centred group; text that is too wide goes on to a second line."""
    painter.setFont(caption.font)
    painter.setPen(caption.colour)
    icon_px = QSize(0, 0)
    if caption.icon is not None:
        icon_px = caption.icon.deviceIndependentSize().toSize()
    if not caption.text:
        middle = area.left() + (area.width() - icon_px.width()) // 2
        _paint_icon(painter, left=middle, area=area, icon=caption.icon)
        return
    if caption.stacked and caption.icon is not None:
        _paint_stacked(painter, area, caption)
        return
    lead = icon_px.width() + caption.gap if caption.icon else 0
    room = QRect(0, 0, max(area.width() - lead, 1), area.height())
    text = QFontMetrics(caption.font).boundingRect(room, int(WRAPPED), caption.text)
    width = min(text.width(), room.width())
    left = area.left() + (area.width() - lead - width) // 2
    _paint_icon(painter, left=left, area=area, icon=caption.icon)
    painter.drawText(
        QRect(left + lead, area.top(), width + 1, area.height()), int(WRAPPED), caption.text
    )


def _paint_stacked(painter: QPainter, area: QRect, caption: Caption) -> None:
    assert caption.icon is not None, "the caller has looked"
    icon_px = caption.icon.deviceIndependentSize().toSize()
    line = QFontMetrics(caption.font).height()
    top = area.top() + (area.height() - icon_px.height() - line) // 2
    left = area.left() + (area.width() - icon_px.width()) // 2
    painter.drawPixmap(left, top, caption.icon)
    below = QRect(area.left(), top + icon_px.height(), area.width(), line)
    painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), caption.text)


def _paint_icon(painter: QPainter, *, left: int, area: QRect, icon: QPixmap | None) -> None:
    if icon is not None:
        height = icon.deviceIndependentSize().toSize().height()
        painter.drawPixmap(left, area.top() + (area.height() - height) // 2, icon)


def fits(text: str, font: QFont, room: QSize) -> bool:
    """Say whether a text, wrapped between words, stays inside a room."""
    metrics = QFontMetrics(font)
    flags = int(WRAPPED)
    box = metrics.boundingRect(QRect(0, 0, max(room.width(), 1), 10_000), flags, text)
    return box.width() <= room.width() and box.height() <= room.height()


def ratio_of(widget: QWidget) -> float:
    """Return how many device pixels a pixel of this widget has."""
    return widget.devicePixelRatioF()
