"""The button for fingers: four kinds, at least 48 px, with a double-tap guard on the primary one.

It stays a `QPushButton`, so screen readers know it; only its drawing is ours. Its text may be long
in English: it shrinks by steps, then wraps, and is never cut.
"""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QDeadlineTimer, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import (
    DOUBLE_TAP_MS,
    PRIMARY_HEIGHT,
    RADIUS,
    SECONDARY_HEIGHT,
    TARGET_MIN,
    Role,
)
from desktop.widgets.painting import Box, Caption, fits, paint_box, paint_caption, ratio_of

ICON_PX = 24
PAD = 12
SHRINK_STEP = 2
SHRUNK_MIN = 14


class Kind(StrEnum):
    """What a button is for; decides its height and colours."""

    PRIMARY = "primary"  # the one confirm button of a screen
    SECONDARY = "secondary"
    SMALL = "small"  # 48 px: undo, reprint, change member
    QUIET = "quiet"  # no frame until touched
    DANGER = "danger"
    KEY = "key"  # a digit of a keypad: white, big figures
    SIDE_KEY = "side_key"  # the other keys of a keypad
    CHOICE = "choice"  # checkable: a preset, a channel, a month


HEIGHTS = {
    Kind.PRIMARY: PRIMARY_HEIGHT,
    Kind.SECONDARY: SECONDARY_HEIGHT,
    Kind.DANGER: SECONDARY_HEIGHT,
    Kind.CHOICE: SECONDARY_HEIGHT,
}
SHADES = {  # at rest, under the mouse, pressed; nothing is see-through
    Kind.PRIMARY: ("primary", "primary_hover", "primary_pressed"),
    Kind.KEY: ("surface", "hover", "pressed"),
    Kind.CHOICE: ("surface", "hover", "pressed"),
    Kind.DANGER: ("surface", "error_bg", "error_bg"),
    Kind.QUIET: ("", "hover", "pressed"),
}
INKS = {Kind.PRIMARY: "on_primary", Kind.DANGER: "error"}
FRAMELESS = {Kind.PRIMARY, Kind.QUIET}
ROLES = {Kind.PRIMARY: Role.PRIMARY, Kind.KEY: Role.POINTS, Kind.SMALL: Role.BODY}


