"""The window of the first start: the wizard alone, until the home is there or somebody gives up."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout

from desktop.i18n.language import Language, LanguageSwitch
from desktop.runtime.founding import Founding
from desktop.screens.first_run.screen import FirstRunScreen
from desktop.screens.first_run.view_model import FirstRunViewModel
from desktop.theme.focus_ring import FocusRing
from desktop.theme.look import Look

SIZE = QSize(1024, 720)


class FirstRunWindow(QDialog):
    """The wizard's own window; accepted when the home is there."""

    def __init__(self, look: Look, languages: LanguageSwitch, founding: Founding) -> None:
        """Build the wizard over what makes the home."""
        super().__init__()
        self._languages = languages
        self.model = FirstRunViewModel(founding, self)
        self.wizard = FirstRunScreen(look, self.model)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.wizard)
        self.model.spoken.connect(self._speak)
        self.model.finished.connect(self.accept)
        self._ring = FocusRing(self, look)
        self.setWindowTitle(self.tr("柜台会员"))
        self.resize(SIZE)

    def reject(self) -> None:
        """Stay on Escape, which is a step back in here; only the window's own cross gives up."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give up: what is half made is thrown away at the next start."""
        self.model.close()
        super().reject()
        super().closeEvent(event)

    def _speak(self, language: str) -> None:
        self._languages.use(Language(language))


def run_first_run(look: Look, languages: LanguageSwitch, home: Path, *, os_store: bool) -> bool:
    """Show the wizard until the home is there; False when somebody closed it before."""
    founding = Founding(home, os_store=os_store)
    window = FirstRunWindow(look, languages, founding)
    try:
        return window.exec() == QDialog.DialogCode.Accepted
    finally:
        founding.close()
        window.deleteLater()
        founding.deleteLater()
