"""Rewards beyond the sale on a terminal: gifts, events, tags, and what a review wrote."""

from typing import Any

from desktop.cli.pages.members import happened_event
from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, points

Document = dict[str, Any]


def given_page(sheet: Sheet, answer: Document) -> None:
    """Say which gift went out for how many points."""
    say, held = sheet.tongue, answer["points"]
    spent, left = f"{held['redeemed']:,}", points(held["balance"])
    sheet.say(
        say(
            f"已用 {spent} 分换 {answer['sku']}；还有 {left} 分{_stock(say, answer['left'])}。",
            f"{answer['sku']} for {spent} points; {left} are left{_stock(say, answer['left'])}.",
        )
    )
    sheet.facts([(say.label("operation"), answer["operation"])])


def returned_page(sheet: Sheet, answer: Document) -> None:
    """Say which gift came back, and how many points with it."""
    say, held = sheet.tongue, answer["points"]
    back, now = f"{-held['redeemed']:,}", points(held["balance"])
    sheet.say(
        say(
            f"{answer['sku']} 已退回，退还 {back} 分；现有 {now} 分{_stock(say, answer['left'])}。",
            f"{answer['sku']} is back, {back} points with it; {now} now"
            f"{_stock(say, answer['left'])}.",
        )
    )


def list_page(sheet: Sheet, answer: Document) -> None:
    """Show what points buy."""
    say = sheet.tongue
    columns = [
        Column(say.label("sku"), elastic=True),
        Column(say.label("price"), right=True),
        Column(say.label("left"), right=True),
    ]
    rows = [
        Line((gift["sku"], f"{gift['price']:,}", _left(say, gift["left"])))
        for gift in answer["gifts"]
    ]
    sheet.table(say.label("gifts"), columns, rows)


def stock_page(sheet: Sheet, answer: Document) -> None:
    """Say how many pieces of a gift there are now."""
    say = sheet.tongue
    moved, left = f"{answer['change']:+,}", _left(say, answer["left"])
    sheet.say(
        say(
            f"{answer['sku']} 库存 {moved}，现有 {left} 件。",
            f"{answer['sku']}: {moved}; {left} in stock.",
        )
    )


def tags_page(sheet: Sheet, answer: Document) -> None:
    """Show the tags of a member."""
    say = sheet.tongue
    tags = say("、", ", ").join(answer["tags"])
    sheet.say(say(f"标签：{tags or '没有'}", f"Tags: {tags or 'none'}"))


def event_page(sheet: Sheet, answer: Document) -> None:
    """Say what an event gave."""
    say, held = sheet.tongue, answer["points"]
    earned, now = f"{held['earned']:,}", points(held["balance"])
    what = happened_event(say, answer["event"])
    sheet.say(
        say(
            f"已记录：{what}，获得 {earned} 分；现有 {now} 分。",
            f"Recorded: {what}, {earned} points; {now} now.",
        )
    )
    rows = [
        (say.label(name), say("、", ", ").join(answer[name]))
        for name in ("tags", "coupons")
        if answer[name]
    ]
    if answer["tier"]:
        rows.append((say.label("tier"), say.tier(answer["tier"])))
    if rows:
        sheet.facts(rows)


def expiry_page(sheet: Sheet, answer: Document) -> None:
    """Say how many points ended, repaid what was owed, and were forgiven."""
    say = sheet.tongue
    names = ("members", "expired", "repaid", "forgiven")
    sheet.facts([(say.label(name), f"{answer[name]:,}") for name in names])


def tiers_page(sheet: Sheet, answer: Document) -> None:
    """Show whose level changed."""
    say = sheet.tongue
    sheet.facts([(say.label("members"), f"{answer['members']:,}")])
    columns = [
        Column(say.label("number"), elastic=True),
        Column(say.label("level_before")),
        Column(say.label("level_after")),
    ]
    rows = [
        Line(
            (
                change["number"],
                say.tier(change["level_before"]) or say("无", "none"),
                say.tier(change["level_after"]) or say("无", "none"),
            )
        )
        for change in answer["changes"]
    ]
    sheet.table(say("等级变化", "Changes"), columns, rows)


def _stock(say: Tongue, left: int | None) -> str:
    if left is None:
        return ""
    return say(f"，库存 {left:,}", f", {left:,} in stock")


def _left(say: Tongue, left: int | None) -> str:
    return say("不限", "any") if left is None else f"{left:,}"
