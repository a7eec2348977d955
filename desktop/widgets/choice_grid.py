"""A few things to choose from, each a button with its own name."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import GAP
from desktop.widgets.component import Component
from desktop.widgets.touch_button import Kind, TouchButton


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, and whether it is."""

    text: str
    on: bool


class ChoiceGrid(Component):
    """Buttons of which some are on.

    Signals:
        chosen: the place of the one touched, from 0.
    """

    chosen = Signal(int)

    def __init__(
        self, look: Look, *, name: str, columns: int, parent: QWidget | None = None
    ) -> None:
        """Start empty; the buttons are called by the name and their place."""
        super().__init__(look, parent)
        self._name, self._columns = name, columns
        self._buttons: list[TouchButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(GAP))

    def draw(self, choices: tuple[Choice, ...]) -> None:
        """Show these choices and no others."""
        while len(self._buttons) < len(choices):
            self._add()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(choices))
            if place < len(choices):
                button.set_caption(choices[place].text)
                button.setChecked(choices[place].on)

    def _add(self) -> None:
        place = len(self._buttons)
        button = TouchButton(self.look, kind=Kind.CHOICE)
        button.setObjectName(f"{self._name}{place}")
        button.clicked.connect(lambda _checked=False: self.chosen.emit(place))
        self._buttons.append(button)
        self._grid.addWidget(button, place // self._columns, place % self._columns)
