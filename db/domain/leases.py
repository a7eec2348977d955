"""Leases: the right of one counter to spend some of a member's points, online or off.

This is O'Neil's escrow (ACM TODS 11(4), 1986) with head office as the broker: points move out of
the member's account into the lease when it is granted, so two counters that cannot reach each
other never hold the right to the same point. A lease names the lots it took. A counter only ever
spends or closes; only head office gives back (SYNC.md §2.9). Where there is no head office the
counter is the authority and its token says so.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from db.domain.ids import LeaseId, LotId, MemberId, StreamId, parse_id, text_of
from db.domain.ledger import REDEEMED, EntryKind, Movement, lease_account, member_account
from db.domain.operations import canonical


class LotShare(msgspec.Struct, frozen=True, omit_defaults=True):
    """So many points of one lot; `of` is whose it is, where that is not the operation's member."""

    lot: str
    points: int
    of: str = ""


class LeaseToken(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What the authority promised, as it travels inside the operations that spend it.

    `g` lease, `m` member, `s` stream, `n` points, `until` UTC ms, `lots` [[lot, n]], `sig` the
    authority's Ed25519 signature in hex over the other fields; what a counter grants itself is
    not signed. It may where it is its own authority; at a counter of a head office `why` says by
    which of the program's permissions (`db.domain.beyond_leases`).
    """

    g: str
    m: str
    s: str
    n: int
    until: int
    lots: tuple[LotShare, ...]
    sig: str = ""
    why: str = ""

    @property
    def own(self) -> bool:
        """Say whether the counter granted this to itself."""
        return not self.sig

    @property
    def lease_id(self) -> LeaseId:
        """Return the lease's id."""
        return LeaseId(parse_id(self.g))

    @property
    def member_id(self) -> MemberId:
        """Return whose points these are."""
        return MemberId(parse_id(self.m))

    @property
    def stream_id(self) -> StreamId:
        """Return the only stream that may spend it."""
        return StreamId(parse_id(self.s))

    def signed_bytes(self) -> bytes:
        """Return what the signature is over."""
        fields = msgspec.to_builtins(self)
        fields.pop("sig", None)
        return canonical(fields)


class LotSpend(msgspec.Struct, frozen=True, omit_defaults=True):
    """Points of one lot, spent out of one lease.

    `of` is whose the lot is, where that is not the operation's member: somebody merged into him.
    """

    lot: str
    lease: str
    points: int
    of: str = ""


def lot_owner(share: LotShare | LotSpend, member_id: MemberId) -> MemberId:
    """Return whose lot a member's operation names: his own, or of one for whom he stood."""
    return MemberId(parse_id(share.of)) if share.of else member_id


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as this counter holds it: how much of each lot is left."""

    lease_id: LeaseId
    until_at: int
    left: tuple[tuple[LotId, int], ...]
    token: LeaseToken

    @property
    def points(self) -> int:
        """Return what is left to spend."""
        return sum(points for _, points in self.left)


def token_of(fields: dict[str, Any]) -> LeaseToken:
    """Return the token in an operation's `gtok`; raise `msgspec.ValidationError` if it is none."""
    return msgspec.convert(fields, LeaseToken)


def grant_movements(token: LeaseToken) -> list[Movement]:
    """Return what granting does: the named lots leave the member's account for the lease."""
    return [
        Movement(
            EntryKind.LEASE,
            member_account(token.member_id),
            lease_account(token.lease_id),
            share.points,
            token.member_id,
            LotId(parse_id(share.lot)),
        )
        for share in token.lots
    ]


def spend_movements(member_id: MemberId, spends: tuple[LotSpend, ...]) -> list[Movement]:
    """Return what spending does: the named points leave their leases for good."""
    return [
        Movement(
            EntryKind.REDEEM,
            lease_account(LeaseId(parse_id(spend.lease))),
            REDEEMED,
            spend.points,
            member_id,
            LotId(parse_id(spend.lot)),
        )
        for spend in spends
    ]


def reclaim_movements(
    lease_id: LeaseId, member_id: MemberId, shares: tuple[LotShare, ...]
) -> list[Movement]:
    """Return what head office does with a closed lease: the rest goes back to the member."""
    return [
        Movement(
            EntryKind.RECLAIM,
            lease_account(lease_id),
            member_account(member_id),
            share.points,
            member_id,
            LotId(parse_id(share.lot)),
        )
        for share in shares
    ]


def cover_movements(
    lease_id: LeaseId, member_id: MemberId, shares: tuple[LotShare, ...]
) -> list[Movement]:
    """Return what head office does with an overspent lease: the member bears what is missing."""
    return [
        Movement(
            EntryKind.COVER,
            member_account(member_id),
            lease_account(lease_id),
            share.points,
            member_id,
            LotId(parse_id(share.lot)),
        )
        for share in shares
    ]


def spend_from(leases: list[Lease], points: int) -> list[LotSpend]:
    """Return which lots of which leases pay for `points`; the first to run out goes first."""
    assert points > 0, "nothing to spend"
    spends: list[LotSpend] = []
    for lease in sorted(leases, key=lambda lease: (lease.until_at, lease.lease_id)):
        for lot_id, left in lease.left:
            part = min(left, points)
            if part > 0:
                spends.append(LotSpend(text_of(lot_id), text_of(lease.lease_id), part))
                points -= part
    assert points == 0, "the leases were counted before they are spent"
    return spends
