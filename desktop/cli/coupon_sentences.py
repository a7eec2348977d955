"""Refusals of coupons and promotion codes in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

COUPON_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "coupon_unknown": ("没有这张券：{coupon}。", "There is no coupon {coupon}."),
    "coupon_named_twice": ("同一张券只能用一次：{coupon}。", "Coupon {coupon} is named twice."),
    "coupon_not_held": (
        "顾客手里没有可用的 {coupon}。",
        "The customer holds no unused coupon {coupon}.",
    ),
    "coupon_of_another": (
        "券 {coupon} 是别的会员的，不能转让。",
        "Coupon {coupon} is another member's and cannot be passed on.",
    ),
    "coupon_used": ("券 {coupon} 已经用过。", "Coupon {coupon} was used before."),
    "coupon_voided": ("券 {coupon} 已作废。", "Coupon {coupon} is void."),
    "coupon_expired": (
        "券 {coupon} 已过期，最后一天是 {valid_to}。",
        "Coupon {coupon} ended on {valid_to}.",
    ),
    "coupon_not_yet_valid": (
        "券 {coupon} 从 {valid_from} 起才能用。",
        "Coupon {coupon} is good from {valid_from} on.",
    ),
    "coupon_elsewhere": (
        "券 {coupon} 不在本机：联网后请再试，总部会向持有它的柜台要回来。",
        "Coupon {coupon} is not held here: try again online, head office asks its holder for it.",
    ),
    "coupon_below_min_spend": (
        "券 {coupon} 要满 ¥{min_spend}，现在是 ¥{spend}。",
        "Coupon {coupon} needs ¥{min_spend}; it is ¥{spend} now.",
    ),
    "coupon_conditions_not_met": (
        "券 {coupon} 的使用条件没达到。",
        "What coupon {coupon} asks for is not met.",
    ),
    "coupon_conditions_not_met.no_line": (
        "没有能用券 {coupon} 的商品。",
        "Nothing here is what coupon {coupon} is good for.",
    ),
    "coupon_gift_missing": (
        "请先录入赠品 {sku}，再用券 {coupon}。",
        "Coupon {coupon} gives {sku}; add it to the sale first.",
    ),
    "coupon_worthless": (
        "券 {coupon} 在这里减不了钱，没有用掉。",
        "Coupon {coupon} takes nothing off here; it was not used.",
    ),
    "coupon_limit_reached": (
        "券 {coupon} 每人限 {limit} 张，已有 {used} 张。",
        "{limit} of coupon {coupon} a member; there are {used} already.",
    ),
    "coupon_limit_reached.all": (
        "券 {coupon} 总共限 {limit} 张，已有 {used} 张。",
        "{limit} of coupon {coupon} in all; there are {used} already.",
    ),
    "coupon_needs_member": (
        "券 {coupon} 只能由会员使用，请先选会员。",
        "Coupon {coupon} is for members; choose the member first.",
    ),
    "code_unknown": ("没有这个优惠码：{code_typed}。", "No offer answers to {code_typed}."),
    "code_not_applicable": (
        "优惠码 {code_typed} 现在用不了，条件没达到。",
        "{code_typed} is not good here: what it asks for is not met.",
    ),
    "code_not_applicable.spend": (
        "优惠码 {code_typed} 要满 ¥{needed}，现在是 ¥{has}。",
        "{code_typed} needs ¥{needed}; it is ¥{has} now.",
    ),
    "code_not_applicable.quantity": (
        "优惠码 {code_typed} 要买 {needed} 件，现在是 {has} 件。",
        "{code_typed} needs {needed} pieces; there are {has}.",
    ),
    "code_not_applicable.limit_total": (
        "优惠码 {code_typed} 已经用完，共 {needed} 次。",
        "{code_typed} was used {needed} times: there are no more.",
    ),
    "code_not_applicable.limit_per_member": (
        "这位会员已用过优惠码 {code_typed}，每人 {needed} 次。",
        "This member has used {code_typed} as often as allowed, {needed} times.",
    ),
    "code_not_applicable.member_required": (
        "优惠码 {code_typed} 只给会员，请先选会员。",
        "{code_typed} is for members; choose the member first.",
    ),
}
