"""The bar chart on screen: paints the shapes of `chart_drawing` with QPainter.

Qt Charts is GPL-only and slower; this is a hundred lines and feeds the PDF from the same drawing.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.chart_drawing import (
    Anchor,
    Bar,
    Block,
    Rule,
    Shape,
    Words,
    draw_bars,
    draw_shares,
)
from desktop.widgets.component import Component

HEIGHT = 220
SHARE_ROW = 40
CORNER = 2


class BarChart(Component):
    """Bars with their figures, upright or lying."""

    def __init__(self, look: Look, *, lying: bool = False, parent: QWidget | None = None) -> None:
        """Choose upright bars (time) or lying ones (ranking, shares)."""
        super().__init__(look, parent)
        self._bars: tuple[Bar, ...] = ()
        self._lying = lying
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.restyle()

    def show_bars(self, bars: tuple[Bar, ...], *, name: str) -> None:
        """Show these bars; the name says what they count."""
        self._bars = bars
        figures = ", ".join(f"{bar.label} {bar.figure}" for bar in bars)
        self.setAccessibleName(name)
        self.setAccessibleDescription(figures)
        self.restyle()

    def restyle(self) -> None:
        """Ask for the height of the scale."""
        rows = max(len(self._bars), 1) * SHARE_ROW
        self.setMinimumHeight(self.look.px(rows if self._lying else HEIGHT))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Fill what the layout gives."""
        return QSize(self.look.px(480), self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shapes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self._shapes():
            self._paint(painter, shape)
        painter.end()

    def _shapes(self) -> tuple[Shape, ...]:
        scale = self.look.px(100) / 100
        width = float(self.width())
        if self._lying:
            row = self.height() / max(len(self._bars), 1)
            return draw_shares(
                self._bars, width=width, row_height=row, measure=self._measure, scale=scale
            )
        height = float(self.height())
        return draw_bars(self._bars, width=width, height=height, measure=self._measure, scale=scale)

    def _paint(self, painter: QPainter, shape: Shape) -> None:
        colour = self.look.colour(shape.colour)
        match shape:
            case Block(x, y, width, height):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(x, y, width, height), CORNER, CORNER)
            case Rule(x1, y1, x2, y2):
                painter.setPen(colour)
                painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
            case Words(x, y, text, size):
                font = self._font(size, bold=shape.bold)
                painter.setFont(font)
                painter.setPen(colour)
                width = QFontMetricsF(font).horizontalAdvance(text)
                back = {Anchor.LEFT: 0.0, Anchor.MIDDLE: width / 2, Anchor.RIGHT: width}
                painter.drawText(QPointF(x - back[shape.anchor], y), text)

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self.look.font(Role.STRONG if bold else Role.LABEL))
        font.setPixelSize(max(round(size), 1))
        return font

    def _measure(self, text: str, size: float) -> float:
        return QFontMetricsF(self._font(size)).horizontalAdvance(text)
