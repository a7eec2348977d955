"""Reports about members on a terminal: a sentence that sums them up, then one table."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import money, points

Document = dict[str, Any]
_COHORT_MONTHS = 6


def rfm_page(sheet: Sheet, answer: Document) -> None:
    """Show the ten groups, and the members where some were asked for."""
    say = sheet.tongue
    top = answer["top_20_percent_share"]
    sheet.say(
        say(
            f"RFM {answer['from']} 至 {answer['to']}：{answer['buyers']:,} 位买过的会员",
            f"RFM {answer['from']} to {answer['to']}: {answer['buyers']:,} buyers",
        )
    )
    if top is not None:
        sheet.say(say(f"消费最多的两成会员占 {top:.1%}", f"The best fifth brings {top:.1%}"))
    columns = [
        Column(say("分组", "Group"), elastic=True),
        Column(say("人数", "Members"), right=True),
        Column(say("占比", "Share"), right=True),
        Column(say("消费", "Spent"), right=True),
        Column(say("天数", "Days"), right=True),
        Column(say("次数", "Visits"), right=True),
        Column(say("积分", "Points"), right=True),
    ]
    rows = [
        Line(
            (
                row["says"],
                f"{row['members']:,}",
                _percent(row["share"]),
                money(row["amount"]),
                _one(row["recency"]),
                _one(row["frequency"]),
                points(row["points"]),
            )
        )
        for row in answer["groups"]
    ]
    sheet.table("", columns, rows)
    _members(sheet, answer["members"], ("scores", say("分数", "Scores")))


def lifecycle_page(sheet: Sheet, answer: Document) -> None:
    """Show the stages."""
    say, days = sheet.tongue, answer["days"]
    sheet.say(
        say(
            f"生命周期，截至 {answer['to']}：新客 {days['new']} 天，活跃 {days['active']} 天，"
            f"超过 {days['lost']} 天为流失",
            f"Stages of life to {answer['to']}: new {days['new']} days, active {days['active']}, "
            f"lost after {days['lost']}",
        )
    )
    columns = [
        Column(say("状态", "Stage"), elastic=True),
        Column(say("人数", "Members"), right=True),
        Column(say("占比", "Share"), right=True),
        Column(say("30 天进入", "Came in"), right=True),
        Column(say("30 天离开", "Left"), right=True),
        Column(say("365 天消费", "Spent in 365 days"), right=True),
    ]
    rows = [
        Line(
            (
                row["says"],
                f"{row['members']:,}",
                _percent(row["share"]),
                f"{row['entered']:,}",
                f"{row['left']:,}",
                money(row["amount"]),
            )
        )
        for row in answer["stages"]
    ]
    sheet.table("", columns, rows)


def cohort_page(sheet: Sheet, answer: Document) -> None:
    """Show each month's cohort and the share that came in the months after."""
    say = sheet.tongue
    sheet.say(say(f"首购月留存，截至 {answer['to']}", f"By first month, to {answer['to']}"))
    columns = [
        Column(say("首购月", "First month")),
        Column(say("人数", "Members"), right=True),
        *(Column(f"+{month}", right=True) for month in range(1, _COHORT_MONTHS + 1)),
        Column(say("90 天复购", "Again in 90 days"), right=True),
    ]
    rows = []
    for row in answer["cohorts"]:
        shares = [_percent(share) for share in row["retention"][1 : _COHORT_MONTHS + 1]]
        shares += [""] * (_COHORT_MONTHS - len(shares))
        again = _percent(row["again_90"] / row["size"])
        rows.append(Line((row["cohort"], f"{row['size']:,}", *shares, again)))
    sheet.table("", columns, rows)