class TouchButton(QPushButton):
    """A button to be hit by a finger while standing.

    Signals:
        clicked: as Qt's, but a second tap within 250 ms of a primary button is swallowed.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        kind: Kind = Kind.SECONDARY,
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
        now_ms: Callable[[], int] | None = None,
    ) -> None:
        """Take the text, or an icon of the bundled set with the name that it is read out by."""
        super().__init__(parent)
        self._look = look
        self._kind = kind
        self._icon_name = icon
        self._caption = ""
        self._now_ms = now_ms or _monotonic_ms
        self._quiet_until_ms = -1
        self._caution = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(kind is Kind.CHOICE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_caption(text, name=name)
        self.clicked.connect(self._after_click)
        look.changed.connect(self.restyle)

    @property
    def kind(self) -> Kind:
        """What the button is for."""
        return self._kind

    def caption(self) -> str:
        """Return the text as it was given."""
        return self._caption

    def set_caption(self, text: str, *, name: str = "") -> None:
        """Show another text; the name is what a screen reader says where the text is not enough."""
        self._caption = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        if not text:
            self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon of the bundled set, or none."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def set_caution(self, caution: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Turn amber: what is about to happen is unusual and takes a second tap."""
        if caution != self._caution:
            self._caution = caution
            self.update()

    def guard(self) -> None:
        """Swallow taps for the next 250 ms, because what the button does has just changed."""
        self._quiet_until_ms = self._now_ms() + DOUBLE_TAP_MS

    def activate(self) -> None:
        """Click on behalf of a key such as Enter, unless the guard is up or it is disabled."""
        if not self._guarded():
            self.click()

    def restyle(self) -> None:
        """Ask for room again in a new look; who gave the button a fixed size keeps it."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the text on one line at full size."""
        width = QFontMetrics(self._full_font()).horizontalAdvance(self._caption)
        return QSize(max(width + self._around(), self._least()), self._height())

    def minimumSizeHint(self) -> QSize:
        """Insist on the longest word at the smallest size."""
        metrics = QFontMetrics(self._font_of(SHRUNK_MIN))
        words = self._caption.split() or [""]
        longest = max(metrics.horizontalAdvance(word) for word in words)
        return QSize(max(longest + self._around(), self._least()), self._height())

    def text_fits(self) -> bool:
        """Say whether the text, shrunk and wrapped as it is drawn, stays inside the button."""
        room = self._text_room()
        return fits(self._caption, self._fitting_font(room), room)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a tap, unless the guard is up."""
        if self._guarded():
            event.accept()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space and Enter, unless the guard is up."""
        if self._guarded():
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, then icon and text."""
        painter = QPainter(self)
        fill, ink, frame = self._colours()
        radius = self._look.px(RADIUS)
        selected = self.isCheckable() and self.isChecked()
        box = Box(fill, radius, frame, self._look.px(2) if selected else 1)
        paint_box(painter, self.rect(), box)
        icon = None
        if self._icon_name:
            icon = self._look.icon(self._icon_name, ink, px=ICON_PX, ratio=ratio_of(self))
        area = self._inside()
        colour = self._look.colour(ink)
        font, gap = self._fitting_font(self._text_room()), self._look.px(8)
        caption = Caption(self._caption, font, colour, icon, gap, self._stacked())
        paint_caption(painter, area, caption)
        painter.end()

    def _after_click(self) -> None:
        if self._kind is Kind.PRIMARY:
            self.guard()

    def _guarded(self) -> bool:
        return self._now_ms() < self._quiet_until_ms

    def _colours(self) -> tuple[QColor, str, QColor | None]:
        """Return fill, the token of the ink, and the frame for the state it is in."""
        look, kind = self._look, self._kind
        clear = QColor(Qt.GlobalColor.transparent)
        if not self.isEnabled():
            if kind is Kind.QUIET:
                return clear, "muted", None
            return look.colour("surface_2"), "muted", look.colour("line")
        if self.isCheckable() and self.isChecked():
            return look.colour("primary_bg"), "primary", look.colour("primary")
        if self._caution:
            token = "points_bg" if self.isDown() else "warn_bg"
            return look.colour(token), "warn", look.colour("warn")
        rest, hover, pressed = SHADES.get(kind, ("surface_2", "hover", "pressed"))
        token = pressed if self.isDown() else hover if self.underMouse() else rest
        fill = look.colour(token) if token else clear
        frame = None if kind in FRAMELESS else look.colour("border")
        return fill, INKS.get(kind, "text"), frame

    def _inside(self) -> QRect:
        pad = self._look.px(PAD) // 2
        return self.rect().adjusted(pad, 2, -pad, -2)

    def _text_room(self) -> QSize:
        area = self._inside()
        return QSize(area.width() - self._lead(), area.height())

    def _full_font(self) -> QFont:
        return self._look.font(ROLES.get(self._kind, Role.BUTTON))

    def _font_of(self, px_at_100: int) -> QFont:
        made = QFont(self._full_font())
        made.setPixelSize(self._look.px(px_at_100))
        return made

    def _fitting_font(self, room: QSize) -> QFont:
        full = self._full_font()
        size = full.pixelSize()
        while size > self._look.px(SHRUNK_MIN):
            made = QFont(full)
            made.setPixelSize(size)
            one_line = QFontMetrics(made).horizontalAdvance(self._caption) <= room.width()
            if one_line or (" " in self._caption and fits(self._caption, made, room)):
                return made
            size -= SHRINK_STEP
        return self._font_of(SHRUNK_MIN)

    def _stacked(self) -> bool:
        """Put the icon over the word on keys, which are high and narrow."""
        return self._kind is Kind.SIDE_KEY and bool(self._caption)

    def _lead(self) -> int:
        if not self._icon_name or self._stacked():
            return 0
        return self._look.px(ICON_PX) + (self._look.px(8) if self._caption else 0)

    def _around(self) -> int:
        return self._lead() + 2 * self._look.px(PAD)

    def _height(self) -> int:
        return self._look.px(HEIGHTS.get(self._kind, TARGET_MIN))

    def _least(self) -> int:
        return self._look.px(TARGET_MIN)


def _monotonic_ms() -> int:
    return QDeadlineTimer.current().deadline()  # Qt's monotonic clock; widgets know no other
