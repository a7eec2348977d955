"""The enrolment's form: the phone, three things that may be left out, and the two boxes."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.screens.enroll.state import Choice, EnrollState
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, TARGET_MIN, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.component import Card, Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

CHOICE_HEIGHT = 56
TITLE_WIDTH = 96
MONTHS = 12


class EnrollForm(Component):
    """The left column."""

    def __init__(self, look: Look) -> None:
        """Build it empty."""
        super().__init__(look)
        self.phone = AmountField(look)
        self.phone.setObjectName("phone")
        self.name = QLineEdit()
        self.name.setObjectName("name")
        self.titles = Choices(look, "title", count=2, width=TITLE_WIDTH)
        self.months = Choices(look, "month", count=MONTHS, columns=MONTHS, height=TARGET_MIN)
        self.sources = Choices(look, "source", count=4)
        self.consent = ConsentCard(look)
        self._labels = [Text(role=Role.LABEL, tone="muted") for _ in range(3)]
        who = QHBoxLayout()
        who.setSpacing(look.px(GAP))
        who.addWidget(self.titles)
        who.addWidget(self.name, 1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.phone)
        self._rows.addWidget(self._labels[0])
        self._rows.addLayout(who)
        for label, choices in ((self._labels[1], self.months), (self._labels[2], self.sources)):
            self._rows.addWidget(label)
            self._rows.addWidget(choices)
        self._rows.addStretch(1)
        self._rows.addWidget(self.consent)
        self.retranslate()
        self.restyle()

    def draw(self, state: EnrollState) -> None:
        """Show a state."""
        self.phone.show_entry(state.phone)
        self.titles.draw(state.salutations)
        self.months.draw(state.months)
        self.sources.draw(state.sources)
        if self.name.text() != state.name:
            self.name.setText(state.name)
        self.consent.draw(state)

    def retranslate(self) -> None:
        """Name the fields."""
        labels = (self.tr("称呼（可不填）"), self.tr("生日月（可不填）"), self.tr("来源"))
        for label, text in zip(self._labels, labels, strict=True):
            label.setText(text)
        self.name.setPlaceholderText(self.tr("姓名，可不填"))
        self.name.setAccessibleName(self.tr("姓名"))

    def restyle(self) -> None:
        """Space the form by the scale."""
        self._rows.setSpacing(self.look.px(GAP))
        self.name.setMinimumHeight(self.look.px(CHOICE_HEIGHT))


class ConsentCard(Card):
    """What is said to the customer, and the two boxes."""

    def __init__(self, look: Look) -> None:
        """Build it with both boxes off."""
        super().__init__(look)
        self.marketing = QCheckBox()
        self.marketing.setObjectName("marketing")
        self.under_age = QCheckBox()
        self.under_age.setObjectName("underAge")
        self._words = Text(role=Role.STRONG, wrap=True)
        self._rows = QVBoxLayout(self)
        for part in (self._words, self.marketing, self.under_age):
            self._rows.addWidget(part)
        self.retranslate()
        self.restyle()

    def draw(self, state: EnrollState) -> None:
        """Show a state."""
        self._words.setText(state.words_to_say)
        for box, on in ((self.marketing, state.marketing), (self.under_age, state.under_age)):
            box.setChecked(on)

    def retranslate(self) -> None:
        """Name the boxes."""
        self.marketing.setText(self.tr("同意接收优惠短信（单独同意，默认不勾）"))
        self.under_age.setText(self.tr("未满 14 周岁：需监护人同意，转店长"))

    def restyle(self) -> None:
        """Space the card by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(16), px(12), px(16), px(8))
        self._rows.setSpacing(px(4))


class Choices(Component):
    """Buttons of which one may be on; they are called by a name and their place."""

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        count: int,
        columns: int = 4,
        width: int = TARGET_MIN,
        height: int = CHOICE_HEIGHT,
    ) -> None:
        """Build so many buttons, at least `width` pixels wide at 100 %."""
        super().__init__(look)
        self._width = width
        self._height = height
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._buttons = [TouchButton(look, kind=Kind.CHOICE) for _ in range(count)]
        for place, button in enumerate(self._buttons):
            button.setObjectName(f"{name}{place}")
        self.set_columns(columns)
        self.restyle()

    def on_choose(self, chosen: Callable[[int], None]) -> None:
        """Call this with the place of the button that is tapped."""
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked=False, place=place: chosen(place))

    def draw(self, choices: tuple[Choice, ...]) -> None:
        """Show the words and which one is on."""
        for button, choice in zip(self._buttons, choices, strict=True):
            button.set_caption(choice.text)
            button.setChecked(choice.on)

    def set_columns(self, columns: int) -> None:
        """Lay the buttons out in rows of so many."""
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)

    def restyle(self) -> None:
        """Give the buttons their size."""
        self._grid.setSpacing(self.look.px(GAP))
        for button in self._buttons:
            button.setFixedHeight(self.look.px(self._height))
            button.setMinimumWidth(self.look.px(self._width))
