"""The two columns of the counter: who and how much at the left, keys and confirm at the right.

Where the amount stands never changes: the finder takes the very place of the member's card.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.screens.counter.extras_row import ExtrasRow
from desktop.screens.counter.state import CounterState, Field, QuickChip, Welcome
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Card, Component
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.keypad import Key, Keypad
from desktop.widgets.letter_pad import LetterPad
from desktop.widgets.member_card import MemberCard
from desktop.widgets.qr_view import QrView
from desktop.widgets.result_list import ResultList
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton
from desktop.widgets.undo_bar import UndoBar

COLUMN_GAP = 12
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR, Key.MEMBER, Key.LETTERS)
CHIPS_MAX = 3
TALL_FROM = 800
CARD_HEIGHT = 176
DIGITS_KEY_HEIGHT = 52  # and 4 px for what rounding takes at other scales


class WhoPlace(Component):
    """The finder, or the card of the member who is attached: one place, one height."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start at the finder."""
        super().__init__(look, parent)
        self.finder = AmountField(look)
        self.finder.setObjectName("finder")
        self.enroll = TouchButton(look, icon="user-plus")
        self.enroll.setObjectName("enroll")
        self.card = MemberCard(look)
        self.card.setObjectName("memberCard")
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.finder)
        rows.addWidget(self.enroll)
        rows.addStretch(1)
        self._rows = rows
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.card)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.retranslate()
        self.restyle()

    def draw(self, state: CounterState) -> None:
        """Show who it is, or what is typed to find him."""
        self.finder.show_entry(state.finder)
        if state.member is not None:
            self.card.show_member(state.member)
        self._stack.setCurrentIndex(0 if state.member is None else 1)

    def retranslate(self) -> None:
        """Name the button."""
        self.enroll.set_caption(self.tr("新会员入会"), name=self.tr("新会员入会（F3）"))

    def restyle(self) -> None:
        """Keep one height for both."""
        self._rows.setSpacing(self.look.px(COLUMN_GAP))
        self._stack.setFixedHeight(self.look.px(CARD_HEIGHT))


class SaleColumn(Component):
    """The left column: who, how much, what it gives, what was sold last."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.who = WhoPlace(look)
        self.amount = AmountField(look)
        self.amount.setObjectName("amount")
        self.results = ResultList(look)
        self.results.setObjectName("results")
        self._note = Text(role=Role.LABEL, tone="muted")
        self.benefits = BenefitList(look)
        self.why = TouchButton(look, kind=Kind.QUIET, icon="circle-question-mark")
        self.why.setObjectName("why")
        self.notice = Banner(look)
        self.notice.setObjectName("notice")
        self.goods = TouchButton(look, kind=Kind.SMALL, icon="package-plus")
        self.goods.setObjectName("addGoods")
        self.undo_bar = UndoBar(look)
        self.undo_bar.undo.setObjectName("undo")
        self._empty = EmptyState(look)
        self._middle = QStackedWidget()
        self.welcome = WelcomePanel(look)
        for page in (self._empty, self._found_page(), self._sale_page(), self.welcome):
            self._middle.addWidget(page)
        self._rows = QVBoxLayout(self)
        self._build()
        self.retranslate()
        self.restyle()

    def draw(self, state: CounterState) -> None:
        """Show the sale so far."""
        self.who.draw(state)
        self.amount.show_entry(state.amount)
        self.results.show_rows(state.results)
        self._note.setText(state.results_note)
        self.benefits.show_rows(state.benefits)
        self.benefits.setVisible(bool(state.benefits))
        if state.welcome is not None:
            self.welcome.draw(state.welcome)
        self.why.set_caption(state.why.title)
        self.why.setVisible(bool(state.why.title))
        self.goods.set_caption(state.goods)
        self.goods.setVisible(bool(state.goods))
        self.notice.show_notice(state.notice)
        self.undo_bar.show_last(state.last)
        self._middle.setCurrentIndex(self._page_of(state))

    def retranslate(self) -> None:
        """Say what an empty counter waits for."""
        self._empty.show_words(
            self.tr("请扫会员码，或输入手机号 / 后四位"),
            self.tr("没有会员也能收银：点一下金额"),
            icon="scan-line",
        )

    def restyle(self) -> None:
        """Space the column by the scale."""
        self._rows.setSpacing(self.look.px(COLUMN_GAP))

    def _build(self) -> None:
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.who)
        self._rows.addWidget(self.amount)
        self._rows.addWidget(self._middle, 1)
        below = QHBoxLayout()
        below.addWidget(self.why)
        below.addStretch(1)
        below.addWidget(self.goods)
        self._rows.addLayout(below)
        self._rows.addWidget(self.notice)
        self._rows.addWidget(self.undo_bar)

    def _page_of(self, state: CounterState) -> int:
        if state.results:
            return 1
        if state.welcome is not None:
            return 3
        return 2 if state.benefits else 0

    def _found_page(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self.look.px(4))
        rows.addWidget(self.results, 1)
        rows.addWidget(self._note)
        return page

    def _sale_page(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.benefits)
        rows.addStretch(1)
        return page


class WelcomePanel(Card):
    """The code of a member who has just been enrolled, beside what to do with it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it without a code."""
        super().__init__(look, parent)
        self._code = QrView(look)
        self._title = Text(role=Role.STRONG, wrap=True)
        self._number = Text(role=Role.TITLE)
        self.save = TouchButton(look, icon="download")
        self.save.setObjectName("saveCard")
        self.print_code = TouchButton(look, icon="printer")
        self.print_code.setObjectName("printCode")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        row.setSpacing(look.px(24))
        row.addWidget(self._code)
        words = QVBoxLayout()
        words.setSpacing(look.px(8))
        words.addStretch(1)
        for part in (self._title, self._number, self.save, self.print_code):
            words.addWidget(part)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.retranslate()

    def draw(self, welcome: Welcome) -> None:
        """Show a newcomer's code."""
        self._code.show_code(welcome.code, name=self.tr("会员码"))
        self._title.setText(welcome.title)
        self._number.setText(welcome.number)
        self.save.setVisible(welcome.can_save)
        self.print_code.setVisible(welcome.can_print)

    def retranslate(self) -> None:
        """Name the button."""
        self.save.set_caption(self.tr("存会员码 PDF"))
        self.print_code.set_caption(self.tr("打印会员码"))


