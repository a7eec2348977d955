"""A place in the rail: an icon over a word, marked blue when we are there."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import RAIL_WIDTH, RAIL_WIDTH_COMPACT, Role
from desktop.widgets.amount_field import shrunk_to
from desktop.widgets.painting import ratio_of

HEIGHT = 80
ICON_PX = 26
MARK_PX = 4


class RailButton(QPushButton):
    """One of the rail's places; checkable, so that exactly one of a group is on."""

    def __init__(
        self,
        look: Look,
        *,
        icon: str,
        text: str = "",
        checkable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Take the icon and the word; a button that only acts (lock) is not checkable."""
        super().__init__(parent)
        self._look = look
        self._icon_name = icon
        self._compact = False
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_caption(text)
        look.changed.connect(self.updateGeometry)

    def set_caption(self, text: str) -> None:
        """Show another word."""
        self.setText(text)
        self.setAccessibleName(text)
        self.update()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow rail of windows below 1200 px."""
        self._compact = compact
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Fill the rail's width."""
        width = RAIL_WIDTH_COMPACT if self._compact else RAIL_WIDTH
        return QSize(self._look.px(width), self._look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark, icon and word."""
        look, on = self._look, self.isChecked()
        painter = QPainter(self)
        if on or self.isDown() or self.underMouse():
            painter.fillRect(self.rect(), look.colour("primary_bg" if on else "hover"))
        if on:
            mark = QRect(0, 0, look.px(MARK_PX), self.height())
            painter.fillRect(mark, look.colour("primary"))
        ink = "primary" if on else "text"
        icon = look.icon(self._icon_name, ink, px=ICON_PX, ratio=ratio_of(self))
        font = shrunk_to(look.font(Role.RAIL), self.text(), self.width() - look.px(12))
        group = look.px(ICON_PX + 6 + 20)
        top = (self.height() - group) // 2
        painter.drawPixmap((self.width() - look.px(ICON_PX)) // 2, top, icon)
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        below = QRect(0, top + look.px(ICON_PX + 6), self.width(), look.px(20))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()
