"""Refusals in words: the sentence a cashier can read out, with the figure that would do."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.domain.drawer import NothingPrinted
from db.domain.lookup.member_number import MemberNumberInvalid
from db.domain.lookup.phone_text import PhoneFault, PhoneInvalid
from db.domain.lookup.private_codes import PrivateCode, PrivateCodeRefused
from db.domain.members import FieldInvalid, MemberNotActive, NoSuchMember, PhoneTaken
from db.domain.money import amount_shown
from db.domain.redemption_refusals import (
    BelowMinimum,
    BelowMinSpend,
    BeyondLease,
    InsufficientPoints,
    NotAStep,
    OverAmount,
    OverDue,
    OverShare,
    RedemptionNotOffered,
)
from db.domain.refusals import Refusal
from db.domain.reversals import AlreadyReversed, NotThisCounter, UndoTooLate
from db.domain.staff import ApprovalNeeded, NotPermitted
from db.domain.verification import ProofNeeded
from db.services.sales import TillReceiptUsed
from db.services.shifts import NoOpenShift, NotYourShift
from desktop.wording.figures import points_text
from desktop.wording.member_refusals import MEMBER_WORDS
from desktop.wording.offer_refusals import OFFER_WORDS
from desktop.wording.return_refusals import RETURN_WORDS

translate = QCoreApplication.translate


def refusal_text(refusal: Refusal) -> str:
    """Return the sentence for a refusal; one that has none yet says that nothing was done."""
    for kind, words in _WORDS:
        if isinstance(refusal, kind):
            return words(refusal)
    return translate("Refusal", "规则不允许，什么也没有改动。")


def private_code_text(kind: PrivateCode) -> str:
    """Return what to say when a private code was shown to a member's field."""
    match kind:
        case PrivateCode.BANK_CARD:
            return translate("Refusal", "这是银行卡，请用会员码。卡号没有保存。")
        case PrivateCode.IDENTITY_CARD:
            return translate("Refusal", "这是身份证，请用会员码。号码没有保存。")
        case _:
            return translate("Refusal", "这是付款码，请用会员码。付款码没有保存。")


def phone_text(refusal: PhoneInvalid) -> str:
    """Return what is wrong with a phone number."""
    match refusal.fault:
        case PhoneFault.EMPTY:
            return translate("Refusal", "请输入手机号")
        case PhoneFault.TOO_SHORT if refusal.digits:
            return translate("Refusal", "号码少 {digits} 位").format(digits=refusal.digits)
        case PhoneFault.TOO_LONG if refusal.digits:
            return translate("Refusal", "号码多 {digits} 位").format(digits=refusal.digits)
        case PhoneFault.NOT_IN_USE:
            return translate("Refusal", "没有这样的号段，请核对号码")
        case PhoneFault.PAYMENT_CODE:
            return private_code_text(PrivateCode.WECHAT_PAY)
        case PhoneFault.BANK_CARD:
            return private_code_text(PrivateCode.BANK_CARD)
        case PhoneFault.IDENTITY_CARD:
            return private_code_text(PrivateCode.IDENTITY_CARD)
        case _:
            return translate("Refusal", "这不是手机号，请核对")


def _largest(refusal: Any) -> str:
    return points_text(refusal.largest)


def _over_limit(refusal: Any) -> str:
    words = translate("Refusal", "超过本单上限 {limit}，最多可用 {largest} 分")
    return words.format(limit=amount_shown(refusal.limit_minor), largest=_largest(refusal))


def _below_spend(refusal: Any) -> str:
    missing = amount_shown(refusal.min_spend_minor - refusal.spend_minor)
    return translate("Refusal", "还差 {missing} 才能用积分").format(missing=missing)


def _below_minimum(refusal: Any) -> str:
    words = translate("Refusal", "积分不足 {minimum} 分起兑")
    return words.format(minimum=points_text(refusal.minimum))


def _proof_needed(refusal: Any) -> str:
    words = translate("Refusal", "抵扣满 {above} 要核验会员本人，或请店长授权")
    return words.format(above=amount_shown(refusal.above_minor))


def _not_active(refusal: Any) -> str:
    if refusal.state == "frozen":
        return translate("Refusal", "该会员已冻结，请找店长。")
    return translate("Refusal", "该会员已注销，可以重新入会。")


_WORDS: tuple[tuple[type[Refusal], Callable[[Any], str]], ...] = (
    (PrivateCodeRefused, lambda refusal: private_code_text(refusal.kind)),
    (PhoneInvalid, phone_text),
    (MemberNumberInvalid, lambda _: translate("Refusal", "会员码没读完整，请再扫一次")),
    (PhoneTaken, lambda _: translate("Refusal", "该手机号已是会员")),
    (NoSuchMember, lambda _: translate("Refusal", "本机没有这个会员")),
    (MemberNotActive, _not_active),
    *MEMBER_WORDS,
    (FieldInvalid, lambda _: translate("Refusal", "有一项填得不对，请核对")),
    (ProofNeeded, _proof_needed),
    (RedemptionNotOffered, lambda _: translate("Refusal", "本店积分不抵现")),
    (BelowMinSpend, _below_spend),
    (BelowMinimum, _below_minimum),
    (
        NotAStep,
        lambda refusal: translate("Refusal", "每次按 {step} 分一份使用，最多 {largest} 分").format(
            step=points_text(refusal.step), largest=_largest(refusal)
        ),
    ),
    (
        InsufficientPoints,
        lambda refusal: translate("Refusal", "积分不够，最多可用 {largest} 分").format(
            largest=_largest(refusal)
        ),
    ),
    (
        BeyondLease,
        lambda refusal: translate(
            "Refusal", "本机离线最多可用 {largest} 分，需联网才能多用"
        ).format(largest=_largest(refusal)),
    ),
    (
        OverDue,
        lambda refusal: translate("Refusal", "超过应付金额，最多可用 {largest} 分").format(
            largest=_largest(refusal)
        ),
    ),
    (OverShare, _over_limit),
    (OverAmount, _over_limit),
    (UndoTooLate, lambda _: translate("Refusal", "已过两分钟，不能撤销，请找店长作废")),
    (AlreadyReversed, lambda _: translate("Refusal", "这一笔已经撤销、作废或退完了")),
    (NotThisCounter, lambda _: translate("Refusal", "只能在记账的那台机器上撤销")),
    (ApprovalNeeded, lambda _: translate("Refusal", "需要店长授权")),
    (NotPermitted, lambda _: translate("Refusal", "您的角色不能做这一步")),
    (NoOpenShift, lambda _: translate("Refusal", "现在没有开着的班次，不用交班")),
    (NotYourShift, lambda _: translate("Refusal", "班次是别人开的，请本人、班长或店长交班")),
    (NothingPrinted, lambda _: translate("Refusal", "这一笔的凭据不在本机，不能在这里补打")),
    (TillReceiptUsed, lambda _: translate("Refusal", "这张收银小票今天已经积过分")),
    *OFFER_WORDS,
    *RETURN_WORDS,
)
