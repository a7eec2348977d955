"""What the sheet of the filter holds: levels, last visits, tags, orders, and how many fit."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.members.view_model import FilterSheet
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

IN_A_ROW = 4


class FilterPage(Component):
    """The sheet's content."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.tiers, self.visits, self.tags, self.orders = (
            ChoiceGrid(look, name=name, columns=columns)
            for name, columns in (
                ("filterTier", IN_A_ROW),
                ("filterVisit", IN_A_ROW),
                ("filterTag", IN_A_ROW),
                ("filterOrder", 3),
            )
        )
        self._labels = [Text(role=Role.LABEL, tone="muted") for _ in range(4)]
        self._note = Text(role=Role.STRONG)
        self.clear = TouchButton(look, kind=Kind.SECONDARY)
        self.clear.setObjectName("clearFilter")
        self.done = TouchButton(look, kind=Kind.SECONDARY, icon="check")
        self.done.setObjectName("filterDone")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(GAP))
        for label, grid in zip(self._labels, self._grids, strict=True):
            rows.addWidget(label)
            rows.addWidget(grid)
        buttons = QHBoxLayout()
        buttons.addWidget(self._note, 1)
        buttons.addWidget(self.clear)
        buttons.addWidget(self.done)
        rows.addLayout(buttons)
        self.retranslate()

    @property
    def _grids(self) -> tuple[ChoiceGrid, ...]:
        return self.tiers, self.visits, self.tags, self.orders

    def draw(self, sheet: FilterSheet, *, note: str, filtered: bool) -> None:
        """Show what can be chosen, and how many fit."""
        choices = (sheet.tiers, sheet.visits, sheet.tags, sheet.orders)
        for label, grid, shown in zip(self._labels, self._grids, choices, strict=True):
            grid.draw(shown)
            for part in (label, grid):
                part.setVisible(bool(shown))
        self._note.setText(note if filtered else "")
        self.clear.setEnabled(filtered)

    def retranslate(self) -> None:
        """Name the rows and the buttons."""
        names = (self.tr("等级"), self.tr("上次到店"), self.tr("标签"), self.tr("排序"))
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        self.clear.set_caption(self.tr("不筛选"))
        self.done.set_caption(self.tr("看名单"))
