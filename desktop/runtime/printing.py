"""Paper after the act: what was committed is numbered, read from one snapshot, then printed.

A job is tried once and never holds anything: its end is told on the screen's thread, in honest
words. While it is on its way nobody gets a second one: two quick keys are one paper, not two
originals. Only the newest receipt is offered again, so a printer that was refilled does not spit
out a pile of old ones; and what a power cut left unprinted is offered, never printed by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId, OperationId, SaleId, ShiftId
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.services.return_plan import ReturnEffect
from db.services.sales import Sold
from db.services.shifts import ShiftClosed
from db.services.stored_value import ValueMoved
from db.storage.database import Reader
from desktop.device_settings import DeviceSettings
from desktop.devices.receipt_printer import EscPosPrinter, PrintEnd, ReceiptPrinter
from desktop.receipts.parts import Slip
from desktop.receipts.receipt import Receipt
from desktop.receipts.words import ReceiptVoice
from desktop.runtime.desk import Desk
from desktop.runtime.paper_numbers import (
    Numbered,
    NumberPaper,
    Unprinted,
    end_paper,
    number_paper,
    sequence_now,
    unprinted_sale,
)
from desktop.runtime.print_jobs import (
    Document,
    Kind,
    PrintScene,
    member_document,
    return_document,
    sale_document,
    shift_document,
    value_document,
)
from desktop.runtime.receipt_codes import ReceiptCodes
from desktop.wording.program_names import program_names

OUT_KEPT = 1_000
"""Known acts that were printed since the start; then all before count as printed."""


@dataclass(frozen=True, slots=True)
class PrintTold:
    """How it stands with a document: on its way, ended, refused, or left over from a power cut."""

    document: Document
    end: PrintEnd | None = None
    numbered: Numbered | None = None
    refusal: Refusal | None = None
    left_over: Unprinted | None = None

    @property
    def under_way(self) -> bool:
        """Say whether it has not ended yet."""
        return self.end is None and self.refusal is None and self.left_over is None

    @property
    def failed(self) -> bool:
        """Say whether no paper came out."""
        return not self.under_way and self.end not in {PrintEnd.PRINTED, PrintEnd.SENT}


class Printing(QObject):
    """Prints for the counter.

    Signals:
        told: it stands otherwise with a document; carries `PrintTold`.
        kicked: how the drawer's pulse ended; carries `PrintEnd`.
    """

    told = Signal(object)
    kicked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        settings: DeviceSettings,
        *,
        language: Callable[[], str],
        codes: ReceiptCodes | None = None,
    ) -> None:
        """Print what is committed from now on, where a printer is set up."""
        super().__init__(desk)
        self.settings = settings
        self.last: PrintTold | None = None
        self._desk = desk
        self._language = language
        self._codes = codes
        self._out: set[bytes] = set()
        self._under_way: list[tuple[Kind, bytes]] = []
        self._since = 0
        self._printer: ReceiptPrinter | None = None
        self.use(settings)
        desk.runner.committed.connect(self._on_committed)
        if self.can_print:
            self._look_back()

    def use(self, settings: DeviceSettings) -> None:
        """Print with these settings from now on; what is on its way ends as it began."""
        self.settings = settings
        self._printer = None
        if settings.printer is not None:
            self._printer = EscPosPrinter(settings.printer, settings.profile)

    @property
    def can_print(self) -> bool:
        """Say whether a printer is set up."""
        return self._printer is not None

    def print_sale(self, sale_id: SaleId) -> None:
        """Print a sale's receipt."""
        self.print(sale_document(sale_id))

    def print_return(self, sale_id: SaleId) -> None:
        """Print the receipt of a sale's newest return."""
        self.print(return_document(sale_id))

    def print_value(self, member_id: MemberId) -> None:
        """Print the receipt of a member's newest top-up or refund."""
        self.print(value_document(member_id))

    def print_shift(self, shift_id: ShiftId, *, closed: bool, blind: bool = False) -> None:
        """Print a shift's report: X while it is open (`blind`: not what is due), Z once closed."""
        self.print(shift_document(shift_id, closed=closed, blind=blind))

    def print_member(self, member_id: MemberId) -> None:
        """Print a member's code."""
        self.print(member_document(member_id))

    def print_again(self) -> None:
        """Print the newest document again; nothing while it is on its way.

        One that did not come out keeps its number.
        """
        last = self.last
        if last is not None and not last.under_way:
            self.print(last.document, numbered=last.numbered if last.failed else None)

    def print(
        self, document: Document, *, numbered: Numbered | None = None, fresh: bool = False
    ) -> None:
        """Print once; how it ends is told. Without a printer nothing is done.

        What is `numbered` keeps its number; what is `fresh` was committed just now, so it is
        another act than the one on its way. What is on its way already is not printed twice.
        """
        if self._printer is None or (not fresh and _key(document) in self._under_way):
            return
        self._under_way.append(_key(document))
        self._tell(PrintTold(document, numbered=numbered))
        if numbered is not None or document.act_of is None:
            self._read(document, numbered or Numbered())
            return
        staff = self._desk.staff
        command = NumberPaper(
            op=OperationId(self._desk.new_id()),
            by=None if staff is None else staff.actor,
            since=self._since,
            out=frozenset(self._out),
            is_sale=document.kind is Kind.SALE,
            fresh=fresh,
        )
        self._desk.runner.submit(
            partial(number_paper, act_of=document.act_of, command=command),
            done=partial(self._read, document),
            refused=lambda refusal: self._tell(PrintTold(document, refusal=refusal)),
            failed=partial(self._on_failed, document, None),
        )

    def kick_drawer(self) -> None:
        """Open the drawer; whoever asks has recorded why."""
        if self._printer is not None:
            self._desk.runner.errand(
                self._printer.open_drawer,
                done=self.kicked.emit,
                failed=lambda _trouble: self.kicked.emit(PrintEnd.NOT_REACHED),
            )

    def _read(self, document: Document, numbered: Numbered) -> None:
        scene = self._scene(numbered.copy)
        self._desk.runner.read(
            lambda reader: document.job(reader, scene),
            done=partial(self._send, document, numbered),
            failed=partial(self._on_failed, document, numbered),
        )

    def _scene(self, copy: int) -> PrintScene:
        facts = self._desk.facts
        language = str(self.settings.language or self._language())
        voice = ReceiptVoice(language[:2], facts.home.calendar, program_names(facts.program))
        return PrintScene(
            home=facts.home,
            program=facts.program,
            now_ms=self._desk.now_ms,
            slip=Slip(voice, copy=copy),
            waiting=facts.status.waiting,
            codes=self._codes,
        )

    def _send(self, document: Document, numbered: Numbered, receipt: Receipt | None) -> None:
        printer = self._printer
        assert printer is not None, "nothing is numbered without a printer"
        if receipt is None:  # it is not in the book any more
            self._under_way.remove(_key(document))
            self.last = None
            return
        self._desk.runner.errand(
            lambda: printer.print(receipt),
            done=partial(self._on_end, document, numbered),
            failed=partial(self._on_failed, document, numbered),
        )

    def _on_end(self, document: Document, numbered: Numbered, end: PrintEnd) -> None:
        told = PrintTold(document, end, numbered)
        act = numbered.act
        if act is not None and not told.failed:
            self._remember(act)
        if act is not None and document.kind is Kind.SALE:
            self._desk.runner.submit(
                partial(end_paper, act=act, went_out=not told.failed), done=lambda _: None
            )
        self._tell(told)

    def _remember(self, act: bytes) -> None:
        """Know that an act was printed; with too many known, all up to now count as printed."""
        self._out.add(act)
        if len(self._out) == OUT_KEPT:
            stream_id = self._desk.facts.home.stream_id
            self._desk.runner.read(
                lambda reader: sequence_now(reader, stream_id), done=self._begin_anew
            )

    def _begin_anew(self, since: int) -> None:
        self._since = since
        self._out.clear()

    def _on_failed(self, document: Document, numbered: Numbered | None, _trouble: Trouble) -> None:
        self._tell(PrintTold(document, PrintEnd.NOT_REACHED, numbered))

    def _tell(self, told: PrintTold) -> None:
        if not told.under_way and _key(told.document) in self._under_way:
            self._under_way.remove(_key(told.document))
        newest = self.last is None or told.under_way or told.document is self.last.document
        if newest:
            self.last = told
        self.told.emit(told)

    def _on_committed(self, outcome: object) -> None:
        """Print what was recorded: a closed shift always, the rest where the shop wants it."""
        if isinstance(outcome, ShiftClosed):
            self.print(shift_document(outcome.shift_id, closed=True), fresh=True)
        elif self.settings.prints_sales:
            match outcome:
                case Sold(sale_id=sale_id):
                    self.print(sale_document(sale_id), fresh=True)
                case ReturnEffect(sale_id=sale_id):
                    self.print(return_document(sale_id), fresh=True)
                case ValueMoved(member_id=member_id):
                    self.print(value_document(member_id), fresh=True)
                case _:
                    pass

    def _look_back(self) -> None:
        """See where the stream stands, and whether the last sale's paper came out."""
        stream_id, last = self._desk.facts.home.stream_id, self._desk.facts.status.last_sale

        def look(reader: Reader) -> tuple[int, Unprinted | None]:
            last_sale = None if last is None else last.sale_id
            return sequence_now(reader, stream_id), unprinted_sale(reader, last_sale)

        self._desk.runner.read(look, done=self._on_looked)

    def _on_looked(self, found: tuple[int, Unprinted | None]) -> None:
        self._since, left_over = found
        if left_over is not None and self.settings.prints_sales and self.last is None:
            self._tell(PrintTold(sale_document(left_over.sale_id), left_over=left_over))


def _key(document: Document) -> tuple[Kind, bytes]:
    return document.kind, document.of
