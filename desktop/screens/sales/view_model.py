"""The sales of this counter: today's newest first, one found by receipt or id, a member's.

A sale that is chosen stays chosen while others come. What is done with it is done in panels of its
own; a return has a screen of its own.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId, SaleId, text_of
from db.domain.money import amount_shown
from db.domain.refusals import Refusal
from db.domain.reversals import UNDO_MS
from db.domain.trouble import Trouble
from db.queries.member_card import MemberCard
from db.queries.sale_detail import SaleDetail, sale_detail
from db.queries.sale_list import (
    PAGE_ROWS_MAX,
    SaleListRow,
    SalePage,
    counter_sales,
    find_sales,
    member_sales,
)
from db.services.reversals import SaleReversed, UndoSale, undo_sale
from db.storage.database import Reader
from desktop.runtime.changes import changes_of
from desktop.runtime.desk import Desk
from desktop.runtime.printing import Printing, PrintTold
from desktop.runtime.runner import Series
from desktop.screens.sales import words
from desktop.screens.sales.attaching import AttachViewModel
from desktop.screens.sales.state import Act, Detail, Panel, SalesState
from desktop.screens.sales.voiding import VoidViewModel
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.people import shown_name
from desktop.wording.print_words import print_notice, print_state
from desktop.wording.refusals import refusal_text

PAGE_ROWS = 50
TEXT_CHARACTERS_MAX = 64


class SalesViewModel(QObject):
    """The sales' screen.

    Signals:
        changed: the state to draw.
        return_requested: goods of this sale come back.
    """

    changed = Signal(object)
    return_requested = Signal(object)

    def __init__(
        self,
        desk: Desk,
        at_counter: Callable[[], MemberCard | None],
        *,
        printing: Printing | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Start with today's sales; `at_counter` says which member is attached there."""
        super().__init__(parent)
        self._desk = desk
        self._at_counter = at_counter
        self._printing = printing
        self._text = ""
        self._member: MemberCard | None = None
        self._page = SalePage()
        self._known = False
        self._wanted = PAGE_ROWS
        self._chosen: SaleId | None = None
        self._detail: SaleDetail | None = None
        self._panel = Panel.DETAIL
        self._notice: Notice | None = None
        self._busy = False
        self._lists, self._details = Series(), Series()
        self.voiding = VoidViewModel(desk, self)
        self.attaching = AttachViewModel(desk, self)
        self.voiding.voided.connect(self.tell)
        self.attaching.attached.connect(self.tell)
        if printing is not None:
            printing.told.connect(self._on_printed)
        desk.changed.connect(self.redraw)
        desk.staffed.connect(self._on_staff)
        desk.runner.committed.connect(self._on_committed)

    def enter(self) -> None:
        """Look again, for others may have sold meanwhile."""
        self._notice = None
        self._ask()

    def open(self, sale_id: SaleId) -> None:
        """Show one sale, whenever it was made."""
        self._text, self._member, self._chosen = text_of(sale_id), None, sale_id
        self._start()

    def tell(self, text: str) -> None:
        """Show what was done with a sale, beside its new figures."""
        self._panel = Panel.DETAIL
        self._notice = Notice(ChipKind.OK, text)
        self._ask()
        self.redraw()

    def state(self) -> SalesState:
        """Return what the screen shows now."""
        facts, now_ms = self._desk.facts, self._desk.now_ms
        rows, card = self._page.rows, self._member or self._at_counter()
        return SalesState(
            line=words.day_line(rows, more=self._page.more) if rows else "",
            text=self._text,
            rows=tuple(words.row(row, facts=facts, now_ms=now_ms) for row in rows),
            current=self._place(),
            more=self._page.more and self._wanted < PAGE_ROWS_MAX,
            empty=self._empty(),
            hint=self._hint(),
            today=Choice(self.tr("今天本机"), on=not self._text and self._member is None),
            member=None
            if card is None
            else Choice(
                self.tr("{name} 的").format(name=shown_name(card.name, card.gender)),
                on=self._member is not None,
            ),
            detail=self._shown_detail(),
            panel=self._panel,
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def search(self, text: str) -> None:
        """Find a till's receipt, or a sale by the text of its id; nothing is today."""
        self._text, self._member, self._chosen = text[:TEXT_CHARACTERS_MAX], None, None
        self._start()

    def show_today(self) -> None:
        """Show this counter's sales of today."""
        self.search("")

    def show_member(self) -> None:
        """Show the sales of the member at the counter."""
        self._text, self._member, self._chosen = "", self._at_counter(), None
        self._start()

    def show_more(self) -> None:
        """Show older sales too."""
        self._wanted = min(self._wanted + PAGE_ROWS, PAGE_ROWS_MAX)
        self._ask()

    def choose(self, place: int) -> None:
        """Open one of the sales."""
        if 0 <= place < len(self._page.rows):
            self._chosen = self._page.rows[place].sale_id
            self._panel, self._notice, self._detail = Panel.DETAIL, None, None
            self._look()
            self.redraw()

    def give_back(self) -> None:
        """Take goods of the open sale back."""
        detail = self._shown_detail()
        if detail is not None and detail.give_back.usable:
            self.return_requested.emit(self._chosen)

    def void(self) -> None:
        """Undo the sale that was just made; later ask why it is to be voided."""
        sale, detail = self._sale(), self._shown_detail()
        if sale is None or detail is None or not detail.void.usable or self._busy:
            return
        if self._may_undo(sale):
            self._undo(sale)
            return
        self._panel, self._notice = Panel.VOID, None
        self.voiding.begin(sale)
        self.redraw()

    def attach(self) -> None:
        """Ask whose sale it was."""
        sale, detail = self._sale(), self._shown_detail()
        if sale is not None and detail is not None and detail.attach.usable:
            self._panel, self._notice = Panel.ATTACH, None
            self.attaching.begin(sale)
            self.redraw()

    def print_again(self) -> None:
        """Print the open sale's receipt."""
        if self._printing is not None and self._chosen is not None:
            self._printing.print_sale(self._chosen)

    def print_return(self) -> None:
        """Print the receipt of the open sale's newest return."""
        if self._printing is not None and self._chosen is not None:
            self._printing.print_return(self._chosen)

    def leave_panel(self) -> bool:
        """Go back to the sale's figures; say whether there was anything to leave."""
        was, self._panel = self._panel, Panel.DETAIL
        self.redraw()
        return was is not Panel.DETAIL

    def take_scan(self, code: str) -> bool:
        """Take a scan while a member is looked for; say whether it was taken."""
        if self._panel is Panel.ATTACH:
            self.attaching.search(code)
            return True
        return False

    def _undo(self, sale: SaleListRow) -> None:
        self._busy = True
        command = UndoSale(
            op=OperationId(self._desk.new_id()), sale_id=sale.sale_id, by=self._desk.actor
        )
        self._desk.runner.submit(
            partial(undo_sale, command=command),
            done=self._on_undone,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _start(self) -> None:
        """Ask for another list."""
        self._page, self._known, self._wanted = SalePage(), False, PAGE_ROWS
        self._detail, self._panel, self._notice = None, Panel.DETAIL, None
        self._details.drop()
        self._ask()
        self.redraw()

    def _ask(self) -> None:
        facts, text, member, limit = self._desk.facts, self._text, self._member, self._wanted

        def look(reader: Reader) -> SalePage:
            if member is not None:
                return member_sales(reader, member.member_id, limit=limit)
            if text.strip():
                return find_sales(reader, text, home=facts.home, on=facts.day)
            return counter_sales(reader, facts.home, on=facts.day, limit=limit)

        self._desk.runner.read(look, done=self._on_page, series=self._lists)

    def _look(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        self._desk.runner.read(
            lambda reader: sale_detail(reader, chosen),
            done=self._on_detail,
            series=self._details,
        )

    def _place(self) -> int:
        ids = [row.sale_id for row in self._page.rows]
        return ids.index(self._chosen) if self._chosen in ids else -1

    def _sale(self) -> SaleListRow | None:
        place = self._place()
        return None if place < 0 else self._page.rows[place]

    def _shown_detail(self) -> Detail | None:
        sale, detail = self._sale(), self._detail
        if sale is None or detail is None or detail.sale_id != sale.sale_id:
            return None
        facts, now_ms = self._desk.facts, self._desk.now_ms
        return Detail(
            title=words.title(sale, facts=facts, now_ms=now_ms),
            goods=words.goods(detail),
            facts=words.fact_rows(sale, detail, facts=facts, now_ms=now_ms),
            give_back=self._return_act(sale),
            void=Act(
                self.tr("撤销") if self._may_undo(sale) else self.tr("作废"), usable=_stands(sale)
            ),
            can_print=self._can_print(),
            can_print_return=self._can_print() and bool(sale.returned),
            attach=Act(
                self.tr("补会员"),
                usable=_stands(sale)
                and sale.member_id is None
                and not sale.returned
                and words.day_of(sale.business_day, facts),
            ),
        )

    def _return_act(self, sale: SaleListRow) -> Act:
        if sale.reversed_by is not None:
            return Act(self.tr("这一笔已经撤销或作废"))
        if sale.returned_whole:
            return Act(self.tr("这一笔已经全部退了"))
        rest = amount_shown(sale.due - sale.returned)
        return Act(self.tr("退货，最多 {rest}").format(rest=rest), usable=True)

    def _may_undo(self, sale: SaleListRow) -> bool:
        here = sale.counter_id == self._desk.facts.home.counter_id
        return here and self._desk.now_ms - sale.sold_at <= UNDO_MS

    def _empty(self) -> str:
        if self._page.rows or not self._known:
            return ""
        return self.tr("没有找到") if self._text else self.tr("还没有交易")

    def _hint(self) -> str:
        if self._text:
            return self.tr("核对小票号。更早的小票、别的店的交易，从会员的流水里找")
        return self.tr("收银台记下的每一笔都会列在这里")

    def _on_page(self, page: SalePage) -> None:
        self._page, self._known = page, True
        if self._place() < 0:
            self._chosen = page.rows[0].sale_id if page.rows else None
            self._detail = None
        self._look()
        self.redraw()

    def _on_detail(self, detail: SaleDetail | None) -> None:
        self._detail = detail
        self.redraw()

    def _on_staff(self) -> None:
        """Leave what another person had begun."""
        self._panel, self._notice = Panel.DETAIL, None
        self.redraw()

    def _on_committed(self, outcome: object) -> None:
        if self._known and changes_of(outcome).day:
            self._ask()

    def _can_print(self) -> bool:
        return self._printing is not None and self._printing.can_print

    def _on_printed(self, told: PrintTold) -> None:
        """Say how it stands with the paper of the open sale."""
        if told.document.of == self._chosen:
            ended = Notice(ChipKind.NEUTRAL, print_state(told))
            self._notice = print_notice(told) or ended
            self.redraw()

    def _on_undone(self, gone: SaleReversed) -> None:
        self._busy = False
        self.tell(self.tr("已撤销 {amount}").format(amount=amount_shown(gone.due)))

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()


def _stands(sale: SaleListRow) -> bool:
    """Say whether something of a sale is left."""
    return sale.reversed_by is None and not sale.returned_whole
