"""What writes: the sale and its undo, one at a time, first in the book and then on the screen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId
from db.domain.money import amount_shown
from db.domain.refusals import Refusal
from db.domain.staff import Actor
from db.domain.trouble import Trouble
from db.queries.counter_status import LastSale
from db.services.reversals import SaleReversed, UndoSale, undo_sale
from db.services.sales import Sell, Sold, sell
from db.storage.unit_of_work import UnitOfWork
from desktop.runtime.desk import Desk
from desktop.screens.counter.bill import Preview
from desktop.screens.counter.draft import Draft, Recorded
from desktop.wording.people import shown_name


@dataclass(frozen=True, slots=True)
class Proof:
    """Who acts; how the member proved that the points are his, and whether there is a line."""

    by: Actor
    name: str = ""
    online: bool = False


class Till(QObject):
    """Sells and takes back; while one act is written no other is begun.

    Signals:
        sold: the sale stands.
        undone: it counts no more; the words that say so.
        refused: the rules said no.
        failed: the disk said no; the strip says why.
    """

    sold = Signal(object)
    undone = Signal(str)
    refused = Signal(object)
    failed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Start with nothing under way."""
        super().__init__(parent)
        self.busy = False
        self.before: Recorded | None = None
        self.sold_last: Sold | None = None
        self._desk = desk
        self._minor = 0

    def sell(self, draft: Draft, preview: Preview, proof: Proof) -> None:
        """Record the sale that was previewed; its id is made here, so it is recorded only once."""
        self._minor = draft.minor
        command = Sell(
            op=OperationId(self._desk.new_id()),
            by=draft.floor_by or proof.by,
            basket=preview.held.basket,
            names=draft.names,
            member_id=draft.member_id,
            redeem_points=preview.held.points,
            tenders=preview.tenders,
            floor=draft.floor_by is not None,
            proof=proof.name,
            online=proof.online,
        )
        self._write(partial(sell, command=command), self._on_sold)

    def undo(self, last: LastSale) -> None:
        """Take the last sale back."""
        command = UndoSale(
            op=OperationId(self._desk.new_id()), sale_id=last.sale_id, by=self._desk.actor
        )
        self._write(partial(undo_sale, command=command), partial(self._on_undone, last))

    def _write(
        self,
        service: Callable[[UnitOfWork], Sold] | Callable[[UnitOfWork], SaleReversed],
        done: Callable[..., None],
    ) -> None:
        self.busy = True
        self._desk.runner.submit(
            service, done=done, refused=self._on_refused, failed=self._on_failed
        )

    def _on_sold(self, sold: Sold) -> None:
        self.busy = False
        self.sold_last = sold
        self.before = Recorded(sold.member_id, self._minor, sold.sold_at)
        self.sold.emit(sold)

    def _on_undone(self, last: LastSale, _reversed: SaleReversed) -> None:
        self.busy = False
        self.before = None
        due = amount_shown(last.due)
        if last.member_id is None:
            self.undone.emit(self.tr("已撤销 {due}").format(due=due))
            return
        words = self.tr("已撤销 {name} {due}，积分已还原")
        self.undone.emit(words.format(name=shown_name(last.member_name), due=due))

    def _on_refused(self, refusal: Refusal) -> None:
        self.busy = False
        self.refused.emit(refusal)

    def _on_failed(self, _trouble: Trouble) -> None:
        self.busy = False
        self.failed.emit()
