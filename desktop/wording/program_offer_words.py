"""What a program offers beside points, in sentences: promotions, coupons, stored value, friends."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from desktop.wording.condition_words import condition_words, range_words
from desktop.wording.program_words import award_words, expiry_words, several, text_of
from desktop.wording.speech import Voice, joined, money_said, points_said, share_said

Document = Mapping[str, Any]
_TARGETS: Final[Mapping[str, tuple[str, str]]] = {
    "order": ("整单", "the order"),
    "cheapest_unit": ("最便宜的一件", "the cheapest item"),
    "dearest_unit": ("最贵的一件", "the dearest item"),
}
_SPENT: Final[Mapping[str, tuple[str, str]]] = {
    "proportional": ("本金和赠金按比例用", "principal and bonus are spent in proportion"),
    "bonus_first": ("先用赠金", "bonus is spent first"),
    "principal_first": ("先用本金", "principal is spent first"),
}


def promotion_words(say: Voice, offer: Document) -> str:
    """Return a promotion as a sentence: its name, what it takes off, from what, and when."""
    name = text_of(say, offer.get("name")) or offer["id"]
    parts = [joined(say, [effect_words(say, effect) for effect in several(offer["give"])])]
    target = offer.get("target", "order")
    if isinstance(target, Mapping):
        which = condition_words(say, target)
        parts.append(say(f"用于：{which}", f"on {which}"))
    elif target != "order":
        parts.append(say(f"用于{_TARGETS[target][0]}", f"on {_TARGETS[target][1]}"))
    parts += _gates(say, offer)
    return f"{name}{say('：', ': ')}{say('；', '; ').join(parts)}"


def coupon_words(say: Voice, coupon: Document) -> str:
    """Return a kind of coupon as a sentence."""
    name = text_of(say, coupon.get("name")) or coupon["code"]
    parts = [_coupon_worth(say, coupon)]
    if Fraction(coupon.get("min_spend", "0")):
        least = money_said(coupon["min_spend"])
        parts.append(say(f"满 {least} 可用", f"from {least} on"))
    if "when" in coupon:
        parts.append(condition_words(say, coupon["when"]))
    parts += _validity(say, coupon.get("valid", {}))
    parts += _limits(say, coupon)
    if coupon.get("transferable"):
        parts.append(say("可以转赠", "may be given on"))
    return f"{name}{say('：', ': ')}{say('；', '; ').join(parts)}"


def stored_value_words(say: Voice, value: Document) -> list[str]:
    """Return the ladder of top-ups, how it is spent, and its limits."""
    lines = []
    for step in value.get("ladder", ()):
        pay, bonus = money_said(step["pay"]), money_said(step["bonus"])
        lines.append(say(f"充 {pay} 送 {bonus}", f"{pay} paid in: {bonus} on top"))
    lines.append(say(*_SPENT[value.get("spend_order", "proportional")]))
    ends = expiry_words(say, value.get("bonus_expiry", {}))
    lines.append(say(f"赠金：{ends}", f"Bonus: {ends}"))
    if "max_balance" in value:
        most = money_said(value["max_balance"])
        lines.append(say(f"余额最多 {most}", f"A balance is at most {most}"))
    return lines


def referral_words(say: Voice, referral: Document) -> list[str]:
    """Return what both sides get when the friend buys for the first time."""
    sides = {"referrer": ("介绍人", "Who brought him"), "friend": ("新朋友", "The friend")}
    lines = []
    for side, title in sides.items():
        if side in referral:
            said = joined(say, [award_words(say, award) for award in several(referral[side])])
            lines.append(say(f"{title[0]}：{said}", f"{title[1]}: {said}"))
    return lines


def lane_words(say: Voice, lanes: Document) -> str:
    """Return how offers of one lane meet."""
    names = {
        "item": ("单品活动", "on items"),
        "order": ("整单活动", "on the order"),
        "coupon": ("优惠券", "coupons"),
    }
    how = {"best": ("取最优惠的一个", "the best one"), "all": ("全部叠加", "all of them")}
    parts = []
    for lane, name in names.items():
        which = how[lanes.get(lane, "best")]
        parts.append(say(f"{name[0]}{which[0]}", f"{name[1]}: {which[1]}"))
    return joined(say, parts)


def effect_words(say: Voice, effect: Document) -> str:
    """Return what a promotion does."""
    kind = next((kind for kind in _EFFECTS if kind in effect), "")
    said = _EFFECTS[kind](say, effect) if kind else ""
    parts = [said]
    if "max_value" in effect:
        most = money_said(effect["max_value"])
        parts.append(say(f"最多减 {most}", f"at most {most}"))
    if "max_units" in effect:
        parts.append(say(f"最多 {effect['max_units']} 件", f"at most {effect['max_units']} items"))
    if "times" in effect:
        parts.append(say(f"最多 {effect['times']} 次", f"at most {effect['times']} times"))
    return joined(say, parts)


def _off(say: Voice, effect: Document) -> str:
    """Return an amount or a share off."""
    if "percent_off" in effect:
        share = share_said(effect["percent_off"])
        return say(f"减 {share}", f"{share} off")
    amount = money_said(effect["amount_off"])
    each = say("每件", " each") if effect.get("per") == "unit" else ""
    return say(f"{each}减 {amount}", f"{amount} off{each}")


def _fixed(say: Voice, effect: Document) -> str:
    price = money_said(effect["fixed_price"])
    return say(f"特价 {price}", f"at {price}")


def _buy(say: Voice, effect: Document) -> str:
    buy, get = effect["buy"], effect["get"]
    said = say(f"买 {buy} 送 {get}", f"buy {buy}, {get} free")
    if "of" in effect:
        said += say("（买：", " (of ") + condition_words(say, effect["of"]) + say("）", ")")
    if "free" in effect:
        said += say("（送：", " (free: ") + condition_words(say, effect["free"]) + say("）", ")")
    return said


def _nth(say: Voice, effect: Document) -> str:
    nth = effect["nth_item"]
    share = share_said(nth["percent_off"])
    return say(f"第 {nth['n']} 件减 {share}", f"{share} off item {nth['n']}")


def _bundle(say: Voice, effect: Document) -> str:
    bundle = effect["bundle"]
    items = say.listed([f"{item['sku']} ×{item.get('quantity', 1)}" for item in bundle["items"]])
    price = money_said(bundle["price"])
    return say(f"组合 {items} 共 {price}", f"{items} together {price}")


def _bands(say: Voice, effect: Document) -> str:
    parts = []
    for band in effect["bands"]:
        if "from_quantity" in band:
            start = say(f"{band['from_quantity']} 件", f"{band['from_quantity']} items")
        else:
            start = money_said(band.get("from", "0"))
        off = _off(say, band)
        parts.append(say(f"满 {start} {off}", f"from {start} {off}"))
    return say.listed(parts)


def _every(say: Voice, effect: Document) -> str:
    amount, off = (money_said(effect["every"][name]) for name in ("amount", "amount_off"))
    return say(f"每满 {amount} 减 {off}", f"{off} off for every {amount}")


def _group(say: Voice, effect: Document) -> str:
    size, off = effect["group"]["size"], _off(say, effect["group"])
    return say(f"每 {size} 件{off}", f"{off} for every {size} items")


def _delivery(say: Voice, _effect: Document) -> str:
    return say("免运费", "free delivery")


def _gates(say: Voice, offer: Document) -> list[str]:
    parts = [condition_words(say, offer["when"])] if "when" in offer else []
    if "spend" in offer:
        limits = range_words(offer["spend"], is_money=True)
        parts.append(say(f"消费 {limits}", f"spend {limits}"))
    if "quantity" in offer:
        limits = range_words(offer["quantity"], is_money=False)
        parts.append(say(f"件数 {limits}", f"items {limits}"))
    if "code" in offer:
        parts.append(say(f"优惠码 {offer['code']}", f"code {offer['code']}"))
    return parts + _limits(say, offer)


def _limits(say: Voice, offer: Document) -> list[str]:
    parts = []
    if "limit_per_member" in offer:
        most = points_said(offer["limit_per_member"])
        parts.append(say(f"每位会员 {most} 次", f"{most} a member"))
    if "limit_total" in offer:
        most = points_said(offer["limit_total"])
        parts.append(say(f"共 {most} 次", f"{most} in all"))
    if offer.get("exclusive"):
        parts.append(say("不与其他优惠同享", "alone"))
    return parts


def _coupon_worth(say: Voice, coupon: Document) -> str:
    most = ""
    if "max_value" in coupon:
        limit = money_said(coupon["max_value"])
        most = say(f"，最多 {limit}", f", at most {limit}")
    match coupon["kind"]:
        case "amount":
            value = money_said(coupon["value"])
            return say(f"减 {value}", f"{value} off") + most
        case "percent":
            share = share_said(coupon["value"])
            return say(f"减 {share}", f"{share} off") + most
        case "gift":
            return say(f"送 {coupon['value']}", f"a gift: {coupon['value']}")
        case _:
            return say("免运费", "free delivery") + most


def _validity(say: Voice, valid: Document) -> list[str]:
    parts = []
    if "from" in valid or "to" in valid:
        parts.append(f"{valid.get('from', '')} – {valid.get('to', '')}".strip())
    if "starts_after_days" in valid:
        days = valid["starts_after_days"]
        parts.append(say(f"发券 {days} 天后起", f"from {days} days after issue"))
    if "days_after_issue" in valid:
        days = valid["days_after_issue"]
        parts.append(say(f"发券后 {days} 天内", f"until {days} days after issue"))
    return parts


_EFFECTS: Final[Mapping[str, Callable[[Voice, Document], str]]] = {
    "bands": _bands,
    "bundle": _bundle,
    "buy": _buy,
    "delivery": _delivery,
    "every": _every,
    "fixed_price": _fixed,
    "group": _group,
    "nth_item": _nth,
    "percent_off": _off,
    "amount_off": _off,
}
