"""The filter of the member list in words."""

from PySide6.QtCore import QCoreApplication

from db.domain.program.document import Tiers
from db.domain.program.program import Program
from db.queries.member_list import LastVisit, ListOrder, MemberFilter
from desktop.wording.people import shown_tier

translate = QCoreApplication.translate
VISITS = (LastVisit.WITHIN_30, LastVisit.TO_90, LastVisit.OVER_90, LastVisit.NEVER)


def tier_codes(program: Program) -> tuple[str, ...]:
    """Return the levels of the program, the lowest first."""
    tiers = program.document.tiers
    return tuple(level.code for level in tiers.levels) if isinstance(tiers, Tiers) else ()


def tier_name(program: Program, code: str) -> str:
    """Return what a level is called."""
    return shown_tier(program, code)


def visit_name(visit: LastVisit) -> str:
    """Return what a span since the last visit is called."""
    names = {
        LastVisit.WITHIN_30: translate("Members", "30 天内来过"),
        LastVisit.TO_90: translate("Members", "30 到 90 天没来"),
        LastVisit.OVER_90: translate("Members", "90 天以上没来"),
        LastVisit.NEVER: translate("Members", "没有消费过"),
    }
    return names.get(visit, "")


def order_name(order: ListOrder) -> str:
    """Return what an order is called."""
    names = {
        ListOrder.LAST_VISIT: translate("Members", "最近来过在前"),
        ListOrder.SPEND: translate("Members", "消费多的在前"),
        ListOrder.NEWEST: translate("Members", "新入会在前"),
    }
    return names[order]


def filter_key(chosen: MemberFilter | None, program: Program) -> str:
    """Return what the key says: that one can filter, or by what it is filtered."""
    if chosen is None:
        return translate("Members", "筛选")
    parts = (shown_tier(program, chosen.tier), visit_name(chosen.last_visit), chosen.tag)
    shown = "·".join(part for part in parts if part)
    return shown or translate("Members", "全部会员")
