"""What counter and head office say to each other: one struct for each message, and its rows.

Ids and hashes are raw bytes (base64 on the wire); operations travel as the very bytes that were
sealed at the counter. Every request has an id of its own and every reply names the request it
answers, so a reply that comes late, twice, or from another conversation is no answer.
"""

from typing import Annotated, TypeVar

import msgspec

from db.services.enrollment import OfficeBook
from sync.protocol.frames import BrokenFrames, Opened, decode_with, seal

BATCH_FACTS_MAX = 500
"""The most operations in one push or one pull."""
BATCH_BYTES_MAX = 512 * 1024
"""The most bytes of operations in one push or one pull; one larger operation goes alone."""
LEASE_ASKS_MAX = 100
MARKS_MAX = 10_000
"""Places of all buckets together, each bucket's at distances that double."""
CODES_MAX = 50
"""The most coupons that one ask names."""
Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
MaybeId = Annotated[bytes, msgspec.Meta(max_length=16)]
Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
MaybeDigest = Annotated[bytes, msgspec.Meta(max_length=32)]
Whole = Annotated[int, msgspec.Meta(ge=0, le=(1 << 63) - 1)]
"""What a column holds: a count, a place in a chain, a time."""
Words = Annotated[str, msgspec.Meta(max_length=1_000)]
"""A name, a code, a version; longer ones are nobody's."""


class Fact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One operation as it was sealed, with the personal data that travels beside it.

    In a pull `bucket` and `at` are its place in the feed.
    """

    op: msgspec.Raw
    nonce: MaybeDigest = b""
    personal: bytes = b""
    bucket: MaybeDigest = b""
    at: Whole = 0


class Message(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What every message has: the request's id, 16 bytes, and its rows, which travel as lines."""

    request: Id
    rows: tuple[Fact, ...] = ()


class StreamClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A stream that the counter wrote before it joined, as far as it goes."""

    stream: Id
    epoch: Whole
    sequence: Whole
    head: Digest


class EnrollRequest(Message, frozen=True, tag="enroll", kw_only=True):
    """A counter asks to be taken in, by a code that was read out to it."""

    code: Words
    public_key: Digest
    counter: Id
    counter_name: Words
    branch: Id
    branch_name: Words
    timezone: Words
    day_cut_minutes: Annotated[int, msgspec.Meta(ge=0, lt=24 * 60)]
    streams: tuple[StreamClaim, ...] = ()
    app: Words = ""


class EnrollReply(Message, frozen=True, tag="enrolled", kw_only=True):
    """The counter is a device of head office: under which branch, stream and number block.

    `proof` is head office's signature over the counter's public key, which its receipts carry.
    """

    incarnation: bytes
    server_key: bytes
    device: bytes
    token: str
    branch: bytes
    stream: bytes
    number_block: str
    book: OfficeBook
    now: int
    proof: bytes = b""


class PushRequest(Message, frozen=True, tag="push", kw_only=True):
    """The operations of one stream from `first` on; `previous` is the hash before them."""

    device: Id
    token: Words
    stream: Id
    epoch: Whole
    first: Annotated[int, msgspec.Meta(ge=1, le=(1 << 63) - 1)]
    previous: Digest


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What became of an operation that was not simply applied."""

    sequence: int
    status: str
    error: str = ""


class PushReply(Message, frozen=True, tag="pushed", kw_only=True):
    """How far head office holds the stream.

    `answer` is `ack` (it holds everything to `upto`, whose hash is `upto_hash`), `rewind` (it
    holds only that much: send what follows), `fork` (it holds another operation at `fork_at`,
    behind the hash `fork_previous`) or `probe` (the chains part somewhere below). `durable` is how
    much of the stream its last proved backup holds, `most` how many operations it wants at once.
    """

    incarnation: bytes
    stream: bytes
    answer: str
    upto: int
    upto_hash: bytes
    durable: int
    fork_at: int = 0
    fork_previous: bytes = b""
    verdicts: tuple[Verdict, ...] = ()
    now: int
    next_ms: int
    most: int = BATCH_FACTS_MAX


