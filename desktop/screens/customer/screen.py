"""The customer's screen: big, few words, nothing that the person behind him may not read.

It draws a state and forwards touches; it decides nothing.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.screens.customer.state import CustomerState, Stage
from desktop.screens.customer.view_model import CustomerViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField, Entry
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Card, Component
from desktop.widgets.keypad import Key, Keypad
from desktop.widgets.qr_view import QrView
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 32
CODE_MM = 45
COLUMN_WIDTH = 560
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)


class CustomerScreen(Component):
    """One page for what is told, one for what is asked, one for what he types."""

    def __init__(
        self, look: Look, view_model: CustomerViewModel, parent: QWidget | None = None
    ) -> None:
        """Build it idle and connect each touch to one verb."""
        super().__init__(look, parent)
        self._shop = Text(role=Role.TITLE, tone="muted")
        self.told = TellingPage(look)
        self.consent = ConsentPage(look)
        self.typing = TypingPage(look)
        self._pages = QStackedWidget()
        for page in (self.told, self.consent, self.typing):
            self._pages.addWidget(page)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self._shop, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addWidget(self._pages, 1)
        view_model.changed.connect(self.draw)
        self.told.phone.clicked.connect(view_model.begin_phone)
        self.consent.answered.connect(self._answer)
        self.typing.keypad.key.connect(view_model.press)
        self.typing.back.clicked.connect(view_model.cancel)
        self._view_model = view_model
        self.retranslate()
        self.restyle()

    def draw(self, state: CustomerState) -> None:
        """Show a state."""
        self._shop.setText(state.shop)
        if state.question is not None:
            self.consent.draw(state)
            self._pages.setCurrentWidget(self.consent)
        elif state.entry is not None:
            self.typing.draw(state, state.entry)
            self._pages.setCurrentWidget(self.typing)
        else:
            self.told.draw(state)
            self._pages.setCurrentWidget(self.told)

    def retranslate(self) -> None:
        """Ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("顾客屏"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px(MARGIN)
        self._rows.setContentsMargins(px, px, px, px)
        self._rows.setSpacing(self.look.px(16))

    def _answer(self, agreed: bool, marketing: bool) -> None:  # noqa: FBT001  as the signal says it
        if agreed:
            self._view_model.agree(marketing=marketing)
        else:
            self._view_model.decline()


class TellingPage(Component):
    """What the customer is told: the sale as it grows, thanks, his code, or that he is welcome."""

    def __init__(self, look: Look) -> None:
        """Build it empty."""
        super().__init__(look)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = Text(role=Role.AMOUNT, wrap=True)
        self._detail = Text(role=Role.TITLE, tone="muted", wrap=True)
        self._figure = Text(role=Role.AMOUNT, tone="points")
        self._rows = BenefitList(look)
        self._code = QrView(look)
        self.phone = TouchButton(look, kind=Kind.PRIMARY, icon="phone")
        self.phone.setObjectName("ownPhone")
        column = QVBoxLayout(self)
        column.setSpacing(look.px(24))
        column.addStretch(1)
        for text in (self._title, self._detail, self._figure):
            text.setAlignment(centre)
            column.addWidget(text)
        for part in (self._rows, self._code, self.phone):
            column.addWidget(part, 0, centre)
        column.addStretch(1)
        self.retranslate()
        self.restyle()

    def draw(self, state: CustomerState) -> None:
        """Show a state."""
        self._title.setText(state.title)
        self._title.setVisible(bool(state.title))
        self._detail.setText(state.detail)
        self._detail.setVisible(bool(state.detail))
        self._figure.setText(state.figure)
        self._figure.setVisible(bool(state.figure))
        self._rows.show_rows(state.rows)
        self._rows.setVisible(bool(state.rows))
        self._code.setVisible(state.stage is Stage.CODE)
        if state.stage is Stage.CODE:
            self._code.show_code(state.code, name=self.tr("会员码"), mm=CODE_MM)
        self.phone.setVisible(state.may_type_phone)

    def retranslate(self) -> None:
        """Name the button."""
        self.phone.set_caption(self.tr("输入手机号"))

    def restyle(self) -> None:
        """Give rows and button their width."""
        self._rows.setFixedWidth(self.look.px(COLUMN_WIDTH))
        self.phone.setFixedWidth(self.look.px(COLUMN_WIDTH))


class ConsentPage(Component):
    """What he is asked when he joins, in the words that are kept with his answer.

    Signals:
        answered: yes or no to membership, and whether he wants offers.
    """

    answered = Signal(bool, bool)

    def __init__(self, look: Look) -> None:
        """Build it without a question."""
        super().__init__(look)
        self._title = Text(role=Role.AMOUNT)
        self._phone = Text(role=Role.POINTS, tone="muted")
        self._words = Text(role=Role.TITLE, wrap=True)
        self._rights = Text(role=Role.BODY, tone="muted", wrap=True)
        self.marketing = QCheckBox()
        self.marketing.setObjectName("customerMarketing")
        self._said = Text(role=Role.TITLE, tone="ok", wrap=True)
        self.yes = TouchButton(look, kind=Kind.PRIMARY, icon="check")
        self.yes.setObjectName("customerAgrees")
        self.no = TouchButton(look, kind=Kind.SECONDARY)
        self.no.setObjectName("customerDeclines")
        self.yes.clicked.connect(lambda _=False: self.answered.emit(True, self._offers))
        self.no.clicked.connect(lambda _=False: self.answered.emit(False, False))
        self._build()
        self.retranslate()

    @property
    def _offers(self) -> bool:
        return self.marketing.isChecked()

    def draw(self, state: CustomerState) -> None:
        """Show the question, or what he answered."""
        question = state.question
        assert question is not None, "somebody is asked"
        fresh = self._phone.text() != question.phone
        self._title.setText(state.title)
        self._phone.setText(question.phone)
        self._words.setText(question.words)
        if fresh or question.answer is not None:
            self.marketing.setChecked(question.marketing)
        said = ""
        if question.answer is not None:
            yes = self.tr("您已同意，请稍候。改主意可以再选")
            said = yes if question.answer else self.tr("您选了不同意，不会登记。改主意可以再选")
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def _build(self) -> None:
        look = self.look
        card = Card(look)
        words = QVBoxLayout(card)
        words.setSpacing(look.px(16))
        for part in (self._phone, self._words, self._rights, self.marketing):
            words.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(16))
        buttons.addWidget(self.no, 1)
        buttons.addWidget(self.yes, 2)
        column = QVBoxLayout(self)
        column.setSpacing(look.px(16))
        column.addStretch(1)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(card)
        column.addWidget(self._said)
        column.addLayout(buttons)
        column.addStretch(1)

    def retranslate(self) -> None:
        """Name what has words of its own."""
        self._rights.setText(
            self.tr("只登记手机号，称呼和生日自愿。可以查看、更正、注销，随时对收银员说一声。")
        )
        self.marketing.setText(self.tr("愿意收优惠短信（可不选，不影响积分）"))
        self.yes.set_caption(self.tr("我同意"))
        self.no.set_caption(self.tr("不同意"))


