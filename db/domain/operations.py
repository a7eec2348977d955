"""The operation: one confirmed act, as the bytes that are stored, hashed and sent. Frozen.

Every later version must read what this one wrote (`tests/vectors/operations` holds the proof).
An operation is canonical JSON: keys sorted, no spaces, NFC text, integers only, absent instead of
null. Its bytes are made once, when the act is committed, and never re-serialised; the hash chain
`h = SHA-256(previous ‖ bytes)` runs over them per stream, and (stream, sequence) and the
operation id are its two idempotency keys. Personal data stays outside, named only by its digest,
so that it can be erased while the chain still verifies.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any

import msgspec

from db.domain.ids import ID_BYTES, parse_id, text_of

ENVELOPE_VERSION = 1
HASH_BYTES = 32
GENESIS = bytes(HASH_BYTES)
"""The previous hash of a stream's first operation."""
RAW_BYTES_MAX = 256 * 1024
"""Larger than the largest basket by far; a longer operation is refused before it is stored."""
NESTING_MAX = 32
"""Deeper than any body by far; what nests deeper could exhaust the stack of whoever reads it."""
NONCE_BYTES = 16
_INTEGER_MAX = (1 << 63) - 1
"""What a column holds; a clock beyond it belongs to no machine."""


class MalformedOperation(ValueError):
    """The bytes are not an operation of this format."""


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The fields of every operation, under the short names they have on the wire."""

    v: int
    t: str
    tv: int
    crit: int
    op: str
    s: str
    q: int
    p: str
    hlc: int
    wall: int
    mono: int
    boot: str
    bd: str
    tz: str
    store: str
    dev: str
    staff: str | None = None
    m: str | None = None
    rule: str | None = None
    ref: str | None = None
    gtok: tuple[dict[str, Any], ...] = ()
    pd: str | None = None
    b: dict[str, Any]


class Operation(msgspec.Struct, frozen=True):
    """A parsed operation beside its bytes and its place in the chain."""

    raw: bytes
    hash: bytes
    envelope: Envelope

    @property
    def op(self) -> bytes:
        """Return the operation's id, 16 bytes."""
        return parse_id(self.envelope.op)

    @property
    def stream(self) -> bytes:
        """Return the stream that holds it, 16 bytes."""
        return parse_id(self.envelope.s)

    @property
    def member(self) -> bytes | None:
        """Return the member it concerns, if any."""
        return None if self.envelope.m is None else parse_id(self.envelope.m)


@dataclass(frozen=True, slots=True)
class Personal:
    """A member's personal data beside the chain: `digest` is what the operation carries."""

    nonce: bytes
    payload: bytes

    @property
    def digest(self) -> str:
        """Return SHA-256 over nonce and payload, in hex."""
        return hashlib.sha256(self.nonce + self.payload).hexdigest()


def seal(envelope: Envelope) -> Operation:
    """Return the operation with its canonical bytes and its hash.

    Raises:
        MalformedOperation: when the envelope holds a float, or its bytes pass `RAW_BYTES_MAX`.
    """
    raw = msgspec.json.encode(envelope, order="sorted")
    if _surely_canonical(raw):
        try:
            _ANY.decode(raw)
        except msgspec.ValidationError as error:  # a float among the fields
            raise MalformedOperation(str(error)) from error
    else:
        raw = msgspec.json.encode(_normalised(msgspec.to_builtins(envelope)), order="sorted")
    if len(raw) > RAW_BYTES_MAX:
        message = f"an operation of {len(raw)} bytes; {RAW_BYTES_MAX} is the limit"
        raise MalformedOperation(message)
    return Operation(raw, chained(bytes.fromhex(envelope.p), raw), envelope)


