"""Trouble in words: what happened, what is safe, what to do. No codes; those go to diagnostics."""

from PySide6.QtCore import QCoreApplication

from db.domain.trouble import Trouble
from db.storage.errors import HomeInUse, NewerDatabase, NoHome, StorageUnavailable

translate = QCoreApplication.translate


def trouble_text(trouble: Trouble) -> str:
    """Return the sentence for a trouble."""
    match trouble:
        case StorageUnavailable(reason=reason):
            return _storage_text(reason)
        case NewerDatabase():
            return translate(
                "Trouble",
                "这台机器的数据由更新的版本写过，本版本不会打开它。数据没有改动，请安装新版本。",
            )
        case HomeInUse():
            return translate(
                "Trouble", "柜台已经在另一个窗口里打开。请使用那个窗口，或先关掉它再打开。"
            )
        case NoHome():
            return translate("Trouble", "这里还没有柜台。请先运行 guitai init 建一个。")
        case _:
            return translate("Trouble", "机器上有东西不能用。已确认的都在，请告知店长。")


def _storage_text(reason: str) -> str:
    match reason:
        case "disk_full":
            return translate(
                "Trouble", "磁盘已满，这一笔没有记账。已确认的都在。请清理磁盘后再按一次。"
            )
        case "busy":
            return translate("Trouble", "数据库正忙，这一笔没有记账。请过几秒再按一次。")
        case "read_only":
            return translate("Trouble", "数据文件只读，这一笔没有记账。请告知店长。")
        case "no_home":
            return translate("Trouble", "这里还没有柜台。请先运行 guitai init 建一个。")
        case "key_missing" | "key_damaged" | "wrong_key_or_not_a_database":
            return translate(
                "Trouble", "打不开数据文件：钥匙不对或不见了。数据没有改动，请告知店长。"
            )
        case "corrupt":
            return translate("Trouble", "数据文件损坏，请停止收银并告知店长，用最近的备份恢复。")
        case _:
            return translate("Trouble", "读写磁盘出错，这一笔没有记账。已确认的都在，请告知店长。")
