"""The pages about the house itself: who works here, lists to bring in, how the counter is.

They hang below the menu of whoever acts, and show themselves only to who may use them.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.runtime.desk import Desk
from desktop.runtime.leasing import Leasing
from desktop.runtime.papers import Papers
from desktop.runtime.upkeep import Upkeep
from desktop.screens.diagnostics.screen import DiagnosticsScreen
from desktop.screens.diagnostics.view_model import DiagnosticsViewModel
from desktop.screens.import_wizard.screen import ImportScreen
from desktop.screens.import_wizard.view_model import ImportViewModel
from desktop.screens.users.screen import UsersScreen
from desktop.screens.users.view_model import UsersViewModel
from desktop.shell.places import HousePage, may_open
from desktop.theme.look import Look


class HousePages(QObject):
    """Builds the pages and opens them.

    Signals:
        page_requested: show this page.
        left: back to the counter.
    """

    page_requested = Signal(object)
    left = Signal()

    def __init__(
        self,
        look: Look,
        desk: Desk,
        *,
        leasing: Leasing,
        papers: Papers | None,
        upkeep: Upkeep | None,
    ) -> None:
        """Build every page once."""
        super().__init__(desk)
        self._desk = desk
        self.users_model = UsersViewModel(desk, papers, self)
        self.import_model = ImportViewModel(desk, self)
        self.diagnostics_model = DiagnosticsViewModel(
            desk, leasing=leasing, upkeep=upkeep, parent=self
        )
        self.users = UsersScreen(look, self.users_model)
        self.imports = ImportScreen(look, self.import_model)
        self.diagnostics = DiagnosticsScreen(look, self.diagnostics_model)
        for model in (self.users_model, self.import_model, self.diagnostics_model):
            model.left.connect(self.left)

    def all(self) -> tuple[QWidget, ...]:
        """Return the pages."""
        return (self.users, self.imports, self.diagnostics)

    def open(self, page: str) -> None:
        """Show a page, looked at anew."""
        if not self._may(HousePage(page)):
            return
        match HousePage(page):
            case HousePage.USERS:
                self.users_model.enter()
                self.page_requested.emit(self.users)
            case HousePage.IMPORT:
                self.import_model.enter()
                self.page_requested.emit(self.imports)
            case HousePage.DIAGNOSTICS:
                self.diagnostics_model.enter()
                self.page_requested.emit(self.diagnostics)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow forms of windows below 1200 px."""
        self.users.set_compact(compact)
        self.imports.set_compact(compact)

    def lock(self) -> None:
        """Let nothing that was told stand behind the lock."""
        self.users_model.cover()

    def _may(self, page: HousePage) -> bool:
        staff = self._desk.staff
        return staff is not None and may_open(page, staff.role)
