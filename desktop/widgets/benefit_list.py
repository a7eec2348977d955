"""What this sale gives and takes: a label and a figure per row, inside a card."""

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.component import Card
from desktop.widgets.text import Number, Text


@dataclass(frozen=True, slots=True)
class Benefit:
    """One row; the tone is a token such as ``points``, or empty."""

    label: str
    value: str
    tone: str = ""
    strong: bool = False


class BenefitList(Card):
    """Rows of label and figure; the rows are reused, so a key press makes no widget."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start without rows."""
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(0, 1)
        self._cells: list[tuple[Text, Number]] = []
        self.restyle()

    def show_rows(self, rows: tuple[Benefit, ...]) -> None:
        """Show these rows and no others."""
        while len(self._cells) < len(rows):
            self._add_row()
        for place, (label, value) in enumerate(self._cells):
            used = place < len(rows)
            label.setVisible(used)
            value.setVisible(used)
            if used:
                label.setText(rows[place].label)
                value.setText(rows[place].value)
                value.set_tone(rows[place].tone)
                value.set_role(Role.STRONG if rows[place].strong else Role.BODY)
                value.setAccessibleName(f"{rows[place].label} {rows[place].value}")

    def restyle(self) -> None:
        """Space the rows by the scale."""
        px = self.look.px
        self._grid.setContentsMargins(px(16), px(10), px(16), px(10))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(4))

    def _add_row(self) -> None:
        row = len(self._cells)
        pair = (Text(role=Role.LABEL, tone="muted"), Number(role=Role.BODY))
        self._grid.addWidget(pair[0], row, 0)
        self._grid.addWidget(pair[1], row, 1)
        self._cells.append(pair)
