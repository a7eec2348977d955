"""Why a counter could not join a head office, in words: what happened, what to do."""

from PySide6.QtCore import QCoreApplication

from db.domain.trouble import Trouble
from desktop.wording.troubles import trouble_text
from sync.protocol.office import OfficeRefused, OfficeUnreachable

translate = QCoreApplication.translate


def joining_text(trouble: Trouble) -> str:
    """Return the sentence for what kept a counter from joining."""
    match trouble:
        case OfficeRefused(reason="code_unknown"):
            return translate("Joining", "总部不认识这个接入码，请核对，一个字母也不能错。")
        case OfficeRefused(reason="code_used"):
            return translate("Joining", "这个接入码已经用过，请总部再发一个。")
        case OfficeRefused(reason="code_expired"):
            return translate("Joining", "这个接入码已过期，请总部再发一个。")
        case OfficeRefused():
            return translate("Joining", "总部不让这台机器接入，请联系总部。")
        case OfficeUnreachable():
            return translate("Joining", "连不上总部。请核对地址和网络，再试一次；也可以先开新店。")
        case _:
            return trouble_text(trouble)


def address_text(fault: str) -> str:
    """Return what is wrong with an address."""
    if fault == "insecure":
        return translate("Joining", "地址要以 https:// 开头，http 只能用于本机。")
    return translate("Joining", "这不是地址。请照总部给的写，例如 https://hq.example.com")
