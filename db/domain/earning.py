"""Steps 4 and 5 of a sale: which rules give, how multipliers meet, and the one rounding.

Points are summed exactly over all rules and multipliers, rounded once, cut by the caps and spread
over the lines (PROGRAM.md §1, §3). Multipliers touch rate awards and never fixed points; if any
exclusive rule holds, the one of highest priority gives alone, the tier's multiplier included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod

import msgspec
from msgspec import UNSET

from db.domain.allocation import spread
from db.domain.awards import Compiled as Award
from db.domain.awards import (
    CouponAward,
    FixedAward,
    Multiplier,
    Pot,
    TagAward,
    compile_award,
    over_one_denominator,
)
from db.domain.basket import BasketLine, MemberFacts
from db.domain.conditions import Compiled, Moment, compile_condition
from db.domain.exact import rate_text, rounded_quotient
from db.domain.explanation import (
    Explained,
    explain_cap,
    explain_line,
    explain_multiplier,
    explain_rounding,
    explain_rule,
    explain_silence,
)
from db.domain.program.document import Caps
from db.domain.program.document import EarningRule as RuleDocument
from db.domain.tiers import TierLevel

_ONE = Fraction(1)


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


class EarningLine(msgspec.Struct, frozen=True, gc=False):
    """A line as step 3 left it: its base in 分, and why it cannot earn (`why` empty: it can)."""

    line: BasketLine
    base: int
    weight: int
    why: str = ""


class Earned(msgspec.Struct, frozen=True):
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
    once = [_fixed_shares(points, where, lines) for where, points in fixed.items()]
    exact, denominator = _exact_points(pot, factors, once)
    total = sum(exact)
    points = rounded_quotient(total, denominator, terms.rounding)
    explanation.append(explain_rounding(total, denominator, rounding=terms.rounding, points=points))
    points = _capped(points, terms, member=moment.member, explanation=explanation)
    per_line = spread(points, exact)[: len(lines)]
    _explain_lines(lines, factors, per_line, explanation=explanation)
    return Earned(
        points,
        tuple(per_line),
        tuple([rule.rule_id for rule, _ in giving]),
        tuple(explanation),
        *_besides(giving),
    )


def _exact_points(
    pot: Pot, factors: list[Fraction], fixed: Sequence[tuple[list[int], int]]
) -> tuple[list[int], int]:
    """Return each line's exact points, rates × factor + fixed, as numerators over one number.

    An event has one part and no lines.
    """
    exact, denominator = pot.exact()
    if any(factor is not _ONE for factor in factors):
        common = lcm(*[factor.denominator for factor in factors])
        times = [factor.numerator * (common // factor.denominator) for factor in factors]
        exact = [part * each for part, each in zip(exact, times, strict=True)]
        denominator *= common
    if not fixed:
        return exact, denominator
    parts = {denominator: exact or [0]}
    for shares, of in fixed:
        before = parts.get(of)
        added = shares if before is None else [a + b for a, b in zip(before, shares, strict=True)]
        parts[of] = added
    return over_one_denominator(parts, max(1, len(factors)))


def _explain_lines(
    lines: Sequence[EarningLine],
    factors: Sequence[Fraction],
    per_line: Sequence[int],
    *,
    explanation: list[Explained],
) -> None:
    """Say what every line earned; equal factors are one object, and are written out once."""
    known, text = None, ""
    for i, (line, factor, earned) in enumerate(zip(lines, factors, per_line, strict=True)):
        if factor is not known:
            known, text = factor, rate_text(factor)
        explanation.append(
            explain_line(i, base=line.base, multiplier=text, earned=earned, why=line.why)
        )


Giving = list[tuple[EarningRule, list[int]]]


def _besides(giving: Giving) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the coupons and the tags that are given besides points, each tag once."""
    awards = [
        award
        for rule, _ in giving
        for award in rule.awards
        if isinstance(award, CouponAward | TagAward)
    ]
    if not awards:
        return (), ()
    coupons = [award.code for award in awards if isinstance(award, CouponAward)]
    tags = [award.tag for award in awards if isinstance(award, TagAward)]
    return tuple(coupons), tuple(dict.fromkeys(tags))


def _giving(
    rules: Sequence[EarningRule], moment: Moment, lines: Sequence[EarningLine]
) -> tuple[Giving, list[Explained]]:
    """Return the rules that give with the lines they select, and why the others do not."""
    able = [(i, line.line) for i, line in enumerate(lines) if not line.why]
    every = [i for i, _ in able]
    holding: Giving = []
    explanation: list[Explained] = []
    for rule in rules:
        if not rule.when.holds(moment):
            if not rule.beside:
                explanation.append(explain_silence(rule.rule_id, "condition"))
            continue
        test = rule.when.lines
        if test is None:
            holding.append((rule, every))
        elif selected := [i for i, line in able if test(line)]:
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


def _fixed_shares(
    points: int, selected: Sequence[int], lines: Sequence[EarningLine]
) -> tuple[list[int], int]:
    """Spread fixed points by base; where nothing earns, by what was paid, else evenly.

    The shares are numerators over the number beside them.
    """
    if not lines:
        return [points], 1
    chosen = frozenset(selected) or frozenset(range(len(lines)))
    weights = [line.base if i in chosen else 0 for i, line in enumerate(lines)]
    if not any(weights):
        weights = [line.weight if i in chosen else 0 for i, line in enumerate(lines)]
    if not any(weights):
        weights = [1 if i in chosen else 0 for i in range(len(lines))]
    return [points * weight for weight in weights], sum(weights)


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
        (rule.rule_id, award.factor, selected)
        for rule, selected in giving
        for award in rule.awards
        if isinstance(award, Multiplier)
    ]
    tier = [] if level is None else [level.multiplier]
    if named or (level is not None and level.multiplier != 1):
        parts = [] if level is None else [(f"tier:{level.code}", level.multiplier)]
        parts += [(f"rule:{rule_id}", factor) for rule_id, factor, _ in named]
        explanation.append(explain_multiplier(terms.combine, parts))
    if not named:
        return [combined(tier, terms.combine)] * count
    held: list[tuple[int, ...]] = [()] * count
    for place, (_, _, selected) in enumerate(named):
        for i in selected:
            held[i] += (place,)
    known = {
        places: combined([*tier, *(named[place][1] for place in places)], terms.combine)
        for places in set(held)
    }
    return [known[places] for places in held]


def combined(multipliers: Sequence[Fraction], how: str) -> Fraction:
    """Return several multipliers as one: the highest, 1 + Σ(m − 1), or the product; none is 1."""
    if not multipliers:
        return _ONE
    if len(multipliers) == 1:
        return multipliers[0]
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
