"""What a program calls its parts, for explanations, member pages and receipts."""

from msgspec import UNSET, UnsetType

from db.domain.program.document import Text, Tiers
from db.domain.program.program import Program
from desktop.wording.speech import Names

Written = Text | str | UnsetType
_BENEFIT = Text(zh="等级礼遇", en="Level benefit")
_REFERRAL: list[tuple[str, Written]] = [
    ("rule:referral:referrer", Text(zh="介绍朋友", en="A friend brought")),
    ("rule:referral:friend", Text(zh="朋友首单", en="Brought by a friend")),
]


def program_names(program: Program) -> Names:
    """Return the names that it gives, by `rule:ID`, `tier:CODE`, `promotion:ID`, `coupon:CODE`."""
    document = program.document
    named: list[tuple[str, Written]] = [(f"rule:{rule.id}", rule.name) for rule in document.earning]
    if isinstance(document.tiers, Tiers):
        named += [(f"tier:{level.code}", level.name) for level in document.tiers.levels]
        named += [
            (f"rule:benefit:{level.code}:{number}", benefit.text or _BENEFIT)
            for level in document.tiers.levels
            for number, benefit in enumerate(level.benefits, start=1)
        ]
    named += _REFERRAL
    named += [(f"promotion:{offer.id}", offer.name) for offer in document.promotions]
    named += [(f"coupon:{coupon.code}", coupon.name) for coupon in document.coupons]
    return {code: _pair(name) for code, name in named if name is not UNSET}


def _pair(name: Written) -> tuple[str, str]:
    if isinstance(name, Text):
        return name.zh, name.en or name.zh
    return str(name), str(name)
