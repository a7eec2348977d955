"""The lanes of one sale: promotions in theirs, then the coupons that were named.

What was asked for by name is used, loses its lane (and stays unused, which is explained), or is
refused; it is never ignored. A sale that is refused uses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from db.domain.explanation import Explained
from db.domain.offers.coupon_refusals import CodeNotApplicable, CodeUnknown
from db.domain.offers.coupons import NamedCoupon, OfferFacts, named_coupons, refusal_of
from db.domain.offers.offers import Offers
from db.domain.offers.promotions import COUPON, Given, LaneResult, Offer, briefly, run_lane
from db.domain.offers.targets import Hindrance, Scene
from db.domain.offers.units import Pool


@dataclass(frozen=True, slots=True)
class UsedCoupon:
    """A coupon that took something off: as printed, its kind in the program, its worth in 分.

    It comes back when all its `lines` (from 0) have come back.
    """

    code: str
    kind: str
    value: int
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Laned:
    """A basket on its way through the lanes."""

    pool: Pool
    explanation: list[Explained] = field(default_factory=list)
    given: dict[str, tuple[Given, ...]] = field(default_factory=dict)
    failed: list[tuple[Offer, Hindrance]] = field(default_factory=list)
    closed_by: str = ""

    @property
    def promotions(self) -> tuple[Given, ...]:
        """Return the promotions that gave something, in the order of their lanes."""
        lanes = (given for lane, given in self.given.items() if lane != COUPON)
        return tuple(given for lane in lanes for given in lane)

    def parts(self, lane: str) -> list[int]:
        """Return what a lane took off each line, in 分."""
        parts = [0] * len(self.pool.lines)
        for given in self.given.get(lane, ()):
            parts = [part + more for part, more in zip(parts, given.parts, strict=True)]
        return parts

    def take(self, lane: str, result: LaneResult) -> None:
        """Go on with what a lane left; after the coupons nobody looks at units any more."""
        if lane != COUPON:
            self.pool = result.after()
        self.given[lane] = result.given
        self.failed.extend(result.failed)
        self.explanation.extend(briefly(result.explanation))
        self.closed_by = result.closed_by


def promotion_lane(
    laned: Laned, lane: str, *, offers: Offers, codes: tuple[str, ...], scene: Scene
) -> None:
    """Run the item or the order lane; a promotion with a code runs where the code was typed."""
    open_to = offers.open_to(lane, codes)
    how = offers.lanes[lane]
    laned.take(lane, run_lane(laned.pool, open_to, how=how, scene=scene, closed_by=laned.closed_by))


def refuse_codes(laned: Laned, codes: tuple[str, ...], offers: Offers) -> None:
    """Refuse a typed code that no promotion answers to, or whose promotions all do not hold."""
    for code in codes:
        if code not in offers.codes:
            raise CodeUnknown(code)
        failed = [(offer, why) for offer, why in laned.failed if offer.code == code]
        answering = sum(offer.code == code for offer in (*offers.item, *offers.order))
        if len(failed) == answering:
            offer, hindrance = failed[0]
            numbers = {name: str(value) for name, value in hindrance.details}
            raise CodeNotApplicable(
                code_typed=code,
                promotion=offer.offer_id,
                why=hindrance.why,
                needed=numbers.get("min", numbers.get("limit", numbers.get("max", ""))),
                has=numbers.get("has", numbers.get("used", "")),
            )


def coupon_lane(
    laned: Laned, names: Sequence[str], *, offers: Offers, facts: OfferFacts, scene: Scene
) -> tuple[UsedCoupon, ...]:
    """Run the coupon lane with the coupons named, and return the ones that were used."""
    if not names:
        return ()
    moment = scene.moment
    named = named_coupons(
        names, offers.coupons, facts=facts, on=moment.on, has_member=moment.member is not None
    )
    by_code = {coupon.held.code: coupon for coupon in named}
    result = run_lane(
        laned.pool,
        [_offer_of(coupon) for coupon in named],
        how=offers.lanes[COUPON],
        scene=scene,
        closed_by=laned.closed_by,
    )
    for offer, hindrance in result.failed:
        raise refusal_of(by_code[offer.offer_id], hindrance)
    laned.take(COUPON, result)
    return tuple(
        UsedCoupon(given.offer.offer_id, given.offer.kind, given.value, given.lines)
        for given in result.given
    )


def _offer_of(coupon: NamedCoupon) -> Offer:
    return replace(coupon.kind.offer, offer_id=coupon.held.code)