def read_operation(raw: bytes) -> Operation:
    """Return the operation that these bytes are; they are kept as they came.

    Raises:
        MalformedOperation: when they are not canonical, or not an operation.
    """
    if len(raw) > RAW_BYTES_MAX:
        message = f"an operation of {len(raw)} bytes"
        raise MalformedOperation(message)
    try:
        envelope = _DECODER.decode(raw)
        canonical = _is_canonical(raw, envelope)
        identifiers = [parse_id(text) for text in _ids_in(envelope)]
        previous = bytes.fromhex(envelope.p)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedOperation(str(error)) from error
    if not canonical:
        message = "the bytes are not in canonical form"
        raise MalformedOperation(message)
    clocks = (envelope.hlc, abs(envelope.wall), envelope.q)
    if len(previous) != HASH_BYTES or envelope.q < 1 or not _are_stored(clocks):
        message = "the place in the chain is malformed"
        raise MalformedOperation(message)
    assert all(len(identifier) == ID_BYTES for identifier in identifiers)
    return Operation(raw, chained(previous, raw), envelope)


def chained(previous: bytes, raw: bytes) -> bytes:
    """Return SHA-256(previous ‖ raw): the head of the stream after this operation."""
    return hashlib.sha256(previous + raw).digest()


def personal_of(fields: dict[str, str], nonce: bytes) -> Personal:
    """Return personal fields in their canonical bytes; empty ones are left out."""
    assert len(nonce) == NONCE_BYTES, "a nonce has 16 random bytes"
    kept = {name: unicodedata.normalize("NFC", text) for name, text in fields.items() if text}
    return Personal(nonce, msgspec.json.encode(kept, order="sorted"))


def canonical(fields: object) -> bytes:
    """Return the canonical JSON of plain values: what is hashed or signed outside operations."""
    return msgspec.json.encode(_normalised(fields), order="sorted")


def id_text(identifier: bytes | None) -> str | None:
    """Return an id's text, or nothing for nobody."""
    return None if identifier is None else text_of(identifier)


def _ids_in(envelope: Envelope) -> list[str]:
    optional = (envelope.staff, envelope.m, envelope.ref)
    always = [envelope.op, envelope.s, envelope.store, envelope.dev]
    return always + [text for text in optional if text is not None]


def _is_canonical(raw: bytes, envelope: Envelope) -> bool:
    """Say whether the bytes are what `seal` writes; fields of a newer version may be among them.

    Raises:
        ValueError: when values nest too deep, or one is a float.
    """
    if not (raw.isascii() or unicodedata.is_normalized("NFC", raw.decode())):
        return False
    flat = raw.count(b"{") + raw.count(b"[") <= NESTING_MAX
    if flat and msgspec.json.encode(envelope, order="sorted") == raw:
        return True
    fields = _ANY.decode(raw)
    if not flat:
        _refuse_deep(fields)
    return msgspec.json.encode(fields, order="sorted") == raw


def _refuse_deep(fields: Any) -> None:
    """Raise `ValueError` when values nest deeper than `NESTING_MAX`."""
    layer = [fields]
    for _ in range(NESTING_MAX + 1):
        inner: list[Any] = []
        for value in layer:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        if not inner:
            return
        layer = inner
    raise ValueError("nested deeper than any operation")


def _are_stored(numbers: tuple[int, ...]) -> bool:
    return all(0 <= number <= _INTEGER_MAX for number in numbers)


def _surely_canonical(raw: bytes) -> bool:
    """Say whether sorted bytes need no second look: all NFC, and no `null` that was a NaN."""
    composed = raw.isascii() or unicodedata.is_normalized("NFC", raw.decode())
    return composed and b"null" not in raw


def _normalised(value: Any) -> Any:
    """Return `value` with every text in NFC; refuse floats, which have no place in a fact."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normalised(key): _normalised(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normalised(item) for item in value]
    if isinstance(value, float):
        message = "an operation holds integers only"
        raise MalformedOperation(message)
    return value


def _no_float(text: str) -> float:
    raise MalformedOperation(f"{text}: an operation holds integers only")


_DECODER = msgspec.json.Decoder(Envelope, float_hook=_no_float)
_ANY = msgspec.json.Decoder(float_hook=_no_float)