class Roll(msgspec.Struct, frozen=True, kw_only=True):
    """The code that changes with the exchanges of a stream: who shows one twice is two."""

    generation: Whole
    code: Digest


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """How far a counter has read a bucket, and the digest of what it read."""

    bucket: Id
    sequence: Whole
    sum256: Digest


class PullRequest(Message, frozen=True, tag="pull", kw_only=True):
    """What happened since? `book` is the digest of the book the counter has, `app` its version.

    `marks` are places it passed in buckets that it read from another incarnation, `stopped` the
    buckets that it cannot read on before it is updated. `roll` is the last code its `stream` got,
    `doubt` what head office answered to one that was used before. `wait_ms` is how long it would
    like to wait for news. `caps` and `max_tv` say what it can read: the kinds of operation that it
    knows in a later version than the first. `acked` is how far it knows head office to hold its
    `stream`.
    """

    device: Id
    token: Words
    incarnation: MaybeDigest
    positions: tuple[Position, ...]
    book: MaybeDigest
    most: int = BATCH_FACTS_MAX
    app: Words = ""
    marks: Annotated[tuple[Position, ...], msgspec.Meta(max_length=MARKS_MAX)] = ()
    stopped: tuple[Id, ...] = ()
    stream: MaybeId = b""
    roll: Roll | None = None
    doubt: MaybeDigest = b""
    wait_ms: Whole = 0
    caps: Annotated[tuple[Words, ...], msgspec.Meta(max_length=CODES_MAX)] = ()
    max_tv: dict[Words, Whole] = {}
    acked: Whole = 0


class BucketPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows hold of one bucket: behind `after`, up to `upto`, with the digest there.

    `again` asks the counter to read the bucket from the start: what it had read is not ours.
    """

    bucket: bytes
    after: int
    upto: int
    sum256: bytes
    again: bool = False


class Recall(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What somebody asked for and a stream of this counter holds: please close it.

    A coupon of a hold, or (without `hold`) the stream's part of a member's stored value.
    """

    stream: bytes
    hold: bytes = b""
    code: str = ""
    member: bytes = b""


class PullReply(Message, frozen=True, tag="pulled", kw_only=True):
    """A page of the feed, gap-free in each bucket; `book` is there when it changed.

    `roll` is the next code of the stream, if it gets one now. `doubt` says that the code shown was
    used before: whoever hears it is the second of two, begins a new stream and shows the doubt.
    `leave` asks the other one to begin a new stream as well. `members` says whom this counter
    holds: `all`, or `home`, its branch's own and guests.
    """

    incarnation: bytes
    pages: tuple[BucketPage, ...]
    more: bool
    book: OfficeBook | None = None
    recalls: tuple[Recall, ...] = ()
    roll: Roll | None = None
    doubt: bytes = b""
    leave: bool = False
    members: str = "all"
    now: int
    next_ms: int


