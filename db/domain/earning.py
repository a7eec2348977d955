"""Steps 4 and 5 of a sale: which rules give, how multipliers meet, and the one rounding.

Points are summed exactly over all rules and multipliers, rounded once, cut by the caps and spread
over the lines (PROGRAM.md §1, §3). Multipliers touch rate awards and never fixed points; if any
exclusive rule holds, the one of highest priority gives alone, the tier's multiplier included.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from msgspec import UNSET

from db.domain.allocation import spread
from db.domain.awards import Compiled as Award
from db.domain.awards import CouponAward, FixedAward, Multiplier, Pot, TagAward, compile_award
from db.domain.basket import BasketLine, MemberFacts
from db.domain.conditions import Compiled, Moment, compile_condition
from db.domain.exact import exact_sum, rounded
from db.domain.explanation import (
    Explained,
    explain_cap,
    explain_line,
    explain_multiplier,
    explain_rounding,
    explain_rule,
    explain_silence,
)
from db.domain.program_document import Caps
from db.domain.program_document import EarningRule as RuleDocument
from db.domain.tiers import TierLevel

_ONE = Fraction(1)
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class EarningRule:
    """One rule, compiled; one that stands `beside` is no part of stacking, and silent in vain."""

    rule_id: str
    when: Compiled
    awards: tuple[Award, ...]
    exclusive: bool = False
    priority: int = 0
    beside: bool = False


@dataclass(frozen=True, slots=True)
class EarningTerms:
    """What holds for all rules: rounding, how multipliers meet, caps, parts of a point."""

    rounding: str = "down"
    combine: str = "max"
    per_sale: int | None = None
    per_day: int | None = None
    per_month: int | None = None
    denominator: int = 1


@dataclass(frozen=True, slots=True)
class EarningLine:
    """A line as step 3 left it: its base in 分, and why it cannot earn (`why` empty: it can)."""

    line: BasketLine
    base: int
    weight: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Earned:
    """What a sale or an event awards: the lines add up to the points."""

    points: int
    per_line: tuple[int, ...]
    rules: tuple[str, ...]
    explanation: tuple[Explained, ...]
    coupons: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def compile_rule(rule: RuleDocument) -> EarningRule:
    """Return a checked rule of the document as functions and numbers."""
    gives = rule.give if isinstance(rule.give, list) else [rule.give]
    return EarningRule(
        rule_id=rule.id,
        when=compile_condition(rule.when),
        awards=tuple(compile_award(award) for award in gives),
        exclusive=rule.stacking == "exclusive",
        priority=rule.priority,
    )


def cap_of(caps: Caps, name: str) -> int | None:
    """Return a cap of the document, None where there is none."""
    value = getattr(caps, name)
    return None if value is UNSET else int(value)


def earn(
    rules: Sequence[EarningRule],
    terms: EarningTerms,
    *,
    moment: Moment,
    lines: Sequence[EarningLine],
    level: TierLevel | None = None,
) -> Earned:
    """Return what the rules award at this moment for these lines; an event has no lines."""
    assert moment.member is not None, "points are awarded to a member"
    giving, explanation = _giving(rules, moment, lines)
    pot = Pot.of(
        terms.denominator,
        bases=[line.base for line in lines],
        quantities=[line.line.quantity for line in lines],
    )
    fixed: dict[tuple[int, ...], int] = {}
    for rule, selected in giving:
        gives = [_give(award, selected, pot=pot, fixed=fixed) for award in rule.awards]
        explanation.append(explain_rule(rule.rule_id, gives, selected))
    factors = _factors(giving, terms, count=len(lines), level=level, explanation=explanation)
    once = _fixed_on(fixed, lines)
    total, exact = _exact_points(pot, factors, once)
    points = rounded(total, terms.rounding)
    explanation.append(explain_rounding(total, terms.rounding, points))
    points = _capped(points, terms, member=moment.member, explanation=explanation)
    per_line = spread(points, exact)[: len(lines)]
    explanation.extend(
        explain_line(i, base=line.base, multiplier=factors[i], earned=per_line[i], why=line.why)
        for i, line in enumerate(lines)
    )
    return Earned(
        points,
        tuple(per_line),
        tuple(rule.rule_id for rule, _ in giving),
        tuple(explanation),
        coupons=_coupons(giving),
        tags=_tags(giving),
    )


def _exact_points(
    pot: Pot, factors: list[Fraction], fixed: list[Fraction]
) -> tuple[Fraction, Sequence[int | Fraction]]:
    """Return the exact points of all lines, and of each in one unit, whichever it is.

    Most sales have rates alone: then the parts of a point are whole numbers, which add up and
    spread several times as fast as fractions do.
    """
    if not any(fixed) and not pot.odd and factors and all(factor == 1 for factor in factors):
        return Fraction(sum(pot.whole), pot.denominator), pot.whole
    exact = [_exactly(pot.exact(i), factors[i], fixed[i]) for i in range(len(factors))] or fixed
    return exact_sum(exact), exact


def _exactly(rate_points: Fraction, factor: Fraction, fixed: Fraction) -> Fraction:
    """Return rate × factor + fixed; most sales have a factor of one and nothing fixed."""
    points = rate_points if factor == _ONE else rate_points * factor
    return points + fixed if fixed else points


Giving = list[tuple[EarningRule, list[int]]]


def _coupons(giving: Giving) -> tuple[str, ...]:
    awards = (award for rule, _ in giving for award in rule.awards)
    return tuple(award.code for award in awards if isinstance(award, CouponAward))


def _tags(giving: Giving) -> tuple[str, ...]:
    awards = (award for rule, _ in giving for award in rule.awards)
    return tuple(dict.fromkeys(award.tag for award in awards if isinstance(award, TagAward)))


def _giving(
    rules: Sequence[EarningRule], moment: Moment, lines: Sequence[EarningLine]
) -> tuple[Giving, list[Explained]]:
    """Return the rules that give with the lines they select, and why the others do not."""
    able = [i for i, line in enumerate(lines) if not line.why]
    holding: Giving = []
    explanation: list[Explained] = []
    for rule in rules:
        if not rule.when.holds(moment):
            if not rule.beside:
                explanation.append(explain_silence(rule.rule_id, "condition"))
            continue
        if rule.when.lines is None:
            holding.append((rule, able))
        elif selected := [i for i in able if rule.when.lines(lines[i].line)]:
            holding.append((rule, selected))
        else:
            explanation.append(explain_silence(rule.rule_id, "no_line"))
    exclusive = [held for held in holding if held[0].exclusive]
    if not exclusive:
        return holding, explanation
    winner = min(exclusive, key=lambda held: (-held[0].priority, held[0].rule_id))
    beside = [held for held in holding if held[0].beside]
    explanation.extend(
        explain_silence(rule.rule_id, "exclusive")
        for rule, _ in holding
        if rule is not winner[0] and not rule.beside
    )
    return [winner, *beside], explanation


def _give(
    award: Award,
    selected: list[int],
    *,
    pot: Pot,
    fixed: dict[tuple[int, ...], int],
) -> Explained:
    if isinstance(award, Multiplier):
        return {"award": "multiply", "factor": str(award.factor)}
    if isinstance(award, CouponAward):
        return {"award": "coupon", "coupon": award.code}
    if isinstance(award, TagAward):
        return {"award": "tag", "tag": award.tag}
    if not isinstance(award, FixedAward):
        return pot.put(award, selected)
    where = tuple(selected)
    fixed[where] = fixed.get(where, 0) + award.points
    return {"award": "points", "points": award.points}


def _fixed_on(fixed: Mapping[tuple[int, ...], int], lines: Sequence[EarningLine]) -> list[Fraction]:
    """Return each line's part of the fixed points; an event has one part and no lines."""
    once = [_NOTHING] * max(1, len(lines))
    for where, points in fixed.items():
        shares = _fixed_shares(points, where, lines)
        once = [part + share if part else share for part, share in zip(once, shares, strict=True)]
    return once


