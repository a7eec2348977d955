"""What is refused about people who work here, in sentences."""

from PySide6.QtCore import QCoreApplication

from db.domain.members import FieldInvalid
from db.domain.refusals import Refusal
from db.domain.staff import WeakPin
from db.domain.staff_changes import CodeTaken, LastManager, StaffAtHeadOffice
from db.services.badges import BadgeUnknown
from db.services.staff import NoSuchStaff
from desktop.wording.refusals import refusal_text

translate = QCoreApplication.translate


def staff_refusal_text(refusal: Refusal) -> str:
    """Return the sentence for a refusal about staff, PINs and badges."""
    match refusal:
        case WeakPin(reason=reason):
            return _weak(reason)
        case CodeTaken():
            return _taken(refusal)
        case FieldInvalid(field="code"):
            return translate("Staff", "工号要 1 到 20 个字符，中间没有空格")
        case FieldInvalid(field="name"):
            return translate("Staff", "请填写姓名，最多 60 个字")
        case _:
            return _plain().get(type(refusal)) or refusal_text(refusal)


def _plain() -> dict[type[Refusal], str]:
    return {
        LastManager: translate("Staff", "这是最后一位店长，不能离职或改角色"),
        StaffAtHeadOffice: translate("Staff", "员工由总部管理，请在总部改"),
        NoSuchStaff: translate("Staff", "这个人已不在名单里"),
        BadgeUnknown: translate("Staff", "不认识这张工牌，请用 PIN 登录"),
    }


def _taken(refusal: CodeTaken) -> str:
    if refusal.state == "active":
        text = translate("Staff", "工号 {code} 已是 {name} 的，请换一个")
        return text.format(code=refusal.staff_code, name=refusal.name)
    text = translate("Staff", "工号 {code} 以前用过，请换一个")
    return text.format(code=refusal.staff_code)


def _weak(reason: str) -> str:
    match reason:
        case "run":
            return translate("Staff", "PIN 不能是连号或同一个数字")
        case "repeat":
            return translate("Staff", "PIN 不能前三位和后三位相同，也不能只有两种数字")
        case "same":
            return translate("Staff", "请换一个，不能和给您的 PIN 一样")
        case "birthday":
            return translate("Staff", "PIN 不能用生日")
        case _:
            return translate("Staff", "PIN 要正好 6 位数字")