class LeaseAsk(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Ask for the right to spend a member's points; `ask` is the id that makes it one ask.

    `exact` wants `points`, all or nothing, for minutes; `standing` wants the program's share.
    `coupons` wants those named in `codes` and all that the member (if there is one) may use.
    `value_exact` wants `points` 分 of his stored value for minutes, `value_all` all of it, `value`
    the program's share. `gift_exact` wants `points` pieces of the gift in `codes` for minutes,
    `gift` one to keep; nobody is named.
    """

    ask: Id
    member: MaybeId
    purpose: Words
    points: Whole = 0
    codes: Annotated[tuple[Words, ...], msgspec.Meta(max_length=CODES_MAX)] = ()


class LeaseRequest(Message, frozen=True, tag="lease", kw_only=True):
    """Ask for leases for one stream; `acked` is how far we know head office to hold it."""

    device: Id
    token: Words
    stream: Id
    epoch: Whole
    asks: tuple[LeaseAsk, ...]
    acked: Whole = 0


class LeaseNo(msgspec.Struct, frozen=True, kw_only=True):
    """Why an ask got nothing, and how many points are under no lease."""

    ask: bytes
    code: str
    free: int


class LeaseReply(Message, frozen=True, tag="leased", kw_only=True):
    """The grants, as the operations that they are, and what was not granted."""

    incarnation: bytes
    refused: tuple[LeaseNo, ...] = ()
    now: int


class SnapshotRequest(Message, frozen=True, tag="snapshot", kw_only=True):
    """Is there a snapshot for a first load? `had` is the digest of the manifest that we load by.

    `holds` counts the operations that the counter has already.
    """

    device: Id
    token: Words
    schema: Whole
    holds: Whole = 0
    had: MaybeDigest = b""


class SnapshotReply(Message, frozen=True, tag="snapshot_reply", kw_only=True):
    """What head office has for a first load.

    `state` is `none` (the feed is the way), `building` (`done` of `total` rows; ask again in
    `retry_ms`) or `ready`: a signed manifest, and the key that its chunks are sealed with.
    """

    incarnation: bytes
    state: str
    manifest: bytes = b""
    signature: bytes = b""
    key: bytes = b""
    done: int = 0
    total: int = 0
    retry_ms: int = 0
    now: int = 0


class ChunkRequest(Message, frozen=True, tag="chunk", kw_only=True):
    """Ask for a chunk by its SHA-256; what answers is its bytes, and they prove themselves."""

    device: Id
    token: Words
    digest: Digest


class FindRequest(Message, frozen=True, tag="find", kw_only=True):
    """Who has this full phone (E.164) or member number? `after` rows were had already."""

    device: Id
    token: Words
    phone: Words = ""
    number: Words = ""
    after: Whole = 0


class FindReply(Message, frozen=True, tag="found", kw_only=True):
    """Who he is, with those for whom he stands, and what happened to them: `more` is to come."""

    incarnation: bytes
    members: tuple[bytes, ...] = ()
    more: bool = False
    now: int


class Problem(Message, frozen=True, tag="problem", kw_only=True):
    """Head office heard and says no: to the device or the message, never to a fact.

    Codes: unknown_device, revoked, bad_token, bad_signature, malformed, too_large, not_yours,
    update_needed, code_unknown, code_used, code_expired, wrong_branch, no_blocks, busy, gone.
    With bad_token comes the token that holds now: the device's signature has proved who asks.
    """

    code: str
    retry_ms: int = 0
    token: str = ""
    server_key: bytes = b""
    """Who says so, for a counter that has no key pinned yet."""


Asked = PushRequest | PullRequest | LeaseRequest | SnapshotRequest | FindRequest
Request = EnrollRequest | Asked | ChunkRequest
Reply = EnrollReply | PushReply | PullReply | LeaseReply | SnapshotReply | FindReply | Problem
AnyMessage = TypeVar("AnyMessage", bound=Message)


def is_silent(reply: PullReply) -> bool:
    """Say whether a pull was answered with nothing that the counter did not know."""
    told = (reply.rows, reply.pages, reply.more, reply.book, reply.recalls)
    return not any((*told, reply.roll, reply.doubt, reply.leave))


def seal_message(message: Message, *, private: bytes, purpose: str) -> bytes:
    """Return a message on the wire; its rows are lines of their own."""
    head = msgspec.json.encode(msgspec.structs.replace(message, rows=()))
    rows = [msgspec.json.encode(row) for row in message.rows]
    return seal(head, rows, private=private, purpose=purpose)


def request_in(opened: Opened) -> Request:
    """Return the request in an opened message; raise `BrokenFrames` when it is none."""
    return _with_rows(decode_with(_REQUEST, opened.head), opened)


def reply_in(opened: Opened) -> Reply:
    """Return the reply in an opened message; raise `BrokenFrames` when it is none."""
    return _with_rows(decode_with(_REPLY, opened.head), opened)


def _with_rows(message: AnyMessage, opened: Opened) -> AnyMessage:
    if message.rows:
        raise BrokenFrames("rows travel as lines")
    if len(opened.rows) > BATCH_FACTS_MAX:
        raise BrokenFrames("more rows than anyone sends")
    rows = tuple(decode_with(_FACT, line) for line in opened.rows)
    return msgspec.structs.replace(message, rows=rows)


_REQUEST: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_REPLY: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)
_FACT = msgspec.json.Decoder(Fact)
