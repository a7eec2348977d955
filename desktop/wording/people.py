"""Members as the counter may show them: masked, with their level in the language that is on."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from db.domain.lookup.names import mask_name
from db.domain.lookup.phone_masks import mask_phone
from db.domain.program.program import Program
from db.queries.member_candidates import FoundMember
from db.queries.member_card import tier_names
from desktop.widgets.result_list import ResultRow
from desktop.wording.figures import day_text

translate = QCoreApplication.translate


def shown_name(name: str, gender: str = "") -> str:
    """Return the masked name; one who gave none is 女士, 先生 or 会员."""
    if masked := mask_name(name):
        return masked
    words = {"female": translate("Wording", "女士"), "male": translate("Wording", "先生")}
    return words.get(gender) or translate("Wording", "会员")


def shown_phone(e164: str | None) -> str:
    """Return the masked phone, or that there is none."""
    return mask_phone(e164 or "")


def shown_tier(program: Program, code: str) -> str:
    """Return a level's name in the language that is on; nothing for no level."""
    if not code:
        return ""
    zh, en = tier_names(program, code)
    return zh if speaks_chinese() else en


def result_row(found: FoundMember, *, program: Program, today: date) -> ResultRow:
    """Return a found member as a row; the phone stays masked."""
    note = translate("Wording", "还没来过")
    if found.last_on is not None:
        day = day_text(date.fromisoformat(found.last_on), today)
        note = translate("Wording", "上次到店 {day}").format(day=day)
    if found.state == "frozen":
        note = translate("Wording", "已冻结")
    return ResultRow(
        name=shown_name(found.name),
        phone=shown_phone(found.phone),
        tier=shown_tier(program, found.tier),
        note=note,
    )


def speaks_chinese() -> bool:
    """Say whether the screen is Chinese now."""
    return QLocale().language() == QLocale.Language.Chinese


def role_name(role: str) -> str:
    """Return what a role is called."""
    names = {
        "cashier": translate("Wording", "收银员"),
        "shift_lead": translate("Wording", "班长"),
        "manager": translate("Wording", "店长"),
        "head_office": translate("Wording", "总部"),
        "auditor": translate("Wording", "审计"),
    }
    return names.get(role, role)


def channel_name(channel: str) -> str:
    """Return where a member came from."""
    names = {
        "walk_in": translate("Wording", "到店"),
        "referral": translate("Wording", "老带新"),
        "event": translate("Wording", "活动"),
        "wechat": translate("Wording", "微信"),
        "web": translate("Wording", "网站"),
        "import": translate("Wording", "导入"),
        "other": translate("Wording", "其他"),
    }
    return names.get(channel, channel)
