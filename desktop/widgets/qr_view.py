"""A QR code on the glass: dark on light in both themes, and never smaller than 25 mm.

It draws a matrix that somebody else made; four modules of quiet zone are added here.
"""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import QR_MIN_MM, RADIUS
from desktop.widgets.component import Component
from desktop.widgets.painting import Box, paint_box

QUIET_MODULES = 4
DARK = QColor("#000000")
LIGHT = QColor("#FFFFFF")

Matrix = tuple[tuple[bool, ...], ...]


class QrView(Component):
    """A square QR code."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(look, parent)
        self._matrix: Matrix = ()
        self._mm = float(QR_MIN_MM)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, matrix: Matrix, *, name: str, mm: float = QR_MIN_MM) -> None:
        """Show a matrix without quiet zone, at least 25 mm wide; the name says what it is."""
        assert all(len(row) == len(matrix) for row in matrix), "a QR code is square"
        self._matrix = matrix
        self._mm = max(mm, QR_MIN_MM)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Measure again: the scale changes how many pixels a millimetre has."""
        self.updateGeometry()
        self.update()

    def module_px(self) -> int:
        """Return the pixels of one module; a whole number, so that edges stay sharp."""
        wanted = self.look.mm(self._mm)
        return max(-(-wanted // max(len(self._matrix), 1)), 1)

    def sizeHint(self) -> QSize:
        """Ask for the code itself at its size in millimetres, with its quiet zone around."""
        if not self._matrix:
            return QSize(0, 0)
        side = (len(self._matrix) + 2 * QUIET_MODULES) * self.module_px()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than a phone can read."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the light ground, then the dark modules."""
        painter = QPainter(self)
        paint_box(painter, self.rect(), Box(LIGHT, self.look.px(RADIUS)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        module = self.module_px()
        edge = QUIET_MODULES * module
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    place = QRect(edge + x * module, edge + y * module, module, module)
                    painter.fillRect(place, DARK)
        painter.end()
