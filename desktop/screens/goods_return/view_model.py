"""Taking goods back: all that is left is prefilled, every step shows what it would do.

What is shown comes from the same computation as what is done. A sale with lines is returned by
units, one of a bare amount by an amount.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId, SaleId
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.queries.sale_detail import sale_detail
from db.services.return_plan import Asked, ReturnEffect, coupons_back, preview_return
from db.services.returns import TakeReturn, take_return
from db.services.sold import SoldSale, read_sold
from db.storage.database import Reader
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.goods_return import words
from desktop.screens.goods_return.state import Confirm, ReturnState
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.people import shown_name
from desktop.wording.refusals import refusal_text
from desktop.wording.typing import AmountTyping


@dataclass(frozen=True, slots=True)
class Opened:
    """The sale as it stands, and its member's masked name."""

    sold: SoldSale
    who: str


class ReturnViewModel(QObject):
    """The return's screen.

    Signals:
        changed: the state to draw.
        returned: goods came back; the sale and what to say.
        left: the cashier went back, nothing came back.
    """

    changed = Signal(object)
    returned = Signal(object, str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with no sale."""
        super().__init__(parent)
        self._desk = desk
        self._sale_id: SaleId | None = None
        self._opened: Opened | None = None
        self._counts: tuple[int, ...] = ()
        self._typing: AmountTyping | None = None
        self._reason = -1
        self._effect: ReturnEffect | None = None
        self._refusal: Refusal | None = None
        self._notice: Notice | None = None
        self._busy = False
        self._asked, self._previews = Series(), Series()

    def open(self, sale_id: SaleId) -> None:
        """Open a sale with all that is left of it prefilled."""
        self._sale_id, self._opened = sale_id, None
        self._reason, self._typing = -1, None
        self._effect, self._refusal, self._notice = None, None, None
        self._previews.drop()

        def look(reader: Reader) -> Opened | None:
            sold, detail = read_sold(reader, sale_id), sale_detail(reader, sale_id)
            if sold is None or detail is None:
                return None
            who = shown_name(detail.member_name) if detail.member_id else ""
            return Opened(sold, who)

        self._desk.runner.read(look, done=self._on_opened, series=self._asked)
        self.redraw()

    def state(self) -> ReturnState:
        """Return what the screen shows now."""
        opened, effect = self._opened, self._effect
        if opened is None:
            return ReturnState("", (), None, (), (), False, False, Confirm(self.tr("退货")))
        sold = opened.sold
        by_amount = sold.left.by_amount
        return ReturnState(
            line=words.sale_line(
                sold,
                who=opened.who or words.no_member(),
                facts=self._desk.facts,
                now_ms=self._desk.now_ms,
            ),
            goods=() if by_amount else words.goods(sold, self._counts),
            amount=words.amount_entry(sold, self._typing) if by_amount else None,
            facts=() if effect is None else self._facts(effect),
            reasons=tuple(
                Choice(text, place == self._reason) for place, text in enumerate(words.reasons())
            ),
            may_all=not self._is_all(),
            may_none=not by_amount and any(self._counts),
            confirm=self._confirm(),
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def step(self, line: int, count: int) -> None:
        """Take so many units of a line back, lines from 0."""
        opened = self._opened
        if opened is None or self._busy:
            return
        left = self._left()[line]
        counts = list(self._counts)
        counts[line] = min(max(count, 0), left)
        self._choose(tuple(counts))

    def press(self, key: str) -> None:
        """Take a key for the amount."""
        if self._opened is None or self._busy or not self._opened.sold.left.by_amount:
            return
        self._typing = (self._typing or AmountTyping()).press(key)
        self._look()

    def take_all(self) -> None:
        """Take back all that is left."""
        if self._opened is not None and not self._busy:
            self._typing = None
            self._choose(self._left())

    def take_none(self) -> None:
        """Begin the choice of goods from nothing."""
        if self._opened is not None and not self._busy:
            self._choose(tuple(0 for _ in self._counts))

    def choose_reason(self, place: int) -> None:
        """Say why the goods come back; a second touch takes it back."""
        self._reason = -1 if place == self._reason else place
        self.redraw()

    def confirm(self) -> None:
        """Take the goods back."""
        if self._busy or not self._confirm().usable:
            return
        self._busy = True
        command = TakeReturn(
            op=OperationId(self._desk.new_id()),
            by=self._desk.actor,
            asked=self._wanted(),
            reason="" if self._reason < 0 else words.reasons()[self._reason],
        )
        self._desk.runner.submit(
            partial(take_return, command=command),
            done=self._on_returned,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def leave(self) -> None:
        """Go back; nothing comes back."""
        if not self._busy:
            self.left.emit()

    def _choose(self, counts: tuple[int, ...]) -> None:
        self._counts = counts
        self._look()

    def _left(self) -> tuple[int, ...]:
        assert self._opened is not None, "goods are chosen of a sale"
        return tuple(line.of - line.returned for line in self._opened.sold.left.lines)

    def _is_all(self) -> bool:
        assert self._opened is not None, "goods are chosen of a sale"
        if self._opened.sold.left.by_amount:
            return self._typing is None
        return self._counts == self._left()

    def _wanted(self) -> Asked:
        assert self._sale_id is not None, "goods are chosen of a sale"
        if self._is_all():
            return Asked(sale_id=self._sale_id)
        if self._typing is not None:
            return Asked(sale_id=self._sale_id, amount=self._typing.minor)
        lines = tuple(
            (number, count) for number, count in enumerate(self._counts, start=1) if count
        )
        return Asked(sale_id=self._sale_id, lines=lines)

    def _nothing(self) -> bool:
        if self._typing is not None:
            return not self._typing.minor
        return not any(self._left() if self._is_all() else self._counts)

    def _look(self) -> None:
        """Ask what the return would do."""
        self._effect, self._refusal, self._notice = None, None, None
        self._previews.drop()
        if not self._nothing():
            facts = self._desk.facts
            self._desk.runner.read(
                partial(preview_return, asked=self._wanted(), home=facts.home, on=facts.day),
                done=self._on_preview,
                refused=self._on_preview_refused,
                series=self._previews,
            )
        self.redraw()

    def _facts(self, effect: ReturnEffect) -> tuple[Benefit, ...]:
        assert self._opened is not None, "an effect is of a sale"
        sold = self._opened.sold
        return words.effect_rows(
            effect, coupons=coupons_back(sold, effect), used=len(sold.body.coupons)
        )

    def _confirm(self) -> Confirm:
        if self._opened is None:
            return Confirm(self.tr("退货"))
        if self._refusal is not None:
            return Confirm(refusal_text(self._refusal))
        if self._nothing():
            by_amount = self._opened.sold.left.by_amount
            return Confirm(self.tr("请输入退款金额") if by_amount else self.tr("请选要退的商品"))
        return Confirm(self.tr("退货")) if self._effect is None else words.confirm(self._effect)

    def _on_opened(self, opened: Opened | None) -> None:
        if opened is None:
            self.left.emit()
            return
        self._opened = opened
        self._counts = self._left()
        self._look()

    def _on_preview(self, effect: ReturnEffect) -> None:
        self._effect = effect
        self.redraw()

    def _on_preview_refused(self, refusal: Refusal) -> None:
        self._refusal = refusal
        self.redraw()

    def _on_returned(self, effect: ReturnEffect) -> None:
        self._busy = False
        self._opened, self._effect = None, None
        self.returned.emit(effect.sale_id, words.done(effect))

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()
