"""Refusals of coupons, codes and stored value in words; a coupon's name stands beside them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.domain.exact import minor
from db.domain.money import amount_shown
from db.domain.offers import coupon_refusals as coupons
from db.domain.redemption_refusals import MemberRequired
from db.domain.refusals import Refusal
from db.domain.reversals import ReasonMissing
from db.domain.stored_value import refusals as value
from db.services.sale_facts import TendersDoNotMatch
from desktop.wording.figures import points_text

translate = QCoreApplication.translate


def _missing(minor_missing: int) -> str:
    words = translate("Refusal", "还差 {missing} 可用")
    return words.format(missing=amount_shown(minor_missing))


def _expired(refusal: Any) -> str:
    words = translate("Refusal", "已过期，最后一天是 {day}")
    return words.format(day=refusal.valid_to)


def _not_yet(refusal: Any) -> str:
    return translate("Refusal", "{day} 起可用").format(day=refusal.valid_from)


def _conditions(refusal: Any) -> str:
    if refusal.why == "no_line":
        return translate("Refusal", "没有这张券能用的商品")
    return translate("Refusal", "使用条件没达到")


def _limit(refusal: Any) -> str:
    limit = points_text(refusal.limit)
    if refusal.of == "member":
        return translate("Refusal", "每位会员限 {limit} 张，已用完").format(limit=limit)
    return translate("Refusal", "总共限 {limit} 张，已用完").format(limit=limit)


def _code(refusal: Any) -> str:
    match refusal.why:
        case "spend" if refusal.needed and minor(refusal.has) < minor(refusal.needed):
            return _missing(minor(refusal.needed) - minor(refusal.has))
        case "limit_total":
            return translate("Refusal", "这个优惠码已用完")
        case "limit_per_member":
            return translate("Refusal", "这位会员已用过这个优惠码")
        case "member_required":
            return translate("Refusal", "会员才能用，请先找会员")
        case _:
            return translate("Refusal", "使用条件没达到")


def _insufficient(refusal: Any) -> str:
    words = translate("Refusal", "储值不够，余额 {balance}")
    return words.format(balance=amount_shown(refusal.balance_minor))


def _elsewhere(refusal: Any) -> str:
    words = translate("Refusal", "本机现在最多可用储值 {largest}，其余是在别处充的，需联网")
    return words.format(largest=amount_shown(refusal.largest_minor))


def _over_due(refusal: Any) -> str:
    words = translate("Refusal", "储值超过应付金额，最多用 {largest}")
    return words.format(largest=amount_shown(refusal.largest_minor))


def _over_balance(refusal: Any) -> str:
    most = amount_shown(refusal.max_balance_minor)
    if refusal.largest_minor <= 0:
        return translate("Refusal", "余额已到上限 {most}，不能再充").format(most=most)
    words = translate("Refusal", "超过余额上限 {most}，最多可充 {largest}")
    return words.format(most=most, largest=amount_shown(refusal.largest_minor))


def _spent(refusal: Any) -> str:
    words = translate("Refusal", "这笔充值已用掉一部分，本金还有 {left}，不能整笔退回")
    return words.format(left=amount_shown(refusal.principal_minor))


def _over_principal(refusal: Any) -> str:
    words = translate("Refusal", "最多可退本金 {largest}")
    return words.format(largest=amount_shown(refusal.largest_minor))


def _gift_missing(refusal: Any) -> str:
    return translate("Refusal", "请先录入赠品 {sku}").format(sku=refusal.sku)


OFFER_WORDS: tuple[tuple[type[Refusal], Callable[[Any], str]], ...] = (
    (coupons.CouponUnknown, lambda _: translate("Refusal", "没有这张券")),
    (coupons.CouponNamedTwice, lambda _: translate("Refusal", "这张券已经在用了")),
    (coupons.CouponNotHeld, lambda _: translate("Refusal", "顾客手里没有可用的这种券")),
    (coupons.CouponOfAnother, lambda _: translate("Refusal", "这张券是别的会员的，不能转让")),
    (coupons.CouponUsed, lambda _: translate("Refusal", "这张券已经用过")),
    (coupons.CouponElsewhere, lambda _: translate("Refusal", "别的柜台发的券，需联网才能用")),
    (coupons.CouponVoided, lambda _: translate("Refusal", "这张券已作废")),
    (coupons.CouponExpired, _expired),
    (coupons.CouponNotYetValid, _not_yet),
    (
        coupons.CouponBelowMinSpend,
        lambda refusal: _missing(refusal.min_spend_minor - refusal.spend_minor),
    ),
    (coupons.CouponConditionsNotMet, _conditions),
    (coupons.CouponGiftMissing, _gift_missing),
    (coupons.CouponWorthless, lambda _: translate("Refusal", "这一单没有可减的")),
    (coupons.CouponLimitReached, _limit),
    (coupons.CouponNeedsMember, lambda _: translate("Refusal", "会员才能用，请先找会员")),
    (coupons.CodeUnknown, lambda _: translate("Refusal", "没有这个优惠码")),
    (coupons.CodeNotApplicable, _code),
    (MemberRequired, lambda _: translate("Refusal", "会员才能用，请先找会员")),
    (value.StoredValueNotOffered, lambda _: translate("Refusal", "本店没有储值")),
    (value.InsufficientStoredValue, _insufficient),
    (value.StoredValueElsewhere, _elsewhere),
    (value.StoredValueOverDue, _over_due),
    (value.OverMaxBalance, _over_balance),
    (value.TopUpSpent, _spent),
    (value.NoSuchTopUp, lambda _: translate("Refusal", "没有这笔充值，或已经退回")),
    (value.NothingToRefund, lambda _: translate("Refusal", "没有本金可退，赠金不退")),
    (value.RefundOverPrincipal, _over_principal),
    (TendersDoNotMatch, lambda _: translate("Refusal", "付款合计与应付不符，请再按一次")),
    (ReasonMissing, lambda _: translate("Refusal", "请选一个原因")),
)