def _fixed_shares(
    points: int, selected: Sequence[int], lines: Sequence[EarningLine]
) -> list[Fraction]:
    """Spread fixed points by base; where nothing earns, by what was paid, else evenly."""
    if not lines:
        return [Fraction(points)]
    chosen = frozenset(selected) or frozenset(range(len(lines)))
    weights = [line.base if i in chosen else 0 for i, line in enumerate(lines)]
    if not any(weights):
        weights = [line.weight if i in chosen else 0 for i, line in enumerate(lines)]
    if not any(weights):
        weights = [1 if i in chosen else 0 for i in range(len(lines))]
    total = sum(weights)
    return [Fraction(points * weight, total) for weight in weights]


def _factors(
    giving: Giving,
    terms: EarningTerms,
    *,
    count: int,
    level: TierLevel | None,
    explanation: list[Explained],
) -> list[Fraction]:
    """Return each line's combined multiplier; equal combinations are computed once."""
    named = [
        (rule.rule_id, award.factor, frozenset(selected))
        for rule, selected in giving
        for award in rule.awards
        if isinstance(award, Multiplier)
    ]
    tier = [] if level is None else [level.multiplier]
    if named or (level is not None and level.multiplier != 1):
        parts = [] if level is None else [(f"tier:{level.code}", level.multiplier)]
        parts += [(f"rule:{rule_id}", factor) for rule_id, factor, _ in named]
        explanation.append(explain_multiplier(terms.combine, parts))
    known: dict[tuple[bool, ...], Fraction] = {}
    factors: list[Fraction] = []
    for i in range(count):
        key = tuple(i in selected for _, _, selected in named)
        if key not in known:
            mine = [factor for (_, factor, _), held in zip(named, key, strict=True) if held]
            known[key] = combined(tier + mine, terms.combine)
        factors.append(known[key])
    return factors


def combined(multipliers: Sequence[Fraction], how: str) -> Fraction:
    """Return several multipliers as one: the highest, 1 + Σ(m − 1), or the product; none is 1."""
    if not multipliers:
        return _ONE
    if how == "max":
        return max(multipliers)
    if how == "sum":
        return 1 + sum((multiplier - 1 for multiplier in multipliers), Fraction(0))
    assert how == "product", how
    return prod(multipliers, start=_ONE)


def _capped(
    points: int, terms: EarningTerms, *, member: MemberFacts, explanation: list[Explained]
) -> int:
    """Return the points within sale, day and month caps; what others awarded leaves less room."""
    rooms = (
        ("per_sale", terms.per_sale, 0),
        ("per_day", terms.per_day, member.awarded_today),
        ("per_month", terms.per_month, member.awarded_this_month),
    )
    for name, cap, used in rooms:
        if cap is not None and points > (room := max(0, cap - used)):
            explanation.append(explain_cap(name, cap, before=points, after=room))
            points = room
    return points
