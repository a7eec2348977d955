"""The sentences of stored value: what is paid in or out, what comes on top, what is left."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.queries.member_card import MemberCard
from db.queries.value_history import ValueHeld, ValueRow
from db.services.stored_value import ValueMoved
from desktop.reports.words import Words
from desktop.runtime.desk import DeskFacts
from desktop.widgets.benefit_list import Benefit
from desktop.wording.figures import day_text, moment_text
from desktop.wording.people import shown_name, shown_phone, speaks_chinese

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Holder:
    """A member, what he holds today, and what happened to it lately, newest first."""

    card: MemberCard
    held: ValueHeld
    history: tuple[ValueRow, ...]

    @property
    def last_top_up(self) -> ValueRow | None:
        """Return the newest act on it, where that was a top-up: it can be taken back."""
        newest = self.history[0] if self.history else None
        return newest if newest is not None and newest.kind == "top_up" else None


def holder_line(holder: Holder) -> str:
    """Return whose value it is."""
    card = holder.card
    return f"{shown_name(card.name, card.gender)} {shown_phone(card.phone)}".strip()


def fact_rows(holder: Holder, facts: DeskFacts, now_ms: int) -> tuple[Benefit, ...]:
    """Return both purses, when bonus runs out, and what happened last."""
    held = holder.held
    rows = [
        Benefit(translate("Value", "余额"), amount_shown(held.principal + held.bonus), strong=True),
        Benefit(translate("Value", "本金"), amount_shown(held.principal)),
        Benefit(translate("Value", "赠金"), amount_shown(held.bonus)),
    ]
    if held.lots and (last := held.lots[0].expires_on) is not None:
        label = translate("Value", "{day} 到期的赠金").format(day=day_text(last, facts.day))
        rows.append(Benefit(label, amount_shown(held.lots[0].amount)))
    rows += [_happened(row, facts, now_ms) for row in holder.history]
    return tuple(rows)


def _happened(row: ValueRow, facts: DeskFacts, now_ms: int) -> Benefit:
    names = {
        "top_up": translate("Value", "充值"),
        "refund": translate("Value", "退还"),
        "sale": translate("Value", "消费"),
        "undo": translate("Value", "撤销"),
        "void": translate("Value", "作废"),
        "return": translate("Value", "退货"),
    }
    at = moment_text(row.at_ms, calendar=facts.home.calendar, now_ms=now_ms)
    words = translate("Value", "{at} {what}")
    change = row.principal + row.bonus
    sign = "+" if change > 0 else ""
    label = words.format(at=at, what=names.get(row.kind, row.kind))
    return Benefit(label, f"{sign}{amount_shown(change)}")


def tender_name(code: str) -> str:
    """Return a way of paying."""
    return Words("zh_CN" if speaks_chinese() else "en").tender(code)


def reasons() -> tuple[str, ...]:
    """Return why money is paid out."""
    return (
        translate("Value", "顾客退卡"),
        translate("Value", "充错了"),
        translate("Value", "其他原因"),
    )


def step(pay: int, bonus: int) -> str:
    """Return a step of the ladder."""
    if not bonus:
        return translate("Value", "充 {pay}").format(pay=amount_shown(pay))
    words = translate("Value", "充 {pay} 送 {bonus}")
    return words.format(pay=amount_shown(pay), bonus=amount_shown(bonus))


def promise_in(pay: int, bonus: int, *, tender: str, balance: int) -> str:
    """Return what the button does that takes money in."""
    words = translate("Value", "收{tender} {pay}，余额 {balance}")
    if bonus:
        words = translate("Value", "收{tender} {pay}，送 {bonus}，余额 {balance}")
    return words.format(
        tender=tender_name(tender),
        pay=amount_shown(pay),
        bonus=amount_shown(bonus),
        balance=amount_shown(balance),
    )


def promise_out(pay: int, bonus: int, *, tender: str) -> str:
    """Return what the button does that pays money out; bonus goes with it."""
    words = translate("Value", "退{tender} {pay}")
    if bonus:
        words = translate("Value", "退{tender} {pay}，赠金 {bonus} 作废")
    return words.format(
        tender=tender_name(tender), pay=amount_shown(pay), bonus=amount_shown(bonus)
    )


def done(moved: ValueMoved) -> str:
    """Return that it is recorded, and what is left."""
    balance = amount_shown(moved.principal_after + moved.bonus_after)
    if moved.paid < 0:
        words = translate("Value", "已退还 {pay}，余额 {balance}")
        return words.format(pay=amount_shown(-moved.paid), balance=balance)
    words = translate("Value", "已充值 {pay}，余额 {balance}")
    if moved.bonus:
        words = translate("Value", "已充值 {pay}，送 {bonus}，余额 {balance}")
    return words.format(
        pay=amount_shown(moved.paid), bonus=amount_shown(moved.bonus), balance=balance
    )
