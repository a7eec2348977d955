"""The code on a receipt at the real window: printed, scanned, forged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from db.domain.ids import BranchId, SaleId
from db.domain.receipt_code import (
    ReceiptFacts,
    SoldLine,
    facts_bytes,
    full_code,
    read_receipt_code,
)
from db.storage.home import HomeIdentity
from desktop.device_settings import DeviceSettings
from desktop.devices.printer_profile import Paper, PrinterProfile
from desktop.devices.simulators.printer import VirtualPrinter, virtual_printer
from desktop.gallery.cashier import Cashier
from desktop.runtime.receipt_codes import Proof, ReceiptCodes
from desktop.shell.receipt_scans import ReceiptScans
from sync.client.device import DeviceIdentity
from sync.protocol.receipt_seal import KEY_PROOF, sealed
from sync.protocol.signing import public_key, sign

ZHANG = "13812345678"
OFFICE, COUNTER, STRANGER = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
IDENTITY = DeviceIdentity(
    address="https://office.example",
    private_key=COUNTER,
    device=b"d" * 16,
    server_key=public_key(OFFICE),
    proof=sign(OFFICE, KEY_PROOF, public_key(COUNTER)),
)
ELSEWHERE = ReceiptFacts(
    SaleId(b"s" * 16),
    BranchId(b"b" * 16),
    date(2026, 11, 20),
    None,
    25_600,
    (SoldLine(2, 25_600, 256, 0),),
)


@pytest.fixture
def printer(selling: Cashier) -> Iterator[VirtualPrinter]:
    with virtual_printer() as printer:
        selling.counter.devices.use(
            DeviceSettings(
                printer=printer.address,
                profile=PrinterProfile(paper=Paper.MM58),
                prints_sales=True,
            )
        )
        yield printer


def receipt_of_a_sale(selling: Cashier, printer: VirtualPrinter) -> str:
    """Sell, and return the code on the paper."""
    selling.sell("128", ZHANG)
    assert printer.wait_for_cuts(1)
    return printer.strip.codes[0]


def code_of(facts: ReceiptFacts, *, private_key: bytes = COUNTER) -> str:
    signed = facts_bytes(facts)
    assert signed is not None
    code = full_code(signed, sealed(signed, private_key=private_key, proof=IDENTITY.proof))
    assert code is not None
    return code


class Scans:
    """A counter of a head office that scans receipts, and what it says."""

    def __init__(self, cashier: Cashier, codes: ReceiptCodes) -> None:
        self._cashier = cashier
        self.scans = ReceiptScans(cashier.counter.desk, codes, cashier.counter.desk)
        self.told: list[str] = []
        self.wanted = 0
        self.scans.told.connect(lambda _title, text: self.told.append(text))
        self.scans.wanted.connect(self._want)

    def take(self, code: str) -> bool:
        taken = self.scans.take(code)
        self._cashier.settle()
        return taken

    def _want(self) -> None:
        self.wanted += 1


def test_a_scanned_receipt_opens_its_sale(selling: Cashier, printer: VirtualPrinter) -> None:
    code = receipt_of_a_sale(selling, printer)
    selling.scan(code.lower())

    assert selling.counter.pages.sales.isVisible()
    chosen = selling.counter.pages.sales_model.state().detail
    assert chosen is not None
    assert "128.00" in chosen.give_back.text


def test_where_goods_come_back_a_receipt_begins_the_return(
    selling: Cashier, printer: VirtualPrinter
) -> None:
    code = receipt_of_a_sale(selling, printer)
    selling.tap("place_sales")
    selling.scan(code)
    assert selling.counter.pages.goods_return.isVisible()
    selling.tap("confirmReturn")
    assert printer.wait_for_cuts(2)

    selling.scan(code)
    assert not selling.counter.pages.goods_return.isVisible()
    assert selling.counter.pages.sales.isVisible()


def test_a_misread_code_is_said_and_changes_nothing(
    selling: Cashier, printer: VirtualPrinter
) -> None:
    code = receipt_of_a_sale(selling, printer)
    selling.type(ZHANG)
    selling.scan(code[:-1] + ("A" if code[-1] != "A" else "B"))

    assert selling.counter.pages.counter.isVisible()
    assert selling.state.member is not None


def test_a_joined_counter_seals_what_it_sold(selling: Cashier) -> None:
    selling.sell("128", ZHANG)
    last = selling.counter.desk.facts.status.last_sale
    assert last is not None
    codes = ReceiptCodes(IDENTITY)
    with selling.counter.storage.reading() as reader:
        code, alone = codes.code_of(reader, last.sale_id)
        short, alone_short = ReceiptCodes(replace_proof(IDENTITY)).code_of(reader, last.sale_id)

    assert (alone, alone_short) == (True, False)
    read, proof = codes.read(code)
    assert proof is Proof.GENUINE
    assert read.facts is not None
    assert (read.facts.due, read.facts.sale_id) == (12_800, last.sale_id)
    assert sum(line.earned for line in read.facts.lines) == 192
    assert read_receipt_code(short).sale_id == last.sale_id


def replace_proof(identity: DeviceIdentity) -> DeviceIdentity:
    """Return the identity of a counter that joined before receipts were sealed."""
    return DeviceIdentity(
        address=identity.address,
        private_key=identity.private_key,
        device=identity.device,
        server_key=identity.server_key,
    )


def test_a_genuine_receipt_of_another_branch_says_what_it_is_and_asks_head_office(
    selling: Cashier,
) -> None:
    scans = Scans(selling, ReceiptCodes(IDENTITY))
    selling.counter.desk.facts = replace(selling.counter.desk.facts, home=office_home(selling))

    assert scans.take(code_of(ELSEWHERE))
    assert "¥256.00" in scans.told[0]
    assert "小票是真的" in scans.told[0]
    assert scans.wanted == 1


def office_home(cashier: Cashier) -> HomeIdentity:
    """Return the counter's home as one that belongs to a head office."""
    return replace(cashier.counter.desk.facts.home, authority="office")


@pytest.mark.parametrize("private_key", [STRANGER, OFFICE])
def test_a_forged_receipt_is_called_so_and_nobody_is_asked(
    selling: Cashier, private_key: bytes
) -> None:
    scans = Scans(selling, ReceiptCodes(IDENTITY))

    assert scans.take(code_of(ELSEWHERE, private_key=private_key))
    assert "伪造" in scans.told[0]
    assert scans.wanted == 0


def test_other_codes_are_left_to_the_counter(selling: Cashier) -> None:
    scans = Scans(selling, ReceiptCodes(None))

    assert not any(scans.take(code) for code in (ZHANG, "6901234567892", "R1", ""))
    assert scans.told == []
