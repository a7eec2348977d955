"""What a program document says, in sentences: rules, conditions, redemption, levels, expiry."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from desktop.cli.pages.explained import percent
from desktop.cli.pages.tongue import Tongue, money, points

Document = dict[str, Any]
_WEEKDAYS: Final[Mapping[str, tuple[str, str]]] = {
    "mon": ("周一", "Mon"),
    "tue": ("周二", "Tue"),
    "wed": ("周三", "Wed"),
    "thu": ("周四", "Thu"),
    "fri": ("周五", "Fri"),
    "sat": ("周六", "Sat"),
    "sun": ("周日", "Sun"),
}
_LEAVES: Final[Mapping[str, tuple[str, str]]] = {
    "spend": ("消费", "spend"),
    "branch": ("门店", "branch"),
    "channel": ("渠道", "channel"),
    "weekday": ("", ""),
    "month_day": ("每月几号", "day of the month"),
    "date": ("日期", "date"),
    "time": ("时间", "time"),
    "visit_number": ("第几次消费", "visit number"),
    "tender": ("付款", "paid by"),
    "event": ("事件", "event"),
    "sku": ("商品", "goods"),
    "category": ("分类", "category"),
    "brand": ("品牌", "brand"),
    "price": ("单价", "price"),
    "quantity": ("件数", "quantity"),
    "tier": ("等级", "level"),
    "tag": ("标签", "tag"),
    "segment": ("人群", "segment"),
    "joined_days": ("入会天数", "days since joining"),
    "birthday": ("生日", "birthday"),
    "first_purchase": ("首次消费", "first purchase"),
}
_BIRTHDAYS: Final[Mapping[str, tuple[str, str]]] = {
    "day": ("当天", "the day"),
    "week": ("当周", "the week"),
    "month": ("当月", "the month"),
}
_MONEY_LEAVES = ("spend", "price")


def rule_words(say: Tongue, rule: Document) -> str:
    """Return a rule as a sentence: its name, what it gives, when."""
    gives = rule["give"] if isinstance(rule["give"], list) else [rule["give"]]
    said = say("，", ", ").join(_award(say, award) for award in gives)
    name = text_of(say, rule.get("name")) or rule["id"]
    when = f"{say('；', '; ')}{condition_words(say, rule['when'])}" if "when" in rule else ""
    return f"{name}{say('：', ': ')}{said}{when}"


def condition_words(say: Tongue, condition: Document) -> str:
    """Return when a rule gives, in words."""
    name, value = next(iter(condition.items()))
    match name:
        case "all":
            return say("，且", ", and ").join(condition_words(say, part) for part in value)
        case "any":
            return say("，或", ", or ").join(condition_words(say, part) for part in value)
        case "not":
            return f"{say('不满足：', 'not: ')}{condition_words(say, value)}"
        case "birthday":
            return say("生日", "birthday: ") + say(*_BIRTHDAYS[value])
        case "first_purchase":
            return say("首次消费" if value else "不是首次", "first purchase" if value else "later")
    if isinstance(value, Mapping):
        return _leaf(say, name) + _range(value, is_money=name in _MONEY_LEAVES)
    return _leaf(say, name) + say.listed([_named(say, name, each) for each in value])


def _named(say: Tongue, leaf: str, value: object) -> str:
    text = str(value)
    match leaf:
        case "weekday":
            return say(*_WEEKDAYS[text])
        case "tier":
            return say.tier(text)
        case "tender":
            return say.word("tender", text)
        case _:
            return text


def redemption_words(say: Tongue, redemption: Document) -> str:
    """Return what points are good for."""
    terms = redemption.get("money")
    if not terms:
        return say("不能抵扣", "points do not pay")
    step, worth = points(terms["points_per_step"]), money(terms["value_per_step"])
    parts = [say(f"{step} 分抵 {worth}", f"{step} points pay {worth}")]
    if terms.get("min_points"):
        least = points(terms["min_points"])
        parts.append(say(f"一次至少 {least} 分", f"at least {least} at once"))
    if float(terms.get("min_spend", "0")):
        parts.append(
            say(f"消费满 {money(terms['min_spend'])}", f"from {money(terms['min_spend'])} on")
        )
    if terms.get("max_share", "1") != "1":
        share = percent(terms["max_share"])
        parts.append(say(f"最多抵 {share}", f"at most {share} of a sale"))
    if "max_amount" in terms:
        most = money(terms["max_amount"])
        parts.append(say(f"每单最多抵 {most}", f"at most {most} a sale"))
    return say("，", ", ").join(parts)


def expiry_words(say: Tongue, expiry: Document) -> str:
    """Return when points end."""
    after = expiry.get("after", expiry.get("months", 0))
    match expiry.get("kind", "never"):
        case "days":
            return say(f"{after} 天后到期", f"after {after} days")
        case "months":
            return say(f"{after} 个月后到期", f"after {after} months")
        case "years":
            return say(f"{after} 年后到期", f"after {after} years")
        case "inactivity":
            return say(f"{after} 个月没有消费到期", f"after {after} months without a sale")
        case _:
            return say("不过期", "never")


def level_words(say: Tongue, tiers: Document | None) -> str:
    """Return the ladder, a level a line."""
    if not tiers:
        return ""
    lines = []
    for level in tiers.get("levels", []):
        start = level.get("from", "0")
        unit = money(start) if tiers["measure"] == "net_spend" else points(int(float(start)))
        name = text_of(say, level.get("name")) or level["code"]
        parts = [say(f"{name}：{unit} 起", f"{name}: from {unit} on")]
        if level.get("multiplier", "1") != "1":
            parts.append(say(f"积分 ×{level['multiplier']}", f"points ×{level['multiplier']}"))
        if Fraction(level.get("discount", "0")):
            off = percent(level["discount"])
            parts.append(say(f"优惠 {off}", f"{off} off"))
        lines.append(say("，", ", ").join(parts))
    return "\n".join(lines)


def text_of(say: Tongue, text: object) -> str:
    """Return a name of a document, which may be one text or one in each language."""
    if isinstance(text, Mapping):
        return str(text.get(say.language) or text.get("zh") or "")
    return str(text or "")


def _award(say: Tongue, award: Document) -> str:
    match award:
        case {"multiply": factor}:
            return say(f"积分 ×{factor}", f"points ×{factor}")
        case {"bands": bands}:
            return say.listed(
                [
                    say(
                        f"满 {money(b['from'])} 每 {money(b['per_amount'])} 得 {b['points']} 分",
                        f"from {money(b['from'])} {b['points']} per {money(b['per_amount'])}",
                    )
                    for b in bands
                ]
            )
        case {"points": number, "per_amount": per}:
            return say(f"每 {money(per)} 得 {number} 分", f"{number} per {money(per)}")
        case {"points": number, "per_item": per}:
            return say(f"每 {per} 件得 {number} 分", f"{number} per {per} items")
        case {"points": number}:
            return say(f"得 {number:,} 分", f"{number:,} points")
        case _:
            return ""


def _leaf(say: Tongue, name: str) -> str:
    return f"{say(*_LEAVES[name])} ".lstrip()


def _range(value: Mapping[str, Any], *, is_money: bool) -> str:
    first = value.get("min", value.get("from"))
    last = value.get("max", value.get("to"))
    shown = [money(str(end)) if is_money and end is not None else end for end in (first, last)]
    low, high = ("" if end is None else str(end) for end in shown)
    if low and high:
        return f"{low} – {high}"
    return f"≥ {low}" if low else f"≤ {high}"
