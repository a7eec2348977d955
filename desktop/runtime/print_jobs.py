"""What is read for each piece of paper: facts by the queries there are, and the receipt of them.

Each job reads one snapshot on the reading thread. What is not there any more gives no receipt.
"""

from collections.abc import Callable
from dataclasses import dataclass

from db.domain.ids import MemberId, SaleId, ShiftId
from db.domain.program.program import Program
from db.queries.member_card import member_card
from db.queries.sale_detail import sale_detail
from db.queries.shift_summary import last_shift, shift_summary, shift_tenders
from db.queries.value_history import value_held, value_history
from db.storage.database import Reader
from db.storage.home import HomeIdentity
from desktop.receipts.member_receipt import member_receipt
from desktop.receipts.parts import Balance, Slip, balance_of
from desktop.receipts.receipt import Receipt
from desktop.receipts.return_receipt import return_receipt
from desktop.receipts.sale_receipt import sale_receipt
from desktop.receipts.shift_receipt import shift_receipt
from desktop.receipts.value_receipt import ValueSlip, value_receipt


@dataclass(frozen=True, slots=True)
class PrintScene:
    """Where and when it is printed, in which words, as which copy."""

    home: HomeIdentity
    program: Program
    now_ms: int
    slip: Slip
    waiting: int = 0


Job = Callable[[Reader, PrintScene], Receipt | None]


def sale_job(sale_id: SaleId) -> Job:
    """Return the job of a sale's receipt; a first copy paid in cash opens the drawer."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        sale = sale_detail(reader, sale_id)
        if sale is None:
            return None
        cash = bool(sale.tenders.get("cash")) and sale.reversed_by is None
        return sale_receipt(
            sale,
            _balance(reader, scene, sale.member_id),
            slip=scene.slip,
            opens_drawer=cash and scene.slip.copy == 0,
        )

    return read


def return_job(sale_id: SaleId) -> Job:
    """Return the job of the newest return of a sale."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        sale = sale_detail(reader, sale_id)
        if sale is None or not sale.returns:
            return None
        balance = _balance(reader, scene, sale.member_id)
        return return_receipt(sale, sale.returns[-1], balance, slip=scene.slip)

    return read


def value_job(member_id: MemberId) -> Job:
    """Return the job of the newest time that a member paid value in or was paid out."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        balance = _balance(reader, scene, member_id)
        moved = (
            row
            for row in value_history(reader, member_id, limit=1)
            if row.kind in {"top_up", "refund"}
        )
        row = next(moved, None)
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

    return read


def shift_job(shift_id: ShiftId | None = None) -> Job:
    """Return the job of a shift's report; without an id of this counter's newest shift."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        counter_id = scene.home.counter_id
        shift = (
            last_shift(reader, counter_id) if shift_id is None else shift_summary(reader, shift_id)
        )
        if shift is None:
            return None
        tenders = shift_tenders(reader, shift.shift_id)
        return shift_receipt(shift, tenders, slip=scene.slip, waiting=scene.waiting, blind=True)

    return read


def member_job(member_id: MemberId) -> Job:
    """Return the job of a member's code."""

    def read(reader: Reader, scene: PrintScene) -> Receipt | None:
        balance = _balance(reader, scene, member_id)
        if balance is None:
            return None
        return member_receipt(balance, branch=scene.home.branch_name, slip=scene.slip)

    return read


def _balance(reader: Reader, scene: PrintScene, member_id: MemberId | None) -> Balance | None:
    if member_id is None:
        return None
    card = member_card(
        reader, member_id, home=scene.home, program=scene.program, now_ms=scene.now_ms
    )
    return None if card is None else balance_of(card, scene.slip.voice)
