"""The customer's window on the second screen: there while that screen is, gone with it.

A window whose screen is unplugged would jump onto the cashier's; so it closes, and the counter is
told, for a question that was open there has to be asked by mouth now. The program ends with the
cashier's window whether this one stands or not. Screens are known by their names: PySide6 lets a
`QScreen` from `QWidget.screen()` die with the widget.
"""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.screens.customer.screen import CustomerScreen
from desktop.screens.customer.view_model import CustomerViewModel
from desktop.theme.look import Look


class SecondScreen(QObject):
    """Keeps the customer's window where a second screen is, and nowhere else."""

    def __init__(
        self,
        app: QGuiApplication,
        look: Look,
        view_model: CustomerViewModel,
        *,
        cashiers: QWidget,
        parent: QObject | None = None,
    ) -> None:
        """Know the cashier's window; `start` looks for a screen that it is not on."""
        super().__init__(parent)
        self._app = app
        self._view_model = view_model
        self._cashiers = cashiers
        self._name: str | None = None
        self.window = QWidget(None, Qt.WindowType.FramelessWindowHint)
        self.window.setObjectName("customerWindow")
        self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.window.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.screen = CustomerScreen(look, view_model)
        rows = QVBoxLayout(self.window)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.screen)
        app.screenAdded.connect(self._look)
        app.screenRemoved.connect(self._on_removed)

    @property
    def there(self) -> bool:
        """Say whether the customer has a screen now."""
        return self._name is not None

    def start(self) -> None:
        """Open the window where there is a second screen."""
        self._look()

    def close(self) -> None:
        """Take the window away for good."""
        self._app.screenAdded.disconnect(self._look)
        self._app.screenRemoved.disconnect(self._on_removed)
        self._name = None
        self.window.hide()
        self.window.deleteLater()

    def _look(self, _added: QScreen | None = None) -> None:
        if self.there:
            return
        here = self._cashiers.frameGeometry().center()
        for screen in self._app.screens():
            if not screen.geometry().contains(here):
                self._show_on(screen)
                return

    def _show_on(self, screen: QScreen) -> None:
        self._name = screen.name()
        self.window.setScreen(screen)
        self.window.setGeometry(screen.geometry())
        self.window.showFullScreen()
        self._view_model.seat(True)

    def _on_removed(self, screen: QScreen) -> None:
        if screen.name() == self._name:
            self._name = None
            self.window.hide()
            self._view_model.seat(False)
