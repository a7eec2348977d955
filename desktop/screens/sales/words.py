"""The sales' sentences: a row of the list, the facts of one sale, and what became of it."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.queries.sale_detail import SaleDetail
from db.queries.sale_list import SaleListRow
from desktop.reports.words import Words
from desktop.runtime.desk import DeskFacts
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.result_list import ResultRow
from desktop.wording.figures import change_text, moment_text, points_text
from desktop.wording.people import shown_name, shown_phone, speaks_chinese

translate = QCoreApplication.translate
GOODS_SHOWN_MAX = 4


def void_reasons() -> tuple[str, ...]:
    """Return what a sale may be voided for, as it is kept with it."""
    return (
        translate("Sales", "金额输错"),
        translate("Sales", "重复记账"),
        translate("Sales", "顾客不要了"),
    )


def row(sale: SaleListRow, *, facts: DeskFacts, now_ms: int) -> ResultRow:
    """Return a sale as a row: the amount, when and whose, what became of it, its points."""
    at = moment_text(sale.sold_at, calendar=facts.home.calendar, now_ms=now_ms)
    points = sale.earned - sale.redeemed
    return ResultRow(
        name=amount_shown(sale.due),
        phone=f"{at}  {member(sale)}",
        tier=_became(sale),
        note=translate("Sales", "{points} 积分").format(points=change_text(points))
        if sale.earned or sale.redeemed
        else "",
    )


def member(sale: SaleListRow) -> str:
    """Return the masked member, or that there is none."""
    if sale.member_id is None:
        return translate("Sales", "非会员")
    phone = shown_phone(sale.member_phone)
    return f"{shown_name(sale.member_name, sale.member_gender)} {phone}".strip()


def title(sale: SaleListRow, *, facts: DeskFacts, now_ms: int) -> str:
    """Return which sale it is."""
    at = moment_text(sale.sold_at, calendar=facts.home.calendar, now_ms=now_ms)
    return f"{amount_shown(sale.due)}  {at}"


def goods(detail: SaleDetail) -> tuple[Benefit, ...]:
    """Return the first lines of a sale that has any; a bare amount has none."""
    lines = [line for line in detail.lines if line.name or line.sku or line.quantity > 1]
    rows = [
        Benefit(f"{line.name or line.sku} × {line.quantity}", amount_shown(line.amount))
        for line in lines[:GOODS_SHOWN_MAX]
    ]
    if (rest := len(lines) - GOODS_SHOWN_MAX) > 0:
        rows.append(Benefit(translate("Sales", "另有 {count} 种").format(count=rest), ""))
    return tuple(rows)


def fact_rows(
    sale: SaleListRow, detail: SaleDetail, *, facts: DeskFacts, now_ms: int
) -> tuple[Benefit, ...]:
    """Return what one wants to know of a sale before anything is done with it."""
    rows = [Benefit(translate("Sales", "会员"), member(sale))]
    words = Words("zh_CN" if speaks_chinese() else "en")
    rows += [
        Benefit(words.tender(tender), amount_shown(amount))
        for tender, amount in detail.tenders.items()
    ]
    if detail.earned:
        rows.append(Benefit(translate("Sales", "获得"), change_text(detail.earned), "points"))
    if detail.redeemed:
        used = change_text(-detail.redeemed)
        rows.append(Benefit(translate("Sales", "用掉积分"), used, "points"))
    if detail.till_receipt:
        rows.append(Benefit(translate("Sales", "收银小票"), detail.till_receipt))
    rows.append(Benefit(translate("Sales", "收银"), _where(detail)))
    return (*rows, *_afterwards(sale, detail, facts=facts, now_ms=now_ms))


def day_line(rows: tuple[SaleListRow, ...], *, more: bool) -> str:
    """Return how many sales are listed."""
    if more:
        return translate("Sales", "最近 {count} 笔").format(count=points_text(len(rows)))
    return translate("Sales", "{count} 笔").format(count=points_text(len(rows)))


def day_of(text: str, facts: DeskFacts) -> bool:
    """Say whether a business day is today's."""
    return date.fromisoformat(text) == facts.day


def _where(detail: SaleDetail) -> str:
    return " ".join(part for part in (detail.counter, detail.staff) if part)


def _became(sale: SaleListRow) -> str:
    match sale.reversed_by:
        case "undo":
            return translate("Sales", "已撤销")
        case "void":
            return translate("Sales", "已作废")
        case str():
            return translate("Sales", "导入已撤回")
    if sale.returned_whole:
        return translate("Sales", "已全退")
    if sale.returned:
        back = amount_shown(sale.returned)
        return translate("Sales", "已退 {back}").format(back=back)
    return ""


def _afterwards(
    sale: SaleListRow, detail: SaleDetail, *, facts: DeskFacts, now_ms: int
) -> list[Benefit]:
    """Return what was done with the sale since, by whom and when."""
    calendar = facts.home.calendar
    rows = []
    if detail.attached_at is not None:
        at = moment_text(detail.attached_at, calendar=calendar, now_ms=now_ms)
        rows.append(Benefit(translate("Sales", "补会员"), f"{at} {detail.attached_by}".strip()))
    for each in detail.returns:
        at = moment_text(each.returned_at, calendar=calendar, now_ms=now_ms)
        label = translate("Sales", "退货 {at}").format(at=f"{at} {each.staff}".strip())
        rows.append(Benefit(label, amount_shown(-each.paid), "error"))
    if detail.reversed_at is not None:
        at = moment_text(detail.reversed_at, calendar=calendar, now_ms=now_ms)
        who = " ".join(part for part in (at, detail.reversed_staff) if part)
        rows.append(Benefit(_became(sale), who, "error"))
    if detail.reversal_reason:
        rows.append(Benefit(translate("Sales", "原因"), detail.reversal_reason))
    return rows
