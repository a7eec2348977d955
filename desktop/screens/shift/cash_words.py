"""The drawer's sentences: why cash is moved, what the button does, what was recorded."""

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.queries.shift_summary import ShiftSummary
from desktop.screens.shift.state import Move
from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.wording.typing import AmountTyping

translate = QCoreApplication.translate


def moves() -> tuple[str, ...]:
    """Return the names of the three ways, in their order."""
    return (
        translate("Cash", "放入"),
        translate("Cash", "取出"),
        translate("Cash", "只开钱箱"),
    )


def reasons(move: Move) -> tuple[str, ...]:
    """Return the reasons to choose from; what is chosen is recorded as it reads."""
    other = translate("Cash", "其他")
    match move:
        case Move.IN:
            return (translate("Cash", "补备用金"), translate("Cash", "换零钱"), other)
        case Move.OUT:
            return (
                translate("Cash", "存银行"),
                translate("Cash", "交店长"),
                translate("Cash", "付货款"),
                translate("Cash", "换零钱"),
                other,
            )
        case Move.OPEN:
            return (translate("Cash", "换零钱"), translate("Cash", "核对现金"), other)


def entry(typing: AmountTyping, move: Move) -> Entry | None:
    """Return the amount's field; nothing where only the drawer is opened."""
    if move is Move.OPEN:
        return None
    label = translate("Cash", "放入现金") if move is Move.IN else translate("Cash", "取出现金")
    hint = translate("Cash", "金额太大，请核对") if typing.too_large else ""
    return Entry(label, typing.shown, hint=hint, wrong=typing.too_large, empty=not typing.text)


def facts(shift: ShiftSummary | None, *, blind: bool) -> tuple[Benefit, ...]:
    """Return what was moved in this shift, and what should lie in the drawer now."""
    if shift is None:
        return ()
    rows = [
        Benefit(translate("Cash", "开班备用金"), amount_shown(shift.opening_float)),
        Benefit(translate("Cash", "本班放入"), amount_shown(shift.cash_in)),
        Benefit(translate("Cash", "本班取出"), amount_shown(-shift.cash_out)),
        Benefit(
            translate("Cash", "只开钱箱"),
            translate("Cash", "{count} 次").format(count=shift.drawer_openings),
        ),
    ]
    if not blind:
        due = amount_shown(shift.expected)
        rows.append(Benefit(translate("Cash", "抽屉应有现金"), due, strong=True))
    return tuple(rows)


def promise(move: Move, minor: int, *, armed: bool) -> str:
    """Return what the button does with so many 分; `armed` is tap one of two."""
    amount = amount_shown(minor)
    match move:
        case Move.IN:
            return translate("Cash", "放入 {amount}，开钱箱").format(amount=amount)
        case Move.OUT if armed:
            return translate("Cash", "再按一次，取出 {amount}").format(amount=amount)
        case Move.OUT:
            return translate("Cash", "取出 {amount}，开钱箱").format(amount=amount)
        case Move.OPEN:
            return translate("Cash", "开钱箱")


def done(minor: int) -> str:
    """Return what was recorded: 分 put in, taken out (below zero), or the drawer opened (0)."""
    if minor > 0:
        return translate("Cash", "已记下：放入 {amount}").format(amount=amount_shown(minor))
    if minor < 0:
        return translate("Cash", "已记下：取出 {amount}").format(amount=amount_shown(-minor))
    return translate("Cash", "已记下：开钱箱")


def too_much() -> str:
    """Return the question whether so much is really taken out."""
    return translate("Cash", "比抽屉里应有的现金还多，请核对后再按一次")


def not_opened() -> str:
    """Return what to do when the drawer did not open."""
    return translate("Cash", "已记下，钱箱没有打开（连不上打印机）。请用钥匙打开")


def no_shift() -> str:
    """Return why no cash is moved now."""
    return translate("Cash", "没有开着的班次，先开班")
