"""Where digits go: a label at the left, the figure at the right, a blue frame when it is its turn.

The field is a button, because a tap moves the frame to it; it is not a text box, because every
digit comes from the keypad or the screen's own key handling, never from an input method.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.theme.focus_ring import OWN_FOCUS
from desktop.theme.look import Look
from desktop.theme.tokens import AMOUNT_HEIGHT, FRAME, RADIUS, Role
from desktop.widgets.painting import Box, paint_box

PAD = 18
LABEL_SHARE_MAX = 0.55


@dataclass(frozen=True, slots=True)
class Entry:
    """What the field shows."""

    label: str
    value: str  # formatted: ¥128.00, or 138 1234 5678
    active: bool = True
    hint: str = ""  # under the label: what is missing or what it means
    wrong: bool = False  # the hint is an error
    empty: bool = False  # nothing is typed yet
    placeholder: bool = False  # the value is words, not a figure


class AmountField(QPushButton):
    """The big figure of a screen.

    Signals:
        clicked: the cashier wants the digits to go here.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._look = look
        self._entry = Entry(label="", value="")
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)
        self._restyle()

    def show_entry(self, entry: Entry) -> None:
        """Show what has been typed so far."""
        self._entry = entry
        parts = (entry.label, entry.value, entry.hint)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.update()

    def entry(self) -> Entry:
        """Return what is shown."""
        return self._entry

    def sizeHint(self) -> QSize:
        """Ask for the height of the design and room for both texts."""
        label = QFontMetrics(self._look.font(Role.TITLE)).horizontalAdvance(self._entry.label)
        value = QFontMetrics(self._look.font(Role.AMOUNT)).horizontalAdvance(self._entry.value)
        return QSize(label + value + self._look.px(4 * PAD), self._look.px(AMOUNT_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Stay narrow enough for the small window; texts shrink before they are cut."""
        return QSize(self._look.px(240), self._look.px(AMOUNT_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, label, hint and figure."""
        look, entry = self._look, self._entry
        painter = QPainter(self)
        paint_box(painter, self.rect(), self._box())
        pad = look.px(PAD)
        area = self.rect().adjusted(pad, 0, -pad, 0)
        label_width = self._paint_label(painter, area)
        room = area.adjusted(label_width + look.px(12), 0, 0, 0)
        role = Role.BUTTON if entry.placeholder else Role.AMOUNT
        font = shrunk_to(look.font(role), entry.value, room.width())
        painter.setFont(font)
        painter.setPen(look.colour("muted" if entry.empty else "text"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(right), entry.value)
        painter.end()

    def _box(self) -> Box:
        look = self._look
        frame = "error" if self._entry.wrong else "primary"
        lit = self._entry.active or self._entry.wrong or self.hasFocus()
        colour: QColor = look.colour(frame if lit else "border")
        width = look.px(FRAME) if lit else 1
        fill = look.colour("surface" if self.isEnabled() else "surface_2")
        return Box(fill, look.px(RADIUS), colour, width)

    def _paint_label(self, painter: QPainter, area: QRect) -> int:
        """Draw label and hint and return how much width they took."""
        look, entry = self._look, self._entry
        most = int(area.width() * LABEL_SHARE_MAX)
        label_font = shrunk_to(look.font(Role.TITLE), entry.label, most)
        label = QFontMetrics(label_font)
        hint_font = shrunk_to(look.font(Role.LABEL), entry.hint, most)
        hint = QFontMetrics(hint_font)
        height = label.height() + (hint.height() if entry.hint else 0)
        top = area.top() + (area.height() - height) // 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(label_font)
        painter.setPen(look.colour("text"))
        painter.drawText(QRect(area.left(), top, most, label.height()), int(left), entry.label)
        if entry.hint:
            painter.setFont(hint_font)
            painter.setPen(look.colour("error" if entry.wrong else "muted"))
            below = QRect(area.left(), top + label.height(), most, hint.height())
            painter.drawText(below, int(left), entry.hint)
        return max(label.horizontalAdvance(entry.label), hint.horizontalAdvance(entry.hint))

    def _restyle(self) -> None:
        self.setMinimumHeight(self._look.px(AMOUNT_HEIGHT))
        self.updateGeometry()
        self.update()


def shrunk_to(font: QFont, text: str, width: int) -> QFont:
    """Return the font, smaller by steps until the text is no wider than ``width``."""
    made = QFont(font)
    while made.pixelSize() > 10 and QFontMetrics(made).horizontalAdvance(text) > width:  # noqa: PLR2004  below 10 px nobody reads
        made.setPixelSize(made.pixelSize() - 1)
    return made
