"""The code on a receipt: it comes back as it was written, and no garbled one passes."""

import base64
import hashlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.ids import BranchId, MemberId, SaleId
from db.domain.lookup.scans import ReceiptCode as ScannedReceipt
from db.domain.lookup.scans import classify
from db.domain.receipt_code import (
    CHARACTERS_MAX,
    LINES_MAX,
    MARK,
    NoReceiptCode,
    ReceiptCode,
    ReceiptFacts,
    Seal,
    SoldLine,
    facts_bytes,
    full_code,
    read_receipt_code,
    short_code,
)

IDS = st.binary(min_size=16, max_size=16)
MONEY = st.integers(0, 99_999_999)
LINES = st.builds(SoldLine, st.integers(1, 9_999), MONEY, st.integers(0, 999_999), MONEY)
FACTS = st.builds(
    ReceiptFacts,
    sale_id=IDS.map(SaleId),
    branch_id=IDS.map(BranchId),
    day=st.dates(date(2000, 1, 1), date(2179, 6, 6)),
    member_id=st.none() | IDS.map(MemberId),
    due=MONEY,
    lines=st.lists(LINES, max_size=LINES_MAX).map(tuple),
)
SEALS = st.builds(
    Seal, st.binary(min_size=32, max_size=32), *[st.binary(min_size=64, max_size=64)] * 2
)
SEAL = Seal(bytes(32), bytes(64), bytes(64))
PLAIN = ReceiptFacts(
    SaleId(b"s" * 16),
    BranchId(b"b" * 16),
    date(2026, 11, 24),
    None,
    12_800,
    (SoldLine(1, 1, 1, 0),),
)


def code_of(facts: ReceiptFacts, seal: Seal = SEAL) -> str:
    signed = facts_bytes(facts)
    assert signed is not None
    code = full_code(signed, seal)
    assert code is not None
    return code


def written(data: bytes) -> str:
    """Return bytes as a code with a right check, as a forger makes it."""
    whole = data + hashlib.sha256(data).digest()[:2]
    return MARK + base64.b32encode(whole).decode().rstrip("=")


@given(facts=FACTS, seal=SEALS)
def test_a_full_code_says_what_was_written(facts: ReceiptFacts, seal: Seal) -> None:
    code = code_of(facts, seal)

    assert len(code) <= CHARACTERS_MAX
    assert isinstance(classify(code.lower()), ScannedReceipt)
    assert read_receipt_code(code) == ReceiptCode(facts.sale_id, facts, seal)


@given(sale_id=IDS.map(SaleId))
def test_a_short_code_says_the_sale(sale_id: SaleId) -> None:
    assert read_receipt_code(f" {short_code(sale_id).lower()}== ") == ReceiptCode(sale_id)


@given(facts=FACTS, data=st.data())
def test_one_wrong_character_or_a_missing_one_is_no_code(
    facts: ReceiptFacts, data: st.DataObject
) -> None:
    code = code_of(facts)
    at = data.draw(st.integers(2, len(code) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(code[at].__ne__))
    for garbled in (code[:at] + other + code[at + 1 :], code[:at] + code[at + 1 :]):
        with pytest.raises(NoReceiptCode):
            read_receipt_code(garbled)


@given(text=st.text(max_size=800) | st.text("R1ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=", max_size=800))
def test_noise_is_no_code(text: str) -> None:
    with pytest.raises(NoReceiptCode):
        read_receipt_code(text)


@given(data=st.binary(max_size=400))
def test_a_forger_who_knows_the_format_makes_no_fault(data: bytes) -> None:
    try:
        read = read_receipt_code(written(data))
    except NoReceiptCode:
        return
    assert len(read.sale_id) == 16


@pytest.mark.parametrize(
    "body",
    [
        b"\x01" + bytes(34),  # nothing behind the day, not even what was due
        b"\x01" + bytes(34) + b"\x05\x01",  # a line of one number
        b"\x01" + bytes(34) + b"\x80",  # a number that does not end
        b"\x01" + bytes(34) + b"\xff" * 10 + b"\x01",  # a number beyond 63 bits
        b"\x01" + bytes(34) + bytes(1 + 4 * (LINES_MAX + 1)),  # thirteen lines
        b"\x02" + bytes(34) + b"\x05",  # a member's, without the member
        b"\x03" + bytes(40),  # of a later format
        b"\x01",
    ],
)
def test_a_right_check_over_wrong_fields_is_no_code(body: bytes) -> None:
    with pytest.raises(NoReceiptCode):
        read_receipt_code(written(body + bytes(160)))


@pytest.mark.parametrize(
    "facts",
    [
        replace(PLAIN, lines=PLAIN.lines * (LINES_MAX + 1)),
        replace(PLAIN, lines=(SoldLine(-1, 1, 1, 0),)),
        replace(PLAIN, due=-1),
        replace(PLAIN, day=date(1999, 12, 31)),
        replace(PLAIN, day=date(2200, 1, 1)),
    ],
)
def test_what_a_code_cannot_hold_is_said(facts: ReceiptFacts) -> None:
    assert facts_bytes(facts) is None


def test_a_code_too_long_for_the_paper_is_said() -> None:
    vast = SoldLine(1 << 62, 1 << 62, 1 << 62, 1 << 62)
    signed = facts_bytes(replace(PLAIN, lines=(vast,) * LINES_MAX))
    assert signed is not None

    assert full_code(signed, SEAL) is None
