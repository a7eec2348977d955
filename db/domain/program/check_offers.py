"""What is wrong with a program's promotions and coupons: effects, gates, days, values."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from msgspec import UNSET, Struct, convert
from msgspec import ValidationError as NotOfThisType

from db.domain.conditions import kinds_of, leaf_names
from db.domain.program.document import Award, Condition, Money, Rate
from db.domain.program.offer_document import (
    Bundle,
    Coupon,
    Effect,
    EffectBand,
    Every,
    Group,
    NthItem,
    Promotion,
    Validity,
)
from db.domain.program.reading import Problem

EFFECTS = (
    "percent_off",
    "amount_off",
    "fixed_price",
    "buy",
    "nth_item",
    "bundle",
    "bands",
    "every",
    "group",
    "delivery",
)
_ONE_UNIT = frozenset({"percent_off", "amount_off", "fixed_price", "bands"})


def check_promotion(promotion: Promotion, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a promotion besides its effects."""
    gives = promotion.give if isinstance(promotion.give, list) else [promotion.give]
    if not gives:
        yield Problem(f"{path}.give", "gives_nothing")
    yield from _no_event(promotion.when, f"{path}.when")
    if isinstance(promotion.target, Condition):
        yield from _lines_only(promotion.target, f"{path}.target")
    elif promotion.target != "order":
        for i, effect in enumerate(gives):
            place = f"{path}.give[{i}]" if isinstance(promotion.give, list) else f"{path}.give"
            for kind in _kinds(effect):
                if kind not in _ONE_UNIT:
                    beside = {"beside": promotion.target}
                    yield Problem(f"{place}.{kind}", "does_not_belong", beside)


def check_effect(effect: Effect, path: str) -> Iterator[Problem]:
    """Yield what is wrong with one effect: exactly one kind, and only what belongs beside it."""
    kinds = _kinds(effect)
    if len(kinds) != 1:
        yield Problem(path, "one_effect", {"keys": kinds})
        return
    (kind,) = kinds
    belongs = {"get": {"buy"}, "of": {"buy"}, "free": {"buy"}}
    for name, beside in belongs.items():
        if getattr(effect, name) is not UNSET and kind not in beside:
            yield Problem(f"{path}.{name}", "does_not_belong", {"beside": kind})
    if effect.per != "order" and kind not in {"amount_off", "group"}:
        yield Problem(f"{path}.per", "does_not_belong", {"beside": kind})
    if kind == "buy" and effect.get is UNSET:
        yield Problem(f"{path}.get", "missing_field", {"field": "get"})
    for name in ("of", "free"):
        yield from _lines_only(getattr(effect, name), f"{path}.{name}")
    yield from _share(effect.percent_off, f"{path}.percent_off")
    yield from _positive(effect.amount_off, f"{path}.amount_off")
    yield from _positive(effect.max_value, f"{path}.max_value")
    if isinstance(effect.bands, list):
        yield from _bands(effect.bands, f"{path}.bands")


def check_effect_part(part: NthItem | Bundle | Every | Group, path: str) -> Iterator[Problem]:
    """Yield what is wrong inside an nth item, a bundle, an every or a group."""
    if isinstance(part, NthItem):
        yield from _share(part.percent_off, f"{path}.percent_off")
    elif isinstance(part, Every):
        yield from _positive(part.amount, f"{path}.amount")
        yield from _positive(part.amount_off, f"{path}.amount_off")
    elif isinstance(part, Group):
        yield from _one_reduction(part, path)
    else:
        skus = [item.sku for item in part.items]
        for i, sku in enumerate(skus):
            if sku in skus[:i]:
                yield Problem(f"{path}.items[{i}].sku", "duplicate", {"sku": sku})


