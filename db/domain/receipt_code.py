"""The code on a receipt, for returns elsewhere: what was sold, signed; or the sale's id alone.

`R1` and base32 (RFC 4648, no padding) over a format byte, the fields, and two bytes of SHA-256 that
tell a misread code from a forged one. A seal is a counter's signature over the fields, with its key
and head office's word that the key is a counter's. A code of twelve lines stays below 600
characters: QR version 15 at level M. Nobody's name or phone is in it.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from db.domain.ids import ID_BYTES, BranchId, MemberId, SaleId

MARK: Final = "R1"
LINES_MAX: Final = 12
CHARACTERS_MAX: Final = 600
KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
_FIRST_DAY: Final = date(2000, 1, 1)
_DAY_BYTES: Final = 2
_CHECK_BYTES: Final = 2
_SHORT, _FULL, _FULL_OF_MEMBER = 0, 1, 2
_VARINT_BITS: Final = 7
_VARINT_BYTES_MAX: Final = 9
_SEAL_BYTES: Final = KEY_BYTES + 2 * SIGNATURE_BYTES


class NoReceiptCode(ValueError):
    """The text is no code of a receipt, or one that was misread."""


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line as sold: units, 分 paid for it, points earned and points used on it."""

    quantity: int
    paid: int
    earned: int
    redeemed: int


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says of its sale; `due` in 分."""

    sale_id: SaleId
    branch_id: BranchId
    day: date
    member_id: MemberId | None
    due: int
    lines: tuple[SoldLine, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """A counter's key, head office's signature over that key, the counter's over the facts."""

    key: bytes
    proof: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """A code that was read; a short one has the sale's id alone."""

    sale_id: SaleId
    facts: ReceiptFacts | None = None
    seal: Seal | None = None


def facts_bytes(facts: ReceiptFacts) -> bytes | None:
    """Return the bytes that are signed; None when a code cannot hold them."""
    days = (facts.day - _FIRST_DAY).days
    numbers = [facts.due]
    for line in facts.lines:
        numbers += [line.quantity, line.paid, line.earned, line.redeemed]
    fits = len(facts.lines) <= LINES_MAX and 0 <= days < 1 << 8 * _DAY_BYTES
    if not fits or any(not 0 <= number < 1 << 63 for number in numbers):
        return None
    head = bytes((_FULL if facts.member_id is None else _FULL_OF_MEMBER,))
    parts = (
        head,
        facts.sale_id,
        facts.branch_id,
        days.to_bytes(_DAY_BYTES, "big"),
        facts.member_id or b"",
        *map(_varint, numbers),
    )
    return b"".join(parts)


def full_code(signed: bytes, seal: Seal) -> str | None:
    """Return the code of signed facts; None when it is too long for its place on the paper."""
    assert len(seal.key) == KEY_BYTES, "an Ed25519 key"
    assert len(seal.proof) == len(seal.signature) == SIGNATURE_BYTES, "Ed25519 signatures"
    code = _written(signed + seal.key + seal.proof + seal.signature)
    return code if len(code) <= CHARACTERS_MAX else None


def short_code(sale_id: SaleId) -> str:
    """Return the code that holds the sale's id alone."""
    return _written(bytes((_SHORT,)) + sale_id)


def read_receipt_code(text: str) -> ReceiptCode:
    """Return what a code says; raises `NoReceiptCode` for one that is misread or of no format."""
    data = _checked(text)
    kind, rest = data[0], data[1:]
    if kind == _SHORT and len(rest) == ID_BYTES:
        return ReceiptCode(SaleId(rest))
    if kind not in {_FULL, _FULL_OF_MEMBER} or len(rest) <= _SEAL_BYTES:
        raise NoReceiptCode(text[:8])
    body, sealed = rest[:-_SEAL_BYTES], rest[-_SEAL_BYTES:]
    facts = _facts(body, of_member=kind == _FULL_OF_MEMBER)
    key, signatures = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    seal = Seal(key, signatures[:SIGNATURE_BYTES], signatures[SIGNATURE_BYTES:])
    return ReceiptCode(facts.sale_id, facts, seal)


def _facts(body: bytes, *, of_member: bool) -> ReceiptFacts:
    fixed = 2 * ID_BYTES + _DAY_BYTES + (ID_BYTES if of_member else 0)
    numbers = _numbers(body[fixed:])
    due, rest = numbers[:1], numbers[1:]
    if len(body) < fixed or not due or len(rest) % 4 or len(rest) > 4 * LINES_MAX:
        raise NoReceiptCode(MARK)
    days = int.from_bytes(body[2 * ID_BYTES : 2 * ID_BYTES + _DAY_BYTES], "big")
    return ReceiptFacts(
        sale_id=SaleId(body[:ID_BYTES]),
        branch_id=BranchId(body[ID_BYTES : 2 * ID_BYTES]),
        day=_FIRST_DAY + timedelta(days=days),
        member_id=MemberId(body[fixed - ID_BYTES : fixed]) if of_member else None,
        due=due[0],
        lines=tuple(SoldLine(*rest[at : at + 4]) for at in range(0, len(rest), 4)),
    )


def _written(data: bytes) -> str:
    check = hashlib.sha256(data).digest()[:_CHECK_BYTES]
    return MARK + base64.b32encode(data + check).decode("ascii").rstrip("=")


def _checked(text: str) -> bytes:
    """Return the bytes of a code whose check is right; there is one way only to write them."""
    body = text.strip().upper().removeprefix(MARK).rstrip("=")
    try:
        data = base64.b32decode(body + "=" * (-len(body) % 8))
    except (binascii.Error, ValueError) as error:
        raise NoReceiptCode(text[:8]) from error
    if len(data) <= _CHECK_BYTES or _written(data[:-_CHECK_BYTES]) != MARK + body:
        raise NoReceiptCode(text[:8])
    return data[:-_CHECK_BYTES]


def _varint(number: int) -> bytes:
    """Return a number in groups of seven bits, the lowest first (LEB128)."""
    parts = bytearray()
    while number >= 1 << _VARINT_BITS:
        parts.append(number & 0x7F | 0x80)
        number >>= _VARINT_BITS
    parts.append(number)
    return bytes(parts)


def _numbers(data: bytes) -> list[int]:
    numbers: list[int] = []
    value = place = 0
    for byte in data:
        value |= (byte & 0x7F) << _VARINT_BITS * place
        place += 1
        if place > _VARINT_BYTES_MAX:
            raise NoReceiptCode(MARK)
        if not byte & 0x80:
            numbers.append(value)
            value = place = 0
    if place:
        raise NoReceiptCode(MARK)
    return numbers
