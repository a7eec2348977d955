"""Shifts on a terminal: opened, closed, and the latest ones in a table."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, money, points

Document = dict[str, Any]


def opened_page(sheet: Sheet, answer: Document) -> None:
    """Say which shift was opened."""
    number = answer["number"]
    sheet.say(sheet.tongue(f"第 {number} 班已开班。", f"Shift {number} is open."))


def closed_page(sheet: Sheet, answer: Document) -> None:
    """Say which shift was closed, what should lie in the drawer, and what is missing."""
    say, number = sheet.tongue, answer["number"]
    sheet.say(say(f"第 {number} 班已交班。", f"Shift {number} is closed."))
    sheet.gap()
    counted = answer["counted"]
    sheet.facts(
        [
            *_moved(say, answer),
            (say.label("expected"), money(answer["expected"])),
            (say.label("counted"), "" if counted is None else money(counted)),
            (say("差额", "Difference"), "" if counted is None else money(answer["difference"])),
        ]
    )
    sheet.next("shift show", "report day")


def moved_page(sheet: Sheet, answer: Document) -> None:
    """Say that cash was moved, and what was moved in this shift so far."""
    number = answer["number"]
    sheet.say(sheet.tongue(f"第 {number} 班的现金已记下。", f"Cash of shift {number} is recorded."))
    sheet.gap()
    sheet.facts(_moved(sheet.tongue, answer))


def drawer_page(sheet: Sheet, _answer: Document) -> None:
    """Say that an opening of the drawer was recorded."""
    sheet.say(sheet.tongue("开钱箱已记下。", "The opening of the drawer is recorded."))


def shifts_page(sheet: Sheet, answer: Document) -> None:
    """Show the latest shifts, the open one first."""
    say, shifts = sheet.tongue, answer["shifts"]
    if not shifts:
        sheet.say(say("还没有开过班。", "No shift was opened yet."))
        return
    if not answer["open"]:
        sheet.say(say("现在没有开着的班次。", "No shift is open now."))
        sheet.gap()
    columns = [
        Column(say.label("shift"), right=True),
        Column(say.label("time")),
        Column(say.label("staff"), elastic=True),
        Column(say.label("sales"), right=True),
        Column(say.label("amount"), right=True),
        Column(say.label("opening_float"), right=True),
        Column(say.label("counted"), right=True),
        Column(say.label("till_total"), right=True),
    ]
    sheet.table("", columns, [_row(say, shift) for shift in shifts])


def span(say: Tongue, shift: Document) -> str:
    """Return from when to when a shift was: `11-24 09:02–21:10`."""
    opened = say.moment(shift["opened_at"])
    if shift["closed_at"] is None:
        return say(f"{opened} 起，未交班", f"since {opened}")
    closed = say.moment(shift["closed_at"])
    day, _, minute = closed.rpartition(" ")
    return f"{opened}–{minute if opened.startswith(day) else closed}"


def _moved(say: Tongue, answer: Document) -> list[tuple[str, str]]:
    """Return the rows of cash moved by hand; none where none was."""
    rows = ((say.label(name), answer[name]) for name in ("cash_in", "cash_out"))
    return [(label, money(amount)) for label, amount in rows if amount != "0.00"]


def _row(say: Tongue, shift: Document) -> Line:
    return Line(
        (
            str(shift["number"]),
            span(say, shift),
            shift["staff"],
            points(shift["sales"]),
            money(shift["amount"]),
            money(shift["opening_float"]),
            "" if shift["counted"] is None else money(shift["counted"]),
            "" if shift["till_total"] is None else money(shift["till_total"]),
        )
    )
