"""When a rule gives, in words: the small tree of conditions, leaf by leaf."""

from collections.abc import Mapping
from typing import Any, Final

from desktop.wording.lists import TENDERS, word_of
from desktop.wording.speech import Voice, money_said

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
_EVENTS: Final[Mapping[str, tuple[str, str]]] = {
    "signup": ("入会", "signing up"),
    "profile_completed": ("完善资料", "a complete profile"),
    "birthday": ("生日", "the birthday"),
    "survey": ("填问卷", "a survey"),
    "referred_friend": ("带朋友来", "a friend brought along"),
}
_MONEY_LEAVES = ("spend", "price")


def condition_words(say: Voice, condition: Mapping[str, Any]) -> str:
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
        return _leaf(say, name) + range_words(value, is_money=name in _MONEY_LEAVES)
    return _leaf(say, name) + say.listed([_named(say, name, each) for each in value])


def range_words(value: Mapping[str, Any], *, is_money: bool) -> str:
    """Return a range with both ends inclusive; one end may be open."""
    first = value.get("min", value.get("from"))
    last = value.get("max", value.get("to"))
    shown = [money_said(str(end)) if is_money and end is not None else end for end in (first, last)]
    low, high = ("" if end is None else str(end) for end in shown)
    if low and high:
        return f"{low} – {high}"
    return f"≥ {low}" if low else f"≤ {high}"


def _named(say: Voice, leaf: str, value: object) -> str:
    text = str(value)
    match leaf:
        case "weekday":
            return say(*_WEEKDAYS[text])
        case "tier":
            return say.named(f"tier:{text}")
        case "tender":
            return word_of(say, TENDERS, text)
        case "event":
            return word_of(say, _EVENTS, text)
        case _:
            return text


def _leaf(say: Voice, name: str) -> str:
    return f"{say(*_LEAVES[name])} ".lstrip()
