"""A sealed message: lines of JSON under zstd that end in a signed frame.

The first line is the message, each further line one row of it, and the last line, the end-frame,
holds the number of rows, the SHA-256 of all lines before it and the sender's signature over that.
Proxies, captive portals and half-closed connections all answer "200 OK" now and then; a body
without its end-frame is no answer, whatever its status says (SYNC.md §0.2).
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec
import zstandard

from sync.protocol import signing
from sync.protocol.version import PROTOCOL

SEALED_BYTES_MAX = 8 * 1024 * 1024
"""The most a sealed message may weigh on the line."""
OPENED_BYTES_MAX = 32 * 1024 * 1024
"""The most it may weigh unpacked: what promises more is no message of ours."""
_LEVEL = 3
_WINDOW_BYTES_MAX = 8 * 1024 * 1024
"""How much memory a frame may ask of who unpacks it; level 3 asks for 2 MiB at most."""
_T = TypeVar("_T")


class BrokenFrames(Exception):
    """The bytes are not a whole message from the one who should have sent it."""


class EndFrame(msgspec.Struct, frozen=True, kw_only=True):
    """The last line: how many rows, the digest of all lines before, and the signature over it."""

    end: int
    n: int
    sha256: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """The lines of a message whose end-frame was there and fits; the signature is yet to check."""

    head: bytes
    rows: tuple[bytes, ...]
    digest: bytes
    signature: bytes

    def is_from(self, public: bytes, purpose: str) -> bool:
        """Say whether the holder of this key sealed it for this purpose."""
        return signing.is_signed(public, self.signature, purpose=purpose, message=self.digest)


def seal(head: bytes, rows: Sequence[bytes], *, private: bytes, purpose: str) -> bytes:
    """Return the compressed lines with their signed end-frame."""
    body = b"".join(line + b"\n" for line in (head, *rows))
    digest = hashlib.sha256(body).digest()
    end = EndFrame(
        end=PROTOCOL,
        n=len(rows),
        sha256=digest,
        sig=signing.sign(private, purpose, digest),
    )
    return zstandard.ZstdCompressor(level=_LEVEL).compress(body + msgspec.json.encode(end) + b"\n")


def unseal(sealed: bytes) -> Opened:
    """Return the lines of a sealed message.

    Raises:
        BrokenFrames: when anything is missing, changed, too large, or not ours at all.
    """
    lines = _unpacked(sealed).split(b"\n")
    if len(lines) < 3 or lines[-1] != b"":  # noqa: PLR2004 - message, end-frame, nothing behind it
        raise BrokenFrames("no end-frame")
    end = decode_with(_END, lines[-2])
    body = lines[:-2]
    if end.end != PROTOCOL or end.n != len(body) - 1:
        raise BrokenFrames(f"an end-frame for {end.n} rows of version {end.end}")
    digest = hashlib.sha256(b"".join(line + b"\n" for line in body)).digest()
    if digest != end.sha256:
        raise BrokenFrames("the digest does not fit")
    return Opened(body[0], tuple(body[1:]), digest, end.sig)


def decode_with(decoder: msgspec.json.Decoder[_T], line: bytes) -> _T:
    """Return what a line holds; raise `BrokenFrames` when it holds something else."""
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BrokenFrames(str(error)) from error


def _unpacked(sealed: bytes) -> bytes:
    """Return the lines; a cut-off body comes out short here and fails at its end-frame."""
    try:
        unpacking = zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES_MAX)
        with unpacking.stream_reader(io.BytesIO(sealed)) as reader:
            lines = reader.read(OPENED_BYTES_MAX + 1)
    except zstandard.ZstdError as error:
        raise BrokenFrames("not compressed as agreed") from error
    if len(lines) > OPENED_BYTES_MAX:
        raise BrokenFrames("larger than any message of ours")
    return lines


_END = msgspec.json.Decoder(EndFrame)
