"""What is said of paper: printed only when the printer said so, else sent, else why it is not."""

from PySide6.QtCore import QCoreApplication

from desktop.devices.receipt_printer import PrintEnd
from desktop.runtime.paper_numbers import Unprinted
from desktop.runtime.print_jobs import Kind
from desktop.runtime.printing import PrintTold
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.refusals import refusal_text

translate = QCoreApplication.translate


def print_notice(told: PrintTold) -> Notice | None:
    """Return what the cashier must know: nothing when paper came out or is on its way."""
    if told.refusal is not None:
        return Notice(ChipKind.ERROR, refusal_text(told.refusal))
    if told.left_over is not None:
        return Notice(ChipKind.WARN, _left_over(told.left_over))
    if not told.failed:
        return None
    text = {
        Kind.SALE: translate("Printing", "已记账，小票未打印（{why}）。{then}"),
        Kind.RETURN: translate("Printing", "已退货，退货单未打印（{why}）。{then}"),
        Kind.VALUE: translate("Printing", "储值已记账，凭条未打印（{why}）。{then}"),
        Kind.SHIFT: translate("Printing", "已交班，交班单未打印（{why}）。{then}"),
        Kind.SHIFT_SO_FAR: translate("Printing", "班次小结未打印（{why}）。{then}"),
        Kind.MEMBER: translate("Printing", "会员码未打印（{why}）。{then}"),
    }[told.document.kind]
    return Notice(ChipKind.WARN, text.format(why=_why(told.end), then=_then(told.end)))


def print_state(told: PrintTold) -> str:
    """Return how it stands with a receipt, in a few words."""
    match told.end:
        case None if told.under_way:
            return translate("Printing", "正在打印")
        case PrintEnd.PRINTED:
            return translate("Printing", "已打印")
        case PrintEnd.SENT:
            return translate("Printing", "已发送到打印机")
        case _:
            return translate("Printing", "小票未打印")


def printer_state(end: PrintEnd | None) -> tuple[str, ChipKind]:
    """Return the chip of the printer, by how its last job ended."""
    match end:
        case None:
            return translate("Printing", "打印机"), ChipKind.NEUTRAL
        case PrintEnd.PRINTED:
            return translate("Printing", "打印机正常"), ChipKind.OK
        case PrintEnd.SENT:
            return translate("Printing", "打印机状态未知"), ChipKind.NEUTRAL
        case _:
            words = translate("Printing", "打印机{why}").format(why=_why(end))
            return words, ChipKind.WARN


def _left_over(unprinted: Unprinted) -> str:
    if unprinted.perhaps:
        return translate("Printing", "上次断电时小票正在打印。最后一笔已记账，小票没打完就点 补打")
    return translate("Printing", "最后一笔已记账，小票上次没有打印。要打印就点 补打")


def _why(end: PrintEnd | None) -> str:
    match end:
        case PrintEnd.PAPER_OUT:
            return translate("Printing", "缺纸")
        case PrintEnd.COVER_OPEN:
            return translate("Printing", "盖子没合上")
        case PrintEnd.TOO_LARGE:
            return translate("Printing", "二维码太大")
        case PrintEnd.NOT_REACHED:
            return translate("Printing", "连不上")
        case _:
            return translate("Printing", "报错")


def _then(end: PrintEnd | None) -> str:
    match end:
        case PrintEnd.PAPER_OUT:
            return translate("Printing", "装纸后点 补打")
        case PrintEnd.COVER_OPEN:
            return translate("Printing", "合上盖子后点 补打")
        case _:
            return translate("Printing", "检查打印机后点 补打")
