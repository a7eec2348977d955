"""Safe mode: the window of a counter whose book does not open. One sentence, and what can be done.

It needs nothing of the counter. It ends with another try at opening, or with the program.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout

from db.domain.trouble import Trouble
from db.services.restore import Restored
from db.storage.errors import HomeInUse, NewerDatabase, StorageUnavailable
from desktop.runtime.rescue import BackupFile, Rescue, Saved
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton
from desktop.wording.figures import points_text
from desktop.wording.restoring_words import restoring_text
from desktop.wording.troubles import trouble_text

WIDTH = 680
SECOND_MS = 1000
NO_BACKUP_HELPS = ("disk_full", "busy", "read_only")
"""Where the book itself is whole: a backup would only lose what came after it."""
translate = QCoreApplication.translate


class SafeModeWindow(QDialog):
    """Says why the counter does not open; accepted for another try, rejected for the end."""

    def __init__(self, look: Look, trouble: Trouble, rescue: Rescue) -> None:
        """Lay out the sentence and the buttons that may help."""
        super().__init__()
        self._look = look
        self._rescue = rescue
        self._working = False
        self.ask_backup: Callable[[], Path | None] = self._ask_backup
        self._title = Text(translate("SafeMode", "柜台没有打开"), role=Role.TITLE, wrap=True)
        self.said = Text(trouble_text(trouble), role=Role.BODY, wrap=True)
        self.said.setObjectName("safeSaid")
        self._where = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._where.setText(translate("SafeMode", "数据目录：{home}").format(home=str(rescue.home)))
        self.again = self._button("safeAgain", translate("SafeMode", "再试一次"), "refresh-cw")
        self.again.clicked.connect(self.accept)
        self.quit = self._button("safeQuit", translate("SafeMode", "退出"), "log-out")
        self.quit.clicked.connect(self.reject)
        self.helpers: list[TouchButton] = self._helpers(trouble)
        self._build()
        self.setWindowTitle(translate("SafeMode", "柜台会员"))
        self.setAccessibleName(f"{self._title.text()} {self.said.text()}")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)

    def _helpers(self, trouble: Trouble) -> list[TouchButton]:
        """Return a button for each thing that may help with this trouble."""
        helpers: list[TouchButton] = []
        if _a_backup_helps(trouble):
            for place, backup in enumerate(self._rescue.backups()):
                button = self._button(f"safeBackup{place}", _backup_text(backup), "history")
                button.clicked.connect(lambda _checked=False, path=backup.path: self._restore(path))
                helpers.append(button)
            other = translate("SafeMode", "选择备份文件…")
            helpers.append(self._button("safeOther", other, "upload"))
            helpers[-1].clicked.connect(self._choose)
        if self._rescue.has_office() and isinstance(trouble, StorageUnavailable):
            save = translate("SafeMode", "导出待传数据（交给总部）")
            helpers.append(self._button("safeUnsent", save, "download"))
            helpers[-1].clicked.connect(self._save_unsent)
        return helpers

    def _choose(self) -> None:
        backup = self.ask_backup()
        if backup is not None:
            self._restore(backup)

    def _restore(self, backup: Path) -> None:
        self._work(translate("SafeMode", "正在恢复，请不要关机…"))
        self._rescue.restore(backup, done=self._on_restored, failed=self._on_failed)

    def _save_unsent(self) -> None:
        self._work(translate("SafeMode", "正在导出…"))
        self._rescue.save_unsent(done=self._on_saved, failed=self._on_failed)

    def reject(self) -> None:
        """End without a counter; not by Escape or the cross while something is restored."""
        if not self._working:
            super().reject()

    def _work(self, text: str) -> None:
        self._working = True
        self._say(text, "muted")
        for button in (*self.helpers, self.again, self.quit):
            button.setEnabled(False)

    def _on_restored(self, restored: Restored) -> None:
        manifest = restored.manifest
        text = translate(
            "SafeMode",
            "已恢复：{members} 位会员，{sales} 笔消费。备份以后的请按小票补记。原来的文件还留着。",
        )
        self._rest(
            text.format(members=points_text(manifest.members), sales=points_text(manifest.sales)),
            "ok",
        )
        self.again.set_caption(translate("SafeMode", "打开柜台"))
        for button in self.helpers:
            button.hide()

    def _on_saved(self, saved: Saved) -> None:
        text = translate("SafeMode", "已把 {count} 笔存到 {path}，请交给总部。")
        self._rest(text.format(count=points_text(saved.operations), path=str(saved.path)), "ok")

    def _on_failed(self, trouble: Trouble) -> None:
        self._rest(restoring_text(trouble), "error")

    def _rest(self, text: str, tone: str) -> None:
        self._working = False
        self._say(text, tone)
        for button in (*self.helpers, self.again, self.quit):
            button.setEnabled(True)

    def _say(self, text: str, tone: str) -> None:
        self.said.setText(text)
        self.said.set_tone(tone)
        self.setAccessibleName(f"{self._title.text()} {text}")

    def _ask_backup(self) -> Path | None:
        kinds = translate("SafeMode", "备份") + " (*.backup);;(*)"
        title = translate("SafeMode", "选择备份文件")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        return Path(name) if name else None

    def _button(self, name: str, caption: str, icon: str) -> TouchButton:
        button = TouchButton(self._look, caption, kind=Kind.SECONDARY, icon=icon)
        button.setObjectName(name)
        return button

    def _build(self) -> None:
        px = self._look.px
        self.setFixedWidth(px(WIDTH))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(px(32), px(32), px(32), px(24))
        rows.setSpacing(px(12))
        for part in (self._title, self.said, self._where, *self.helpers):
            rows.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.quit)
        foot.addWidget(self.again)
        rows.addLayout(foot)


def run_safe_mode(look: Look, trouble: Trouble, home: Path, *, os_store: bool) -> bool:
    """Show safe mode; True when another try at opening is wanted."""
    rescue = Rescue(home, os_store=os_store)
    window = SafeModeWindow(look, trouble, rescue)
    try:
        return window.exec() == QDialog.DialogCode.Accepted
    finally:
        rescue.close()
        window.deleteLater()
        rescue.deleteLater()


def _a_backup_helps(trouble: Trouble) -> bool:
    if isinstance(trouble, StorageUnavailable):
        return trouble.reason not in NO_BACKUP_HELPS
    return not isinstance(trouble, HomeInUse | NewerDatabase)


def _backup_text(backup: BackupFile) -> str:
    at = datetime.fromtimestamp(backup.made_at / SECOND_MS)  # noqa: DTZ006 - the shop's own clock
    text = translate("SafeMode", "恢复 {at} 的备份：{members} 位会员，{sales} 笔")
    return text.format(
        at=f"{at:%m-%d %H:%M}",
        members=points_text(backup.members),
        sales=points_text(backup.sales),
    )