def check_coupon(coupon: Coupon, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a kind of coupon."""
    yield from _no_event(coupon.when, f"{path}.when")
    yield from _positive(coupon.max_value, f"{path}.max_value")
    value = f"{path}.value"
    if coupon.kind == "gift":
        if coupon.value in {"", "0"}:
            yield Problem(value, "missing_field", {"field": "value"})
    elif coupon.kind == "delivery":
        if coupon.value != "0":
            yield Problem(value, "does_not_belong", {"beside": coupon.kind})
    elif not _is(coupon.value, Money if coupon.kind == "amount" else Rate):
        yield Problem(value, "wrong_value", {"value": coupon.value})
    elif coupon.kind == "amount":
        yield from _positive(coupon.value, value)
    else:
        yield from _share(coupon.value, value)


def check_validity(valid: Validity, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a coupon's days: fixed ones or counted ones, never both."""
    starts, lasts = valid.starts_after_days, valid.days_after_issue
    fixed = [name for name, day in (("from", valid.from_), ("to", valid.to)) if day is not UNSET]
    if fixed and lasts is not UNSET:
        yield Problem(f"{path}.days_after_issue", "does_not_belong", {"beside": fixed[0]})
    if fixed and starts is not UNSET:
        yield Problem(f"{path}.starts_after_days", "does_not_belong", {"beside": fixed[0]})
    if starts is not UNSET and lasts is not UNSET and starts > lasts:
        yield Problem(path, "empty_range", {"from": starts, "to": lasts})


def check_award_coupon(part: Struct, path: str, codes: frozenset[str]) -> Iterator[Problem]:
    """Yield an award that names a coupon which the program does not have."""
    if isinstance(part, Award) and part.coupon is not UNSET and part.coupon not in codes:
        yield Problem(f"{path}.coupon", "unknown_coupon", {"coupon": part.coupon})


def _kinds(effect: Effect) -> list[str]:
    return [name for name in EFFECTS if getattr(effect, name) is not UNSET]


def _bands(bands: list[EffectBand], path: str) -> Iterator[Problem]:
    if not bands:
        yield Problem(path, "gives_nothing")
    units = {_unit_of(band) for band in bands}
    for i, band in enumerate(bands):
        place = f"{path}[{i}]"
        yield from _one_reduction(band, place)
        if band.from_ is not UNSET and band.from_quantity is not UNSET:
            yield Problem(f"{place}.from_quantity", "does_not_belong", {"beside": "from"})
        elif len(units) > 1 and _unit_of(band) != _unit_of(bands[0]):
            beside = {"beside": _unit_of(bands[0])}
            yield Problem(f"{place}.{_unit_of(band)}", "does_not_belong", beside)
    if len(units) == 1:
        for i, (before, band) in enumerate(pairwise(bands), start=1):
            if _start(band) <= _start(before):
                yield Problem(f"{path}[{i}].{_unit_of(band)}", "not_ascending")


def _one_reduction(part: EffectBand | Group, path: str) -> Iterator[Problem]:
    written = [name for name in ("amount_off", "percent_off") if getattr(part, name) is not UNSET]
    if len(written) != 1:
        yield Problem(path, "one_effect", {"keys": written})
    yield from _positive(part.amount_off, f"{path}.amount_off")
    yield from _share(part.percent_off, f"{path}.percent_off")


def _unit_of(band: EffectBand) -> str:
    return "from" if band.from_quantity is UNSET else "from_quantity"


def _start(band: EffectBand) -> Fraction:
    if band.from_quantity is not UNSET:
        return Fraction(band.from_quantity)
    return Fraction(0) if band.from_ is UNSET else Fraction(band.from_)


def _no_event(when: Condition | object, path: str) -> Iterator[Problem]:
    if isinstance(when, Condition) and "event" in leaf_names(when):
        yield Problem(path, "sale_has_no_event")


def _lines_only(condition: Condition | object, path: str) -> Iterator[Problem]:
    if isinstance(condition, Condition) and "gate" in kinds_of(condition):
        yield Problem(path, "line_leaves_only")


def _positive(text: object, path: str) -> Iterator[Problem]:
    if isinstance(text, str) and Fraction(text) <= 0:
        yield Problem(path, "not_above_zero", {"value": text})


def _share(text: object, path: str) -> Iterator[Problem]:
    yield from _positive(text, path)
    if isinstance(text, str) and Fraction(text) > 1:
        yield Problem(path, "above_one", {"value": text})


def _is(text: str, kind: object) -> bool:
    try:
        convert(text, kind)
    except NotOfThisType:
        return False
    return True