class KeyColumn(Component):
    """The right column: digits or letters, quick chips, and the one confirm button.

    Signals:
        key: a key of either pad.
        chip: which of the chips was tapped, from 0, counted as the state does.
    """

    key = Signal(str)
    chip = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it at the digits."""
        super().__init__(look, parent)
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.letters = LetterPad(look)
        self.digits_key = TouchButton(look, icon="keyboard")
        self.digits_key.setObjectName("digits")
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirm")
        self._chips = [self._make_chip(place) for place in range(CHIPS_MAX)]
        self.extras = ExtrasRow(look)
        self._hint = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._pads = QStackedWidget()
        self._pads.addWidget(self.keypad)
        self._pads.addWidget(self._letter_page())
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._pads)
        for chip in self._chips:
            self._rows.addWidget(chip)
        self._rows.addWidget(self.extras)
        self._rows.addStretch(1)
        self._rows.addWidget(self._hint)
        self._rows.addWidget(self.confirm)
        self.keypad.key.connect(self._on_key)
        self.letters.key.connect(self.key)
        self.digits_key.clicked.connect(self.show_digits)
        self.retranslate()
        self.restyle()

    def draw(self, state: CounterState) -> None:
        """Show the chips and what confirm would do."""
        self.keypad.set_point(state.at is Field.AMOUNT)
        if state.at is Field.AMOUNT:
            self.show_digits()
        for place, button in enumerate(self._chips):
            self._draw_chip(button, self._chip_at(state.chips, place))
        self.extras.draw(state.extras)
        self._hint.setVisible(not (state.extras.any and state.chips))
        self.confirm.set_caption(state.confirm.text)
        self.confirm.set_caution(state.confirm.caution)
        self.confirm.setEnabled(state.confirm.usable)

    def press_first_chip(self) -> None:
        """Tap the first of the chips, if it is there and may be tapped."""
        first = self._chips[0]
        if first.isVisible() and first.isEnabled():
            first.click()

    def show_digits(self) -> None:
        """Turn back to the keypad."""
        self._pads.setCurrentIndex(0)

    def show_letters(self) -> None:
        """Turn to the letters."""
        self._pads.setCurrentIndex(1)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self._pads.setFixedWidth(self.keypad.sizeHint().width())
        self.extras.setFixedWidth(self.keypad.sizeHint().width())

    def retranslate(self) -> None:
        """Name what has words of its own."""
        self.digits_key.set_caption(self.tr("数字键盘"))
        self._hint.setText(self.tr("随时可扫会员码。F2 找会员·F3 入会·Ctrl+Z 撤销"))

    def restyle(self) -> None:
        """Space the column by the scale."""
        self._rows.setSpacing(self.look.px(GAP))
        self._letters_rows.setSpacing(self.look.px(GAP))
        self.digits_key.setFixedHeight(self.look.px(DIGITS_KEY_HEIGHT))
        self._pads.setFixedSize(self.keypad.sizeHint())
        self.extras.setFixedWidth(self.keypad.sizeHint().width())

    def _on_key(self, key: str) -> None:
        if key == Key.LETTERS:
            self.show_letters()
            self.key.emit(str(Key.MEMBER))
            return
        self.key.emit(key)

    def _chip_at(self, chips: tuple[QuickChip, ...], place: int) -> QuickChip | None:
        if place >= len(chips) or (place == 1 and len(chips) > place + 1 and not self._tall()):
            return None
        return chips[place]

    def _tall(self) -> bool:
        return self.height() >= self.look.px(TALL_FROM)

    def _draw_chip(self, button: TouchButton, chip: QuickChip | None) -> None:
        button.setVisible(chip is not None)
        if chip is not None:
            button.set_caption(chip.text)
            button.setEnabled(chip.usable)
            button.setChecked(chip.on)

    def _make_chip(self, place: int) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.CHOICE, parent=self)
        button.setObjectName(f"chip{place}")
        button.clicked.connect(lambda _checked=False: self.chip.emit(place))
        return button

    def _letter_page(self) -> QWidget:
        page = QWidget()
        self._letters_rows = rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.letters)
        row = QHBoxLayout()
        row.addWidget(self.digits_key, 1, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(row)
        rows.addStretch(1)
        return page
