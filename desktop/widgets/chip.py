"""Status in a word with an icon, because colour alone says nothing to one man in twelve.

Offline is grey, not red: it is a normal state here. Red only where a person must act.
"""

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import RADIUS_CHIP, TARGET_MIN, Role
from desktop.widgets.painting import Box, Caption, paint_box, paint_caption, ratio_of

HEIGHT = 36
ICON_PX = 20
PAD = 10
GAP = 6


class ChipKind(StrEnum):
    """What a chip says about the thing it names."""

    OK = "ok"
    WARN = "warn"
    ERROR = "error"
    OFFLINE = "offline"
    NEUTRAL = "neutral"
    POINTS = "points"


INK = {ChipKind.NEUTRAL: "muted"}
FILL = {ChipKind.NEUTRAL: "surface_2"}
DEFAULT_ICONS = {
    ChipKind.OK: "circle-check",
    ChipKind.WARN: "triangle-alert",
    ChipKind.ERROR: "circle-alert",
    ChipKind.OFFLINE: "cloud-off",
}


class _Face:
    """The drawing that a label chip and a button chip share."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.kind = ChipKind.NEUTRAL
        self.text = ""
        self.icon = ""
        self.icon_only = False

    def size(self) -> QSize:
        pad = self.look.px(PAD)
        width = 2 * pad
        if self.icon:
            width += self.look.px(ICON_PX)
        if self.shown:
            width += QFontMetrics(self.look.font(Role.LABEL)).horizontalAdvance(self.shown) + 1
        if self.icon and self.shown:
            width += self.look.px(GAP)
        return QSize(width, self.look.px(HEIGHT))

    @property
    def shown(self) -> str:
        return "" if self.icon_only and self.icon else self.text

    def paint(self, widget: QWidget, *, lit: bool = False) -> None:
        painter = QPainter(widget)
        look = self.look
        ink = INK.get(self.kind, str(self.kind))
        fill = look.colour(FILL.get(self.kind, f"{self.kind}_bg"))
        area = QRect(0, 0, widget.width(), look.px(HEIGHT))
        area.moveCenter(widget.rect().center())
        frame = look.colour(ink) if lit else None
        paint_box(painter, area, Box(fill, look.px(RADIUS_CHIP), frame))
        icon = None
        if self.icon:
            icon = look.icon(self.icon, ink, px=ICON_PX, ratio=ratio_of(widget))
        face = Caption(self.shown, look.font(Role.LABEL), look.colour(ink), icon, look.px(GAP))
        paint_caption(painter, area, face)
        painter.end()


class Chip(QLabel):
    """A chip to read, such as a tier or 待上传."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        kind: ChipKind = ChipKind.NEUTRAL,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Take the word, what it means, and an icon of the bundled set."""
        super().__init__(parent)
        self._face = _Face(look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(text, kind=kind, icon=icon)
        look.changed.connect(self.updateGeometry)

    def show_status(self, text: str, *, kind: ChipKind, icon: str = "") -> None:
        """Show another word."""
        self._face.text, self._face.kind, self._face.icon = text, kind, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for exactly icon and word."""
        return self._face.size()

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self._face.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        self._face.paint(self)


class StatusChip(QPushButton):
    """A chip of the top bar: a tap opens what is behind it; only its icon in a narrow window."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start neutral and empty."""
        super().__init__(parent)
        self._face = _Face(look)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_status(self, text: str, *, kind: ChipKind, icon: str = "") -> None:
        """Show another state; without an icon the kind's own is used."""
        face = self._face
        face.text, face.kind, face.icon = text, kind, icon or DEFAULT_ICONS.get(kind, "info")
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Show the icon only; the word stays as tooltip and accessible name."""
        self._face.icon_only = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as wide as icon and word, and as high as a finger needs."""
        size = self._face.size()
        least = self._face.look.px(TARGET_MIN)
        return size.expandedTo(QSize(least, least))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip in the middle of what can be hit."""
        self._face.paint(self, lit=self.underMouse() or self.isDown())
