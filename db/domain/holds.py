"""Holds: leases of coupons, gifts and stored value, one stream's right to use them, online or off.

They follow `db.domain.leases`: head office alone grants, one holder at a time, and only a close in
the holder's own chain ends a hold. A hold moves nothing in a ledger: a coupon is used once, and
value leaves the member's purse when it is spent. So what is free is what is under no open hold,
and a close needs no figures. Who issued a coupon or took money in holds it without a grant.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from db.domain.ids import LotId, MemberId, StreamId, parse_id, text_of
from db.domain.lots import Lot
from db.domain.offers.coupon_facts import CouponFact
from db.domain.operations import canonical
from db.domain.stored_value.facts import BonusFact, HoldSpend, value_shares
from db.domain.stored_value.purse import LotShares, Purse


class GiftPieces(msgspec.Struct, frozen=True, kw_only=True):
    """So many pieces of a gift with a stock."""

    sku: str
    pieces: int


class HoldToken(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What head office promised, as it travels inside the operations that use it.

    `g` hold, `s` stream, `until` UTC ms, `m` member (nobody for coupons of whoever brings them),
    `sig` head office's Ed25519 signature in hex over the other fields. Money in 分.
    """

    g: str
    s: str
    until: int
    m: str = ""
    coupons: tuple[CouponFact, ...] = ()
    principal: int = 0
    bonus: tuple[BonusFact, ...] = ()
    gifts: tuple[GiftPieces, ...] = ()
    sig: str = ""

    @property
    def hold_id(self) -> bytes:
        """Return the hold's id."""
        return parse_id(self.g)

    @property
    def stream_id(self) -> StreamId:
        """Return the only stream that may use it."""
        return StreamId(parse_id(self.s))

    @property
    def member_id(self) -> MemberId | None:
        """Return whose it is; nothing for coupons without a member."""
        return MemberId(parse_id(self.m)) if self.m else None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the coupons it is on."""
        return tuple(coupon.code for coupon in self.coupons)

    def signed_bytes(self) -> bytes:
        """Return what the signature is over."""
        fields = msgspec.to_builtins(self)
        fields.pop("sig", None)
        return canonical(fields)


class HoldGrantBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `hold_grant`: the token as the counter holds it."""

    token: HoldToken


class HoldCloseBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `hold_close`: the stream uses no more of a hold, of these coupons of it or all.

    With `stream` instead of `hold`, it closes what that stream took in itself of the member's
    stored value up to its place `upto`. The token is for a head office that was restored.
    """

    hold: str = ""
    codes: tuple[str, ...] = ()
    stream: str = ""
    upto: int = 0
    token: HoldToken | None = None


@dataclass(frozen=True, slots=True)
class ValueHold:
    """A hold on stored value with what is left of it."""

    hold_id: bytes
    until_at: int
    left: Purse
    token: HoldToken


@dataclass(frozen=True, slots=True)
class ValueHere:
    """What one stream may spend of a member's stored value: its own intake, and holds."""

    own: Purse
    holds: tuple[ValueHold, ...] = ()

    @property
    def purse(self) -> Purse:
        """Return all of it as one purse."""
        parts = (self.own, *(hold.left for hold in self.holds))
        lots: dict[LotId, Lot] = {}
        for part in parts:
            for lot in part.lots:
                known = lots.get(lot.lot_id)
                more = 0 if known is None else known.points
                lots[lot.lot_id] = replace(lot, points=lot.points + more)
        return Purse(sum(part.principal for part in parts), tuple(lots.values()))


def spent_of_holds(
    holds: Sequence[ValueHold], principal: int, lots: LotShares
) -> tuple[HoldSpend, ...]:
    """Return which holds bear a payment, the first to end in front; own intake bears the rest."""
    owed = Counter(dict(lots))
    spends: list[HoldSpend] = []
    for hold in sorted(holds, key=lambda hold: (hold.until_at, hold.hold_id)):
        by_principal = min(principal, max(0, hold.left.principal))
        by_lots = tuple(
            (lot.lot_id, min(owed[lot.lot_id], lot.points))
            for lot in hold.left.lots
            if min(owed[lot.lot_id], lot.points) > 0
        )
        if not by_principal and not by_lots:
            continue
        principal -= by_principal
        owed.subtract(dict(by_lots))
        spends.append(
            HoldSpend(
                hold=text_of(hold.hold_id), principal=by_principal, bonus=value_shares(by_lots)
            )
        )
    return tuple(spends)
