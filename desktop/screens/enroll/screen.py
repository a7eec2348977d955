"""The enrolment's screen: the form at the left, keypad and the one button at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.screens.enroll.state import Choice, EnrollState
from desktop.screens.enroll.view_model import EnrollViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.banner import Banner
from desktop.widgets.component import Card, Component
from desktop.widgets.keypad import Key, Keypad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)
MONTH_HEIGHT = 56
EDITING: dict[int, Key] = {
    Qt.Key.Key_Backspace: Key.BACKSPACE,
    Qt.Key.Key_Delete: Key.CLEAR,
}
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class EnrollScreen(Component):
    """Wireframe B: phone, three things that may be left out, consent."""

    def __init__(
        self, look: Look, view_model: EnrollViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the form and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self._line = Text(role=Role.LABEL, tone="muted")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("back")
        self.phone = AmountField(look)
        self.phone.setObjectName("phone")
        self.name = QLineEdit()
        self.name.setObjectName("name")
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmEnroll")
        self.marketing = QCheckBox()
        self.marketing.setObjectName("marketing")
        self.under_age = QCheckBox()
        self.under_age.setObjectName("underAge")
        self._words = Text(role=Role.STRONG, wrap=True)
        self._after = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._notice = Banner(look)
        self._salutations = Choices(look, "title", view_model.choose_title, count=2)
        self._months = Choices(look, "month", view_model.choose_month, count=12, columns=12)
        self._sources = Choices(look, "source", view_model.choose_source, count=4)
        self._labels = [Text(role=Role.LABEL, tone="muted") for _ in range(3)]
        self._columns = QHBoxLayout()
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: EnrollState) -> None:
        """Show a state."""
        self._line.setText(state.line)
        self.phone.show_entry(state.phone)
        self._salutations.draw(state.salutations)
        self._months.draw(state.months)
        self._sources.draw(state.sources)
        if self.name.text() != state.name:
            self.name.setText(state.name)
        self._words.setText(state.words_to_say)
        for box, on in ((self.marketing, state.marketing), (self.under_age, state.under_age)):
            box.setChecked(on)
        self.confirm.set_caption(state.confirm)
        self.confirm.setEnabled(state.usable)
        self._notice.show_notice(state.notice)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self._months.set_columns(6 if compact else 12)

    def retranslate(self) -> None:
        """Name the fields and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("新会员入会"))
        self._title.setText(self.tr("新会员入会"))
        self.back.set_caption(self.tr("取消"), name=self.tr("取消入会（Esc）"))
        labels = (self.tr("称呼（可不填）"), self.tr("生日月（可不填）"), self.tr("来源"))
        for label, text in zip(self._labels, labels, strict=True):
            label.setText(text)
        self.name.setPlaceholderText(self.tr("姓名，可不填"))
        self.name.setAccessibleName(self.tr("姓名"))
        self.marketing.setText(self.tr("同意接收优惠短信（单独同意，默认不勾）"))
        self.under_age.setText(self.tr("未满 14 周岁：需监护人同意，转店长"))
        self._after.setText(self.tr("完成后自动带入收银台，不用重新查找"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the form by the scale."""
        px = self.look.px
        self._columns.setSpacing(px(MARGIN))
        self._left.setSpacing(px(GAP))
        self._right.setSpacing(px(GAP))
        self.confirm.setFixedWidth(self.keypad.sizeHint().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits for the phone; Enter confirms, Escape goes back."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self.confirm.activate()
        elif key == Qt.Key.Key_Escape:
            self._view_model.leave()
        elif key in EDITING:
            self._view_model.press(EDITING[Qt.Key(key)])
        elif text.isascii() and text.isdigit():
            self._view_model.press(text)
        else:
            super().keyPressEvent(event)

    def _connect(self, view_model: EnrollViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.keypad.key.connect(view_model.press)
        self.keypad.set_point(False)
        self.name.textEdited.connect(view_model.write_name)
        self.marketing.toggled.connect(view_model.set_marketing)
        self.under_age.toggled.connect(view_model.set_under_age)
        self.confirm.clicked.connect(view_model.confirm)
        self.back.clicked.connect(view_model.leave)
        self.phone.clicked.connect(self.setFocus)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._line, 1)
        head.addWidget(self.back)
        rows = QVBoxLayout(self)
        px = self.look.px(MARGIN)
        rows.setContentsMargins(px, px // 2, px, px)
        rows.addLayout(head)
        rows.addLayout(self._columns, 1)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right)
        self._build_form()
        for part in (self.keypad, self._notice):
            self._right.addWidget(part)
        self._right.addStretch(1)
        self._right.addWidget(self._after)
        self._right.addWidget(self.confirm)

    def _build_form(self) -> None:
        self._left.addWidget(self.phone)
        who = QHBoxLayout()
        who.addWidget(self._salutations)
        who.addWidget(self.name, 1)
        self._left.addWidget(self._labels[0])
        self._left.addLayout(who)
        for label, choices in (
            (self._labels[1], self._months),
            (self._labels[2], self._sources),
        ):
            self._left.addWidget(label)
            self._left.addWidget(choices)
        self._left.addStretch(1)
        card = Card(self.look)
        inside = QVBoxLayout(card)
        for part in (self._words, self.marketing, self.under_age):
            inside.addWidget(part)
        self._left.addWidget(card)


class Choices(Component):
    """A row of buttons of which one may be on."""

    def __init__(
        self,
        look: Look,
        name: str,
        chosen: Callable[[int], None],
        *,
        count: int,
        columns: int = 4,
    ) -> None:
        """Build so many buttons; they are called `name` and their place."""
        super().__init__(look)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(GAP))
        self._buttons = [self._make(name, place, chosen) for place in range(count)]
        self.set_columns(columns)

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
        """Give the buttons their height."""
        for button in self._buttons:
            button.setFixedHeight(self.look.px(MONTH_HEIGHT))

    def _make(self, name: str, place: int, chosen: Callable[[int], None]) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.CHOICE, parent=self)
        button.setObjectName(f"{name}{place}")
        button.setFixedHeight(self.look.px(MONTH_HEIGHT))
        button.clicked.connect(lambda _checked=False: chosen(place))
        return button
