"""A notice strip: what happened, what is safe, what to do, with an icon and at most three buttons.

It says itself to screen readers, takes no focus and covers nothing.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import RADIUS, Role
from desktop.widgets.announce import announce
from desktop.widgets.chip import DEFAULT_ICONS, ChipKind
from desktop.widgets.component import Component
from desktop.widgets.painting import Box, paint_box, ratio_of
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

ICON_PX = 24
ACTIONS_MAX = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, how serious it is, and what can be done about it."""

    kind: ChipKind
    text: str
    actions: tuple[str, ...] = ()


class Banner(Component):
    """The strip; hidden while there is nothing to say.

    Signals:
        action: which of the notice's buttons was hit, from 0.
    """

    action = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(look, parent)
        self._notice: Notice | None = None
        self._icon = QLabel()
        self._text = Text(role=Role.BODY, wrap=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self._buttons = [self._make_button(place) for place in range(ACTIONS_MAX)]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()
        self.restyle()

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing; a new one is announced to screen readers once."""
        fresh = notice is not None and notice != self._notice
        self._notice = notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        assert len(notice.actions) <= ACTIONS_MAX, "three buttons are the most a strip holds"
        self._text.setText(notice.text)
        self._text.set_tone("" if notice.kind is ChipKind.NEUTRAL else notice.kind)
        self.setAccessibleName(notice.text)
        for place, button in enumerate(self._buttons):
            used = place < len(notice.actions)
            button.setVisible(used)
            button.set_caption(notice.actions[place] if used else "")
        self.restyle()
        if fresh:
            announce(self, notice.text)

    def restyle(self) -> None:
        """Space the strip and tint its icon."""
        px = self.look.px
        self._row.setContentsMargins(px(12), px(6), px(8), px(6))
        self._row.setSpacing(px(12))
        self.setMinimumHeight(px(48))
        if self._notice is not None:
            name = DEFAULT_ICONS.get(self._notice.kind, "info")
            self._icon.setPixmap(
                self.look.icon(name, self._ink(), px=ICON_PX, ratio=ratio_of(self)),
            )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the strip with the colour of its kind."""
        if self._notice is None:
            return
        painter = QPainter(self)
        neutral = self._notice.kind is ChipKind.NEUTRAL
        fill = self.look.colour("surface_2" if neutral else f"{self._notice.kind}_bg")
        paint_box(painter, self.rect(), Box(fill, self.look.px(RADIUS)))
        painter.end()

    def _ink(self) -> str:
        assert self._notice is not None
        return "muted" if self._notice.kind is ChipKind.NEUTRAL else str(self._notice.kind)

    def _make_button(self, place: int) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.SMALL, parent=self)
        button.clicked.connect(lambda _checked=False: self.action.emit(place))
        self._row.addWidget(button)
        return button
