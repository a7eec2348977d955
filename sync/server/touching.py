"""What a counter's request touches, said before it is answered beside others.

On PostgreSQL several workers answer at once. Two answers that touch one member, one counter, one
code or one receipt must follow each other; others need not. What is not known here to touch only
what it names (a new kind of operation, a merge, an enrolment) names nothing and is answered alone.
"""

from collections.abc import Iterable

import msgspec

from db.domain.ids import parse_id
from db.storage.database import Reader
from db.storage.profiles import same_people
from db.storage.unit_of_work import Names
from sync.protocol.messages import (
    ChunkRequest,
    Fact,
    FindRequest,
    LeaseRequest,
    PullRequest,
    PushRequest,
    SnapshotRequest,
)

_BESIDE_OTHERS = frozenset({
    "sale", "reversal", "return", "attach", "member_register", "consent", "redeem", "adjust",
    "shift_open", "shift_close", "lease_close", "hold_close", "top_up", "refund", "coupon_issue",
    "event_award", "event_revoke", "tag", "reveal", "shift_cash", "drawer_open", "reprint",
})  # fmt: skip
"""Kinds whose handlers and whose follow-ups read and write only what is named below."""
_LEASES = frozenset({"exact", "standing", "value", "value_exact", "value_all"})


class _Code(msgspec.Struct):
    code: str
    kind: str = ""


class _Offer(msgspec.Struct):
    id: str


class _Back(msgspec.Struct):
    restored: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class _Token(msgspec.Struct):
    m: str = ""


class _Body(msgspec.Struct):
    till_receipt: str | None = None
    coupons: tuple[_Code, ...] = ()
    issued: tuple[_Code, ...] = ()
    promotions: tuple[_Offer, ...] = ()
    offers: _Back | None = None
    holds: tuple[_Token, ...] = ()
    token: _Token | None = None


class _Act(msgspec.Struct):
    t: str
    op: str
    bd: str
    b: _Body
    m: str | None = None
    ref: str | None = None
    gtok: tuple[_Token, ...] = ()


class _Person(msgspec.Struct):
    phone: str = ""


_ACT = msgspec.json.Decoder(_Act)
_PERSON = msgspec.json.Decoder(_Person)


def device_touched(
    request: PullRequest | SnapshotRequest | ChunkRequest | FindRequest, _reader: Reader
) -> Names:
    """Return what a question touches that changes nothing but when its device was heard.

    A pull that finds something of our own to publish locks our stream besides.
    """
    return {b"device" + request.device}


def push_touches(request: PushRequest, reader: Reader) -> Names | None:
    """Return what a push touches, or nothing when it must be answered alone."""
    names, members = {b"device" + request.device, b"stream" + request.stream}, set[bytes]()
    try:
        for fact in request.rows:
            act = _ACT.decode(fact.op)
            if act.t not in _BESIDE_OTHERS:
                return None
            names.update(_named_by(act))
            if act.t == "member_register" and fact.personal:
                names.add(b"phone" + _phone(fact))
            members.update(parse_id(each) for each in _members_of(act))
    except (msgspec.MsgspecError, ValueError):
        return None
    return names | _people(reader, members)


def lease_touches(request: LeaseRequest, reader: Reader) -> Names | None:
    """Return what an ask for leases touches, or nothing when it must be answered alone."""
    if any(ask.purpose not in _LEASES or not ask.member for ask in request.asks):
        return None
    names = {b"device" + request.device, b"stream" + request.stream}
    names |= {b"act" + ask.ask for ask in request.asks}
    return names | _people(reader, {ask.member for ask in request.asks})


def _members_of(act: _Act) -> Iterable[str]:
    """Yield whose an act is, and whose are the leases it carries: they may be entered again."""
    own = () if act.b.token is None else (act.b.token,)
    named = (act.m, *(token.m for token in (*act.gtok, *act.b.holds, *own)))
    return (member for member in named if member)


def _named_by(act: _Act) -> Iterable[bytes]:
    """Yield what an act names besides its member.

    An act is named where others may refer to it without naming its member.
    """
    body = act.b
    if act.ref is not None:
        yield b"act" + parse_id(act.ref)
    if act.m is None:
        yield b"act" + parse_id(act.op)
    if body.till_receipt:
        yield f"receipt {act.bd} {body.till_receipt}".encode()
    for offer in body.promotions:
        yield b"offer" + offer.id.encode()
    for row in (*body.coupons, *body.issued):
        yield from (b"code" + row.code.encode(), b"offer" + row.kind.encode())
    for code in () if body.offers is None else (*body.offers.restored, *body.offers.withdrawn):
        yield b"code" + code.encode()


def _phone(fact: Fact) -> bytes:
    return _PERSON.decode(fact.personal).phone.encode()


def _people(reader: Reader, members: set[bytes]) -> set[bytes]:
    """Return members, and whoever is the same person: merges wait while this is asked."""
    return {b"member" + each for each in same_people(reader, members)}
