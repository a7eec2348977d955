"""The shift's sentences: what was sold, what should lie in the drawer, what is missing from it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.queries.shift_summary import ShiftSummary
from desktop.reports.words import Words
from desktop.runtime.desk import DeskFacts
from desktop.screens.shift.state import Confirm
from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.wording.figures import moment_text, points_text
from desktop.wording.people import speaks_chinese
from desktop.wording.typing import AmountTyping

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class OpenShift:
    """The shift that is open here: its figures, and (way of paying, 分, sales) in their order."""

    summary: ShiftSummary
    tenders: tuple[tuple[str, int, int], ...]


def opening(shift: OpenShift, facts: DeskFacts, now_ms: int) -> str:
    """Return which shift it is, since when and by whom."""
    since = moment_text(shift.summary.opened_at, calendar=facts.home.calendar, now_ms=now_ms)
    words = translate("Shift", "班次 #{number}，{since} 开班，{name}")
    if not shift.summary.opened_by:
        words = translate("Shift", "班次 #{number}，{since} 开班")
    return words.format(number=shift.summary.number, since=since, name=shift.summary.opened_by)


def fact_rows(shift: OpenShift) -> tuple[Benefit, ...]:
    """Return what was sold, how it was paid, and what should lie in the drawer."""
    return (*_sold(shift.summary), *_paid(shift), *_drawer(shift.summary))


def blind_rows(shift: OpenShift) -> tuple[Benefit, ...]:
    """Return what whoever counts blind may see: how many sales there were, and the float."""
    return (
        Benefit(translate("Shift", "销售"), _count(shift.summary.sales), strong=True),
        Benefit(translate("Shift", "其中会员"), _count(shift.summary.member_sales)),
        Benefit(translate("Shift", "开班备用金"), amount_shown(shift.summary.opening_float)),
    )


def _sold(summary: ShiftSummary) -> list[Benefit]:
    rows = [
        Benefit(translate("Shift", "销售"), _sales(summary.sales, summary.amount), strong=True),
        Benefit(translate("Shift", "其中会员"), _count(summary.member_sales)),
    ]
    if summary.reversals:
        rows.append(Benefit(translate("Shift", "撤销和作废"), _count(summary.reversals)))
    if summary.returns:
        returned = _sales(summary.returns, -summary.returned_amount)
        rows.append(Benefit(translate("Shift", "退货"), returned))
    return rows


def _paid(shift: OpenShift) -> list[Benefit]:
    words = Words("zh_CN" if speaks_chinese() else "en")
    return [
        Benefit(words.tender(tender), _sales(sales, amount))
        for tender, amount, sales in shift.tenders
    ]


def _drawer(summary: ShiftSummary) -> list[Benefit]:
    rows = [Benefit(translate("Shift", "开班备用金"), amount_shown(summary.opening_float))]
    if summary.value_cash:
        label = translate("Shift", "储值收付现金")
        rows.append(Benefit(label, amount_shown(summary.value_cash)))
    if summary.cash_in:
        rows.append(Benefit(translate("Shift", "放入现金"), amount_shown(summary.cash_in)))
    if summary.cash_out:
        rows.append(Benefit(translate("Shift", "取出现金"), amount_shown(-summary.cash_out)))
    expected = amount_shown(summary.expected)
    rows.append(Benefit(translate("Shift", "抽屉应有现金"), expected, strong=True))
    return rows


def counted_entry(
    typing: AmountTyping, shift: OpenShift | None, *, active: bool, blind: bool = False
) -> Entry:
    """Return the field of the counted cash, with what is missing from it unless `blind`."""
    hint = translate("Shift", "交班后才知道差额") if blind else ""
    if typing.text and shift is not None and not blind:
        hint = difference_text(typing.minor - shift.summary.expected)
    return _entry(translate("Shift", "实点现金"), typing, hint=hint, active=active)


def till_entry(
    typing: AmountTyping, shift: OpenShift | None, *, active: bool, blind: bool = False
) -> Entry:
    """Return the field of the till's Z total; it may be left out."""
    label = translate("Shift", "收银机总额")
    if not typing.text:
        words = translate("Shift", "可不填")
        return Entry(label, words, active=active, empty=True, placeholder=True)
    hint = ""
    if shift is not None and not blind:
        hint = _till_difference(typing.minor - shift.summary.amount)
    return _entry(label, typing, hint=hint, active=active)


def _entry(label: str, typing: AmountTyping, *, hint: str, active: bool) -> Entry:
    shown = typing.shown if active or typing.too_large else amount_shown(typing.minor)
    return Entry(
        label,
        shown,
        active=active,
        hint=translate("Shift", "金额太大，请核对") if typing.too_large else hint,
        wrong=typing.too_large,
        empty=not typing.text,
    )


def difference_text(minor: int) -> str:
    """Return what the counted cash is beyond what should be there, in 分; below zero is missing."""
    if not minor:
        return translate("Shift", "现金相符")
    words = (
        translate("Shift", "现金多 {amount}")
        if minor > 0
        else translate("Shift", "现金少 {amount}")
    )
    return words.format(amount=amount_shown(abs(minor)))


def _till_difference(minor: int) -> str:
    if not minor:
        return translate("Shift", "与本机销售相符")
    words = translate("Shift", "比本机销售多 {amount}")
    if minor < 0:
        words = translate("Shift", "比本机销售少 {amount}")
    return words.format(amount=amount_shown(abs(minor)))


def closing(minor: int, *, armed: bool) -> Confirm:
    """Return the button for a difference in 分; `armed` is tap one of two."""
    if armed:
        words = translate("Shift", "再按一次交班，{difference}")
    else:
        words = translate("Shift", "交班，{difference}")
    return Confirm(words.format(difference=difference_text(minor)), usable=True, caution=armed)


def far_off(minor: int) -> str:
    """Return the question whether the cash was counted right."""
    words = translate("Shift", "{difference}。请再数一遍，没有数错就再按一次")
    return words.format(difference=difference_text(minor))


def closing_blind(*, armed: bool) -> Confirm:
    """Return the button of who does not see what is expected."""
    text = translate("Shift", "再按一次交班") if armed else translate("Shift", "交班")
    return Confirm(text, usable=True, caution=armed)


def far_off_blind() -> str:
    """Return the question that does not give away how much is missing, or too much."""
    return translate("Shift", "与应有现金相差较多。请再数一遍，没有数错就再按一次")


def to_approve(minor: int, *, blind: bool) -> str:
    """Return what a second person approves."""
    if blind:
        return translate("Shift", "现金与应有相差较多，仍然交班")
    words = translate("Shift", "{difference}，仍然交班")
    return words.format(difference=difference_text(minor))


def not_yours(name: str) -> str:
    """Return whose shift it is and who may close it."""
    if not name:
        return translate("Shift", "这个班次是别人开的，请本人、班长或店长交班")
    words = translate("Shift", "这个班次是{name}开的，请本人、班长或店长交班")
    return words.format(name=name)


def _sales(count: int, minor: int) -> str:
    words = translate("Shift", "{count} 笔，{amount}")
    return words.format(count=points_text(count), amount=amount_shown(minor))


def _count(count: int) -> str:
    return translate("Shift", "{count} 笔").format(count=points_text(count))
