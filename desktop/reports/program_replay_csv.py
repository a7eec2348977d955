"""A replay of a program as CSV: both programs beside each other, the spread, and every member."""

from collections.abc import Mapping

from db.domain.exact import rate_text
from db.domain.money import amount_text
from db.domain.replay_figures import Figures
from db.queries.program_replay import ProgramReplay
from desktop.reports.csv_text import csv_bytes

_FIGURES = (
    ("sales", ("笔数", "Sales")),
    ("member_sales", ("会员笔数", "Sales to members")),
    ("goods", ("优惠前金额", "Goods before any program")),
    ("earned", ("发放积分", "Points given")),
    ("worth", ("积分折算金额", "Worth of the points")),
    ("discount", ("直接优惠", "Taken off")),
    ("cost", ("成本合计", "Cost together")),
    ("rebate", ("会员实得比例", "Effective rebate")),
    ("redeemed", ("抵扣用掉的积分", "Points used to pay")),
    ("redeemed_value", ("积分抵扣金额", "Paid with points")),
    ("coupons", ("发出优惠券", "Coupons issued")),
    ("due", ("应收", "Due")),
)
_MONEY = frozenset({"goods", "worth", "discount", "cost", "redeemed_value", "due"})
_DECIMALS = 6


def program_replay_csv(
    replay: ProgramReplay, *, language: str, names: Mapping[str, tuple[str, str]]
) -> bytes:
    """Return the comparison as titled blocks, blank lines between them.

    Args:
        replay: what was compared.
        language: `zh`, or anything else for English.
        names: what the programs call their levels (`tier:CODE`).
    """

    def say(zh: str, en: str) -> str:
        return zh if language.startswith("zh") else en

    now, then = replay.now, replay.proposed
    rows: list[tuple[str, ...]] = [
        (say("方案试算", "Program replay"),),
        (replay.first_day.isoformat(), replay.last_day.isoformat()),
        (),
        (say("项目", "Figure"), now.program, then.program, say("相差", "Difference")),
    ]
    rows += [
        _figure(say(*words), name, now=now.figures, then=then.figures) for name, words in _FIGURES
    ]
    rows += [(), (say("等级", "Level"), now.program, then.program)]
    for code in dict.fromkeys((*now.levels, *then.levels)):
        shown = say(*names.get(f"tier:{code}", (code, code)))
        rows.append((shown, str(now.levels.get(code, 0)), str(then.levels.get(code, 0))))
    rows += [(), (say("多于", "More than"), say("至", "Up to"), say("会员数", "Members"))]
    rows += [
        (amount_text(bucket.least), amount_text(bucket.most), str(bucket.members))
        for bucket in replay.spread.buckets
    ]
    rows += [
        (),
        (say("会员号", "Member"), now.program, then.program, say("相差", "Difference")),
    ]
    rows += [
        (
            replay.numbers.get(each.member, ""),
            amount_text(each.before),
            amount_text(each.after),
            amount_text(each.by),
        )
        for each in replay.changes
    ]
    return csv_bytes(rows)


def _figure(title: str, name: str, *, now: Figures, then: Figures) -> tuple[str, ...]:
    before, after = getattr(now, name), getattr(then, name)
    if name in _MONEY:
        return title, amount_text(before), amount_text(after), amount_text(after - before)
    if name == "rebate":
        parts = (before, after, after - before)
        return title, *(rate_text(round(part, _DECIMALS)) for part in parts)
    return title, str(before), str(after), str(after - before)
