"""The values of closed lists that programs and explanations have, in words of both languages."""

from collections.abc import Mapping
from typing import Final

from desktop.wording.speech import Voice

Pair = tuple[str, str]

SILENCES: Final[Mapping[str, Pair]] = {
    "condition": ("条件不符，不给", "its condition does not hold"),
    "no_line": ("没有符合的商品，不给", "no line fits"),
    "exclusive": ("有独占的规则，不给", "another rule excludes it"),
}
COMBINATIONS: Final[Mapping[str, Pair]] = {
    "max": ("取最高", "the highest counts"),
    "sum": ("加起来", "added up"),
    "product": ("相乘", "multiplied"),
}
ROUNDINGS: Final[Mapping[str, Pair]] = {
    "down": ("舍去小数", "rounded down"),
    "half_up": ("四舍五入", "rounded to the nearest"),
    "up": ("向上取整", "rounded up"),
}
CAPS: Final[Mapping[str, Pair]] = {
    "per_sale": ("每笔上限", "the limit per sale"),
    "per_day": ("每天上限", "the limit per day"),
    "per_month": ("每月上限", "the limit per month"),
}
TENDERS: Final[Mapping[str, Pair]] = {
    "cash": ("现金", "Cash"),
    "card": ("银行卡", "Card"),
    "wechat": ("微信", "WeChat"),
    "alipay": ("支付宝", "Alipay"),
    "stored_value": ("储值", "Stored value"),
    "other": ("其他", "Other"),
}


def word_of(say: Voice, words: Mapping[str, Pair], value: str) -> str:
    """Return what a value of a closed list is called; its own text where it is a new one."""
    pair = words.get(value)
    return value if pair is None else say(*pair)
