"""Why goods cannot come back, a sale cannot be voided, or a member cannot be attached, in words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.domain.attaching import AttachTooLate, SaleHasMember, SaleHasReturns, TillReceiptDiffers
from db.domain.money import amount_shown
from db.domain.refusals import Refusal
from db.domain.return_refusals import (
    LinesRequired,
    NotReturnable,
    OverReturn,
    OverReturnedAmount,
    QuantityInvalid,
    RefundBeyondTender,
    RefundDoesNotMatch,
    SaleElsewhere,
    SaleOfAnotherMember,
    UnknownLine,
)
from db.domain.reversals import ReasonMissing
from db.services.reversals import NoSuchSale

translate = QCoreApplication.translate


def _over_return(refusal: Any) -> str:
    words = translate("Refusal", "第 {line} 行最多还能退 {largest} 件")
    return words.format(line=refusal.line, largest=refusal.largest)


def _over_amount(refusal: Any) -> str:
    words = translate("Refusal", "最多还能退 {largest}")
    return words.format(largest=amount_shown(refusal.largest_minor))


def _beyond_tender(refusal: Any) -> str:
    words = translate("Refusal", "钱原路退回，这种方式最多退 {largest}")
    return words.format(largest=amount_shown(refusal.largest_minor))


def _no_match(refusal: Any) -> str:
    words = translate("Refusal", "应退 {due}，分配的是 {refunded}，请核对")
    return words.format(
        due=amount_shown(refusal.due_minor), refunded=amount_shown(refusal.refunded_minor)
    )


def _too_late(refusal: Any) -> str:
    words = translate("Refusal", "只能在消费当天补会员，这一笔是 {day} 的")
    return words.format(day=refusal.business_day)


def _has_returns(refusal: Any) -> str:
    words = translate("Refusal", "这一笔已经退过 {returned}，不能再补会员")
    return words.format(returned=amount_shown(refusal.returned_minor))


RETURN_WORDS: tuple[tuple[type[Refusal], Callable[[Any], str]], ...] = (
    (NoSuchSale, lambda _: translate("Refusal", "没有这一笔消费")),
    (SaleElsewhere, lambda _: translate("Refusal", "本机没有这一笔消费，连上总部后再退")),
    (SaleOfAnotherMember, lambda _: translate("Refusal", "这一笔不是这位会员的消费")),
    (NotReturnable, lambda _: translate("Refusal", "这是旧系统的退货记录，不能再退")),
    (UnknownLine, lambda _: translate("Refusal", "这一笔没有这样的商品，请重新打开")),
    (QuantityInvalid, lambda _: translate("Refusal", "请选择要退的商品或金额")),
    (OverReturn, _over_return),
    (OverReturnedAmount, _over_amount),
    (LinesRequired, lambda _: translate("Refusal", "这一笔有商品明细，请按商品退")),
    (RefundBeyondTender, _beyond_tender),
    (RefundDoesNotMatch, _no_match),
    (SaleHasMember, lambda _: translate("Refusal", "这一笔已经有会员")),
    (AttachTooLate, _too_late),
    (SaleHasReturns, _has_returns),
    (TillReceiptDiffers, lambda _: translate("Refusal", "顾客的小票不是这一笔的，请核对")),
    (ReasonMissing, lambda _: translate("Refusal", "请先选一个原因")),
)
