"""What counters that are cut off may cost, on a terminal: the bound, its parts, what is lent."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import money, points

Document = dict[str, Any]


def risk_page(sheet: Sheet, answer: Document) -> None:
    """Show the most that can be overspent unheard, why, and what each counter holds."""
    say, lent = sheet.tongue, answer["lent"]
    at_risk = answer["points_at_risk"]
    worth = money(answer["value_at_risk"])
    sheet.facts(
        [
            (
                say.label("points_at_risk"),
                say(f"最多 {points(at_risk)}，值 {worth}", f"at most {points(at_risk)}, {worth}"),
            ),
            (say.label("by_floor"), points(answer["by_floor"])),
            (say.label("by_force"), points(answer["by_force"])),
            (say.label("by_clones"), points(answer["by_clones"])),
            (say.label("lent"), points(lent["points"])),
            (say.label("lent_coupons"), points(lent["coupons"]) if lent["coupons"] else ""),
            (say.label("lent_gifts"), points(lent["gifts"]) if lent["gifts"] else ""),
            (say.label("lent_value"), money(lent["value"]) if lent["value"] != "0.00" else ""),
        ]
    )
    if not answer["risks"]:
        return
    columns = [
        Column(say.label("branch"), elastic=True),
        Column(say.label("counter"), elastic=True),
        Column(say.label("state")),
        Column(say.label("points_at_risk")),
        Column(say.label("lent")),
        Column(say.label("last_seen_at")),
    ]
    rows = [
        Line(
            (
                row["branch"],
                row["counter"],
                say.word("device", row["state"]),
                points(row["points_at_risk"]),
                points(row["lent"]["points"]),
                say.moment(row["last_seen_at"]),
            )
        )
        for row in answer["risks"]
    ]
    sheet.gap()
    sheet.table("", columns, rows)
