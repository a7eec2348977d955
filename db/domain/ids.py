"""Identifiers: who is meant, and which act this is.

Every id is made where the thing happens, at the counter, so that a sale can be written while the
line is down. An operation id is also the idempotency key: the same id sent twice is the same act
once. Ids are UUIDv7 (RFC 9562 §5.7) as 16 raw bytes: time-ordered, so that indexes stay compact.
"""

import re
from functools import lru_cache
from typing import Final, NewType
from uuid import UUID

OperationId = NewType("OperationId", bytes)
SaleId = NewType("SaleId", bytes)
MemberId = NewType("MemberId", bytes)
StaffId = NewType("StaffId", bytes)
BranchId = NewType("BranchId", bytes)
CounterId = NewType("CounterId", bytes)
StreamId = NewType("StreamId", bytes)
LotId = NewType("LotId", bytes)
LeaseId = NewType("LeaseId", bytes)
ShiftId = NewType("ShiftId", bytes)
BatchId = NewType("BatchId", bytes)

ID_BYTES = 16
CHANCE_BYTES = 10
_TIME_MS_MAX = 1 << 48
_TEXT_CHARACTERS: Final = 36
_REMEMBERED: Final = 1024
_HEX_DIGITS: Final = re.compile("[0-9a-fA-F]{32}")


def uuid7(at_ms: int, chance: bytes) -> bytes:
    """Return a UUIDv7 of 16 bytes.

    Args:
        at_ms: UTC milliseconds, below 2^48.
        chance: ten random bytes; the caller brings them, this module has no randomness.
    """
    assert 0 <= at_ms < _TIME_MS_MAX, "UUIDv7 has 48 bits of milliseconds"
    assert len(chance) == CHANCE_BYTES, "UUIDv7 takes ten bytes of chance"
    random = bytearray(chance)
    random[0] = 0x70 | (random[0] & 0x0F)
    random[2] = 0x80 | (random[2] & 0x3F)
    return at_ms.to_bytes(6, "big") + bytes(random)


@lru_cache(maxsize=_REMEMBERED)
def text_of(identifier: bytes) -> str:
    """Return the dashed lower-case text of an id, as JSON and the command line write it."""
    digits = identifier.hex()
    assert len(digits) == 2 * ID_BYTES, "an id has 16 bytes"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@lru_cache(maxsize=_REMEMBERED)
def parse_id(text: str) -> bytes:
    """Return the id that `text` writes; raise `ValueError` when it is none.

    The writing of `text_of` is read four times as fast as the others that `UUID` knows. One act
    reads its own few ids a dozen times, so the latest are remembered.
    """
    if len(text) == _TEXT_CHARACTERS and text[8] == text[13] == text[18] == text[23] == "-":
        found = _HEX_DIGITS.fullmatch(text.replace("-", ""))
        if found is not None:
            return bytes.fromhex(found[0])
    return UUID(text.strip()).bytes
