"""The right half of status and conflicts: the line's figures, both sides, and the decision."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.screens.conflicts.state import Fact, OpenConflict
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.banner import Banner
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Card, Component
from desktop.widgets.text import Number, Text
from desktop.widgets.touch_button import Kind, TouchButton

FACTS_MAX = 4


class FactCard(Card):
    """One side: what and how much in a line, where and when under it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start without words."""
        super().__init__(look, parent)
        self._what = Text(role=Role.STRONG, wrap=True)
        self._figure = Number(role=Role.STRONG)
        self._where = Text(role=Role.LABEL, tone="muted", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._what, 1)
        head.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(head)
        self._rows.addWidget(self._where)
        self.restyle()

    def draw(self, fact: Fact) -> None:
        """Show a side."""
        self._what.setText(fact.what)
        self._figure.setText(fact.figure)
        self._where.setText(fact.where)
        self.setAccessibleName(f"{fact.what} {fact.figure} {fact.where}")

    def restyle(self) -> None:
        """Space the lines by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(16), px(10), px(16), px(10))
        self._rows.setSpacing(px(4))


class DecisionPanel(Component):
    """Why it is a conflict, both sides, the choices and the button."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start with nothing open."""
        super().__init__(look, parent)
        self._title = Text(role=Role.TITLE, wrap=True)
        self._why = Text(role=Role.BODY, wrap=True)
        self._who = Text(role=Role.STRONG, wrap=True)
        self.facts = [FactCard(look) for _ in range(FACTS_MAX)]
        self.choices = ChoiceGrid(look, name="conflictChoice", columns=1)
        self._question = Text(role=Role.STRONG)
        self._effect = Text(role=Role.BODY, tone="muted", wrap=True)
        self._asks = Banner(look)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmConflict")
        self._rows = QVBoxLayout(self)
        self._build()
        self.restyle()

    def draw(self, shown: OpenConflict) -> None:
        """Show a conflict."""
        self._title.setText(shown.title)
        self._why.setText(shown.why)
        self._who.setText(shown.who)
        self._who.setVisible(bool(shown.who))
        for place, card in enumerate(self.facts):
            card.setVisible(place < len(shown.facts))
            if place < len(shown.facts):
                card.draw(shown.facts[place])
        decision = shown.decision
        self.choices.draw(decision.choices)
        self.choices.setVisible(bool(decision.choices))
        self._question.setText(decision.title)
        self._question.setVisible(bool(decision.title))
        self._effect.setText(decision.effect)
        self._asks.show_notice(decision.asks)
        self.confirm.set_caption(decision.confirm)
        self.confirm.setEnabled(decision.usable)

    def restyle(self) -> None:
        """Space the panel by the scale."""
        self._rows.setSpacing(self.look.px(GAP))
        self._inside.setSpacing(self.look.px(GAP))

    def _build(self) -> None:
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        for part in (self._why, self._who, *self.facts):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._title)
        self._rows.addWidget(area, 1)
        below = (self._question, self.choices, self._effect, self._asks, self.confirm)
        for widget in below:
            self._rows.addWidget(widget)
