"""The users' screen in words: a person as a row, and what there is to say about him."""

from PySide6.QtCore import QCoreApplication

from db.domain.clock import BusinessCalendar
from db.queries.staff_list import StaffLine
from desktop.widgets.data_table import Row
from desktop.wording.people import role_name

translate = QCoreApplication.translate


def columns() -> tuple[str, ...]:
    """Return the titles of the list."""
    return (
        translate("UsersWords", "工号"),
        translate("UsersWords", "姓名"),
        translate("UsersWords", "角色"),
        translate("UsersWords", "上次登录"),
        translate("UsersWords", "状态"),
    )


def row(line: StaffLine, *, calendar: BusinessCalendar, now_ms: int) -> Row:
    """Return a person as a row of the list."""
    cells = (
        line.code,
        line.name,
        role_name(line.role),
        last_in(line, calendar=calendar),
        _state(line, now_ms=now_ms),
    )
    return Row(cells, (*cells[:3], line.signed_in_at or 0, cells[4]))


def last_in(line: StaffLine, *, calendar: BusinessCalendar) -> str:
    """Return when a person signed in here last."""
    if line.signed_in_at is None:
        return translate("UsersWords", "还没有")
    return f"{calendar.local(line.signed_in_at):%m-%d %H:%M}"


def about(line: StaffLine, *, calendar: BusinessCalendar) -> str:
    """Return a sentence or two about a person."""
    last = translate("UsersWords", "上次在本机登录：{at}").format(
        at=last_in(line, calendar=calendar)
    )
    if not line.active:
        return last + "\n" + translate("UsersWords", "已离职。他做过的每一笔仍记着他的名字。")
    badge = (
        translate("UsersWords", "有工牌") if line.has_badge else translate("UsersWords", "没有工牌")
    )
    return f"{last}\n{badge}"


def _state(line: StaffLine, *, now_ms: int) -> str:
    if not line.active:
        return translate("UsersWords", "已离职")
    if line.locked_until > now_ms:
        return translate("UsersWords", "PIN 已锁")
    if line.pin_once:
        return translate("UsersWords", "待改 PIN")
    return translate("UsersWords", "有工牌") if line.has_badge else ""
