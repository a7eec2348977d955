"""The return's sentences: which sale, which goods, what goes back to the customer and what not."""

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.services.return_plan import ReturnEffect
from db.services.sold import SoldSale
from desktop.reports.words import Words
from desktop.runtime.desk import DeskFacts
from desktop.screens.goods_return.state import Confirm, Goods
from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.wording.figures import change_text, moment_text, points_text
from desktop.wording.people import speaks_chinese
from desktop.wording.typing import AmountTyping

translate = QCoreApplication.translate


def reasons() -> tuple[str, ...]:
    """Return what a return may be for, as it is kept with it."""
    return (
        translate("Return", "质量问题"),
        translate("Return", "不合适"),
        translate("Return", "买错了"),
        translate("Return", "其他"),
    )


def sale_line(sold: SoldSale, *, who: str, facts: DeskFacts, now_ms: int) -> str:
    """Return which sale it is: when, how much, whose."""
    at = moment_text(sold.row.sold_at, calendar=facts.home.calendar, now_ms=now_ms)
    due = amount_shown(sold.row.due)
    if sold.sums.amount:
        words = translate("Return", "{at}，{due}，{who}，已退 {back}")
        return words.format(at=at, due=due, who=who, back=amount_shown(sold.sums.amount))
    return translate("Return", "{at}，{due}，{who}").format(at=at, due=due, who=who)


def no_member() -> str:
    """Return what stands for a member where there is none."""
    return translate("Return", "非会员")


def goods(sold: SoldSale, counts: tuple[int, ...]) -> tuple[Goods, ...]:
    """Return the lines that have something left, or had."""
    lines = zip(sold.body.lines, sold.left.lines, counts, strict=True)
    return tuple(
        Goods(
            name=fact.name or fact.sku or translate("Return", "商品"),
            detail=translate("Return", "实付 {amount}，已退 {back} 件").format(
                amount=amount_shown(fact.amount), back=left.returned
            )
            if left.returned
            else translate("Return", "实付 {amount}").format(amount=amount_shown(fact.amount)),
            count=count,
            left=left.of - left.returned,
        )
        for fact, left, count in lines
    )


def amount_entry(sold: SoldSale, typing: AmountTyping | None) -> Entry:
    """Return the field of the amount; nothing typed is all that is left."""
    rest = sold.row.due - sold.sums.amount
    label = translate("Return", "退款金额")
    hint = translate("Return", "最多 {rest}").format(rest=amount_shown(rest))
    if typing is None:
        return Entry(label, amount_shown(rest), hint=translate("Return", "全部退"))
    wrong = typing.too_large or typing.minor > rest
    return Entry(label, typing.shown, hint=hint, wrong=wrong, empty=not typing.text)


def effect_rows(effect: ReturnEffect, *, coupons: int, used: int) -> tuple[Benefit, ...]:
    """Return what a return gives and takes; `coupons` of the `used` ones can be used again."""
    return (*_money(effect), *_points(effect), *_coupons(coupons, used))


def confirm(effect: ReturnEffect) -> Confirm:
    """Return the button's sentence: the result."""
    amount = amount_shown(effect.paid)
    if effect.earned:
        words = translate("Return", "退款 {amount}，收回 {points} 分")
        return Confirm(words.format(amount=amount, points=points_text(effect.earned)), usable=True)
    return Confirm(translate("Return", "退款 {amount}").format(amount=amount), usable=True)


def done(effect: ReturnEffect) -> str:
    """Return what was done."""
    amount = amount_shown(effect.paid)
    if effect.owed:
        words = translate("Return", "已退款 {amount}，收回 {points} 分，其中 {owed} 分记为欠分")
        return words.format(
            amount=amount, points=points_text(effect.earned), owed=points_text(effect.owed)
        )
    if effect.redeemed:
        words = translate("Return", "已退款 {amount}，收回 {points} 分，退还 {back} 分")
        return words.format(
            amount=amount, points=points_text(effect.earned), back=points_text(effect.redeemed)
        )
    if effect.earned:
        words = translate("Return", "已退款 {amount}，收回 {points} 分")
        return words.format(amount=amount, points=points_text(effect.earned))
    return translate("Return", "已退款 {amount}").format(amount=amount)


def _money(effect: ReturnEffect) -> list[Benefit]:
    words = Words("zh_CN" if speaks_chinese() else "en")
    rows = [
        Benefit(
            translate("Return", "退回{tender}").format(tender=words.tender(tender)),
            amount_shown(amount),
            strong=True,
        )
        for tender, amount in effect.tenders.items()
        if amount
    ]
    return rows or [Benefit(translate("Return", "退款"), amount_shown(0), strong=True)]


def _points(effect: ReturnEffect) -> list[Benefit]:
    rows = []
    if effect.earned:
        rows.append(Benefit(translate("Return", "收回积分"), change_text(-effect.earned), "points"))
    if effect.lapsed:
        label = translate("Return", "其中已经到期")
        rows.append(Benefit(label, points_text(effect.lapsed)))
    if effect.owed:
        label = translate("Return", "积分不够，记为欠分")
        rows.append(Benefit(label, points_text(effect.owed), "error"))
    if effect.redeemed:
        label = translate("Return", "退还用掉的积分")
        rows.append(Benefit(label, change_text(effect.redeemed), "points"))
    if effect.pending:
        label = translate("Return", "其中联网后才能用")
        rows.append(Benefit(label, points_text(effect.pending)))
    return rows


def _coupons(coupons: int, used: int) -> list[Benefit]:
    if not used:
        return []
    if coupons:
        words = translate("Return", "退回 {count} 张")
        return [Benefit(translate("Return", "优惠券"), words.format(count=coupons))]
    return [Benefit(translate("Return", "优惠券"), translate("Return", "不退回"))]
