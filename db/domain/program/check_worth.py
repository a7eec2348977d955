"""What is wrong with what points are worth: a rate that gives back more money than was paid.

Points for a payment must never redeem for more than the payment itself, else the shop pays people
for buying, again and again. The tier's multiplier counts, because it is always there; multipliers
of single occasions may be generous.
"""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import UNSET

from db.domain.exact import rate
from db.domain.program.document import Award, MoneyRedemption, Tiers
from db.domain.program.offer_document import ProgramDocument
from db.domain.program.reading import Problem


def check_worth(document: ProgramDocument, path: str) -> Iterator[Problem]:
    """Yield the rules whose points for ¥1.00 redeem for more than ¥1.00."""
    money = document.redemption.money
    if not isinstance(money, MoneyRedemption) or not document.earning:
        return
    point = Fraction(money.value_per_step) / money.points_per_step
    best = point * _highest_multiplier(document.tiers)
    for i, rule in enumerate(document.earning):
        for award in rule.give if isinstance(rule.give, list) else [rule.give]:
            back = best * max(_points_for_one(award), default=Fraction(0))
            if back > 1:
                given = {"points_per_step": money.points_per_step, "value": money.value_per_step}
                yield Problem(f"{path}.earning[{i}].give", "pays_more_than_face", given)


def _highest_multiplier(tiers: object) -> Fraction:
    if not isinstance(tiers, Tiers):
        return Fraction(1)
    return max((rate(level.multiplier) for level in tiers.levels), default=Fraction(1))


def _points_for_one(award: Award) -> Iterator[Fraction]:
    """Yield how many points one 元 gives at each rate of an award."""
    if award.bands is not UNSET:
        for band in award.bands:
            if _is_above_zero(band.per_amount):
                yield band.points / Fraction(band.per_amount)
    elif award.points is not UNSET and _is_above_zero(award.per_amount):
        yield award.points / Fraction(str(award.per_amount))


def _is_above_zero(amount: object) -> bool:
    return amount is not UNSET and Fraction(str(amount)) > 0
