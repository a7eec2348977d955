"""What the sheet of an act holds: lines to type, reasons, people, a PIN, one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.screens.member.state import ActState, FieldRow
from desktop.theme.focus_ring import OWN_FOCUS
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, ROW_HEIGHT, TARGET_MIN, Role
from desktop.widgets.banner import Banner
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.keypad import ENTER
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.result_list import ResultList
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

CHOICES_IN_A_ROW = 3


class ActPage(Component):
    """The sheet's content.

    Signals:
        written: a line's name and its text, as it is typed.
    """

    written = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.setProperty(OWN_FOCUS, True)  # the keyboard waits here for Enter, nothing is drawn
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._intro = Text(role=Role.BODY, tone="muted", wrap=True)
        self.lines = Lines(look)
        self.lines.written.connect(self.written)
        self.lines.entered.connect(self._enter)
        self.genders = ChoiceGrid(look, name="actGender", columns=CHOICES_IN_A_ROW)
        self.reasons = ChoiceGrid(look, name="actReason", columns=CHOICES_IN_A_ROW)
        self.candidates = ResultList(look)
        self.candidates.setObjectName("actCandidates")
        self._prompt = Text(role=Role.BODY, wrap=True)
        self.approvers = ChoiceGrid(look, name="actApprover", columns=CHOICES_IN_A_ROW)
        self.pin = PinPad(look)
        self._notice = Banner(look)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmAct")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(look.px(GAP))
        for part in (self._intro, self.lines, self.genders, self.reasons, self.candidates):
            self._rows.addWidget(part)
        for part in (self._prompt, self.approvers):
            self._rows.addWidget(part)
        self._rows.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addWidget(self._notice)
        self._rows.addWidget(self.confirm)

    def draw(self, state: ActState) -> None:
        """Show a state."""
        self._intro.setText(state.intro)
        self.lines.draw(state.fields)
        for grid, choices in (
            (self.genders, state.genders),
            (self.reasons, state.reasons),
            (self.approvers, state.approvers),
        ):
            grid.draw(choices)
            grid.setVisible(bool(choices))
        self.candidates.show_rows(state.candidates, current=state.current)
        if state.current < 0:
            self.candidates.clearSelection()
        self.candidates.setVisible(bool(state.candidates))
        self.candidates.setFixedHeight(len(state.candidates) * self.look.px(ROW_HEIGHT) + 2)
        self._prompt.setText(state.prompt)
        self._prompt.setVisible(bool(state.prompt))
        turned = state.asks_pin == self.pin.isHidden()
        self.pin.setVisible(state.asks_pin)
        if turned and state.asks_pin:
            self.pin.setFocus()
        elif turned:
            self.take_keyboard()
        self._notice.show_notice(state.notice)
        asking = state.asks_pin or bool(state.prompt)
        self.confirm.setVisible(not asking)
        self.confirm.set_caption(state.confirm)
        self.confirm.set_caution(state.danger and state.usable)
        self.confirm.setEnabled(state.usable)

    def take_keyboard(self) -> None:
        """Let the first line take what is typed; without one Enter is the button's."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.lines.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button with Enter; every other key is the sheet's."""
        if event.key() in ENTER:
            self._enter()
            return
        super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.confirm.isVisible() and self.confirm.isEnabled():
            self.confirm.activate()


class Lines(Component):
    """Labelled lines to type into; made once for each name and kept.

    Signals:
        written: a line's name and its text.
        entered: Enter was pressed in one of them.
    """

    written = Signal(str, str)
    entered = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start without lines."""
        super().__init__(look, parent)
        self._lines: dict[str, tuple[Text, QLineEdit]] = {}
        self._shown: tuple[FieldRow, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(GAP))
        self._grid.setColumnStretch(1, 1)

    def draw(self, rows: tuple[FieldRow, ...]) -> None:
        """Show these lines and no others."""
        self._shown = rows
        names = {row.name for row in rows}
        for name, (label, line) in self._lines.items():
            label.setVisible(name in names)
            line.setVisible(name in names)
        for row in rows:
            label, line = self._line(row.name)
            label.setText(row.label)
            line.setAccessibleName(row.label)
            line.setPlaceholderText(row.hint)
            if line.text() != row.text:
                line.setText(row.text)
        self.setVisible(bool(rows))

    def take_keyboard(self) -> None:
        """Give the keyboard to the first line."""
        if self._shown:
            self._line(self._shown[0].name)[1].setFocus(Qt.FocusReason.PopupFocusReason)

    def _line(self, name: str) -> tuple[Text, QLineEdit]:
        if name not in self._lines:
            label, line = Text(role=Role.LABEL, tone="muted"), QLineEdit()
            line.setObjectName(f"act_{name}")
            line.setMinimumHeight(self.look.px(TARGET_MIN))
            line.textEdited.connect(lambda text: self.written.emit(name, text))
            line.returnPressed.connect(self.entered)
            row = len(self._lines)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(line, row, 1)
            self._lines[name] = (label, line)
            label.show()
            line.show()
        return self._lines[name]
