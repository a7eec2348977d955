"""Why a backup did not come back, in words."""

from PySide6.QtCore import QCoreApplication

from db.domain.trouble import Trouble
from db.storage.errors import NewerDatabase, StorageUnavailable
from desktop.wording.troubles import trouble_text

translate = QCoreApplication.translate


def restoring_text(trouble: Trouble) -> str:
    """Return the sentence for what kept a backup from coming back."""
    match trouble:
        case StorageUnavailable(reason="not_a_backup"):
            return translate("Restoring", "这不是备份文件，请另选一个。什么也没有改动。")
        case StorageUnavailable(reason="corrupt"):
            return translate("Restoring", "这份备份已损坏，请另选一个。什么也没有改动。")
        case StorageUnavailable(reason="key_missing"):
            return translate(
                "Restoring", "缺这份备份的钥匙（.key）。把它放在备份旁边再试。什么也没有改动。"
            )
        case NewerDatabase():
            return translate("Restoring", "这份备份由更新的版本写成，请先安装新版本。")
        case _:
            return trouble_text(trouble)
