"""The sentences of the acts on a member: title, what it means, the button, what was done."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.domain.consent import NOTICE_EN, NOTICE_ZH
from db.services.profiles import ProfileUpdated
from db.services.wishes import Asked
from desktop.screens.member.state import ActKind
from desktop.wording.figures import points_text
from desktop.wording.people import speaks_chinese

translate = QCoreApplication.translate


def act_name(kind: ActKind) -> str:
    """Return what an act is called, on its button and over its sheet."""
    names = {
        ActKind.EDIT: translate("Member", "编辑资料"),
        ActKind.PHONE: translate("Member", "换手机号"),
        ActKind.RECYCLED: translate("Member", "号码换人了"),
        ActKind.ADJUST: translate("Member", "调整积分"),
        ActKind.FREEZE: translate("Member", "冻结"),
        ActKind.UNFREEZE: translate("Member", "解冻"),
        ActKind.REVEAL: translate("Member", "查看完整号码"),
        ActKind.MERGE: translate("Member", "合并会员"),
        ActKind.UNMERGE: translate("Member", "拆开合并"),
        ActKind.TAG: translate("Member", "加标签"),
        ActKind.CONSENT: translate("Member", "登记短信同意"),
        ActKind.ERASE: translate("Member", "注销会员"),
    }
    return names[kind]


def intro(kind: ActKind, *, own_authority: bool) -> str:
    """Return what an act means: what happens, what is safe."""
    words = {
        ActKind.EDIT: translate("Member", "只改要改的，其余照旧。"),
        ActKind.PHONE: translate("Member", "会员码、积分、券都不变，以后用新号码查找。"),
        ActKind.RECYCLED: translate(
            "Member", "号码现在是另一个人的。从这位会员取下号码，新顾客重新入会，看不到原来的积分。"
        ),
        ActKind.ADJUST: translate("Member", "减积分请先输减号，如 -50。"),
        ActKind.FREEZE: translate("Member", "冻结后不能积分、不能用积分，资料和积分都留着。"),
        ActKind.UNFREEZE: translate("Member", "解冻后照常积分和使用。"),
        ActKind.REVEAL: translate("Member", "谁、何时、为什么看过，都会记下来。"),
        ActKind.MERGE: translate("Member", "找另一张卡。合并后积分合计，两张会员码都能用。"),
        ActKind.UNMERGE: translate("Member", "选要拆开的那一位。90 天内可以拆开。"),
        ActKind.TAG: translate("Member", "给这位会员加一个标签，如：靠窗座、对花生过敏。"),
        ActKind.CONSENT: translate("Member", "请对顾客说：「{words}」").format(words=offer_words()),
        ActKind.ERASE: translate("Member", "姓名、手机号等全部删除，不能恢复。账目去名保留。"),
    }
    text = words[kind]
    if not own_authority and kind in {ActKind.MERGE, ActKind.UNMERGE, ActKind.ERASE}:
        text = translate("Member", "{what}本机先提出，总部确认后生效。").format(what=text)
    return text


def offer_words() -> str:
    """Return what is said to a customer who is asked for the separate consent to offers."""
    chinese = "可以给您发优惠短信吗？不同意也照样积分，随时可以取消。"
    english = "May we text you offers? You earn points either way, and can stop them any time."
    return chinese if speaks_chinese() else english


def membership_words() -> str:
    """Return the notice of the membership in the language that is on."""
    return NOTICE_ZH if speaks_chinese() else NOTICE_EN


def reasons(kind: ActKind) -> tuple[str, ...]:
    """Return why an act may be done; empty where nobody asks."""
    other = translate("Member", "其他原因")
    asked = translate("Member", "会员要求")
    match kind:
        case ActKind.ADJUST:
            own = (
                translate("Member", "补记消费"),
                translate("Member", "投诉补偿"),
                translate("Member", "更正错误"),
            )
            return (*own, other)
        case ActKind.FREEZE:
            return (asked, translate("Member", "疑似冒用"), other)
        case ActKind.UNFREEZE:
            return (asked, translate("Member", "已核实"), other)
        case ActKind.REVEAL:
            return (translate("Member", "联系顾客"), translate("Member", "核对身份"), other)
        case ActKind.ERASE:
            return (asked, translate("Member", "撤回同意"), other)
        case _:
            return ()


def promise(kind: ActKind, *, points: int = 0, name: str = "", own_authority: bool = True) -> str:
    """Return what the button does, said as its result."""
    asks = translate("Member", "提出，待总部确认")
    match kind:
        case ActKind.ADJUST:
            if points < 0:
                return translate("Member", "减 {points} 分").format(points=points_text(-points))
            return translate("Member", "加 {points} 分").format(points=points_text(points))
        case ActKind.MERGE | ActKind.UNMERGE | ActKind.ERASE if not own_authority:
            return asks
        case ActKind.MERGE:
            return translate("Member", "把{name}并入这位会员").format(name=name)
        case ActKind.UNMERGE:
            return translate("Member", "拆开{name}").format(name=name)
        case _:
            return _PROMISES[kind]()


def done(kind: ActKind, outcome: Any) -> str:
    """Return that an act stands."""
    if isinstance(outcome, Asked):
        return translate("Member", "已提出，待总部确认")
    if isinstance(outcome, ProfileUpdated) and not outcome.changed:
        return translate("Member", "没有改动")
    return translate("Member", "已完成：{what}").format(what=act_name(kind))


_PROMISES: dict[ActKind, Callable[[], str]] = {
    ActKind.EDIT: lambda: translate("Member", "保存"),
    ActKind.PHONE: lambda: translate("Member", "换成这个号码"),
    ActKind.RECYCLED: lambda: translate("Member", "取下号码，重新入会"),
    ActKind.FREEZE: lambda: translate("Member", "冻结"),
    ActKind.UNFREEZE: lambda: translate("Member", "解冻"),
    ActKind.REVEAL: lambda: translate("Member", "查看并记录"),
    ActKind.TAG: lambda: translate("Member", "加上"),
    ActKind.CONSENT: lambda: translate("Member", "顾客已同意"),
    ActKind.ERASE: lambda: translate("Member", "注销，不能恢复"),
}
