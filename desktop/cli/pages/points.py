"""Points on a terminal: spent, corrected, and how they came to be what they are."""

from typing import Any

from desktop.cli.pages.members import lots_table, standing, what_happened
from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, change, money, money_or_none, points

Document = dict[str, Any]


def redeemed_page(sheet: Sheet, answer: Document) -> None:
    """Say which points paid for what."""
    held = answer["points"]
    spent, left, worth = held["redeemed"], held["balance"], money(held["redeemed_value"])
    sheet.say(
        sheet.tongue(
            f"已用 {spent:,} 分，抵 {worth}；还有 {points(left)} 分。",
            f"{spent:,} points paid for {worth}; {points(left)} are left.",
        )
    )
    sheet.gap()
    sheet.facts([(sheet.tongue.label("operation"), answer["operation"])])
    sheet.gap()
    sheet.say(
        sheet.tongue(
            "另一台收银机没有收成这一单时，由店长加回：",
            "If the other till did not take the sale, a manager gives the points back:",
        )
    )
    why = sheet.tongue("原因", "WHY")
    sheet.call(f"points adjust {answer['member_id']} +{spent} --reason {why}")


def adjusted_page(sheet: Sheet, answer: Document) -> None:
    """Say by how much points were corrected."""
    held = answer["points"]
    by, now = change(held["adjusted"]) or "0", points(held["balance"])
    sheet.say(
        sheet.tongue(f"已调整 {by} 分；现有 {now} 分。", f"Adjusted by {by} points; {now} now.")
    )


def history_page(sheet: Sheet, answer: Document) -> None:
    """Show what happened to a member's points, with the ids that `sale show` wants."""
    say = sheet.tongue
    _head(sheet, answer)
    columns = [
        Column(say.label("at")),
        Column(say.label("kind"), elastic=True),
        Column(say.label("amount"), right=True),
        Column(say.label("points"), right=True),
        Column(say.label("where"), elastic=True),
    ]
    rows = [_row(say, row) for row in answer["history"]]
    sheet.table(say("流水", "History"), columns, rows)
    if any(row["sale_id"] for row in answer["history"]):
        sheet.next("sale show " + say("消费编号", "SALE"))


def lots_page(sheet: Sheet, answer: Document) -> None:
    """Show every lot of a member's points."""
    _head(sheet, answer)
    lots_table(sheet, answer["lots"])


def _head(sheet: Sheet, answer: Document) -> None:
    number = (sheet.tongue.label("number"), answer["number"])
    sheet.facts([number, *standing(sheet.tongue, answer)])


def _row(say: Tongue, row: Document) -> Line:
    where = " ".join(filter(None, (row["branch"], row["counter"], row["staff"])))
    under = row["sale_id"] if row["kind"] == "sale" else ""
    by_event = row["kind"] == "event_award"
    return Line(
        (
            say.moment(row["at"]),
            what_happened(say, row),
            money_or_none(row["amount"]),
            change(row["points"]),
            where,
        ),
        under="  ".join(filter(None, (under, "" if by_event else row["reason"]))),
    )
