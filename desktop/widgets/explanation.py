"""Sentences that explain a figure: what counted, and below it, muted, what gave nothing.

It scrolls, for a program may have forty rules; the sentences are plain text.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.component import Component
from desktop.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a figure is what it is; `title` is the question, such as 为什么是 37 分."""

    title: str = ""
    counted: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


class ExplanationList(Component):
    """The answer; the question stands over it, unless who shows it has a title of his own."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, titled: bool = True) -> None:
        """Start without sentences."""
        super().__init__(look, parent)
        self._titled = titled
        self._title = Text(role=Role.STRONG, wrap=True)
        self._counted = Text(role=Role.BODY, wrap=True)
        self._why_not = Text(role=Role.LABEL, tone="muted")
        self._withheld = Text(role=Role.LABEL, tone="muted", wrap=True)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, self._counted, self._why_not, self._withheld):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._area)
        self.retranslate()
        self.restyle()

    def show_explanation(self, explanation: Explanation) -> None:
        """Show these sentences and no others."""
        self._title.setText(explanation.title)
        self._title.setVisible(self._titled and bool(explanation.title))
        self._counted.setText("\n".join(explanation.counted))
        self._counted.setVisible(bool(explanation.counted))
        self._withheld.setText("\n".join(explanation.withheld))
        for part in (self._why_not, self._withheld):
            part.setVisible(bool(explanation.withheld))
        self.setAccessibleName(explanation.title)
        self.setAccessibleDescription("\n".join((*explanation.counted, *explanation.withheld)))

    def retranslate(self) -> None:
        """Name what gave nothing."""
        self._why_not.setText(self.tr("没有给的"))

    def restyle(self) -> None:
        """Space the sentences by the scale."""
        self._rows.setSpacing(self.look.px(GAP))
