"""What the devices' screen says: the names of settings and values, and how a trial ended."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.devices.calibration import Ending, Fault, Heard
from desktop.devices.keyboard_layout import Layout
from desktop.devices.printer_profile import Charset, Paper
from desktop.devices.receipt_printer import PrintEnd
from desktop.screens.devices.state import Step, Tab
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind

translate = QCoreApplication.translate


def about(tab: Tab) -> str:
    """Return what a tab is for, in a few sentences."""
    match tab:
        case Tab.PRINTER:
            return translate(
                "Devices",
                "填好地址，打一张测试页：标尺正好占满一行，汉字都认得出，二维码扫得上，就对了。",
            )
        case Tab.DISPLAY:
            return translate(
                "Devices",
                "两行、每行 20 个字符的 CD5220 顾客屏，只显示数字和英文。"
                "没有插好时收银照常，插好以后自动接上。",
            )
        case Tab.SCANNER:
            return translate(
                "Devices", "用扫码枪扫这个码三次，柜台就知道它的快慢、结尾和键盘布局。"
            )
        case Tab.SOUND_AND_SIZE:
            return translate(
                "Devices", "拿一张银行卡贴在屏幕上，选卡片和框一样大的那个百分比，按键就够手指大。"
            )


def option_name(name: str) -> str:
    """Return what a setting is called."""
    return {
        "paper": translate("Devices", "纸宽"),
        "columns": translate("Devices", "每行字数"),
        "charset": translate("Devices", "汉字"),
        "draws_codes": translate("Devices", "二维码"),
        "cuts": translate("Devices", "切刀"),
        "drawer_pin": translate("Devices", "钱箱针脚"),
        "reports": translate("Devices", "状态"),
        "prints_sales": translate("Devices", "小票"),
        "language": translate("Devices", "小票语言"),
        "sounds": translate("Devices", "提示音"),
    }[name]


def value_name(name: str, value: Any, *, columns: int) -> str:
    """Return what a value is called; `columns` are those of the paper."""
    switches = {
        "draws_codes": (translate("Devices", "打印机画"), translate("Devices", "打成图片")),
        "cuts": (translate("Devices", "有"), translate("Devices", "没有")),
        "reports": (translate("Devices", "会回答"), translate("Devices", "不回答")),
        "prints_sales": (translate("Devices", "记账就打"), translate("Devices", "要打才打")),
        "sounds": (translate("Devices", "开"), translate("Devices", "关")),
    }
    if name in switches:
        return switches[name][not value]
    match value:
        case Paper():
            return translate("Devices", "{width} 毫米").format(width=value)
        case Charset.PICTURE:
            return translate("Devices", "打成图片")
        case Charset():
            return value.upper()
        case "" | "zh" | "en":
            return {
                "": translate("Devices", "跟界面"),
                "zh": translate("Devices", "中文"),
                "en": translate("Devices", "英文"),
            }[value]
        case 0:
            return str(columns)
        case _:
            return str(value)


def tried(device: str, end: PrintEnd) -> Notice:
    """Return how a trial ended; printed only when the printer said so."""
    match end:
        case PrintEnd.PRINTED:
            return Notice(ChipKind.OK, _well(device))
        case PrintEnd.SENT:
            return Notice(ChipKind.NEUTRAL, _sent(device))
        case PrintEnd.PAPER_OUT:
            text = translate("Devices", "打印机缺纸，装好纸再试")
        case PrintEnd.COVER_OPEN:
            text = translate("Devices", "打印机盖子没合上，合上再试")
        case PrintEnd.TOO_LARGE:
            text = translate("Devices", "二维码比纸宽，打不下")
        case PrintEnd.NOT_REACHED:
            text = translate("Devices", "连不上，请检查电源、线和地址")
        case _:
            text = translate("Devices", "打印机报错，关机再开，再试")
    return Notice(ChipKind.WARN, text)


def _well(device: str) -> str:
    if device == "state":
        return translate("Devices", "打印机说它一切正常")
    return translate("Devices", "测试页已打印，请看纸")


def _sent(device: str) -> str:
    return {
        "drawer": translate("Devices", "已让钱箱打开，并已记录"),
        "display": translate("Devices", "已发送，顾客屏应显示 TOTAL 128.00"),
        "state": translate("Devices", "打印机没有回答，请把状态改成“不回答”"),
    }.get(device, translate("Devices", "测试页已发送，打印机没有回答，请看纸"))


def step(place: int, heard: Heard | None) -> Step:
    """Return the line of one scan, or of its place."""
    if heard is None:
        return Step(translate("Devices", "第 {n} 次：等待扫码").format(n=place + 1))
    good = heard.fault in {None, Fault.CAPS, Fault.LAYOUT}
    words = translate("Devices", "第 {n} 次：{how}").format(n=place + 1, how=_heard(heard))
    return Step(words, done=True, good=good)


def _heard(heard: Heard) -> str:
    match heard.fault:
        case None if heard.ending is Ending.SILENCE:
            return translate("Devices", "读对了")
        case None:
            return translate("Devices", "读对了，{pace} 毫秒一个字，{ending}").format(
                pace=heard.pace_ms, ending=_ending(heard.ending)
            )
        case Fault.CAPS:
            return translate("Devices", "大小写反了，会自动改正；最好关掉 Caps Lock")
        case Fault.LAYOUT:
            return translate("Devices", "键盘布局是{layout}，会自动改正").format(
                layout=layout_name(heard.layout)
            )
        case Fault.IME:
            return translate("Devices", "输入法开着，请切到英文再扫")
        case Fault.SLOW:
            return translate("Devices", "太慢，{pace} 毫秒一个字，请调快扫码枪").format(
                pace=heard.pace_ms
            )
        case Fault.CUT:
            return translate("Devices", "没有读完整，请再扫一次")
        case _:
            return translate("Devices", "不是屏幕上的这个码")


def _ending(ending: Ending) -> str:
    if ending is Ending.TAB:
        return translate("Devices", "Tab 结尾")
    return translate("Devices", "回车结尾")


def layout_name(layout: Layout) -> str:
    """Return what a keyboard layout is called."""
    return {
        Layout.US: translate("Devices", "美式"),
        Layout.QWERTZ: translate("Devices", "德式"),
        Layout.AZERTY: translate("Devices", "法式"),
    }[layout]
