"""What the fields of a program document mean together: everything that is wrong, path by path.

What this engine cannot compute yet is a problem like any other, with the code `not_supported_yet`:
a rule is never silently ignored.
"""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct, UnsetType

from db.domain.conditions import fields_of, kinds_of, leaf_names
from db.domain.program.check_offers import (
    check_award_coupon,
    check_coupon,
    check_effect,
    check_effect_part,
    check_promotion,
    check_validity,
)
from db.domain.program.check_value import check_stored_value
from db.domain.program.check_worth import check_worth
from db.domain.program.document import (
    Award,
    AwardBand,
    Awards,
    Base,
    Condition,
    CountRange,
    DateRange,
    EarningRule,
    Expiry,
    Level,
    MoneyRange,
    MoneyRedemption,
    Tiers,
)
from db.domain.program.offer_document import (
    Bundle,
    Coupon,
    Effect,
    Every,
    Group,
    Lease,
    NthItem,
    ProgramDocument,
    Promotion,
    Referral,
    StoredValue,
    Validity,
)
from db.domain.program.reading import Problem
from db.domain.program.walk import walk


def check_document(document: ProgramDocument) -> tuple[Problem, ...]:
    """Return everything that is wrong with a document of the right shape, in document order."""
    problems: list[Problem] = []
    coupons = frozenset(coupon.code for coupon in document.coupons)
    for path, part in walk(document, "$"):
        for kind, check in _CHECKS:
            if isinstance(part, kind):
                problems.extend(check(part, path))
        problems.extend(check_award_coupon(part, path, coupons))
    return tuple(problems)


Check = Callable[[Any, str], Iterator[Problem]]


def _check_program(document: ProgramDocument, path: str) -> Iterator[Problem]:
    yield from _day(document.effective_on, f"{path}.effective_on")
    try:
        ZoneInfo(document.timezone)
    except (KeyError, ValueError, OSError):
        yield Problem(f"{path}.timezone", "unknown_timezone", {"timezone": document.timezone})
    yield from _unique([rule.id for rule in document.earning], f"{path}.earning", "id")
    yield from _unique([coupon.code for coupon in document.coupons], f"{path}.coupons", "code")
    yield from _unique([offer.id for offer in document.promotions], f"{path}.promotions", "id")
    yield from check_worth(document, path)
    if document.journeys:
        yield Problem(f"{path}.journeys", "not_supported_yet")


def _check_condition(condition: Condition, path: str) -> Iterator[Problem]:
    keys = fields_of(condition)
    if len(keys) != 1:
        yield Problem(path, "one_key", {"keys": [name.rstrip("_") for name, _ in keys]})
        return
    name, _value = keys[0]
    if name in {"any", "not_"} and len(kinds_of(condition)) > 1:
        yield Problem(f"{path}.{name.rstrip('_')}", "mixed_condition")
    if name in {"any", "not_"} and "event" in leaf_names(condition):
        yield Problem(f"{path}.{name.rstrip('_')}", "event_only_under_all")


def _check_rule(rule: EarningRule, path: str) -> Iterator[Problem]:
    gives = rule.give if isinstance(rule.give, list) else [rule.give]
    if not gives:
        yield Problem(f"{path}.give", "gives_nothing")
    if rule.stacking == "exclusive":
        if any(award.multiply is not UNSET for award in gives):
            yield Problem(f"{path}.stacking", "multiply_always_adds")
        elif not any(_gives_points(award) for award in gives):
            yield Problem(f"{path}.stacking", "exclusive_without_points")
    if isinstance(rule.when, Condition) and "event" in leaf_names(rule.when):
        if "line" in kinds_of(rule.when):
            yield Problem(f"{path}.when", "event_has_no_lines")
        if any(_is_rate(award) for award in gives):
            yield Problem(f"{path}.give", "event_has_no_amount")


def _check_award(award: Award, path: str) -> Iterator[Problem]:
    kinds = [
        name
        for name in ("points", "bands", "multiply", "coupon", "tag")
        if getattr(award, name) is not UNSET
    ]
    if len(kinds) != 1:
        yield Problem(path, "one_award", {"keys": kinds})
        return
    yield from _check_companions(award, path, kind=kinds[0])
    for name in ("per_amount", "multiply"):
        if (number := getattr(award, name)) is not UNSET:
            yield from _above_zero(number, f"{path}.{name}")
    if award.bands is not UNSET:
        starts = [Fraction(band.from_) for band in award.bands]
        yield from _ascending(starts, f"{path}.bands")


def _check_companions(award: Award, path: str, *, kind: str) -> Iterator[Problem]:
    """Refuse fields that mean nothing beside this kind of award."""
    rates = [name for name in ("per_amount", "per_item") if getattr(award, name) is not UNSET]
    if len(rates) > 1 or (rates and kind != "points"):
        yield Problem(f"{path}.{rates[-1]}", "does_not_belong", {"beside": kind})
    if award.whole_steps and not rates and kind != "bands":
        yield Problem(f"{path}.whole_steps", "does_not_belong", {"beside": kind})


def _check_band(band: AwardBand, path: str) -> Iterator[Problem]:
    yield from _above_zero(band.per_amount, f"{path}.per_amount")


def _check_lines_only(part: Base | MoneyRedemption, path: str) -> Iterator[Problem]:
    if isinstance(part.exclude, Condition) and "gate" in kinds_of(part.exclude):
        yield Problem(f"{path}.exclude", "line_leaves_only")


