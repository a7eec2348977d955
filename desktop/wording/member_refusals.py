"""Refusals of changes to a member, in words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.domain.birthday import BirthdayInvalid
from db.domain.erasure import ErasedBefore
from db.domain.points import AdjustmentOutOfRange
from db.domain.profiles import NotMerged, SameMember, UnmergeTooLate
from db.domain.refusals import Refusal
from db.domain.reversals import ReasonMissing
from db.domain.wishes import AskedBefore
from db.services.expiry import NotTheAuthority
from desktop.wording.figures import points_text

translate = QCoreApplication.translate


def _out_of_range(refusal: Any) -> str:
    words = translate("Refusal", "一次最多加减 {largest} 分")
    return words.format(largest=points_text(refusal.largest))


MEMBER_WORDS: tuple[tuple[type[Refusal], Callable[[Any], str]], ...] = (
    (BirthdayInvalid, lambda _: translate("Refusal", "生日填得不对，如 05-20")),
    (ReasonMissing, lambda _: translate("Refusal", "请先写原因")),
    (SameMember, lambda _: translate("Refusal", "这两张卡已经是同一位会员")),
    (NotMerged, lambda _: translate("Refusal", "这位会员没有合并过")),
    (UnmergeTooLate, lambda _: translate("Refusal", "合并已过 90 天，不能拆开")),
    (AskedBefore, lambda _: translate("Refusal", "已经提出过，等总部确认")),
    (ErasedBefore, lambda _: translate("Refusal", "这位会员已经注销")),
    (NotTheAuthority, lambda _: translate("Refusal", "这一步由总部决定")),
    (AdjustmentOutOfRange, _out_of_range),
)
