"""What a replay of a program says, as tables and bars that paper and spreadsheets share."""

from typing import Final

from db.domain.money import amount_shown
from db.domain.replay_figures import Bucket, Figures
from db.queries.program_replay import ProgramReplay
from desktop.reports.cells import Cell, Count, Money
from desktop.reports.day_tables import ReportTable, TableColumn
from desktop.widgets.chart_drawing import Bar
from desktop.wording.speech import Speech, points_said, share_said

_COUNTED: Final = (
    ("sales", ("笔数", "Sales")),
    ("member_sales", ("会员消费笔数", "Sales to members")),
    ("earned", ("发放积分", "Points given")),
    ("redeemed", ("抵扣用掉的积分", "Points used to pay")),
    ("coupons", ("发出优惠券", "Coupons issued")),
)
_PAID: Final = (
    ("goods", ("优惠前金额", "Goods before any program")),
    ("discount", ("直接优惠", "Taken off")),
    ("worth", ("积分折算金额", "Worth of the points")),
    ("cost", ("成本合计", "Cost together")),
    ("redeemed_value", ("积分抵扣金额", "Paid with points")),
    ("due", ("应收", "Due")),
)


def replay_title(say: Speech) -> str:
    """Return what the report is called."""
    return say("方案试算", "Program replay")


def replay_tables(replay: ProgramReplay, say: Speech) -> tuple[ReportTable, ...]:
    """Return the figures, the levels, how the changes are spread, and every member's change."""
    return (
        _figures(replay, say),
        _levels(replay, say),
        _spread(replay, say),
        _members(replay, say),
    )


def spread_title(replay: ProgramReplay, say: Speech) -> str:
    """Return the sentence over the bars."""
    spread = replay.spread
    gain, lose, same = (points_said(each) for each in (spread.gain, spread.lose, spread.same))
    return say(
        f"{gain} 位会员多得，{lose} 位少得，{same} 位不变",
        f"Members who get more: {gain}; less: {lose}; the same: {same}",
    )


def spread_bars(replay: ProgramReplay, say: Speech) -> tuple[Bar, ...]:
    """Return a bar for each range of change, from the greatest loss to the greatest gain."""
    return tuple(
        Bar(_end(bucket, say), bucket.members, points_said(bucket.members))
        for bucket in replay.spread.buckets
    )


def _figures(replay: ProgramReplay, say: Speech) -> ReportTable:
    now, then = replay.now.figures, replay.proposed.figures
    rows: list[tuple[Cell, ...]] = [
        _row(say(*words), name, Count, sides=(now, then)) for name, words in _COUNTED
    ]
    rows += [_row(say(*words), name, Money, sides=(now, then)) for name, words in _PAID]
    shares = (now.rebate, then.rebate, then.rebate - now.rebate)
    rebate = [share_said(str(share), 2).replace("-", "−") for share in shares]
    rows.append((say("会员实得比例", "Effective rebate"), *rebate))
    return ReportTable(
        "figures", say("两个方案", "Both programs"), _sides(replay, say), tuple(rows)
    )


def _row(
    title: str, name: str, cell: type[Count] | type[Money], *, sides: tuple[Figures, Figures]
) -> tuple[Cell, ...]:
    before, after = (getattr(side, name) for side in sides)
    return title, cell(before), cell(after), cell(after - before, signed=True)


def _levels(replay: ProgramReplay, say: Speech) -> ReportTable:
    now, then = replay.now.levels, replay.proposed.levels
    rows = tuple(
        (
            say.named(f"tier:{code}"),
            Count(now.get(code, 0)),
            Count(then.get(code, 0)),
            Count(then.get(code, 0) - now.get(code, 0), signed=True),
        )
        for code in dict.fromkeys((*now, *then))
    )
    title = say("期末各等级会员数", "Members at each level at the end")
    return ReportTable("levels", title, _sides(replay, say), rows)


def _spread(replay: ProgramReplay, say: Speech) -> ReportTable:
    columns = (
        TableColumn(say("多于", "More than"), stretch=True),
        TableColumn(say("至", "Up to")),
        TableColumn(say("会员数", "Members")),
    )
    rows = tuple(
        (Money(bucket.least), Money(bucket.most), Count(bucket.members))
        for bucket in replay.spread.buckets
    )
    return ReportTable("spread", say("会员得失的分布", "How the changes are spread"), columns, rows)


def _members(replay: ProgramReplay, say: Speech) -> ReportTable:
    rows = tuple(
        (
            replay.numbers.get(change.member, ""),
            Money(change.before),
            Money(change.after),
            Money(change.by, signed=True),
        )
        for change in replay.changes
    )
    return ReportTable("members", say("每位会员", "Each member"), _sides(replay, say), rows)


def _sides(replay: ProgramReplay, say: Speech) -> tuple[TableColumn, ...]:
    return (
        TableColumn("", numeric=False, stretch=True),
        TableColumn(replay.now.program),
        TableColumn(replay.proposed.program),
        TableColumn(say("相差", "Difference")),
    )


def _end(bucket: Bucket, say: Speech) -> str:
    """Return the far end of a range without its empty 分, `¥20` or `−¥5`; a bar has little room."""
    if bucket.least == bucket.most:
        return say("不变", "same")
    return amount_shown(bucket.most if bucket.most > 0 else bucket.least).removesuffix(".00")
