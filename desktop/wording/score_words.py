"""What a member's scores stand on, one sentence each: a figure that is shown can be asked why."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from db.domain.analytics.bgnbd import DAYS_A_WEEK, RepeatSummary
from db.domain.analytics.churn import VISITS_MIN, ChurnBand, ChurnRisk
from db.domain.analytics.habits import Frequency, Value
from db.domain.analytics.lifecycle import Stage
from db.domain.analytics.rfm import RfmGroup
from desktop.wording.speech import Voice

Pair = tuple[str, str]

GROUPS: Final[Mapping[RfmGroup, Pair]] = {
    RfmGroup.LOST: ("流失", "Lost"),
    RfmGroup.NEW: ("新客", "New"),
    RfmGroup.IMPORTANT_VALUE: ("重要价值", "Important, keep close"),
    RfmGroup.IMPORTANT_DEVELOP: ("重要发展", "Important, develop"),
    RfmGroup.IMPORTANT_KEEP: ("重要保持", "Important, bring back soon"),
    RfmGroup.IMPORTANT_WIN_BACK: ("重要挽留", "Important, win back"),
    RfmGroup.COMMON_VALUE: ("一般价值", "Common, keep close"),
    RfmGroup.COMMON_DEVELOP: ("一般发展", "Common, develop"),
    RfmGroup.COMMON_KEEP: ("一般保持", "Common, bring back soon"),
    RfmGroup.COMMON_WIN_BACK: ("一般挽留", "Common, win back"),
}
STAGES: Final[Mapping[Stage, Pair]] = {
    Stage.NEW: ("新客", "New"),
    Stage.ACTIVE: ("活跃", "Active"),
    Stage.DORMANT: ("沉默", "Dormant"),
    Stage.LOST: ("流失", "Lost"),
    Stage.NEVER: ("未消费", "Never bought"),
}
BANDS: Final[Mapping[ChurnBand, Pair]] = {
    ChurnBand.NONE: ("正常", "As usual"),
    ChurnBand.WARN: ("预警", "Warning"),
    ChurnBand.HIGH: ("高风险", "High risk"),
    ChurnBand.TOO_FEW: ("购买次数不足", "Too few visits"),
}
FREQUENCIES: Final[Mapping[Frequency, Pair]] = {
    Frequency.NEVER: ("未消费", "Never bought"),
    Frequency.ONE_OFF: ("一次性", "One-off"),
    Frequency.OCCASIONAL: ("偶尔", "Occasional"),
    Frequency.REGULAR: ("经常", "Regular"),
}
VALUES: Final[Mapping[Value, Pair]] = {
    Value.NEVER: ("未消费", "Never bought"),
    Value.VIP: ("VIP", "VIP"),
    Value.POTENTIAL: ("潜力", "Potential"),
    Value.ORDINARY: ("普通", "Ordinary"),
}


def churn_says(say: Voice, risk: ChurnRisk) -> str:
    """Return why the risk is what it is."""
    if risk.own_gap is None or risk.usual_gap is None or risk.risk is None:
        return say(
            f"购买次数不足：来过 {risk.visits} 天，满 {VISITS_MIN} 天才看得出间隔。",
            f"Too few visits: {risk.visits} so far; a rhythm shows from {VISITS_MIN} on.",
        )
    own, usual, times = (number_said(each) for each in (risk.own_gap, risk.usual_gap, risk.risk))
    if risk.usual_gap > risk.own_gap:
        return say(
            f"已 {risk.days_since} 天没来；本人通常隔 {own} 天，本店通常隔 {usual} 天，"
            f"是较长间隔的 {times} 倍。",
            f"Away for {risk.days_since} days; comes every {own} days, the shop's members every "
            f"{usual}: {times} times the longer one.",
        )
    return say(
        f"已 {risk.days_since} 天没来，本人通常隔 {own} 天，是平时的 {times} 倍。",
        f"Away for {risk.days_since} days, and comes every {own} days: {times} times as long.",
    )


def future_says(say: Voice, summary: RepeatSummary, *, alive: float, visits: float) -> str:
    """Return what the model makes of a member over the weeks asked about, and from what."""
    if summary.x == 0:
        return say(
            "购买次数不足：只来过 1 天，看不出还会不会来。",
            "Too few visits: one so far, which does not say whether another will follow.",
        )
    seen, last = round(summary.age * DAYS_A_WEEK), round((summary.age - summary.t_x) * DAYS_A_WEEK)
    return say(
        f"{seen} 天里来过 {summary.x + 1} 天，最近一次在 {last} 天前：还会来的可能性 {alive:.0%}，"
        f"预计再来 {visits:.1f} 次。",
        f"Came on {summary.x + 1} of {seen} days, last {last} days ago: will come again with "
        f"{alive:.0%}, {visits:.1f} more visits expected.",
    )


def number_said(value: Fraction) -> str:
    """Return a figure with one decimal, or none where it is whole."""
    return f"{float(value):.1f}".removesuffix(".0")
