"""The member page's sentences: figures, facts, the way to the next level, and history rows."""

from PySide6.QtCore import QCoreApplication

from db.domain.clock import BusinessCalendar
from db.domain.consent import MARKETING
from db.domain.money import amount_shown
from db.domain.program.program import Program
from db.queries.counter_status import CounterStatus
from db.queries.ledger_history import HistoryRow
from db.queries.member_card import MemberCard
from db.queries.member_details import MemberDetails
from desktop.runtime.desk import DeskFacts
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.data_table import Column, Row
from desktop.wording.figures import change_text, day_text, moment_text, points_text
from desktop.wording.people import shown_tier

translate = QCoreApplication.translate


def figures(card: MemberCard) -> tuple[Benefit, ...]:
    """Return the big figures of the head."""
    in_debt = card.available < 0
    available = translate("Member", "欠分") if in_debt else translate("Member", "可用积分")
    return (
        Benefit(available, points_text(abs(card.available)), "error" if in_debt else "points"),
        Benefit(translate("Member", "本机可兑"), points_text(card.redeemable), "points"),
        Benefit(translate("Member", "消费次数"), points_text(card.visits)),
        Benefit(translate("Member", "累计消费"), amount_shown(card.spend)),
    )


def facts(
    card: MemberCard, details: MemberDetails, *, desk: DeskFacts, now_ms: int
) -> tuple[Benefit, ...]:
    """Return the rows of the overview."""
    none = translate("Member", "无")
    last = none if card.last_on is None else day_text(card.last_on, desk.day)
    rows = [
        Benefit(translate("Member", "上次到店"), last),
        Benefit(translate("Member", "待生效积分"), points_text(card.pending)),
        Benefit(translate("Member", "最近到期"), _expiry(card, desk) or none),
        Benefit(translate("Member", "累计获得"), points_text(details.earned)),
        Benefit(translate("Member", "累计使用"), points_text(details.redeemed)),
        Benefit(translate("Member", "生日"), _birthday(card.birthday) or none),
        Benefit(translate("Member", "优惠短信"), _agreed(details)),
        Benefit(translate("Member", "数据截至"), _as_of(card, desk, now_ms)),
    ]
    return tuple(rows)


def upgrade(card: MemberCard, program: Program) -> tuple[str, int]:
    """Return what is missing for the next level, and how far the member is, 0 to 100."""
    if card.to_next is None:
        return "", -1
    code, missing = card.to_next
    measured = card.standing.measured
    share = 100 * measured // max(measured + missing, 1)
    tier = shown_tier(program, code)
    if program.ladder.measure == "net_spend":
        words = translate("Member", "还差 {missing} 升级 {tier}")
        return words.format(missing=amount_shown(missing), tier=tier), share
    if program.ladder.measure == "visits":
        words = translate("Member", "还差 {missing} 次升级 {tier}")
    else:
        words = translate("Member", "还差 {missing} 积分升级 {tier}")
    return words.format(missing=points_text(missing), tier=tier), share


def history_columns() -> tuple[Column, ...]:
    """Return the columns of the history."""
    return (
        Column(translate("Member", "时间")),
        Column(translate("Member", "事项"), stretch=True),
        Column(translate("Member", "金额"), numeric=True),
        Column(translate("Member", "积分"), numeric=True),
        Column(translate("Member", "地点")),
        Column(translate("Member", "状态")),
    )


def history_row(
    row: HistoryRow, *, calendar: BusinessCalendar, now_ms: int, status: CounterStatus
) -> Row:
    """Return one thing that happened."""
    where = "·".join(part for part in (row.counter or row.branch, row.staff) if part)
    synced = translate("Member", "已同步") if row.synced else translate("Member", "待上传")
    cells = (
        moment_text(row.at_ms, calendar=calendar, now_ms=now_ms),
        _what(row),
        amount_shown(row.amount) if row.amount else "",
        change_text(row.points),
        where,
        synced if status.with_office else translate("Member", "已记账"),
    )
    return Row(cells, (row.at_ms, _what(row), row.amount, row.points, where, row.synced))


def _what(row: HistoryRow) -> str:
    names = {
        "sale": translate("Member", "消费"),
        "undo": translate("Member", "撤销"),
        "void": translate("Member", "作废"),
        "return": translate("Member", "退货"),
        "redeem": translate("Member", "用积分"),
        "adjust": translate("Member", "调整"),
        "opening": translate("Member", "期初积分"),
        "top_up": translate("Member", "充值"),
        "refund": translate("Member", "退还储值"),
        "enrollment": translate("Member", "入会"),
        "event_award": translate("Member", "奖励"),
        "event_revoke": translate("Member", "奖励收回"),
        "gift_redeem": translate("Member", "换礼品"),
        "gift_return": translate("Member", "礼品退回"),
        "expire": translate("Member", "积分到期"),
        "debt": translate("Member", "免除欠分"),
        "tier_review": translate("Member", "等级评定"),
    }
    name = names.get(row.kind, row.kind)
    if row.reversed:
        return translate("Member", "{what}（已撤销）").format(what=name)
    if row.kind == "sale" and row.redeemed:
        used = points_text(row.redeemed)
        return translate("Member", "{what}，用 {points} 分").format(what=name, points=used)
    return f"{name}·{row.reason}" if row.reason else name


def _expiry(card: MemberCard, desk: DeskFacts) -> str:
    if card.next_expiry is None:
        return ""
    day, points = card.next_expiry
    words = translate("Member", "{day} 到期 {points} 分")
    return words.format(day=day_text(day, desk.day), points=points_text(points))


def _birthday(text: str) -> str:
    if len(text) == len("05"):
        return translate("Member", "{month} 月").format(month=int(text))
    return text[-len("05-20") :]


def _agreed(details: MemberDetails) -> str:
    if details.consents.get(MARKETING, False):
        return translate("Member", "同意")
    return translate("Member", "未同意")


def _as_of(card: MemberCard, desk: DeskFacts, now_ms: int) -> str:
    if desk.home.own_authority:
        return translate("Member", "本机，已是最新")
    return moment_text(card.as_of_ms, calendar=desk.home.calendar, now_ms=now_ms)