def activity_page(sheet: Sheet, answer: Document) -> None:
    """Show the rates of the days asked about, then week by week or month by month."""
    say = sheet.tongue
    sheet.say(
        say(
            f"活跃与复购 {answer['from']} 至 {answer['to']}",
            f"Activity {answer['from']} to {answer['to']}",
        )
    )
    sheet.facts(
        [
            (say("活跃会员", "Active"), f"{answer['active']:,} / {answer['enrolled']:,}"),
            (say("活跃率", "Active rate"), _percent(answer["active_rate"])),
            (say("复购率", "Repurchase rate"), _percent(answer["repurchase_rate"])),
            (say("回店率", "Return rate"), _percent(answer["return_rate"])),
        ]
    )
    columns = [
        Column(say("期间", "Period")),
        Column(say("活跃", "Active"), right=True),
        Column(say("首购", "New"), right=True),
        Column(say("复购", "Again"), right=True),
        Column(say("笔数", "Purchases"), right=True),
        Column(say("消费", "Spent"), right=True),
        Column(say("客单价", "Average"), right=True),
    ]
    rows = [
        Line(
            (
                row["period"],
                f"{row['active']:,}",
                f"{row['new']:,}",
                f"{row['repeat']:,}",
                f"{row['purchases']:,}",
                money(row["amount"]),
                "" if row["average"] is None else money(row["average"]),
            )
        )
        for row in answer["periods"]
    ]
    sheet.table("", columns, rows)


def churn_page(sheet: Sheet, answer: Document) -> None:
    """Show who stays away, who spent most first."""
    say = sheet.tongue
    to, high, warn, spent = answer["to"], answer["high"], answer["warn"], money(answer["amount"])
    sheet.say(
        say(
            f"流失预警，截至 {to}：高风险 {high:,} 位，预警 {warn:,} 位，365 天消费 {spent}",
            f"Staying away, to {to}: {high:,} at high risk, {warn:,} warned; {spent} in 365 days",
        )
    )
    _members(
        sheet,
        answer["members"],
        ("risk", say("倍数", "Times")),
        ("days_since", say("没来天数", "Days away")),
        ("amount", say("365 天消费", "Spent")),
    )


def category_page(sheet: Sheet, answer: Document) -> None:
    """Show the categories, the largest first."""
    say = sheet.tongue
    sheet.say(
        say(
            f"品类 {answer['from']} 至 {answer['to']}：{money(answer['amount'])}",
            f"Categories {answer['from']} to {answer['to']}: {money(answer['amount'])}",
        )
    )
    columns = [
        Column(say("品类", "Category"), elastic=True),
        Column(say("净消费", "Net sales"), right=True),
        Column(say("占比", "Share"), right=True),
        Column(say("笔数", "Purchases"), right=True),
        Column(say("会员", "Members"), right=True),
        Column(say("增长", "Growth"), right=True),
    ]
    rows = [
        Line(
            (
                row["category"] or say("没有品类", "None"),
                money(row["amount"]),
                _percent(row["share"]),
                f"{row['purchases']:,}",
                f"{row['members']:,}",
                _percent(row["growth"]),
            )
        )
        for row in answer["categories"]
    ]
    sheet.table("", columns, rows)


def profile_page(sheet: Sheet, answer: Document) -> None:
    """Show how much the book holds."""
    say = sheet.tongue
    sheet.facts(
        [
            (say("会员", "Members"), f"{answer['members']:,}"),
            (say("买过的", "Who bought"), f"{answer['buyers']:,}"),
            (say("消费笔数", "Purchases"), f"{answer['sales']:,}"),
            (say("明细行", "Lines"), f"{answer['lines']:,}"),
            (say("商品", "Products"), f"{answer['skus']:,}"),
            (say("原价", "Gross"), money(answer["gross"])),
            (say("优惠", "Discounts"), money(answer["discount"])),
            (say("实收", "Paid"), money(answer["due"])),
            (say("导入的退货", "Returns brought along"), f"{answer['former_returns']:,}"),
            (say("退货", "Returned here"), money(answer["returned"])),
        ]
    )


def _members(sheet: Sheet, members: list[Document], *shown: tuple[str, str]) -> None:
    say = sheet.tongue
    columns = [
        Column(say.label("number")),
        Column(say.label("name"), elastic=True),
        Column(say.label("phone_masked")),
        *(Column(title, right=True) for _, title in shown),
    ]
    rows = [
        Line(
            (
                member["number"],
                member["name"] or member["external_id"],
                member["phone_masked"],
                *(_figure(member[name], name) for name, _ in shown),
            )
        )
        for member in members
    ]
    sheet.table(say("会员", "Members"), columns, rows)


def _figure(value: Any, name: str) -> str:
    if name == "amount":
        return money(value)
    return _one(value) if isinstance(value, float) else str(value or "")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _one(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
