"""The tabs of a member's page as tables: points, coupons, stored value, what was changed."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from db.domain.lookup.names import mask_email
from db.domain.money import amount_shown
from db.queries.coupon_list import CouponShown
from db.queries.member_page import LotShown, MemberPage
from db.queries.profile_history import ProfileWord
from db.queries.value_history import ValueRow
from desktop.runtime.desk import DeskFacts
from desktop.screens.member.state import TablePage
from desktop.widgets.data_table import Column, Row
from desktop.wording.figures import day_text, moment_text, points_text
from desktop.wording.people import shown_name, shown_phone, speaks_chinese
from desktop.wording.program_names import program_names
from desktop.wording.speech import Speech

translate = QCoreApplication.translate
FROZEN = "1"


def points_table(page: MemberPage, facts: DeskFacts, now_ms: int) -> TablePage:
    """Return the points as they came, each with its last day; a row opens the sale it came by."""
    columns = (
        Column(translate("Member", "得到")),
        Column(translate("Member", "来由"), stretch=True),
        Column(translate("Member", "得了"), numeric=True),
        Column(translate("Member", "还剩"), numeric=True),
        Column(translate("Member", "可用起")),
        Column(translate("Member", "到期")),
    )
    rows = tuple(_lot_row(lot, facts, now_ms) for lot in page.lots)
    return TablePage(columns, rows, translate("Member", "还没有积分"))


def coupons_table(page: MemberPage, facts: DeskFacts) -> TablePage:
    """Return his coupons, those used and lapsed too."""
    columns = (
        Column(translate("Member", "优惠券"), stretch=True),
        Column(translate("Member", "券码")),
        Column(translate("Member", "发放")),
        Column(translate("Member", "到期")),
        Column(translate("Member", "状态")),
    )
    rows = tuple(_coupon_row(coupon, facts) for coupon in page.coupons)
    return TablePage(columns, rows, translate("Member", "还没有优惠券"))


def value_table(page: MemberPage, facts: DeskFacts, now_ms: int) -> TablePage:
    """Return what came to his stored value and went, principal and bonus apart."""
    columns = (
        Column(translate("Member", "时间")),
        Column(translate("Member", "事项"), stretch=True),
        Column(translate("Member", "本金"), numeric=True),
        Column(translate("Member", "赠金"), numeric=True),
        Column(translate("Member", "地点")),
    )
    rows = tuple(_value_row(row, facts, now_ms) for row in page.value)
    return TablePage(columns, rows, translate("Member", "还没有储值"))


def changes_table(page: MemberPage, facts: DeskFacts, now_ms: int, *, revealed: bool) -> TablePage:
    """Return what was said of him over time, masked unless it was revealed."""
    columns = (
        Column(translate("Member", "时间")),
        Column(translate("Member", "项目")),
        Column(translate("Member", "改为"), stretch=True),
        Column(translate("Member", "经手")),
    )
    rows = tuple(_change_row(word, facts, now_ms, revealed=revealed) for word in page.words)
    return TablePage(columns, rows, translate("Member", "资料没有改动过"))


def gender_name(gender: str) -> str:
    """Return what a gender is called; empty for none said."""
    names = {
        "female": translate("Member", "女士"),
        "male": translate("Member", "先生"),
        "other": translate("Member", "其他"),
    }
    return names.get(gender, "")


def field_name(field: str) -> str:
    """Return what a field of the profile is called."""
    names = {
        "phone": translate("Member", "手机号"),
        "name": translate("Member", "姓名"),
        "gender": translate("Member", "称呼"),
        "birthday": translate("Member", "生日"),
        "email": translate("Member", "邮箱"),
        "city": translate("Member", "城市"),
        "note": translate("Member", "备注"),
        "frozen": translate("Member", "冻结"),
    }
    return names.get(field, field)


def _lot_row(lot: LotShown, facts: DeskFacts, now_ms: int) -> Row:
    names = {
        "earn": translate("Member", "消费") if lot.sale_id else translate("Member", "奖励"),
        "adjust": translate("Member", "调整"),
        "opening": translate("Member", "期初积分"),
        "give_back": translate("Member", "退回"),
    }
    came = moment_text(lot.opened_at, calendar=facts.home.calendar, now_ms=now_ms)
    never = translate("Member", "不过期")
    last = never if lot.expires_on is None else _day(lot.expires_on, facts)
    what = names.get(lot.entry, lot.entry)
    first = _day(lot.available_on, facts)
    cells = (came, what, points_text(lot.awarded), points_text(lot.left), first, last)
    ends = lot.expires_on or date.max.isoformat()
    return Row(cells, (lot.opened_at, what, lot.awarded, lot.left, lot.available_on, ends))


def _coupon_row(coupon: CouponShown, facts: DeskFacts) -> Row:
    states = {
        "valid": translate("Member", "可用"),
        "not_yet": translate("Member", "还没开始"),
        "expired": translate("Member", "已过期"),
        "used": translate("Member", "已使用"),
        "void": translate("Member", "已作废"),
    }
    say = Speech("zh" if speaks_chinese() else "en", program_names(facts.program))
    never = translate("Member", "不过期")
    last = never if coupon.valid_to is None else day_text(coupon.valid_to, facts.day)
    name, state = say.named(f"coupon:{coupon.kind}"), states.get(coupon.state, coupon.state)
    cells = (name, coupon.code, day_text(coupon.issued_on, facts.day), last, state)
    return Row(cells, (name, coupon.code, coupon.issued_at, coupon.valid_to or date.max, state))


def _value_row(row: ValueRow, facts: DeskFacts, now_ms: int) -> Row:
    names = {
        "top_up": translate("Member", "充值"),
        "refund": translate("Member", "退还储值"),
        "sale": translate("Member", "消费"),
        "undo": translate("Member", "撤销"),
        "void": translate("Member", "作废"),
        "return": translate("Member", "退货"),
    }
    at = moment_text(row.at_ms, calendar=facts.home.calendar, now_ms=now_ms)
    name = names.get(row.kind, row.kind)
    what = f"{name}·{row.reason}" if row.reason else name
    where = "·".join(part for part in (row.counter or row.branch, row.staff) if part)
    cells = (at, what, _change(row.principal), _change(row.bonus), where)
    return Row(cells, (row.at_ms, what, row.principal, row.bonus, where))


def _change_row(word: ProfileWord, facts: DeskFacts, now_ms: int, *, revealed: bool) -> Row:
    at = moment_text(word.at_ms, calendar=facts.home.calendar, now_ms=now_ms)
    said = word.text if revealed else _masked(word)
    if word.field == "gender":
        said = gender_name(word.text)
    elif word.field == "frozen":
        frozen = word.text == FROZEN
        said = translate("Member", "已冻结") if frozen else translate("Member", "已解冻")
    if not word.text:
        said = translate("Member", "（清空）")
    if not word.stands:
        said = translate("Member", "{said}（已被改）").format(said=said)
    said = f"{said}·{word.reason}" if word.reason else said
    where = "·".join(part for part in (word.counter or word.branch, word.staff) if part)
    name = field_name(word.field)
    return Row((at, name, said, where), (word.at_ms, name, said, where))


def _masked(word: ProfileWord) -> str:
    match word.field:
        case "phone":
            return shown_phone(word.text)
        case "name":
            return shown_name(word.text)
        case "email":
            return mask_email(word.text)
        case "note":
            return "*"
        case _:
            return word.text


def _change(minor: int) -> str:
    if not minor:
        return ""
    return f"+{amount_shown(minor)}" if minor > 0 else amount_shown(minor)


def _day(iso: str, facts: DeskFacts) -> str:
    return day_text(date.fromisoformat(iso), facts.day)
