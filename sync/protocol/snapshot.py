"""A snapshot: head office's book as one image, cut in chunks under a signed manifest.

A chunk is named by the SHA-256 of its bytes, so it may come from anywhere, in any order, any number
of times. Inside are whole pages of the image, compressed and sealed (AES-256-GCM) with a key that
comes with the manifest: on every disk a chunk lies on, it is as closed as the database.
"""

import hmac
from typing import Final

import msgspec
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.protocol import signing
from sync.protocol.messages import Digest, Id, Position, Whole, Words

FORMAT: Final = 1
PAGES_IN_CHUNK: Final = 63
"""So that a chunk is under 4 MiB even where nothing in it can be compressed."""
CHUNK_BYTES_MAX: Final = 4 * 1024 * 1024
CHUNKS_MAX: Final = 100_000
KEY_BYTES: Final = 32
PURPOSE: Final = "snapshot"
_NONCE_BYTES: Final = 12
_LEVEL: Final = 3
_CLEAR_BYTES_MAX: Final = CHUNK_BYTES_MAX


class BrokenSnapshot(Exception):
    """A manifest or a chunk is not what head office made."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot is: of which life and moment of head office, and its chunks in order.

    `heads` are the places in the feed that it stands at: what comes behind them is still to be
    pulled. `grams` names the rules of its search postings; `rows` and `members` are counts.
    """

    format: int = FORMAT
    incarnation: Id
    schema: Whole
    grams: Words
    made_at: Whole
    heads: tuple[Position, ...]
    rows: Whole
    members: Whole
    bytes: Whole
    chunks: tuple[Digest, ...]


def read_manifest(manifest: bytes, signature: bytes, *, public: bytes) -> Manifest:
    """Return a manifest that the holder of `public` signed; raise `BrokenSnapshot` otherwise."""
    if not signing.is_signed(public, signature, purpose=PURPOSE, message=manifest):
        raise BrokenSnapshot("a manifest of somebody else")
    try:
        read = _MANIFEST.decode(manifest)
    except (msgspec.MsgspecError, ValueError) as error:
        raise BrokenSnapshot(str(error)) from error
    if read.format != FORMAT or not 0 < len(read.chunks) <= CHUNKS_MAX:
        raise BrokenSnapshot("a manifest of another form")
    return read


def signed_manifest(manifest: Manifest, *, private: bytes) -> tuple[bytes, bytes]:
    """Return a manifest's bytes and the signature over them."""
    raw = msgspec.json.encode(manifest)
    return raw, signing.sign(private, PURPOSE, raw)


def seal_chunk(clear: bytes, key: bytes) -> bytes:
    """Return clear pages as a chunk; equal pages under one key are one chunk.

    The nonce is a keyed digest of what is sealed, so that it never serves two contents.
    """
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(clear)
    nonce = hmac.digest(key, packed, "sha256")[:_NONCE_BYTES]
    return nonce + AESGCM(key).encrypt(nonce, packed, None)


def open_chunk(chunk: bytes, key: bytes) -> bytes:
    """Return the clear pages in a chunk; raise `BrokenSnapshot` when the key is not its own."""
    try:
        packed = AESGCM(key).decrypt(chunk[:_NONCE_BYTES], chunk[_NONCE_BYTES:], None)
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=_CLEAR_BYTES_MAX)
    except (InvalidTag, ValueError, zstandard.ZstdError) as error:
        raise BrokenSnapshot("not a chunk of this snapshot") from error


_MANIFEST = msgspec.json.Decoder(Manifest)
