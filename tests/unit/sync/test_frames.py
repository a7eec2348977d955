"""A sealed message comes out whole and from the right sender, or not at all."""

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import frames
from sync.protocol.digest import EMPTY, added
from sync.protocol.frames import BrokenFrames, seal, unseal
from sync.protocol.messages import (
    Fact,
    LeaseRequest,
    Problem,
    PushRequest,
    reply_in,
    request_in,
    seal_message,
)
from sync.protocol.signing import is_signed, public_key, sign

KEY, OTHER = bytes(range(32)), bytes(32)
ROWS = (b'{"op":{"a":1}}', b'{"op":{"b":"\xe5\xba\x97"}}')
lines = st.binary(max_size=60).filter(lambda line: b"\n" not in line)


def sealed(*rows: bytes) -> bytes:
    return seal(b'{"type":"x"}', rows or ROWS, private=KEY, purpose="push request")


@given(head=lines, rows=st.lists(lines, max_size=5))
def test_what_is_sealed_comes_out_as_it_went_in(head: bytes, rows: list[bytes]) -> None:
    opened = unseal(seal(head, rows, private=KEY, purpose="p"))

    assert (opened.head, list(opened.rows)) == (head, rows)
    assert opened.is_from(public_key(KEY), "p")


def test_every_cut_is_noticed() -> None:
    whole = sealed()

    for length in range(len(whole)):
        with pytest.raises(BrokenFrames):
            unseal(whole[:length])


@pytest.mark.parametrize(
    "body",
    [b"", b"<html></html>", b'{"ok":true}', zstandard.compress(b""), zstandard.compress(b"\n\n\n")],
)
def test_what_is_no_message_of_ours_is_not_opened(body: bytes) -> None:
    with pytest.raises(BrokenFrames):
        unseal(body)


def test_a_changed_row_does_not_fit_its_digest() -> None:
    plain = zstandard.decompress(sealed()).replace(b'"a":1', b'"a":2')

    with pytest.raises(BrokenFrames, match="digest"):
        unseal(zstandard.compress(plain))


def test_a_lost_row_is_counted() -> None:
    plain = zstandard.decompress(sealed()).replace(ROWS[0] + b"\n", b"")

    with pytest.raises(BrokenFrames):
        unseal(zstandard.compress(plain))


def test_another_version_is_not_read() -> None:
    plain = zstandard.decompress(sealed()).replace(b'"end":1', b'"end":2')

    with pytest.raises(BrokenFrames, match="version 2"):
        unseal(zstandard.compress(plain))


def test_a_signature_holds_for_its_key_and_purpose_alone() -> None:
    opened = unseal(sealed())

    assert opened.is_from(public_key(KEY), "push request")
    assert not opened.is_from(public_key(KEY), "pull request")
    assert not opened.is_from(public_key(OTHER), "push request")
    assert not opened.is_from(b"short", "push request")


def test_a_key_that_is_no_point_of_the_curve_signs_nothing() -> None:
    signature = sign(KEY, "p", b"m")

    assert not is_signed(b"\xff" * 32, signature, purpose="p", message=b"m")
    assert not is_signed(public_key(KEY), signature[:-1], purpose="p", message=b"m")


def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frames, "OPENED_BYTES_MAX", 1_000)

    with pytest.raises(BrokenFrames, match="larger"):
        unseal(zstandard.compress(bytes(100_000)))


@given(raws=st.lists(st.binary(max_size=20), max_size=8), data=st.data())
def test_the_digest_of_a_set_does_not_depend_on_its_order(
    raws: list[bytes], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(raws))

    assert total(raws) == total(shuffled)
    assert total([*raws, b"one more"]) != total(raws)


def test_operations_travel_byte_for_byte() -> None:
    raw = b'{"b":{"n":1},"z":"\xe5\xba\x97"}'
    request = a_push(Fact(op=msgspec.Raw(raw), nonce=b"n" * 16, personal=b"{}"))

    again = request_in(unseal(seal_message(request, private=KEY, purpose="push request")))

    assert bytes(again.rows[0].op) == raw
    assert again.rows[0].personal == b"{}"


def test_a_request_is_no_reply_and_a_reply_no_request() -> None:
    problem = unseal(seal_message(Problem(request=bytes(16), code="busy"), private=KEY, purpose=""))
    asked = unseal(seal_message(a_push(), private=KEY, purpose=""))

    with pytest.raises(BrokenFrames):
        request_in(problem)
    with pytest.raises(BrokenFrames):
        reply_in(asked)


def test_rows_hidden_in_the_first_line_are_not_taken() -> None:
    head = msgspec.json.encode(a_push(Fact(op=msgspec.Raw(b"{}"))))

    with pytest.raises(BrokenFrames, match="lines"):
        request_in(unseal(seal(head, (), private=KEY, purpose="")))


def test_more_rows_than_anyone_sends_are_not_taken() -> None:
    request = LeaseRequest(
        request=bytes(16),
        device=bytes(16),
        token="",
        stream=bytes(16),
        epoch=0,
        asks=(),
        rows=(Fact(op=msgspec.Raw(b"{}")),) * 501,
    )

    with pytest.raises(BrokenFrames, match="more rows"):
        request_in(unseal(seal_message(request, private=KEY, purpose="")))


def total(raws: list[bytes]) -> bytes:
    digest = EMPTY
    for raw in raws:
        digest = added(digest, raw)
    return digest


def a_push(*facts: Fact) -> PushRequest:
    return PushRequest(
        request=bytes(16),
        rows=facts,
        device=b"d" * 16,
        token="t",
        stream=b"s" * 16,
        epoch=1,
        first=1,
        previous=bytes(32),
    )
