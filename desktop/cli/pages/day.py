"""The day report on a terminal: the headline, then one small table a question."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.shifts import span
from desktop.cli.pages.tongue import Tongue, change, money, money_or_none, points, several

Document = dict[str, Any]
BAR_CELLS = 24
_EIGHTHS = "▏▎▍▌▋▊▉█"
_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_page(sheet: Sheet, report: Document) -> None:
    """Show what a business day, or a few of them, came to."""
    say = sheet.tongue
    sheet.say(_heading(say, report))
    sheet.say(say(f"截至 {say.moment(report['as_of'])}", f"As of {say.moment(report['as_of'])}"))
    for warning in _warnings(say, report):
        sheet.say(warning)
    sheet.gap()
    sheet.facts(_headline(say, report))
    _tenders(sheet, report["tenders"])
    if report["day_from"] == report["day_to"]:
        _hours(sheet, report["hours"])
    else:
        _days(sheet, report["days"])
    _categories(sheet, report)
    if len(report["counters"]) > 1:
        _counters(sheet, report["counters"])
    _cashiers(sheet, report["cashiers"])
    _shifts(sheet, report["shifts"])


def reports_page(sheet: Sheet, answer: Document) -> None:
    """List which reports there are."""
    say = sheet.tongue
    rows = [
        (f"report {each['name']}", say.word("report", each["name"])) for each in answer["reports"]
    ]
    sheet.facts(rows)


def bar(part: float, cells: int = BAR_CELLS) -> str:
    """Return a bar as long as the part of the longest one, to an eighth of a cell."""
    eighths = round(max(0.0, min(1.0, part)) * cells * len(_EIGHTHS))
    whole, rest = divmod(eighths, len(_EIGHTHS))
    return _EIGHTHS[-1] * whole + (_EIGHTHS[rest - 1] if rest else "")


def _heading(say: Tongue, report: Document) -> str:
    first, last = report["day_from"], report["day_to"]
    where = report["branch"] or say("全部门店", "All branches")
    if first != last:
        return say(f"{where} 营业汇总 {first} 至 {last}", f"{where}, {first} to {last}")
    at = datetime.fromisoformat(first)
    return say(
        f"{where} 日报 {first} {_WEEKDAYS[at.weekday()]}",
        f"{where}, day report of {first} ({_DAYS[at.weekday()]})",
    )


def _warnings(say: Tongue, report: Document) -> Iterator[str]:
    waiting = report["unsynced"]
    if report["with_office"] and waiting:
        yield say(
            f"本机还有 {waiting} 笔待上传。",
            f"To be sent from here: {several(waiting, 'record', 'records')}.",
        )
    silent = [f"{row['branch']} {row['counter']}" for row in report["counters"] if row["silent"]]
    if silent:
        names = say.listed(silent[:4])
        yield say(f"还没有收到数据：{names}", f"Nothing received yet from {names}.")


def _headline(say: Tongue, report: Document) -> list[tuple[str, str]]:
    now, back = report["figures"], report["reversals"]
    undone, voided = back["undone"], back["voided"]
    returns, came_back = report["returns"], report["goods_back"]["returns"]
    return [
        (say.label("sales_amount"), money(now["amount"]) + _versus(say, report)),
        (say.label("sales"), points(now["sales"])),
        (say.label("average"), money(now["average"])),
        (say.label("member_amount"), _members(say, report)),
        (say.label("new_members"), points(now["new_members"])),
        (say.label("points_given"), points(now["earned"])),
        (say.label("points_used"), _used(say, report)),
        (say.label("adjusted"), change(now["adjusted"])),
        (say.label("opening"), change(report["opening"])),
        (say.label("discounts"), money_or_none(report["discounts"])),
        (say.label("undone"), _counted(say, undone, back["undone_amount"])),
        (say.label("voided"), _counted(say, voided, back["voided_amount"])),
        (say.label("returns"), _counted(say, returns, report["returned_amount"])),
        (say.label("net_amount"), money(report["net_amount"]) if came_back else ""),
        *_stored_value(say, report["stored_value"]),
    ]


def _stored_value(say: Tongue, value: Document) -> list[tuple[str, str]]:
    """Return what was paid in, out and spent of stored value; it is no part of the amount."""
    spent = [money_or_none(value[name]) for name in ("spent_principal", "spent_bonus")]
    return [
        (say.label("topped_up"), _counted(say, value["top_ups"], value["topped_up"])),
        (say.label("bonus_given"), money_or_none(value["bonus_given"])),
        (say.label("value_refunded"), _counted(say, value["refunds"], value["value_refunded"])),
        (say.label("bonus_void"), money_or_none(value["bonus_void"])),
        (say.label("spent_principal"), spent[0]),
        (say.label("spent_bonus"), spent[1]),
    ]


def _versus(say: Tongue, report: Document) -> str:
    """Return how the amount compares with the same days one or more weeks earlier."""
    now, before = (float(report[name]["amount"]) for name in ("figures", "before"))
    if before <= 0:
        return ""
    percent = round((now - before) / before * 100)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"
    one = report["day_from"] == report["day_to"]
    zh, en = ("比上周同日", "on last week") if one else ("比上一周期", "on the period before")
    return say(f"  {zh} {sign}{abs(percent)}%", f"  {sign}{abs(percent)}% {en}")


def _members(say: Tongue, report: Document) -> str:
    figures = report["figures"]
    sales, people = figures["member_sales"], report["members"]
    if not sales:
        return money(figures["member_amount"])
    share = 100 * float(figures["member_amount"]) / max(float(figures["amount"]), 0.01)
    return money(figures["member_amount"]) + say(
        f"  占 {share:.1f}%，{sales:,} 笔，{people:,} 人",
        f"  {share:.1f}%, {several(sales, 'sale', 'sales')},"
        f" {several(people, 'member', 'members')}",
    )


def _used(say: Tongue, report: Document) -> str:
    used, gifts = report["figures"]["redeemed"], report["gift_points"]
    worth, paid = money(report["redeemed_value"]), used - gifts
    if not gifts:
        return say(f"{used:,}，抵 {worth}", f"{used:,} for {worth}") if used else "0"
    if not paid:
        return say(f"{used:,}，换礼品", f"{used:,} for gifts")
    return say(
        f"{used:,}，其中 {paid:,} 抵 {worth}，{gifts:,} 换礼品",
        f"{used:,}: {paid:,} for {worth}, {gifts:,} for gifts",
    )


def _counted(say: Tongue, count: int, amount: str) -> str:
    return say(f"{count:,} 笔，{money(amount)}", f"{count:,}, {money(amount)}") if count else ""


def _tenders(sheet: Sheet, rows: list[Document]) -> None:
    say = sheet.tongue
    total = sum(float(row["amount"]) for row in rows)
    columns = [
        Column(say.label("tender"), elastic=True),
        Column(say.label("sales"), right=True),
        Column(say.label("amount"), right=True),
        Column(say.label("share"), right=True),
    ]
    lines = [
        Line(
            (
                say.word("tender", row["tender"]),
                points(row["sales"]),
                money(row["amount"]),
                f"{100 * float(row['amount']) / total:.1f}%" if total > 0 else "",
            )
        )
        for row in rows
    ]
    sheet.table(say("付款方式", "Ways of paying"), columns, lines)


def _hours(sheet: Sheet, rows: list[Document]) -> None:
    say = sheet.tongue
    columns = [
        Column(say.label("hour")),
        Column(say.label("sales"), right=True),
        Column(say.label("amount"), right=True),
        Column(""),
    ]
    shown = _between_first_and_last(rows)
    sheet.table(say("时段", "Hours"), columns, _bars([(f"{r['hour']:02}:00", r) for r in shown]))


def _days(sheet: Sheet, rows: list[Document]) -> None:
    say = sheet.tongue
    columns = [
        Column(say.label("day")),
        Column(say.label("sales"), right=True),
        Column(say.label("amount"), right=True),
        Column(""),
    ]
    sheet.table(say("每天", "Days"), columns, _bars([(row["day"], row) for row in rows]))


def _between_first_and_last(rows: list[Document]) -> list[Document]:
    """Return the hours from the first with a sale to the last one."""
    busy = [place for place, row in enumerate(rows) if row["sales"]]
    return rows[busy[0] : busy[-1] + 1] if busy else []


def _bars(named: list[tuple[str, Document]]) -> list[Line]:
    longest = max((float(row["amount"]) for _, row in named), default=0.0) or 1.0
    return [
        Line(
            (
                name,
                points(row["sales"]),
                money(row["amount"]),
                bar(float(row["amount"]) / longest),
            )
        )
        for name, row in named
    ]


def _categories(sheet: Sheet, report: Document) -> None:
    say = sheet.tongue
    rows = [(row["category"] or say("未分类", "No category"), row) for row in report["categories"]]
    if report["other_categories"] is not None:
        rows.append((say("其他", "Other"), report["other_categories"]))
    if len(rows) == 1 and not report["categories"][0]["category"]:
        return
    columns = [
        Column(say.label("category"), elastic=True),
        Column(say.label("quantity"), right=True),
        Column(say.label("amount"), right=True),
    ]
    lines = [Line((name, points(row["quantity"]), money(row["amount"]))) for name, row in rows]
    sheet.table(say("分类", "Categories"), columns, lines)


def _counters(sheet: Sheet, rows: list[Document]) -> None:
    say = sheet.tongue
    columns = [
        Column(say.label("counter"), elastic=True),
        Column(say.label("sales"), right=True),
        Column(say.label("amount"), right=True),
        Column(say.label("new_members"), right=True),
        Column(say.label("last_data")),
    ]
    lines = [
        Line(
            (
                f"{row['branch']} {row['counter']}",
                points(row["sales"]),
                money(row["amount"]),
                points(row["new_members"]),
                say.moment(row["last_data"]) or say("未收到", "none yet"),
            )
        )
        for row in rows
    ]
    sheet.table(say("柜台", "Counters"), columns, lines)


def _cashiers(sheet: Sheet, rows: list[Document]) -> None:
    say = sheet.tongue
    columns = [
        Column(say.label("cashier"), elastic=True),
        Column(say.label("sales"), right=True),
        Column(say.label("amount"), right=True),
        Column(say.label("member_sales"), right=True),
        Column(say.label("undone"), right=True),
        Column(say.label("voided"), right=True),
        Column(say.label("points_used"), right=True),
        Column(say.label("adjusted"), right=True),
    ]
    lines = [
        Line(
            (
                " ".join(filter(None, (row["name"], row["code"])))
                or say("（不在名单）", "(not listed)"),
                points(row["sales"]),
                money(row["amount"]),
                points(row["member_sales"]),
                points(row["undone"]) if row["undone"] else "",
                points(row["voided"]) if row["voided"] else "",
                points(row["redeemed"]) if row["redeemed"] else "",
                change(row["adjusted"]),
            )
        )
        for row in rows
    ]
    sheet.table(say("收银员", "Cashiers"), columns, lines)


def _in_drawer(shift: Document) -> str:
    """Return what should lie in the drawer: the float, and the cash of sales and top-ups."""
    parts = (shift[name] for name in ("opening_float", "cash", "value_cash"))
    return str(sum(map(Decimal, parts)))


def _shifts(sheet: Sheet, rows: list[Document]) -> None:
    say = sheet.tongue
    columns = [
        Column(say.label("shift"), elastic=True),
        Column(say.label("time")),
        Column(say.label("staff"), elastic=True),
        Column(say.label("sales"), right=True),
        Column(say.label("amount"), right=True),
        Column(say.label("in_drawer"), right=True),
        Column(say.label("counted"), right=True),
    ]
    lines = [
        Line(
            (
                f"{row['counter']}-{row['number']}",
                span(say, row),
                row["opened_by"],
                points(row["sales"]),
                money(row["amount"]),
                money(_in_drawer(row)),
                "" if row["counted"] is None else money(row["counted"]),
            )
        )
        for row in rows
    ]
    sheet.table(say("班次", "Shifts"), columns, lines)
