"""Reports about the shop as documents: points owed, levels, cashiers, how fresh everything is."""

from fractions import Fraction
from typing import Any, Final

from db.domain.clock import iso_of
from db.domain.exact import MINOR_PER_UNIT
from db.domain.money import amount_text
from db.queries.reports.cashier_audit import AuditRow, CashierAudit
from db.queries.reports.freshness import Freshness
from db.queries.reports.points_liability import PointsLiability
from db.queries.reports.tier_migration import TierMigration
from desktop.cli.score_answers import rounded
from desktop.wording.speech import Voice

Document = dict[str, Any]
ACTS: Final = {
    "undone": ("撤销", "Undone"),
    "voided": ("作废", "Voided"),
    "returned": ("退货", "Returned"),
    "adjusted": ("手工调整积分", "Points adjusted"),
    "approved": ("替人批准", "Approved for others"),
    "without_receipt": ("没有小票号的积分", "Points without a receipt"),
    "redeemed_at_once": ("入会一天内用积分", "Points used within a day of joining"),
    "reprinted": ("补打", "Reprinted"),
    "drawer_opened": ("开钱箱", "Drawer opened"),
}
_ENDING: Final = {
    "within_30": ("30 天内到期", "Within 30 days"),
    "within_60": ("31–60 天", "31–60 days"),
    "within_90": ("61–90 天", "61–90 days"),
    "later": ("90 天以后", "Later"),
    "never": ("不到期", "Never"),
    "owed": ("会员欠的", "Owed by members"),
}


def liability_document(
    report: PointsLiability, *, point: Fraction, expected: Fraction, say: Voice
) -> Document:
    """Return the report; `point` is what one pays in 元, `expected` the part that will be used."""

    def worth(points: int) -> str:
        return amount_text(round(points * point * expected * MINOR_PER_UNIT))

    return {
        "report": "points-liability",
        "from": report.day_from.isoformat(),
        "to": report.day_to.isoformat(),
        "opening": report.opening,
        **report.moved._asdict(),
        "change": report.moved.net,
        "closing": report.closing,
        "held_now": report.held,
        "point_value": str(float(point)),
        "expected_redemption": float(expected),
        "value": None if report.closing is None else worth(report.closing),
        "branches": [
            {"branch": name, **moved._asdict(), "change": moved.net}
            for name, moved in report.branches
        ],
        "ending": [
            {"ends": key, "says": say(*pair), "points": points, "value": worth(points)}
            for key, pair in _ENDING.items()
            for points in (getattr(report.ending, key),)
        ],
    }


def tiers_document(report: TierMigration, say: Voice) -> Document:
    """Return the moves; shares are of the members who had a level before."""
    had = sum(move.members for move in report.moves if move.before is not None)
    none = say("没有等级", "No level")

    def named(code: str | None) -> str:
        if code is None:
            return say("新会员", "New")
        return say.named(f"tier:{code}") if code else none

    return {
        "report": "tier-migration",
        "from": report.day_from.isoformat(),
        "to": report.day_to.isoformat(),
        "up": report.count(1),
        "kept": report.count(0),
        "down": report.count(-1),
        "new": report.count(None),
        "up_share": _part(report.count(1), had),
        "down_share": _part(report.count(-1), had),
        "moves": [
            {
                "before": move.before,
                "after": move.after,
                "says": f"{named(move.before)} → {named(move.after)}",
                "members": move.members,
                "share": None if move.before is None else _part(move.members, had),
            }
            for move in report.moves
        ],
    }


def audit_document(report: CashierAudit, say: Voice) -> Document:
    """Return what to look at first, then everything that happened."""
    rows = [_audited(row, say) for row in report.rows]
    return {
        "report": "cashier-audit",
        "from": report.day_from.isoformat(),
        "to": report.day_to.isoformat(),
        "flagged": sum(row.flagged for row in report.rows),
        "sales": sum(person.sales for person in report.people),
        "people": [
            {
                "branch": person.branch,
                "code": person.code,
                "name": person.name,
                "sales": person.sales,
                "member_sales": person.member_sales,
                "top_member_share": _part(person.top_member_sales, person.member_sales),
            }
            for person in report.people
        ],
        "acts": rows,
    }


def freshness_document(report: Freshness, *, timezone: str, say: Voice) -> Document:
    """Return every counter with when it was last heard of."""

    def when(at: int | None) -> str | None:
        return None if at is None else iso_of(at, timezone)

    def state(*, here: bool, silent: bool) -> str:
        if here:
            return say("本机", "this one")
        return say("没有消息", "silent") if silent else say("正常", "fine")

    return {
        "report": "freshness",
        "as_of": iso_of(report.now_ms, timezone),
        "office_heard": when(report.contact_at),
        "silent": sum(row.silent for row in report.counters),
        "counters": [
            {
                "branch": row.branch,
                "counter": row.counter,
                "last_data": when(row.last_at),
                "program": row.program,
                "waiting": row.waiting,
                "ahead_seconds": row.ahead_ms // 1000,
                "silent": row.silent,
                "says": state(here=row.here, silent=row.silent),
            }
            for row in report.counters
        ],
    }


def _audited(row: AuditRow, say: Voice) -> Document:
    return {
        "branch": row.branch,
        "code": row.code,
        "name": row.name,
        "act": row.metric,
        "says": say(*ACTS[row.metric]),
        "events": row.events,
        "sales": row.sales,
        "per_100": None if row.rate is None else rounded(float(row.rate)),
        "peers": None if row.peers is None else rounded(float(row.peers)),
        "flagged": row.flagged,
        "note": say("请看", "look") if row.flagged else "",
    }


def _part(part: int, whole: int) -> float | None:
    return rounded(part / whole) if whole else None
