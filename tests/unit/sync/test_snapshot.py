"""Manifests and chunks: what head office sealed, and nothing else."""

import os

import msgspec
import pytest

from sync.protocol.digest import EMPTY
from sync.protocol.messages import Position
from sync.protocol.signing import public_key
from sync.protocol.snapshot import (
    CHUNK_BYTES_MAX,
    PAGES_IN_CHUNK,
    BrokenSnapshot,
    Manifest,
    open_chunk,
    read_manifest,
    seal_chunk,
    signed_manifest,
)

KEY = bytes(range(32))
OFFICE, STRANGER = b"o" * 32, b"s" * 32
MANIFEST = Manifest(
    incarnation=bytes(16),
    schema=8,
    grams="1",
    made_at=1,
    heads=(Position(bucket=bytes(16), sequence=0, sum256=EMPTY),),
    rows=1,
    members=1,
    bytes=65_536,
    chunks=(bytes(32),),
)


def test_a_chunk_opens_to_what_was_sealed() -> None:
    assert open_chunk(seal_chunk(b"pages" * 1_000, KEY), KEY) == b"pages" * 1_000


def test_equal_pages_are_one_chunk() -> None:
    assert seal_chunk(b"pages", KEY) == seal_chunk(b"pages", KEY)
    assert seal_chunk(b"pages", KEY) != seal_chunk(b"other", KEY)


def test_a_chunk_shows_nothing_of_what_is_in_it() -> None:
    assert b"13910000001" not in seal_chunk(b"13910000001", KEY)


def test_a_chunk_of_noise_still_fits() -> None:
    assert len(seal_chunk(os.urandom(65_520 * PAGES_IN_CHUNK), KEY)) <= CHUNK_BYTES_MAX


SEALED = seal_chunk(b"pages" * 100, KEY)


@pytest.mark.parametrize(
    "touched",
    [
        pytest.param(SEALED[:-1], id="short by a byte"),
        pytest.param(SEALED[: len(SEALED) // 2], id="cut in half"),
        pytest.param(b"", id="empty"),
        pytest.param(bytes([SEALED[0] ^ 1]) + SEALED[1:], id="first bit"),
        pytest.param(SEALED[:-1] + bytes([SEALED[-1] ^ 1]), id="last bit"),
        pytest.param(b"<!DOCTYPE html>" * 100, id="a page of a portal"),
    ],
)
def test_a_chunk_that_was_touched_is_refused(touched: bytes) -> None:
    with pytest.raises(BrokenSnapshot):
        open_chunk(touched, KEY)


def test_a_chunk_under_another_key_is_refused() -> None:
    with pytest.raises(BrokenSnapshot):
        open_chunk(seal_chunk(b"pages", KEY), bytes(32))


def test_a_manifest_is_what_its_signer_wrote() -> None:
    raw, signature = signed_manifest(MANIFEST, private=OFFICE)
    assert read_manifest(raw, signature, public=public_key(OFFICE)) == MANIFEST


def test_a_strangers_manifest_is_refused() -> None:
    raw, signature = signed_manifest(MANIFEST, private=STRANGER)
    with pytest.raises(BrokenSnapshot):
        read_manifest(raw, signature, public=public_key(OFFICE))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(msgspec.structs.replace(MANIFEST, chunks=()), id="no chunks"),
        pytest.param(msgspec.structs.replace(MANIFEST, format=99), id="version 99"),
    ],
)
def test_a_manifest_of_another_form_is_refused(other: Manifest) -> None:
    raw, signature = signed_manifest(other, private=OFFICE)
    with pytest.raises(BrokenSnapshot):
        read_manifest(raw, signature, public=public_key(OFFICE))


def test_a_changed_manifest_is_refused() -> None:
    raw, signature = signed_manifest(MANIFEST, private=OFFICE)
    with pytest.raises(BrokenSnapshot):
        read_manifest(raw.replace(b"65536", b"65537"), signature, public=public_key(OFFICE))
