"""How many: minus, a figure of the most, plus; each button as wide as a finger."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.component import Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

BUTTON_WIDTH = 56
FIGURE_WIDTH = 96


class Stepper(Component):
    """A count between 0 and the most.

    Signals:
        stepped: the count that is asked for.
    """

    stepped = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start at 0 of 0."""
        super().__init__(look, parent)
        self._count = self._most = 0
        self._of = ""
        self.less = TouchButton(look, kind=Kind.SMALL, icon="minus")
        self.more = TouchButton(look, kind=Kind.SMALL, icon="plus")
        self._figure = Text(role=Role.STRONG)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.less.clicked.connect(lambda _checked=False: self.stepped.emit(self._count - 1))
        self.more.clicked.connect(lambda _checked=False: self.stepped.emit(self._count + 1))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (self.less, self._figure, self.more):
            self._row.addWidget(part)
        self.retranslate()
        self.restyle()

    def show_count(self, count: int, *, most: int, of: str) -> None:
        """Show a count; `of` is what is counted, for those who cannot see it."""
        self._count, self._most, self._of = count, most, of
        self._figure.setText(f"{count} / {most}")
        self.less.setEnabled(count > 0)
        self.more.setEnabled(count < most)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the buttons."""
        self.setAccessibleName(f"{self._of} {self._count} / {self._most}".strip())
        self.less.set_caption("", name=self.tr("少退一件 {of}").format(of=self._of))
        self.more.set_caption("", name=self.tr("多退一件 {of}").format(of=self._of))

    def restyle(self) -> None:
        """Take the sizes of the scale."""
        px = self.look.px
        self._row.setSpacing(px(GAP))
        self._figure.setFixedWidth(px(FIGURE_WIDTH))
        for button in (self.less, self.more):
            button.setFixedWidth(px(BUTTON_WIDTH))
