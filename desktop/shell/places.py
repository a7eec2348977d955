"""The places of the rail, and the pages about the house that hang below the menu.

Only rooms that exist. The order of the places is Ctrl+1 to Ctrl+4.
"""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from db.domain.staff import Leave, Permission, Role, leave_of

translate = QCoreApplication.translate


class Place(StrEnum):
    """Where the cashier is."""

    COUNTER = "counter"
    MEMBERS = "members"
    SALES = "sales"
    REPORT = "report"


ICONS = {
    Place.COUNTER: "shopping-cart",
    Place.MEMBERS: "users",
    Place.SALES: "receipt-text",
    Place.REPORT: "chart-column",
}


class HousePage(StrEnum):
    """The pages about the house, in the order of the menu."""

    USERS = "users"
    IMPORT = "import_wizard"
    DIAGNOSTICS = "diagnostics"


NEEDED = {HousePage.USERS: Permission.SETTINGS, HousePage.IMPORT: Permission.IMPORT}
"""What somebody must be allowed to see a page; the others are everybody's."""


def may_open(page: HousePage, role: Role) -> bool:
    """Say whether a role may open a page about the house."""
    needed = NEEDED.get(page)
    return needed is None or leave_of(role, needed) is Leave.ALLOWED


def house_menu(role: Role | None) -> tuple[tuple[str, str], ...]:
    """Return the pages about the house for a role: the value of `HousePage`, and its name."""
    if role is None:
        return ()
    names = {
        HousePage.USERS: translate("HousePages", "员工"),
        HousePage.IMPORT: translate("HousePages", "导入会员"),
        HousePage.DIAGNOSTICS: translate("HousePages", "关于与诊断"),
    }
    return tuple((str(page), names[page]) for page in HousePage if may_open(page, role))
