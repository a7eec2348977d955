"""The counter's screen: draws a state, forwards touches and keys. It decides nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.screens.counter.floor_approval import FloorAsked, FloorPage
from desktop.screens.counter.goods_sheet import GoodsPage
from desktop.screens.counter.offer_sheet import OfferPage
from desktop.screens.counter.parts import KeyColumn, SaleColumn
from desktop.screens.counter.state import CounterState, GoodsSheet
from desktop.screens.counter.view_model import CounterViewModel
from desktop.theme.look import Look
from desktop.widgets.component import Component
from desktop.widgets.explanation import Explanation, ExplanationList
from desktop.widgets.keypad import EDITING, ENTER, Key
from desktop.widgets.sheet import Sheet

MARGIN = 16
SHEET_WIDTH, SHEET_HEIGHT = 640, 320
OFFERS_WIDTH = 888


class CounterScreen(Component):
    """Wireframe A: one screen for member, amount, benefits and confirm."""

    def __init__(
        self, look: Look, view_model: CounterViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the two columns and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._view_model = view_model
        self._why = Explanation()
        self.sale = SaleColumn(look)
        self.keys = KeyColumn(look)
        self._columns = QHBoxLayout(self)
        self._columns.addWidget(self.sale, 1)
        self._columns.addWidget(self.keys)
        self._sheet = Sheet(look, self, width=SHEET_WIDTH)
        self._sheet.setObjectName("whySheet")
        self._page, self._goods_page = OfferPage(look), GoodsPage(look)
        self._floor_page, self._proof_page = (
            FloorPage(look, name=name) for name in ("floor", "proof")
        )
        self._offers = self._sheet_of("offers", self._page, width=OFFERS_WIDTH)
        self._goods = self._sheet_of("goods", self._goods_page, width=OFFERS_WIDTH)
        self._floor = self._sheet_of("floor", self._floor_page, width=SHEET_WIDTH)
        self._proof = self._sheet_of("proof", self._proof_page, width=SHEET_WIDTH)
        self._connect(view_model)
        self.restyle()
        self.draw(view_model.state())
        self.retranslate()

    def draw(self, state: CounterState) -> None:
        """Show a state; an explanation that is open closes when it explains something else."""
        self.sale.draw(state)
        self.keys.draw(state)
        self._page.draw(state.offers)
        self._draw_goods(self._view_model.goods.sheet())
        if state.why != self._why:
            self._why = state.why
            self._close_why()

    def open_offers(self) -> None:
        """Lay the coupons and codes over the screen."""
        if self.keys.extras.offered:
            self._offers.open()
            self._page.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keys.set_compact(compact)

    def retranslate(self) -> None:
        """Ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("收银台"))
        self._offers.set_title(self.tr("优惠券和优惠码"))
        self._goods.set_title(self.tr("添加商品"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px(MARGIN)
        self._columns.setContentsMargins(px, px, px, px)
        self._columns.setSpacing(px)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, letters and editing keys; Enter confirms, Escape takes a step back."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._view_model.escape()
        elif key in EDITING:
            self._view_model.press(EDITING[Qt.Key(key)])
        elif text.isascii() and (text.isdigit() or text == Key.POINT):
            self._view_model.press(text)
        elif text.isascii() and text.isalpha():
            self._view_model.type_letter(text)
        else:
            super().keyPressEvent(event)

    def _sheet_of(self, name: str, page: QWidget, *, width: int) -> Sheet:
        """Return a sheet over the screen that holds a page."""
        sheet = Sheet(self.look, self, width=width)
        sheet.setObjectName(f"{name}Sheet")
        sheet.set_content("", page)
        return sheet

    def _open_why(self) -> None:
        told = ExplanationList(self.look, titled=False)
        told.setMinimumHeight(self.look.px(SHEET_HEIGHT))
        told.show_explanation(self._why)
        self._sheet.set_content(self._why.title, told)
        self._sheet.open()

    def _close_why(self) -> None:
        if self._sheet.isVisible():
            self._sheet.hide()
            self.setFocus()

    def _close_offers(self) -> None:
        self._offers.hide()
        self.setFocus()

    def _ask_floor(self, asked: FloorAsked | None) -> None:
        if asked is None:
            self._close_floor()
            return
        self._floor.set_title(asked.title)
        self._floor.open()
        self._floor_page.draw(asked)

    def _draw_goods(self, sheet: GoodsSheet | None) -> None:
        if sheet is None:
            if self._goods.isVisible():
                self._goods.hide()
                self.setFocus()
            return
        self._goods_page.draw(sheet)
        if not self._goods.isVisible():
            self._goods.open()
            self._goods_page.take_keyboard()

    def _ask_proof(self, asked: FloorAsked | None) -> None:
        if asked is None:
            self._proof.hide()
            self.setFocus()
            return
        self._proof.set_title(asked.title)
        if not self._proof.isVisible():
            self._proof.open()
        self._proof_page.draw(asked)

    def _close_floor(self) -> None:
        self._floor.hide()
        self.setFocus()
        self._view_model.redraw()

    def _choose_offer(self, code: str, typed: bool) -> None:  # noqa: FBT001  as the signal says it
        verb = self._view_model.drop_code if typed else self._view_model.toggle_coupon
        verb(code)

    def _enter(self) -> None:
        if self.keys.confirm.isEnabled():
            self.keys.confirm.activate()
        else:
            self._view_model.confirm()

    def _connect_sheets(self, view_model: CounterViewModel) -> None:
        self._sheet.close_requested.connect(self._close_why)
        self._offers.close_requested.connect(self._close_offers)
        self._proof.close_requested.connect(view_model.proving.close)
        floor = view_model.paying.floor
        self._floor.close_requested.connect(floor.dismiss)
        floor.asked.connect(self._ask_floor)
        floor.pin_refused.connect(self._floor_page.pin.reset)
        self._floor_page.approvers.chosen.connect(floor.choose)
        self._floor_page.pin.entered.connect(floor.enter_pin)
        goods = view_model.goods
        self.sale.goods.clicked.connect(goods.begin)
        self._goods.close_requested.connect(goods.close)
        self._goods_page.written.connect(goods.search)
        self._goods_page.chosen.connect(goods.choose)
        self._goods_page.counted.connect(goods.change)
        self._goods_page.finished.connect(goods.close)
        proving = view_model.proving
        proving.asked.connect(self._ask_proof)
        proving.pin_refused.connect(self._proof_page.pin.reset)
        self._proof_page.approvers.chosen.connect(proving.choose)
        self._proof_page.pin.entered.connect(proving.enter_pin)

    def _connect(self, view_model: CounterViewModel) -> None:
        self._connect_sheets(view_model)
        view_model.changed.connect(self.draw)
        self.keys.key.connect(view_model.press)
        self.keys.chip.connect(view_model.toggle_chip)
        self.keys.extras.coupon.connect(view_model.toggle_coupon)
        self.keys.extras.value.connect(view_model.use_value)
        self.keys.extras.more.connect(self.open_offers)
        self._page.chosen.connect(self._choose_offer)
        self._page.entered.connect(view_model.take_code)
        self.keys.confirm.clicked.connect(view_model.confirm)
        self.sale.who.finder.clicked.connect(view_model.find)
        self.sale.who.enroll.clicked.connect(view_model.enroll)
        self.sale.who.card.change_requested.connect(view_model.find)
        self.sale.amount.clicked.connect(view_model.enter_amount)
        self.sale.results.chosen.connect(view_model.choose)
        self.sale.why.clicked.connect(self._open_why)
        self.sale.notice.action.connect(view_model.act_on_notice)
        self.sale.welcome.save.clicked.connect(view_model.newcomer.save)
        self.sale.welcome.print_code.clicked.connect(view_model.print_code)
        self.sale.undo_bar.undo_requested.connect(view_model.undo)
        self.sale.undo_bar.reprint_requested.connect(view_model.reprinting.again)
