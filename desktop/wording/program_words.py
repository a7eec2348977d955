"""What a program document says, in sentences: points and their end, rules, paying, levels.

The document's own JSON is read, so that every field can be said; offers and stored value are in
`program_offer_words`, and `program_sections` puts all of it in order.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from desktop.wording.condition_words import condition_words
from desktop.wording.lists import CAPS, COMBINATIONS, ROUNDINGS, word_of
from desktop.wording.speech import Voice, joined, money_said, points_said, share_said

Document = Mapping[str, Any]
_REDUCTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "line_discount": ("单品优惠", "discounts on lines"),
    "order_discount": ("整单优惠", "discounts on the order"),
    "coupon": ("优惠券", "coupons"),
    "points": ("积分抵扣", "points"),
}
_STORED: Final[Mapping[str, tuple[str, str]]] = {
    "principal": ("储值付款只有本金积分", "of stored value the principal earns"),
    "all": ("储值付款全部积分", "all stored value earns"),
    "none": ("储值付款不积分", "stored value earns nothing"),
}
_WINDOWS: Final[Mapping[str, tuple[str, str]]] = {
    "calendar_year": ("自然年内", "within the calendar year"),
    "rolling_12_months": ("近 12 个月", "within 12 months"),
    "anniversary": ("会员年内", "within the membership year"),
    "lifetime": ("累计", "in all"),
}
_MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "net_spend": ("实付金额", "money paid"),
    "visits": ("消费次数", "visits"),
    "points_earned": ("获得积分", "points earned"),
}
_DOWN: Final[Mapping[str, tuple[str, str]]] = {
    "none": ("不降级", "levels are kept"),
    "one_step": ("未达标降一级", "down one level if not kept"),
    "to_measure": ("未达标降到达标的等级", "down to what was measured"),
}


def rule_words(say: Voice, rule: Document) -> str:
    """Return a rule as a sentence: its name, what it gives, when."""
    said = joined(say, [award_words(say, award) for award in several(rule["give"])])
    name = text_of(say, rule.get("name")) or rule["id"]
    when = f"{say('；', '; ')}{condition_words(say, rule['when'])}" if "when" in rule else ""
    alone = ""
    if rule.get("stacking") == "exclusive":
        alone = say("；独占，其他规则不给", "; alone, no other rule gives")
    return f"{name}{say('：', ': ')}{said}{when}{alone}"


def points_words(say: Voice, points: Document) -> list[str]:
    """Return how points round, when they can be used, when they end, and what caps them."""
    base = points.get("base", {})
    lines = [word_of(say, ROUNDINGS, points.get("rounding", "down"))]
    if reduced := base.get("net_of", list(_REDUCTIONS)):
        kinds = say.listed([say(*_REDUCTIONS[kind]) for kind in reduced])
        lines.append(say(f"按减去{kinds}之后的金额算", f"on what is left after {kinds}"))
    lines.append(say(*_STORED[base.get("stored_value", "principal")]))
    if "exclude" in base:
        which = condition_words(say, base["exclude"])
        lines.append(say(f"不积分：{which}", f"earns nothing: {which}"))
    if pending := points.get("pending_days", 0):
        lines.append(say(f"{pending} 天后生效", f"usable after {pending} days"))
    how = word_of(say, COMBINATIONS, points.get("combine_multipliers", "max"))
    lines.append(say(f"几个倍数同时满足时：{how}", f"several multipliers: {how}"))
    lines.append(say(f"到期：{expiry_words(say, points.get('expiry', {}))}",
                     f"end: {expiry_words(say, points.get('expiry', {}))}"))  # fmt: skip
    for cap, limit in points.get("caps", {}).items():
        name, most = word_of(say, CAPS, cap), points_said(limit)
        lines.append(say(f"{name} {most} 分", f"{name} is {most}"))
    return [line[:1].upper() + line[1:] for line in lines]


def redemption_words(say: Voice, redemption: Document) -> str:
    """Return how points pay."""
    terms = redemption.get("money")
    if not terms:
        return say("不能抵扣", "points do not pay")
    step, worth = points_said(terms["points_per_step"]), _worth(terms["value_per_step"])
    parts = [say(f"{step} 分抵 {worth}", f"{step} points pay {worth}")]
    if terms.get("min_points"):
        least = points_said(terms["min_points"])
        parts.append(say(f"一次至少 {least} 分", f"at least {least} at once"))
    if Fraction(terms.get("min_spend", "0")):
        least = money_said(terms["min_spend"])
        parts.append(say(f"消费满 {least}", f"from {least} on"))
    if Fraction(terms.get("max_share", "1")) != 1:
        share = share_said(terms["max_share"])
        parts.append(say(f"最多抵 {share}", f"at most {share} of a sale"))
    if "max_amount" in terms:
        most = money_said(terms["max_amount"])
        parts.append(say(f"每单最多抵 {most}", f"at most {most} a sale"))
    if "exclude" in terms:
        which = condition_words(say, terms["exclude"])
        parts.append(say(f"不能抵：{which}", f"not for {which}"))
    if terms.get("not_with"):
        names = say.listed([_beside(say, code) for code in terms["not_with"]])
        parts.append(say(f"不与{names}同用", f"not beside {names}"))
    return joined(say, parts)


def gift_words(say: Voice, redemption: Document) -> list[str]:
    """Return what points buy, a gift a line."""
    lines = []
    for gift in redemption.get("gifts", ()):
        points = points_said(gift["points"])
        left = ""
        if "stock" in gift:
            left = say(f"，共 {gift['stock']} 件", f", {gift['stock']} of them")
        lines.append(say(f"{points} 分换 {gift['sku']}{left}", f"{gift['sku']}: {points}{left}"))
    return lines


def expiry_words(say: Voice, expiry: Document) -> str:
    """Return when points end."""
    after = expiry.get("after", expiry.get("months", 0))
    match expiry.get("kind", "never"):
        case "days":
            return say(f"{after} 天后到期", f"after {after} days") + _rounded(say, expiry)
        case "months":
            return say(f"{after} 个月后到期", f"after {after} months") + _rounded(say, expiry)
        case "years":
            return say(f"{after} 年后到期", f"after {after} years") + _rounded(say, expiry)
        case "inactivity":
            return say(f"{after} 个月没有消费到期", f"after {after} months without a sale")
        case _:
            return say("不过期", "never")


def level_words(say: Voice, tiers: Document | None) -> list[str]:
    """Return the ladder, a level a line."""
    if not tiers:
        return []
    lines = []
    for level in tiers.get("levels", []):
        start = level.get("from", "0")
        in_money = tiers["measure"] == "net_spend"
        unit = money_said(start) if in_money else points_said(int(Fraction(start)))
        name = text_of(say, level.get("name")) or level["code"]
        parts = [say(f"{name}：{unit} 起", f"{name}: from {unit} on")]
        if Fraction(level.get("multiplier", "1")) != 1:
            parts.append(say(f"积分 ×{level['multiplier']}", f"points ×{level['multiplier']}"))
        if Fraction(level.get("discount", "0")):
            off = share_said(level["discount"])
            parts.append(say(f"优惠 {off}", f"{off} off"))
        parts += [_benefit(say, benefit) for benefit in level.get("benefits", ())]
        lines.append(joined(say, parts))
    return lines


def ladder_words(say: Voice, tiers: Document) -> str:
    """Return what the ladder measures, over which window, and how one falls."""
    window, measure = say(*_WINDOWS[tiers["window"]]), say(*_MEASURES[tiers["measure"]])
    down = say(*_DOWN[tiers.get("downgrade", "none")])
    grace = tiers.get("grace_days", 0)
    extra = say(f"，宽限 {grace} 天", f", {grace} days of grace") if grace else ""
    return say(f"按{window}{measure}；{down}{extra}", f"By {measure} {window}; {down}{extra}")


def award_words(say: Voice, award: Document) -> str:
    """Return what an award gives."""
    whole = say("（不满不计）", " (whole amounts)") if award.get("whole_steps") else ""
    match award:
        case {"multiply": factor}:
            return say(f"积分 ×{factor}", f"points ×{factor}")
        case {"coupon": code}:
            coupon = say.named(f"coupon:{code}")
            return say(f"送券 {coupon}", f"a coupon: {coupon}")
        case {"tag": tag}:
            return say(f"加标签 {tag}", f"the tag {tag}")
        case {"bands": bands}:
            return _bands(say, award, bands)
        case {"points": number, "per_amount": per}:
            per = money_said(per)
            return say(f"每 {per} 得 {number} 分", f"{number} per {per}") + whole
        case {"points": number, "per_item": per}:
            return say(f"每 {per} 件得 {number} 分", f"{number} per {per} items") + whole
        case _:
            number = points_said(award.get("points", 0))
            return say(f"得 {number} 分", f"{number} points")


def text_of(say: Voice, text: object) -> str:
    """Return a name of a document, which may be one text or one in each language."""
    if isinstance(text, Mapping):
        zh = str(text.get("zh") or "")
        return say(zh, str(text.get("en") or zh))
    return str(text or "")


def several(one_or_more: Any) -> list[Any]:
    """Return what the document writes as one thing or as a list."""
    return one_or_more if isinstance(one_or_more, list) else [one_or_more]


def _bands(say: Voice, award: Document, bands: list[Document]) -> str:
    lines = []
    for band in bands:
        start, per, number = (
            money_said(band["from"]),
            money_said(band["per_amount"]),
            band["points"],
        )
        lines.append(say(f"满 {start} 每 {per} 得 {number} 分", f"from {start} {number} per {per}"))
    how = say("，整单按最高一档", ", all of it at the highest")
    return say.listed(lines) + (how if award.get("mode") == "whole" else "")


def _benefit(say: Voice, benefit: Document) -> str:
    parts = [text_of(say, benefit.get("text"))]
    parts += [award_words(say, award) for award in several(benefit.get("award", []))]
    return joined(say, [part for part in parts if part])


def _beside(say: Voice, code: str) -> str:
    return say("优惠券", "coupons") if code == "coupon" else say.named(f"coupon:{code}")


def _worth(text: str) -> str:
    """Return what a step is worth: it may be finer than a 分."""
    minor_parts = Fraction(text) * 100
    return money_said(text) if minor_parts.denominator == 1 else f"¥{text}"


def _rounded(say: Voice, expiry: Document) -> str:
    ends = {
        "month": ("，到月底", ", to the month's end"),
        "quarter": ("，到季末", ", to the quarter's end"),
        "half_year": ("，到半年末", ", to the half-year's end"),
        "year": ("，到年底", ", to the year's end"),
    }
    pair = ends.get(expiry.get("round_up_to", "none"))
    return "" if pair is None else say(*pair)