def _check_money(money: MoneyRedemption, path: str) -> Iterator[Problem]:
    yield from _above_zero(money.value_per_step, f"{path}.value_per_step")
    yield from _above_zero(money.max_share, f"{path}.max_share")
    yield from _at_most_one(money.max_share, f"{path}.max_share")


def _check_expiry(expiry: Expiry, path: str) -> Iterator[Problem]:
    needs = {"never": set(), "inactivity": {"months"}}.get(expiry.kind, {"after"})
    for name in ("after", "months"):
        written = getattr(expiry, name) is not UNSET
        if written and name not in needs:
            yield Problem(f"{path}.{name}", "does_not_belong", {"beside": expiry.kind})
        if not written and name in needs:
            yield Problem(f"{path}.{name}", "missing_field", {"field": name})
    if expiry.kind == "never" and expiry.round_up_to != "none":
        yield Problem(f"{path}.round_up_to", "does_not_belong", {"beside": expiry.kind})


def _check_tiers(tiers: Tiers, path: str) -> Iterator[Problem]:
    yield from _unique([level.code for level in tiers.levels], f"{path}.levels", "code")
    yield from _ascending([Fraction(level.from_) for level in tiers.levels], f"{path}.levels")
    if tiers.measure == "net_spend":
        return
    for i, level in enumerate(tiers.levels):
        if Fraction(level.from_).denominator != 1:
            yield Problem(f"{path}.levels[{i}].from", "whole_number", {"value": level.from_})


def _check_level(level: Level, path: str) -> Iterator[Problem]:
    yield from _above_zero(level.multiplier, f"{path}.multiplier")
    yield from _at_most_one(level.discount, f"{path}.discount")
    for i, benefit in enumerate(level.benefits):
        yield from _no_amount(benefit.award, f"{path}.benefits[{i}].award")


def _check_referral(referral: Referral, path: str) -> Iterator[Problem]:
    yield from _no_amount(referral.referrer, f"{path}.referrer")


def _no_amount(awards: Awards | UnsetType, path: str) -> Iterator[Problem]:
    """Refuse rates where nothing is sold: an event has no amount and no units."""
    if awards is UNSET:
        return
    gives = awards if isinstance(awards, list) else [awards]
    if any(_is_rate(award) for award in gives):
        yield Problem(path, "event_has_no_amount")


def _check_lease(lease: Lease, path: str) -> Iterator[Problem]:
    yield from _at_most_one(lease.share, f"{path}.share")
    yield from _at_most_one(lease.all_counters_share, f"{path}.all_counters_share")


def _check_range(limits: MoneyRange | CountRange, path: str) -> Iterator[Problem]:
    if limits.min is UNSET or limits.max is UNSET:
        return
    if Fraction(limits.min) > Fraction(limits.max):
        yield Problem(path, "empty_range", {"min": limits.min, "max": limits.max})


def _check_days(days: DateRange | Validity, path: str) -> Iterator[Problem]:
    bad = False
    for name, value in (("from", days.from_), ("to", days.to)):
        if value is not UNSET:
            for problem in _day(value, f"{path}.{name}"):
                bad = True
                yield problem
    if not bad and UNSET not in (days.from_, days.to) and str(days.from_) > str(days.to):
        yield Problem(path, "empty_range", {"from": days.from_, "to": days.to})


_CHECKS: tuple[tuple[type[Struct], Check], ...] = (
    (ProgramDocument, _check_program),
    (Condition, _check_condition),
    (EarningRule, _check_rule),
    (Award, _check_award),
    (AwardBand, _check_band),
    (Base, _check_lines_only),
    (MoneyRedemption, _check_lines_only),
    (MoneyRedemption, _check_money),
    (Expiry, _check_expiry),
    (Tiers, _check_tiers),
    (Level, _check_level),
    (StoredValue, check_stored_value),
    (Promotion, check_promotion),
    (Effect, check_effect),
    (NthItem, check_effect_part),
    (Bundle, check_effect_part),
    (Every, check_effect_part),
    (Group, check_effect_part),
    (Coupon, check_coupon),
    (Referral, _check_referral),
    (Lease, _check_lease),
    (MoneyRange, _check_range),
    (CountRange, _check_range),
    (DateRange, _check_days),
    (Validity, _check_days),
    (Validity, check_validity),
)


def _gives_points(award: Award) -> bool:
    return award.points is not UNSET or award.bands is not UNSET


def _is_rate(award: Award) -> bool:
    rates = (award.per_amount, award.per_item, award.bands, award.multiply)
    return any(rate is not UNSET for rate in rates)


def _day(text: str, path: str) -> Iterator[Problem]:
    try:
        date.fromisoformat(text)
    except ValueError:
        yield Problem(path, "no_such_day", {"day": text})


def _unique(names: list[str], path: str, key: str) -> Iterator[Problem]:
    for i, name in enumerate(names):
        if name in names[:i]:
            yield Problem(f"{path}[{i}].{key}", "duplicate", {key: name})


def _ascending(starts: list[Fraction], path: str) -> Iterator[Problem]:
    for i, (before, start) in enumerate(pairwise(starts), start=1):
        if start <= before:
            yield Problem(f"{path}[{i}].from", "not_ascending")


def _above_zero(text: str, path: str) -> Iterator[Problem]:
    if Fraction(text) <= 0:
        yield Problem(path, "not_above_zero", {"value": text})


def _at_most_one(text: str, path: str) -> Iterator[Problem]:
    if Fraction(text) > 1:
        yield Problem(path, "above_one", {"value": text})
