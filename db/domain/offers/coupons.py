"""Coupons: kinds of the program, the ones a customer holds, and which of them a sale may use.

A kind is a line of the program; a held coupon is one that was issued, with its own days. The line
leaves of a kind's `when` choose the lines it is good for; `min_spend` is tested on those, after the
lanes above. A gift coupon makes one unit of its goods free, the cheapest where they differ: the
goods must lie in the basket, so stock and receipt stay true. Limits count coupons used, and when
one is issued those issued before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import msgspec
from msgspec import UNSET

from db.domain.conditions import compile_condition
from db.domain.exact import minor, rate
from db.domain.explanation import Explained
from db.domain.offers.coupon_refusals import (
    CouponBelowMinSpend,
    CouponConditionsNotMet,
    CouponElsewhere,
    CouponExpired,
    CouponGiftMissing,
    CouponLimitReached,
    CouponNamedTwice,
    CouponNeedsMember,
    CouponNotHeld,
    CouponNotYetValid,
    CouponOfAnother,
    CouponUnknown,
    CouponUsed,
    CouponVoided,
    CouponWorthless,
)
from db.domain.offers.effects import AmountOff, Capped, DeliveryFree, Effect, PercentOff
from db.domain.offers.promotions import COUPON, Offer
from db.domain.offers.targets import Gates, Hindrance, Target, Used, lines_target
from db.domain.offers.units import LineTest
from db.domain.program.offer_document import Coupon, Validity
from db.domain.refusals import Refusal

OPEN, USED, VOID = "open", "used", "void"


@dataclass(frozen=True, slots=True)
class CouponKind:
    """A kind of coupon, compiled; `value` stays as the program writes it."""

    code: str
    kind: str
    value: str
    offer: Offer
    valid: Validity
    limit_total: int | None = None
    limit_per_member: int | None = None
    transferable: bool = False

    def days(self, issued_on: date) -> tuple[date | None, date | None]:
        """Return the first and last day of a coupon issued on this day, both inclusive."""
        fixed_from, fixed_to = self.valid.from_, self.valid.to
        starts, lasts = self.valid.starts_after_days, self.valid.days_after_issue
        first = None if fixed_from is UNSET else date.fromisoformat(fixed_from)
        last = None if fixed_to is UNSET else date.fromisoformat(fixed_to)
        if starts is not UNSET:
            first = issued_on + timedelta(days=starts)
        if lasts is not UNSET:
            last = issued_on + timedelta(days=lasts)
        return first, last

    @property
    def counts_from_issue(self) -> bool:
        """Say whether its days depend on the day of issue."""
        return (self.valid.days_after_issue, self.valid.starts_after_days) != (UNSET, UNSET)


@dataclass(frozen=True, slots=True)
class HeldCoupon:
    """One coupon as the rules need to know it: `code` is what is printed on it.

    `kind` is the program's code for it. `mine` is false for another member's, `here` is
    false where head office must be asked whether it still stands.
    """

    code: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    mine: bool = True
    state: str = OPEN
    here: bool = True


class OfferFacts(msgspec.Struct, frozen=True):
    """What a sale must know beyond basket and member: coupons in reach, and what was used.

    `used` counts promotions by id, `coupons_used` coupons by the program's code, `coupons_out`
    those that were issued and not voided.
    """

    coupons: tuple[HeldCoupon, ...] = ()
    used: Mapping[str, Used] = {}
    coupons_used: Mapping[str, Used] = {}
    coupons_out: Mapping[str, Used] = {}


NO_FACTS = OfferFacts()


@dataclass(frozen=True, slots=True)
class Issuable:
    """The kinds of coupons to issue, and why others are not."""

    codes: tuple[str, ...] = ()
    explanation: tuple[Explained, ...] = ()


_NONE_ISSUED = Issuable()


@dataclass(frozen=True, slots=True)
class NamedCoupon:
    """A coupon that the cashier named, found; `name` is what he typed or scanned."""

    name: str
    held: HeldCoupon
    kind: CouponKind


def compile_coupon(coupon: Coupon) -> CouponKind:
    """Return a checked kind of coupon as functions and numbers."""
    when = compile_condition(coupon.when)
    target = lines_target(when.lines, coupon.when)
    if coupon.kind == "gift":
        target = Target("cheapest_unit", _of_sku(coupon.value), over=when.lines)
    low = minor(coupon.min_spend) or None
    gates = Gates(when, spend=(low, None))
    offer = Offer(
        offer_id=coupon.code,
        lane=COUPON,
        gates=gates,
        target=target,
        effects=(_effect(coupon),),
        exclusive=coupon.exclusive,
        priority=coupon.priority,
        source="coupon",
        kind=coupon.code,
    )
    return CouponKind(
        code=coupon.code,
        kind=coupon.kind,
        value=coupon.value,
        offer=offer,
        valid=coupon.valid,
        limit_total=None if coupon.limit_total is UNSET else coupon.limit_total,
        limit_per_member=None if coupon.limit_per_member is UNSET else coupon.limit_per_member,
        transferable=coupon.transferable,
    )


def named_coupons(
    names: Sequence[str],
    kinds: Mapping[str, CouponKind],
    *,
    facts: OfferFacts,
    on: date,
    has_member: bool,
) -> list[NamedCoupon]:
    """Return the coupons that are named, each found, unused, valid on this day and within limits.

    A printed code means that coupon; a program's code the customer's own one that ends first.

    Raises:
        Refusal: one of `offers.coupon_refusals`, for the first that cannot be used.
    """
    found: list[NamedCoupon] = []
    for name in names:
        if any(name in {known.name, known.held.code} for known in found):
            raise CouponNamedTwice(name)
        held = _held(name, kinds, facts=facts, on=on)
        if any(held.code == known.held.code for known in found):
            raise CouponNamedTwice(name)
        kind = kinds[held.kind]
        _check_state(name, held, kind, on=on)
        used = facts.coupons_used.get(kind.code, Used())
        before = sum(1 for known in found if known.kind is kind)
        _check_limits(
            name, kind, Used(used.total + before, used.member + before), has_member=has_member
        )
        found.append(NamedCoupon(name, held, kind))
    return found


def _check_limits(name: str, kind: CouponKind, used: Used, *, has_member: bool) -> None:
    """Refuse one coupon more of a kind than the program allows."""
    if kind.limit_total is not None and used.total >= kind.limit_total:
        raise CouponLimitReached(name, "all", kind.limit_total, used.total)
    if kind.limit_per_member is None:
        return
    if not has_member:
        raise CouponNeedsMember(name)
    if used.member >= kind.limit_per_member:
        raise CouponLimitReached(name, "member", kind.limit_per_member, used.member)


def issuable(
    codes: Sequence[str], kinds: Mapping[str, CouponKind], *, facts: OfferFacts, on: date
) -> Issuable:
    """Return which of these coupons a member gets now: none beyond its limits or past its days."""
    if not codes:
        return _NONE_ISSUED
    given: list[str] = []
    told: list[Explained] = []
    for code in codes:
        kind, out = kinds[code], facts.coupons_out.get(code, Used())
        before = given.count(code)
        why = _why_not_issued(kind, Used(out.total + before, out.member + before), on)
        if why:
            told.append({"step": "coupon_award", "coupon": code, "why": why})
        else:
            given.append(code)
            told.append({"step": "coupon_award", "coupon": code})
    return Issuable(tuple(given), tuple(told))


def _why_not_issued(kind: CouponKind, out: Used, on: date) -> str:
    if kind.limit_total is not None and out.total >= kind.limit_total:
        return "limit_total"
    if kind.limit_per_member is not None and out.member >= kind.limit_per_member:
        return "limit_per_member"
    last = kind.days(on)[1]
    return "expired" if last is not None and last < on else ""


def refusal_of(named: NamedCoupon, hindrance: Hindrance) -> Refusal:
    """Return how a named coupon that does not hold is refused."""
    details = dict(hindrance.details)
    if hindrance.why == "spend":
        low, _high = named.kind.offer.gates.spend
        return CouponBelowMinSpend(named.name, low or 0, minor(details["has"]))
    if hindrance.why == "nothing" and named.kind.kind == "gift":
        return CouponGiftMissing(named.name, named.kind.value)
    if hindrance.why == "nothing":
        return CouponWorthless(named.name)
    return CouponConditionsNotMet(named.name, hindrance.why)


def _held(name: str, kinds: Mapping[str, CouponKind], *, facts: OfferFacts, on: date) -> HeldCoupon:
    """Return the coupon that a name means."""
    printed = [coupon for coupon in facts.coupons if coupon.code == name]
    if printed and printed[0].kind in kinds:
        return printed[0]
    if name not in kinds:
        raise CouponUnknown(name)
    mine = [coupon for coupon in facts.coupons if coupon.kind == name and coupon.mine]
    if not (unused := [coupon for coupon in mine if coupon.state == OPEN]):
        raise CouponNotHeld(name)
    return min(unused, key=lambda coupon: _urgency(coupon, on))


def _urgency(coupon: HeldCoupon, on: date) -> tuple[bool, date, str]:
    """Order coupons: valid ones before others, then the one that ends first."""
    first, last = coupon.valid_from or date.min, coupon.valid_to or date.max
    return (not (coupon.here and first <= on <= last), last, coupon.code)


def _check_state(name: str, held: HeldCoupon, kind: CouponKind, *, on: date) -> None:
    if not held.mine and not kind.transferable:
        raise CouponOfAnother(name)
    if held.state == USED:
        raise CouponUsed(name)
    if held.state == VOID:
        raise CouponVoided(name)
    if held.valid_to is not None and on > held.valid_to:
        raise CouponExpired(name, held.valid_to.isoformat())
    if held.valid_from is not None and on < held.valid_from:
        raise CouponNotYetValid(name, held.valid_from.isoformat())
    if not held.here:
        raise CouponElsewhere(name)


def _effect(coupon: Coupon) -> Effect:
    effect: Effect
    if coupon.kind == "amount":
        effect = AmountOff(minor(coupon.value))
    elif coupon.kind == "percent":
        effect = PercentOff(rate(coupon.value))
    elif coupon.kind == "gift":
        effect = PercentOff(Fraction(1))
    else:
        effect = DeliveryFree()
    return effect if coupon.max_value is UNSET else Capped(effect, minor(coupon.max_value))


def _of_sku(sku: str) -> LineTest:
    return lambda line: line.sku == sku
