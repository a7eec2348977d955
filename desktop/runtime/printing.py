"""Paper after the act: what was committed is read from one snapshot, printed on the errand thread.

A job is tried once and never holds anything: its end is told on the screen's thread, in honest
words. Only the newest receipt is offered again, so a printer that was refilled does not spit out
a pile of old ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId, SaleId, ShiftId
from db.domain.trouble import Trouble
from db.services.return_plan import ReturnEffect
from db.services.sales import Sold
from db.services.shifts import ShiftClosed
from db.services.stored_value import ValueMoved
from desktop.device_settings import DeviceSettings
from desktop.devices.receipt_printer import EscPosPrinter, PrintEnd, ReceiptPrinter
from desktop.receipts.parts import Slip
from desktop.receipts.receipt import Receipt
from desktop.receipts.words import ReceiptVoice
from desktop.runtime.desk import Desk
from desktop.runtime.print_jobs import (
    Job,
    PrintScene,
    member_job,
    return_job,
    sale_job,
    shift_job,
    value_job,
)
from desktop.wording.program_names import program_names

COPIES_KEPT = 200
"""So many documents' copies are counted; older ones begin anew."""


class Paper(StrEnum):
    """What is printed."""

    SALE = "sale"
    RETURN = "return"
    VALUE = "value"
    SHIFT = "shift"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be printed, and again; `of` is its act, sale or member."""

    paper: Paper
    of: bytes
    job: Job


@dataclass(frozen=True, slots=True)
class PrintTold:
    """How it ended with a document; no end yet: it is on its way."""

    document: Document
    end: PrintEnd | None = None

    @property
    def failed(self) -> bool:
        """Say whether no paper came out."""
        return self.end not in {None, PrintEnd.PRINTED, PrintEnd.SENT}


class Printing(QObject):
    """Prints for the counter.

    Signals:
        told: a job began or ended; carries `PrintTold`.
    """

    told = Signal(object)

    def __init__(
        self, desk: Desk, settings: DeviceSettings, *, language: Callable[[], str]
    ) -> None:
        """Print what is committed from now on, where a printer is set up."""
        super().__init__(desk)
        self.settings = settings
        self.last: PrintTold | None = None
        self._desk = desk
        self._language = language
        self._copies: dict[bytes, int] = {}
        self._printer: ReceiptPrinter | None = None
        if settings.printer is not None:
            self._printer = EscPosPrinter(settings.printer, settings.profile)
            desk.runner.committed.connect(self._on_committed)

    @property
    def can_print(self) -> bool:
        """Say whether a printer is set up."""
        return self._printer is not None

    def print_sale(self, sale_id: SaleId) -> None:
        """Print a sale's receipt."""
        self.print(Document(Paper.SALE, sale_id, sale_job(sale_id)))

    def print_shift(self, shift_id: ShiftId) -> None:
        """Print a shift's report: X while it is open, Z when it is closed."""
        self.print(Document(Paper.SHIFT, shift_id, shift_job(shift_id)))

    def print_member(self, member_id: MemberId) -> None:
        """Print a member's code."""
        self.print(Document(Paper.MEMBER, member_id, member_job(member_id)))

    def print_again(self) -> None:
        """Print the newest document again; nothing while it is on its way."""
        if self.last is not None and self.last.end is not None:
            self.print(self.last.document)

    def print(self, document: Document) -> None:
        """Print once; how it ends is told. Without a printer nothing is done."""
        if self._printer is None:
            return
        scene = self._scene(document)
        self._tell(PrintTold(document))
        self._desk.runner.read(
            lambda reader: document.job(reader, scene),
            done=partial(self._send, self._printer, document),
            failed=partial(self._on_failed, document),
        )

    def _scene(self, document: Document) -> PrintScene:
        facts = self._desk.facts
        language = str(self.settings.language or self._language())
        voice = ReceiptVoice(language[:2], facts.home.calendar, program_names(facts.program))
        return PrintScene(
            home=facts.home,
            program=facts.program,
            now_ms=self._desk.now_ms,
            slip=Slip(voice, copy=self._copies.get(_key(document), 0)),
            waiting=facts.status.waiting,
        )

    def _send(self, printer: ReceiptPrinter, document: Document, receipt: Receipt | None) -> None:
        if receipt is None:  # it is not in the book any more
            self.last = None
            return
        self._desk.runner.errand(
            lambda: printer.print(receipt),
            done=partial(self._on_end, document),
            failed=partial(self._on_failed, document),
        )

    def _on_end(self, document: Document, end: PrintEnd) -> None:
        told = PrintTold(document, end)
        if not told.failed:
            key = _key(document)
            self._copies[key] = self._copies.pop(key, 0) + 1
            if len(self._copies) > COPIES_KEPT:
                del self._copies[next(iter(self._copies))]
        self._tell(told)

    def _on_failed(self, document: Document, _trouble: Trouble) -> None:
        self._tell(PrintTold(document, PrintEnd.NOT_REACHED))

    def _tell(self, told: PrintTold) -> None:
        newest = self.last is None or told.end is None or told.document is self.last.document
        if newest:
            self.last = told
        self.told.emit(told)

    def _on_committed(self, outcome: object) -> None:
        """Print what was recorded: a closed shift always, the rest where the shop wants it."""
        if isinstance(outcome, ShiftClosed):
            self.print_shift(outcome.shift_id)
        elif self.settings.prints_sales:
            match outcome:
                case Sold(sale_id=sale_id):
                    self.print_sale(sale_id)
                case ReturnEffect(sale_id=sale_id):
                    self._print_new(Document(Paper.RETURN, sale_id, return_job(sale_id)))
                case ValueMoved(member_id=member_id):
                    self._print_new(Document(Paper.VALUE, member_id, value_job(member_id)))
                case _:
                    pass

    def _print_new(self, document: Document) -> None:
        """Print the newest act of a sale or member, of which there is no copy yet."""
        self._copies.pop(_key(document), None)
        self.print(document)


def _key(document: Document) -> bytes:
    return document.paper.encode() + document.of
