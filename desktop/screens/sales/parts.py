"""The right half of the sales' screen: a sale's figures, voiding it, attaching a member to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.screens.sales.state import Act, AttachState, Detail, VoidState
from desktop.theme.focus_ring import OWN_FOCUS
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, SECONDARY_HEIGHT, Role
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.result_list import ResultList
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

CHOICES_IN_A_ROW = 3


def show_act(button: TouchButton, act: Act) -> None:
    """Let a button say what it does, or why it cannot."""
    button.set_caption(act.text)
    button.setEnabled(act.usable)


class DetailPanel(Component):
    """A sale's figures, and what can be done with it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start with no sale."""
        super().__init__(look, parent)
        self._title = Text(role=Role.TITLE)
        self._goods = BenefitList(look)
        self.facts = BenefitList(look)
        self.facts.setObjectName("saleFacts")
        self.attach = TouchButton(look, kind=Kind.SECONDARY, icon="user-plus")
        self.attach.setObjectName("attachMember")
        self.void = TouchButton(look, kind=Kind.DANGER, icon="ban")
        self.void.setObjectName("voidSale")
        self.give_back = TouchButton(look, kind=Kind.PRIMARY)
        self.give_back.setObjectName("returnGoodsOfSale")
        self.reprint = TouchButton(look, kind=Kind.SMALL, icon="printer")
        self.reprint.setObjectName("reprintSale")
        self.reprint_return = TouchButton(look, kind=Kind.SMALL, icon="printer")
        self.reprint_return.setObjectName("reprintReturn")
        self._rows = QVBoxLayout(self)
        self._build()
        self.restyle()

    def draw(self, detail: Detail | None) -> None:
        """Show a sale; without one nothing but an empty column."""
        for part in (self._title, self._area, self.attach, self.void, self.give_back):
            part.setVisible(detail is not None)
        self.reprint.setVisible(detail is not None and detail.can_print)
        self.reprint.set_caption(self.tr("补打"), name=self.tr("补打这一笔的小票"))
        self.reprint_return.setVisible(detail is not None and detail.can_print_return)
        self.reprint_return.set_caption(self.tr("退货单"), name=self.tr("打印最近一次的退货单"))
        if detail is None:
            return
        self._title.setText(detail.title)
        self._goods.show_rows(detail.goods)
        self._goods.setVisible(bool(detail.goods))
        self.facts.show_rows(detail.facts)
        show_act(self.attach, detail.attach)
        show_act(self.void, detail.void)
        show_act(self.give_back, detail.give_back)

    def restyle(self) -> None:
        """Space the panel by the scale."""
        self._rows.setSpacing(self.look.px(GAP))

    def _build(self) -> None:
        inside = QWidget()
        facts = QVBoxLayout(inside)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.addWidget(self._goods)
        facts.addWidget(self.facts)
        facts.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        buttons = QHBoxLayout()
        buttons.addWidget(self.attach)
        buttons.addWidget(self.void)
        self._rows.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.reprint_return)
        head.addWidget(self.reprint)
        self._rows.addLayout(head)
        self._rows.addWidget(self._area, 1)
        self._rows.addLayout(buttons)
        self._rows.addWidget(self.give_back)


class PanelHead(Component):
    """A panel's title, and the way back from it.

    Signals:
        left: back to the sale's figures.
    """

    left = Signal()

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        """Name the way back for tests."""
        super().__init__(look, parent)
        self._title = Text(role=Role.TITLE)
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName(name)
        self.back.clicked.connect(lambda _checked=False: self.left.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title, 1)
        row.addWidget(self.back)
        self.retranslate()

    def show_title(self, title: str) -> None:
        """Say what the panel does."""
        self._title.setText(title)

    def retranslate(self) -> None:
        """Name the way back."""
        self.back.set_caption(self.tr("返回"), name=self.tr("返回这一笔（Esc）"))


class VoidPanel(Component):
    """Why, then who approves, then his PIN; or one button for those who may alone.

    Signals:
        left: nothing is voided.
    """

    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start with nothing asked."""
        super().__init__(look, parent)
        self.setProperty(OWN_FOCUS, True)  # the keyboard waits here for a PIN, nothing is drawn
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head = PanelHead(look, name="backFromVoid")
        self._head.left.connect(self.left)
        self.reasons = ChoiceGrid(look, name="voidReason", columns=CHOICES_IN_A_ROW)
        self._prompt = Text(role=Role.BODY, wrap=True)
        self.approvers = ChoiceGrid(look, name="approver", columns=CHOICES_IN_A_ROW)
        self.pin = PinPad(look)
        self._notice = Banner(look)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmVoid")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(GAP))
        for part in (self._head, self.reasons, self._prompt, self.approvers):
            rows.addWidget(part)
        rows.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)
        rows.addWidget(self._notice)
        rows.addWidget(self.confirm)

    def draw(self, state: VoidState) -> None:
        """Show a state."""
        self._head.show_title(state.title)
        self.reasons.draw(state.reasons)
        self._prompt.setText(state.prompt)
        self._prompt.setVisible(bool(state.prompt))
        self.approvers.draw(state.approvers)
        self.approvers.setVisible(bool(state.approvers))
        fresh = state.asks_pin and self.pin.isHidden()
        self.pin.setVisible(state.asks_pin)
        if fresh:
            self.pin.setFocus()
        self.confirm.setVisible(state.confirm is not None)
        if state.confirm is not None:
            show_act(self.confirm, state.confirm)
        self._notice.show_notice(state.notice)


class AttachPanel(Component):
    """A field, the members it means, and the button that gives the sale to one.

    Signals:
        left: nobody is attached.
    """

    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start with nothing asked."""
        super().__init__(look, parent)
        self._head = PanelHead(look, name="backFromAttach")
        self._head.left.connect(self.left)
        self.field = QLineEdit()
        self.field.setObjectName("attachSearch")
        self.results = ResultList(look)
        self.results.setObjectName("attachFound")
        self._empty = EmptyState(look)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.results)
        self._notice = Banner(look)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmAttach")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(GAP))
        rows.addWidget(self._head)
        rows.addWidget(self.field)
        rows.addWidget(self._pages, 1)
        rows.addWidget(self._notice)
        rows.addWidget(self.confirm)
        self.retranslate()
        self.restyle()

    def draw(self, state: AttachState) -> None:
        """Show a state."""
        self._head.show_title(state.title)
        if self.field.text() != state.text:
            self.field.setText(state.text)
        self.results.show_rows(state.rows, current=state.current)
        if state.current < 0:
            self.results.clearSelection()
        if not state.rows:
            self._empty.show_words(state.empty, icon="user-search")
        self._pages.setCurrentIndex(1 if state.rows else 0)
        self._notice.show_notice(state.notice)
        show_act(self.confirm, state.confirm)

    def retranslate(self) -> None:
        """Name the field."""
        self.field.setPlaceholderText(self.tr("手机号、后四位、姓名、会员号"))
        self.field.setAccessibleName(self.tr("查找会员"))

    def restyle(self) -> None:
        """Take the height of the scale."""
        self.field.setMinimumHeight(self.look.px(SECONDARY_HEIGHT))
