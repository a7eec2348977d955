"""Laws of the operation's bytes: what is sealed reads back, and nothing else reads at all."""

import unicodedata
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.domain.ids import parse_id, text_of
from db.domain.operations import Envelope, MalformedOperation, read_operation, seal

ID = "01a1fcb0-af00-79a4-be1e-70bcc951a480"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values: Any = st.recursive(
    st.integers(-(2**53), 2**53) | texts | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def an_envelope(**body: Any) -> Envelope:
    return Envelope(
        v=1, t="sale", tv=1, crit=1, op=ID, s=ID, q=1, p="00" * 32, hlc=1, wall=1, mono=1,
        boot="b", bd="2026-11-21", tz="Asia/Shanghai", store=ID, dev=ID, b=body,
    )  # fmt: skip


@given(st.dictionaries(texts, values, max_size=4))
def test_what_is_sealed_is_canonical_and_reads_back(body: dict[str, Any]) -> None:
    sealed = seal(an_envelope(x=body))

    read = read_operation(sealed.raw)

    assert read.raw == sealed.raw
    assert read.hash == sealed.hash
    text = sealed.raw.decode()
    assert unicodedata.is_normalized("NFC", text)
    assert msgspec.json.encode(msgspec.json.decode(text), order="sorted") == sealed.raw


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(0.5)
def test_a_float_neither_seals_nor_reads(number: float) -> None:
    raw = seal(an_envelope(amount=1)).raw

    with pytest.raises(MalformedOperation):
        seal(an_envelope(amount=number))
    with pytest.raises(MalformedOperation):
        read_operation(raw.replace(b'"amount":1', f'"amount":{number!r}'.encode()))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -0.0])
def test_no_other_number_seals_either(number: float) -> None:
    with pytest.raises(MalformedOperation):
        seal(an_envelope(amount=number))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"crit":1', b'"crit": 1'),
        (b'{"b"', b'{"zz":1,"b"'),
        ('"é"'.encode(), '"e\u0301"'.encode()),
        ('"é"'.encode(), b'"\\u00e9"'),
        (b'"q":1', b'"q":0'),
        (ID.encode(), ID.upper().replace("-", "").encode()),
    ],
)
def test_bytes_in_any_other_form_are_refused(was: bytes, becomes: bytes) -> None:
    raw = seal(an_envelope(name="é")).raw
    changed = raw.replace(was, becomes, 1)
    assert changed != raw

    if becomes.isalnum():  # another writing of an id names the same operation: its bytes differ
        assert read_operation(changed).hash != read_operation(raw).hash
        return
    with pytest.raises(MalformedOperation):
        read_operation(changed)


@given(st.binary(min_size=16, max_size=16))
def test_an_id_reads_back_from_its_text_in_either_case(identifier: bytes) -> None:
    text = text_of(identifier)

    assert parse_id(text) == parse_id(text.upper()) == parse_id(f" {text} ") == identifier


@pytest.mark.parametrize(
    "text",
    ["", "x", ID[:-1], ID + "0", ID.replace("0", "g", 1), ID.replace("01", " 1"), "０" * 36],
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_id(text)
