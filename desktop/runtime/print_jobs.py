"""What is read for each piece of paper: facts by the queries there are, and the receipt of them.

Each document first says which act it tells of, for its number; then one snapshot is read on the
reading thread. What is not there any more gives no receipt.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from db.domain.ids import MemberId, SaleId, ShiftId
from db.domain.program.program import Program
from db.queries.member_card import member_card
from db.queries.sale_detail import SaleDetail, sale_detail
from db.queries.shift_summary import shift_summary, shift_tenders
from db.queries.value_history import ValueRow, value_held, value_history
from db.storage.database import Reader
from db.storage.home import HomeIdentity
from desktop.receipts.member_receipt import member_receipt
from desktop.receipts.parts import Balance, Slip, balance_of
from desktop.receipts.receipt import Code, Receipt
from desktop.receipts.return_receipt import return_receipt
from desktop.receipts.sale_receipt import sale_receipt
from desktop.receipts.shift_receipt import shift_receipt
from desktop.receipts.value_receipt import ValueSlip, value_receipt
from desktop.runtime.paper_numbers import ActOf
from desktop.runtime.receipt_codes import ReceiptCodes

VALUE_ROWS = 50
"""So many acts back the newest top-up or refund is looked for; sales may lie on top of it."""


class Kind(StrEnum):
    """What can be printed."""

    SALE = "sale"
    RETURN = "return"
    VALUE = "value"
    SHIFT = "shift"
    SHIFT_SO_FAR = "shift_so_far"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class PrintScene:
    """Where and when it is printed, in which words, as which copy."""

    home: HomeIdentity
    program: Program
    now_ms: int
    slip: Slip
    waiting: int = 0
    codes: ReceiptCodes | None = None


Job = Callable[[Reader, PrintScene], Receipt | None]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be printed, and again; `of` is its sale, shift or member.

    `act_of` finds the act whose copies are counted; a paper of no act has none.
    """

    kind: Kind
    of: bytes
    job: Job
    act_of: ActOf | None = None


def sale_document(sale_id: SaleId) -> Document:
    """Return a sale's receipt; an original paid in cash opens the drawer."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        sale = sale_detail(reader, sale_id)
        if sale is None:
            return None
        cash = bool(sale.tenders.get("cash")) and sale.reversed_by is None
        return sale_receipt(
            sale,
            _balance(reader, scene, sale.member_id),
            slip=scene.slip,
            code=_code(reader, scene, sale),
            opens_drawer=cash and scene.slip.copy == 0,
        )

    return Document(Kind.SALE, sale_id, read, lambda _reader: sale_id)


def _code(reader: Reader, scene: PrintScene, sale: SaleDetail) -> Code | None:
    """Return the code to return these goods with; a sale that is gone has none."""
    if scene.codes is None or sale.reversed_by is not None or sale.returned_whole:
        return None
    payload, alone = scene.codes.code_of(reader, sale.sale_id)
    word = "code_signed" if alone else "code_short"
    return Code(payload, scene.slip.voice("code_here" if scene.home.own_authority else word))


def return_document(sale_id: SaleId) -> Document:
    """Return the receipt of the newest return of a sale."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        sale = sale_detail(reader, sale_id)
        if sale is None or not sale.returns:
            return None
        balance = _balance(reader, scene, sale.member_id)
        return return_receipt(sale, sale.returns[-1], balance, slip=scene.slip)

    def act_of(reader: Reader) -> bytes | None:
        sale = sale_detail(reader, sale_id)
        return sale.returns[-1].op if sale is not None and sale.returns else None

    return Document(Kind.RETURN, sale_id, read, act_of)


def value_document(member_id: MemberId) -> Document:
    """Return the receipt of the newest time that a member paid value in or was paid out."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        balance = _balance(reader, scene, member_id)
        row = _newest_value(reader, member_id)
        if balance is None or row is None:
            return None
        held = value_held(reader, member_id, on=scene.home.calendar.day_of(scene.now_ms))
        act = ValueSlip(
            branch=row.branch,
            counter=row.counter,
            staff=row.staff,
            at_ms=row.at_ms,
            is_top_up=row.kind == "top_up",
            principal=row.principal,
            bonus=row.bonus,
            tender=row.tender,
            held_principal=held.principal,
            held_bonus=held.bonus,
        )
        return value_receipt(act, balance, slip=scene.slip)

    def act_of(reader: Reader) -> bytes | None:
        row = _newest_value(reader, member_id)
        return None if row is None else row.op

    return Document(Kind.VALUE, member_id, read, act_of)


def shift_document(shift_id: ShiftId, *, closed: bool, blind: bool = False) -> Document:
    """Return a shift's report: the Z of a closed shift, whose copies are counted, or its X.

    A `blind` X does not say what should lie in the drawer.
    """

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        shift = shift_summary(reader, shift_id)
        if shift is None:
            return None
        tenders = shift_tenders(reader, shift.shift_id)
        return shift_receipt(shift, tenders, slip=scene.slip, waiting=scene.waiting, blind=blind)

    if not closed:
        return Document(Kind.SHIFT_SO_FAR, shift_id, read)
    return Document(Kind.SHIFT, shift_id, read, lambda _reader: shift_id)


def member_document(member_id: MemberId) -> Document:
    """Return a member's code."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        balance = _balance(reader, scene, member_id)
        if balance is None:
            return None
        return member_receipt(balance, branch=scene.home.branch_name, slip=scene.slip)

    return Document(Kind.MEMBER, member_id, read)


def _newest_value(reader: Reader, member_id: MemberId) -> ValueRow | None:
    rows = value_history(reader, member_id, limit=VALUE_ROWS)
    return next((row for row in rows if row.kind in {"top_up", "refund"}), None)


def _balance(reader: Reader, scene: PrintScene, member_id: MemberId | None) -> Balance | None:
    if member_id is None:
        return None
    card = member_card(
        reader, member_id, home=scene.home, program=scene.program, now_ms=scene.now_ms
    )
    return None if card is None else balance_of(card, scene.slip.voice)
