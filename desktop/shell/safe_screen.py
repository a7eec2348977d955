"""What is shown when the counter has met a bug: one sentence and one button."""

from PySide6.QtCore import QCoreApplication, QProcess, Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

WIDTH = 560
translate = QCoreApplication.translate


class SafeScreen(QDialog):
    """A dialog that needs nothing of the counter: no file, no view-model."""

    def __init__(self, look: Look, *, title: str, text: str, button: str) -> None:
        """Lay out the sentence over its one button."""
        super().__init__()
        px = look.px
        self.setWindowTitle(translate("SafeScreen", "柜台会员"))
        self.setFixedWidth(px(WIDTH))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(px(32), px(32), px(32), px(24))
        rows.setSpacing(px(16))
        rows.addWidget(Text(title, role=Role.TITLE, wrap=True))
        rows.addWidget(Text(text, role=Role.BODY, wrap=True))
        self.button = TouchButton(look, button, kind=Kind.SECONDARY)
        self.button.setObjectName("safe")
        self.button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        rows.addLayout(row)
        self.setAccessibleName(f"{title} {text}")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)


def bug_screen(look: Look) -> SafeScreen:
    """Return the screen of a counter that met a bug."""
    return SafeScreen(
        look,
        title=translate("SafeScreen", "程序出错，需要重新打开"),
        text=translate(
            "SafeScreen",
            "已确认的每一笔都在，没有确认的那一笔没有记账。出错的经过已写进本机日志，请告知店长。",
        ),
        button=translate("SafeScreen", "重新打开"),
    )


def show_bug(look: Look) -> None:
    """Say that the program erred, then start it again."""
    bug_screen(look).exec()
    app = QApplication.instance()
    if app is not None:
        arguments = app.arguments()
        QProcess.startDetached(app.applicationFilePath(), arguments[1:])
        app.exit(1)
