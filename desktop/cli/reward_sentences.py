"""Refusals of events, gifts and reviews in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

REWARD_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "event_unknown": (
        "没有「{event}」这个事件；可以记的见 guitai member event --help。",
        "No event is called {event}; guitai member event --help says which there are.",
    ),
    "event_already_awarded": (
        "「{event}」已经记过了。",
        "{event} was recorded before.",
    ),
    "gift_unknown": ("现行方案没有礼品 {sku}。", "Points buy no {sku}."),
    "gift_out_of_stock": ("礼品 {sku} 已换完。", "No {sku} is left."),
    "gift_price": (
        "礼品 {sku} 要 {points} 分，不是 {requested} 分。",
        "{sku} costs {points} points, not {requested}.",
    ),
    "gift_needs_head_office": (
        "礼品 {sku} 的库存由总部管，本机现在不能换。",
        "The stock of {sku} is head office's; it cannot be had here now.",
    ),
    "gift_stock_uncounted": (
        "礼品 {sku} 不计库存。",
        "The program counts no stock of {sku}.",
    ),
    "gift_stock_below_zero": (
        "礼品 {sku} 只有 {left} 件。",
        "There are only {left} of {sku}.",
    ),
    "gift_not_returnable": (
        "没有这笔礼品兑换，或已经退回。",
        "No such gift was given, or it came back before.",
    ),
    "not_the_authority": (
        "这由总部统一处理，本机不做。",
        "Head office writes this for all its counters.",
    ),
}
