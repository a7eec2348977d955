"""The diagnostics in words: sizes, ages, and what each flow is called."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.domain.clock import BusinessCalendar
from desktop.runtime.disk_room import AMBER_BYTES, RED_BYTES
from desktop.runtime.flow_timings import GOAL_MS, Flow, FlowFigures
from desktop.runtime.health import Health
from desktop.runtime.upkeep import Proof
from desktop.screens.diagnostics.state import Fact
from desktop.widgets.data_table import Row
from desktop.wording.figures import points_text, span_text

translate = QCoreApplication.translate
HOUR_MS = 3_600_000
BACKUP_OLD_MS = 26 * HOUR_MS
KIB = 1024
SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """The line now: whether head office answers, and how much waits, in words."""

    online: bool
    waiting: str


def facts(
    health: Health,
    *,
    proof: Proof | None,
    line: Line,
    calendar: BusinessCalendar,
    now_ms: int,
) -> tuple[Fact, ...]:
    """Return the lines of the screen."""
    return (
        Fact(translate("Health", "版本"), f"{health.version} · Python {health.python}"),
        Fact(translate("Health", "系统"), health.system),
        Fact(translate("Health", "数据目录"), health.home),
        _database(health),
        _free(health.free_bytes),
        _backup(health, now_ms=now_ms),
        _proof(proof, calendar=calendar),
        _line(health, line, now_ms=now_ms),
        Fact(translate("Health", "日志"), health.log),
    )


def flow_row(figures: FlowFigures) -> Row:
    """Return a flow's times as a row."""
    goal = GOAL_MS[figures.flow]
    word = translate("Health", "达标") if figures.within_goal else translate("Health", "偏慢")
    cells = (
        flow_name(figures.flow),
        points_text(figures.count),
        f"{seconds(figures.p50_ms)} / {seconds(figures.p95_ms)}",
        f"{seconds(goal)} {word}",
    )
    return Row(cells, (cells[0], figures.count, figures.p95_ms, goal))


def seconds(ms: int) -> str:
    """Return a time in seconds with one decimal."""
    return f"{ms / SECOND_MS:.1f}"


def size_text(size: int) -> str:
    """Return a size as people say it."""
    for unit in ("B", "KB", "MB"):
        if size < KIB:
            return f"{size:.0f} {unit}"
        size = size / KIB  # type: ignore[assignment]  # it is only shown
    return f"{size:.1f} GB"


def flow_name(flow: Flow) -> str:
    """Return what a flow is called."""
    names = {
        Flow.SCAN: translate("Health", "扫码找会员"),
        Flow.PHONE: translate("Health", "手机号找会员"),
        Flow.LAST_FOUR: translate("Health", "后四位找会员"),
        Flow.NAME: translate("Health", "姓名找会员"),
        Flow.ENROLL: translate("Health", "入会"),
        Flow.SALE: translate("Health", "输金额到记账"),
        Flow.RETURN: translate("Health", "退货"),
        Flow.OPEN: translate("Health", "开班"),
        Flow.CLOSE: translate("Health", "交班"),
        Flow.SIGN_IN: translate("Health", "换人登录"),
    }
    return names[flow]


def _database(health: Health) -> Fact:
    text = translate("Health", "{size}，{members} 位会员，{sales} 笔消费")
    return Fact(
        translate("Health", "数据库"),
        text.format(
            size=size_text(health.database_bytes),
            members=points_text(health.members),
            sales=points_text(health.sales),
        ),
    )


def _free(free: int | None) -> Fact:
    title = translate("Health", "磁盘剩余")
    if free is None:
        return Fact(title, translate("Health", "读不到"), "warn")
    tone = "error" if free < RED_BYTES else "warn" if free < AMBER_BYTES else "ok"
    return Fact(title, size_text(free), tone)


def _backup(health: Health, *, now_ms: int) -> Fact:
    title = translate("Health", "最近备份")
    if health.last_backup_at is None:
        return Fact(title, translate("Health", "还没有备份"), "warn")
    age_ms = max(0, now_ms - health.last_backup_at)
    text = translate("Health", "{span}前").format(span=span_text(age_ms))
    if age_ms < HOUR_MS:
        text = translate("Health", "不到 1 小时前")
    return Fact(title, f"{text}  {health.last_backup}", "warn" if age_ms > BACKUP_OLD_MS else "ok")


def _proof(proof: Proof | None, *, calendar: BusinessCalendar) -> Fact:
    title = translate("Health", "账本核对")
    if proof is None:
        return Fact(title, translate("Health", "这次打开后还没有核对"))
    at = f"{calendar.local(proof.at_ms):%m-%d %H:%M}"
    if proof.problems:
        text = translate("Health", "{at} 有 {count} 处对不上")
        return Fact(title, text.format(at=at, count=points_text(proof.problems)), "error")
    text = translate("Health", "{at} 无误，{count} 笔操作")
    return Fact(title, text.format(at=at, count=points_text(proof.operations)), "ok")


def _line(health: Health, line: Line, *, now_ms: int) -> Fact:
    title = translate("Health", "与总部")
    if not health.with_office:
        return Fact(title, translate("Health", "单店，没有接总部"))
    waiting = line.waiting
    if health.stopped:
        text = translate("Health", "本版本太旧，读不了总部的新数据，请升级；{waiting}")
        return Fact(title, text.format(waiting=waiting), "warn")
    if line.online:
        return Fact(title, translate("Health", "在线；{waiting}").format(waiting=waiting), "ok")
    if health.last_contact_at is None:
        return Fact(title, translate("Health", "还没连上过；{waiting}").format(waiting=waiting))
    span = span_text(max(0, now_ms - health.last_contact_at))
    text = translate("Health", "离线 {span}；{waiting}")
    return Fact(title, text.format(span=span, waiting=waiting))
