"""An operation has a size, integers only, and is somebody's; personal data stands beside it."""

from typing import Any

import pytest

from db.domain.operations import (
    NESTING_MAX,
    RAW_BYTES_MAX,
    Envelope,
    MalformedOperation,
    canonical,
    id_text,
    personal_of,
    read_operation,
    seal,
)

ID = "01a1fcb0-af00-79a4-be1e-70bcc951a480"


def an_envelope(**fields: Any) -> Envelope:
    told: dict[str, Any] = {
        "v": 1, "t": "sale", "tv": 1, "crit": 1, "op": ID, "s": ID, "q": 1, "p": "00" * 32,
        "hlc": 1, "wall": 1, "mono": 1, "boot": "b", "bd": "2026-11-21", "tz": "Asia/Shanghai",
        "store": ID, "dev": ID, "b": {},
    }  # fmt: skip
    return Envelope(**(told | fields))


def test_an_operation_beyond_its_size_neither_seals_nor_reads() -> None:
    with pytest.raises(MalformedOperation):
        seal(an_envelope(b={"text": "x" * RAW_BYTES_MAX}))
    with pytest.raises(MalformedOperation):
        read_operation(b" " * (RAW_BYTES_MAX + 1))


def test_an_operation_may_be_nobodys() -> None:
    assert seal(an_envelope()).member is None
    assert seal(an_envelope(m=ID)).member is not None
    assert (id_text(None), id_text(bytes(16))) == (None, "00000000-0000-0000-0000-000000000000")


def test_personal_fields_are_canonical_and_a_nonce_hides_equal_ones() -> None:
    one = personal_of({"phone": "+8613812345678", "name": "Jose\u0301", "note": ""}, bytes(16))
    other = personal_of({"name": "Jos\u00e9", "phone": "+8613812345678"}, bytes([1] * 16))

    assert one.payload == other.payload
    assert b"note" not in one.payload
    assert one.digest != other.digest


def test_what_is_signed_is_sorted_and_holds_no_float() -> None:
    assert canonical({"b": 1, "a": [2]}) == b'{"a":[2],"b":1}'
    with pytest.raises(MalformedOperation):
        canonical({"a": 0.5})


def test_an_operation_nested_deeper_than_any_is_not_read() -> None:
    flat, deep = seal(an_envelope(b={"wide": [[] for _ in range(99)]})), 1
    nested: Any = []
    while deep < NESTING_MAX:
        nested, deep = [nested], deep + 1

    assert read_operation(flat.raw) == flat
    with pytest.raises(MalformedOperation, match="deeper"):
        read_operation(seal(an_envelope(b={"deep": nested})).raw)
