"""Segments on a terminal: which there are, how many are in one, and who."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import money

Document = dict[str, Any]


def segments_page(sheet: Sheet, answer: Document) -> None:
    """List the segments by name."""
    say = sheet.tongue
    columns = [
        Column(say("人群", "Segment"), elastic=True),
        Column(say("名称", "Name")),
        Column(say("人数", "Members"), right=True),
    ]
    rows = [
        Line((row["says"], row["name"], f"{row['count']:,}" if "count" in row else ""))
        for row in answer["segments"]
    ]
    sheet.table("", columns, rows)
    sheet.gap()
    sheet.next("segment show " + say("名称", "NAME"))


def segment_page(sheet: Sheet, answer: Document) -> None:
    """Say how many are in a segment and show who spent most; or whether one member is in it."""
    say = sheet.tongue
    if "in_segment" in answer:
        sheet.say(
            say("在这个人群里。", "In it.") if answer["in_segment"] else say("不在。", "Not in it.")
        )
        return
    if "says" in answer:
        sheet.say(answer["says"])
    sheet.say(answer["segment"])
    count = answer["count"]
    sheet.say(
        say(f"{count:,} 位会员（截至 {answer['to']}）", f"{count:,} members (to {answer['to']})")
    )
    columns = [
        Column(say.label("number")),
        Column(say.label("name"), elastic=True),
        Column(say.label("phone_masked")),
        Column(say.label("visits"), right=True),
        Column(say.label("spend"), right=True),
        Column(say.label("last_on")),
    ]
    rows = [
        Line(
            (
                row["number"],
                row["name"] or row["external_id"],
                row["phone_masked"],
                f"{row['visits']:,}",
                money(row["spend"]),
                row["last_on"] or "",
            )
        )
        for row in answer["members"]
    ]
    sheet.table("", columns, rows)
