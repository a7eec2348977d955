"""What promotions and coupons did to a sale, or why they did nothing, in sentences."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from db.domain.exact import minor
from db.domain.money import amount_shown
from desktop.wording.speech import Voice, money_said, points_said

Step = Mapping[str, Any]


def offer_said(say: Voice, step: Step) -> str:
    """Return what a promotion or a coupon took off, or what kept it from doing so."""
    name, colon = _name(say, step), say("：", ": ")
    if "why" in step:
        return f"{name}{colon}{_why_not(say, step)}"
    value = money_said(step["value"])
    return say(f"{name}：减 {value}", f"{name}: {value} off")


def coupon_award_said(say: Voice, step: Step) -> str:
    """Return that a coupon was issued, or why not."""
    coupon = say.named(f"coupon:{step['coupon']}")
    match step.get("why"):
        case None:
            return say(f"发券：{coupon}", f"Coupon issued: {coupon}")
        case "limit_total":
            return say(f"{coupon}：已经发完", f"{coupon}: all of them were issued")
        case "limit_per_member":
            return say(f"{coupon}：这位会员已经领满", f"{coupon}: this member has had all of his")
        case _:
            return say(f"{coupon}：已过有效期，不发", f"{coupon}: its days are over")


def _name(say: Voice, step: Step) -> str:
    """Return an offer's name: a coupon has that of its kind, and the code that is printed."""
    if step["step"] == "promotion":
        return say.named(f"promotion:{step['promotion']}")
    kind, code = say.named(f"coupon:{step.get('kind', '')}"), str(step["coupon"])
    if step.get("kind", code) == code:
        return say(f"券 {kind}", f"Coupon {kind}")
    return say(f"券 {kind}（{code}）", f"Coupon {kind} ({code})")


def _why_not(say: Voice, step: Step) -> str:
    """Return what kept an offer from holding; an unknown word is a condition like others."""
    why = step["why"]
    if why in _WITH_FIGURES:
        return _WITH_FIGURES[why](say, step)
    return say(*_PLAIN.get(why, _PLAIN["condition"]))


def _beaten(say: Voice, step: Step) -> str:
    by, worth = say.named(f"promotion:{step['by']}"), money_said(step.get("worth", "0.00"))
    return say(f"可减 {worth}，「{by}」更优惠", f"{worth} off, but “{by}” gives more")


def _spend(say: Voice, step: Step) -> str:
    has = minor(step["has"])
    if "min" in step and has < minor(step["min"]):
        least, missing = money_said(step["min"]), amount_shown(minor(step["min"]) - has)
        return say(f"满 {least} 才有，还差 {missing}", f"from {least} on; {missing} missing")
    most = money_said(step["max"])
    return say(f"最多 {most}，已超过", f"up to {most}; this is more")


def _quantity(say: Voice, step: Step) -> str:
    if "min" in step and step["has"] < step["min"]:
        missing = step["min"] - step["has"]
        return say(
            f"满 {step['min']} 件才有，还差 {missing} 件",
            f"from {step['min']} items on; {missing} missing",
        )
    return say(f"最多 {step['max']} 件，已超过", f"up to {step['max']} items; these are more")


def _exclusive(say: Voice, step: Step) -> str:
    by = say.named(f"promotion:{step['by']}")
    return say(f"不与「{by}」同享", f"not together with “{by}”")


def _used_up(say: Voice, step: Step) -> str:
    limit = points_said(step["limit"])
    return say(f"共 {limit} 次，已用完", f"all {limit} uses are gone")


def _used_by_member(say: Voice, step: Step) -> str:
    limit = points_said(step["limit"])
    return say(f"每位会员 {limit} 次，已用完", f"{limit} a member, all of them used")


_PLAIN: Final[Mapping[str, tuple[str, str]]] = {
    "condition": ("条件不符", "its condition does not hold"),
    "member_required": ("会员才有", "for members only"),
    "no_line": ("没有符合的商品", "no goods fit"),
    "nothing": ("没有可以减的", "there is nothing to take off"),
}
_WITH_FIGURES: Final[Mapping[str, Callable[[Voice, Step], str]]] = {
    "beaten": _beaten,
    "exclusive": _exclusive,
    "limit_per_member": _used_by_member,
    "limit_total": _used_up,
    "quantity": _quantity,
    "spend": _spend,
}
