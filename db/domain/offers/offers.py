"""A program's offers, compiled once: promotions by lane, and kinds of coupons by code."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from msgspec import UNSET

from db.domain.conditions import compile_condition
from db.domain.exact import minor, rate
from db.domain.offers.coupons import CouponKind, compile_coupon
from db.domain.offers.effects import (
    AmountOff,
    AmountOffUnit,
    Bands,
    Bundle,
    BuyGet,
    Capped,
    DeliveryFree,
    Effect,
    Every,
    FixedPrice,
    Groups,
    NthItem,
    PercentOff,
)
from db.domain.offers.promotions import COUPON, ITEM, LANES, ORDER, Offer
from db.domain.offers.targets import Gates, compile_target, count_range, money_range
from db.domain.offers.units import LineTest
from db.domain.program.document import Condition
from db.domain.program.offer_document import Bundle as BundleDocument
from db.domain.program.offer_document import Effect as EffectDocument
from db.domain.program.offer_document import EffectBand, ProgramDocument, Promotion


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """Everything that may take something off before points."""

    lanes: Mapping[str, str] = field(default_factory=dict)
    item: tuple[Offer, ...] = ()
    order: tuple[Offer, ...] = ()
    coupons: Mapping[str, CouponKind] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Say whether a sale has to look at offers at all."""
        return bool(self.item or self.order)

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes that promotions ask for."""
        return frozenset(offer.code for offer in (*self.item, *self.order) if offer.code)

    def open_to(self, lane: str, codes: tuple[str, ...]) -> tuple[Offer, ...]:
        """Return a lane's promotions that need no code, or whose code was typed."""
        offers = self.item if lane == ITEM else self.order
        return tuple(offer for offer in offers if not offer.code or offer.code in codes)


NO_OFFERS = Offers(lanes=dict.fromkeys(LANES, "best"))


def compile_offers(document: ProgramDocument) -> Offers:
    """Return a checked document's promotions and coupons as functions and numbers."""
    offers = [compile_promotion(promotion) for promotion in document.promotions]
    lanes = document.lanes
    return Offers(
        lanes={ITEM: lanes.item, ORDER: lanes.order, COUPON: lanes.coupon},
        item=tuple(offer for offer in offers if offer.lane == ITEM),
        order=tuple(offer for offer in offers if offer.lane == ORDER),
        coupons={coupon.code: compile_coupon(coupon) for coupon in document.coupons},
    )


def compile_promotion(promotion: Promotion) -> Offer:
    """Return a checked promotion as functions and numbers."""
    gives = promotion.give if isinstance(promotion.give, list) else [promotion.give]
    return Offer(
        offer_id=promotion.id,
        lane=promotion.lane,
        gates=Gates(
            when=compile_condition(promotion.when),
            spend=money_range(promotion.spend),
            quantity=count_range(promotion.quantity),
            limit_total=_optional(promotion.limit_total),
            limit_per_member=_optional(promotion.limit_per_member),
        ),
        target=compile_target(promotion.target),
        effects=tuple(compile_effect(effect) for effect in gives),
        code="" if promotion.code is UNSET else promotion.code,
        exclusive=promotion.exclusive,
        priority=promotion.priority,
    )


def compile_effect(effect: EffectDocument) -> Effect:
    """Return a checked effect as numbers."""
    compiled = _simple(effect) or _repeating(effect)
    return compiled if effect.max_value is UNSET else Capped(compiled, minor(effect.max_value))


def _simple(effect: EffectDocument) -> Effect | None:
    units, times = _optional(effect.max_units), _optional(effect.times) or 1
    if effect.percent_off is not UNSET:
        return PercentOff(rate(effect.percent_off), units, times)
    if effect.amount_off is not UNSET:
        kind = AmountOffUnit if effect.per == "unit" else AmountOff
        return kind(minor(effect.amount_off), units, times)
    if effect.fixed_price is not UNSET:
        return FixedPrice(minor(effect.fixed_price), units)
    if effect.bands is not UNSET:
        return _bands(effect.bands, units, times)
    return DeliveryFree(units) if effect.delivery is not UNSET else None


def _repeating(effect: EffectDocument) -> Effect:
    units, times = _optional(effect.max_units), _optional(effect.times)
    if effect.buy is not UNSET and effect.get is not UNSET:
        of, free = _test(effect.of), _test(effect.free)
        return BuyGet(effect.buy, effect.get, of, free, units, times)
    if effect.nth_item is not UNSET:
        return NthItem(effect.nth_item.n, rate(effect.nth_item.percent_off), units, times)
    if effect.bundle is not UNSET:
        return _bundle(effect.bundle, units, times)
    if effect.every is not UNSET:
        every = effect.every
        return Every(minor(every.amount), minor(every.amount_off), units, times)
    assert effect.group is not UNSET, "an effect gives something"
    group = effect.group
    off = None if group.amount_off is UNSET else minor(group.amount_off)
    groups = Groups(group.size, off, per_unit=effect.per == "unit")
    share = rate("0") if group.percent_off is UNSET else rate(group.percent_off)
    return replace(groups, rate=share, max_units=units, times=times)


def _bands(bands: list[EffectBand], max_units: int | None, times: int) -> Bands:
    by_quantity = any(band.from_quantity is not UNSET for band in bands)
    compiled: list[tuple[int, Effect]] = []
    for band in bands:
        start = 0 if band.from_ is UNSET else minor(band.from_)
        if band.from_quantity is not UNSET:
            start = band.from_quantity
        compiled.append((start, _of_band(band, max_units, times)))
    return Bands(tuple(sorted(compiled, key=lambda band: band[0])), by_quantity)


def _of_band(band: EffectBand, max_units: int | None, times: int) -> Effect:
    if band.amount_off is not UNSET:
        return AmountOff(minor(band.amount_off), max_units, times)
    assert band.percent_off is not UNSET, "a band gives something"
    return PercentOff(rate(band.percent_off), max_units, times)


def _bundle(bundle: BundleDocument, max_units: int | None, times: int | None) -> Bundle:
    items = tuple((item.sku, item.quantity) for item in bundle.items)
    return Bundle(items, minor(bundle.price), max_units, times)


def _test(condition: Condition | object) -> LineTest | None:
    return compile_condition(condition).lines


def _optional(value: object) -> int | None:
    return value if isinstance(value, int) else None
