"""Which pages are not everybody's: what somebody must be allowed before one may stand before him.

Asked whenever somebody signs in, for the page where the one before him was is still there.
"""

from PySide6.QtWidgets import QWidget

from db.domain.staff import Leave, Permission, Role, leave_of
from desktop.shell.pages import Pages
from desktop.shell.places import NEEDED, HousePage


def may_stay(pages: Pages, page: QWidget | None, role: Role) -> bool:
    """Say whether a page may stand before somebody of this role."""
    needed: dict[QWidget, Permission] = {
        pages.report: Permission.REPORTS,
        pages.conflicts: Permission.REPORTS,
        pages.program: Permission.SETTINGS,
        pages.devices: Permission.SETTINGS,
        pages.house.users: NEEDED[HousePage.USERS],
        pages.house.imports: NEEDED[HousePage.IMPORT],
    }
    if page is None or page not in needed:
        return True
    return leave_of(role, needed[page]) is Leave.ALLOWED