class TypingPage(Component):
    """A field and a pad for what the customer types himself."""

    def __init__(self, look: Look) -> None:
        """Build it empty."""
        super().__init__(look)
        self._title = Text(role=Role.POINTS, wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._field = AmountField(look)
        self._field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._detail = Text(role=Role.TITLE, tone="error")
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.keypad.set_point(False)
        self.back = TouchButton(look, kind=Kind.SECONDARY, icon="arrow-left")
        self.back.setObjectName("customerBack")
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(look.px(GAP))
        column.addWidget(self._title)
        for part in (self._field, self._detail, self.keypad, self.back):
            column.addWidget(part, 0, centre)
        column.addStretch(1)
        self.retranslate()
        self.restyle()

    def draw(self, state: CustomerState, entry: Entry) -> None:
        """Show what was typed so far."""
        self._title.setText(state.title)
        self._field.show_entry(entry)
        self._detail.setText(state.detail)
        self._detail.setVisible(bool(state.detail))

    def retranslate(self) -> None:
        """Name the way back."""
        self.back.set_caption(self.tr("返回"))

    def restyle(self) -> None:
        """Let field and button be as wide as the pad."""
        width = self.keypad.sizeHint().width()
        self._field.setFixedWidth(width)
        self.back.setFixedWidth(width)
