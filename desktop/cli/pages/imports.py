"""Imports on a terminal: what came in, which rows did not and why, and how to take it back."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import points, several

Document = dict[str, Any]
ROWS_MAX = 20


def members_page(sheet: Sheet, answer: Document) -> None:
    """Show what a list of members brought."""
    say, added = sheet.tongue, answer["added"]
    left = len(answer["skipped"])
    if answer["dry_run"]:
        sheet.say(
            say(
                f"检查完毕，没有写入。{answer['rows']:,} 行里有 {added:,} 行可以导入。",
                f"Looked only, nothing written. {added:,} of {answer['rows']:,} rows can come in.",
            )
        )
    else:
        sheet.say(
            say(
                f"已导入 {added:,} 位会员，共 {answer['rows']:,} 行，跳过 {left:,} 行。",
                f"{several(added, 'member', 'members')} of {several(answer['rows'], 'row', 'rows')}"
                f" came in, {left:,} skipped.",
            )
        )
    sheet.gap()
    sheet.facts(
        [
            (say.label("opening"), points(answer["points"]) if answer["points"] else ""),
            (say.label("ignored_columns"), say.listed(answer["ignored_columns"])),
        ]
    )
    _skipped(sheet, answer["skipped"])
    if answer["batch"] and added:
        sheet.gap()
        sheet.say(say("7 天内可以整批撤回：", "It can be taken back whole for seven days:"))
        sheet.call(f"member import --revert {answer['batch']}")


def history_page(sheet: Sheet, answer: Document) -> None:
    """Show what a former system's purchases brought."""
    say = sheet.tongue
    if answer.get("dry_run"):
        purchases, rows = answer["purchases"], answer["rows"]
        sheet.say(
            say(
                f"检查完毕，没有写入。{rows:,} 行里有 {purchases:,} 笔可以导入。",
                f"Looked only, nothing written. {purchases:,} of {rows:,} rows can come in.",
            )
        )
    else:
        sheet.say(
            say(
                f"已导入 {answer['added']:,} 笔。",
                f"{several(answer['added'], 'purchase', 'purchases')} came in.",
            )
        )
    sheet.gap()
    named = ("returns", "already", "members_added", "points_given", "phones_dropped")
    fields = {"points_given": "points_earned"}
    facts = [(name, answer.get(fields.get(name, name), 0)) for name in named]
    lines, products = points(answer["lines"]), points(answer["products"])
    sheet.facts(
        [
            *((say.label(name), points(count) if count else "") for name, count in facts),
            (say.label("lines"), lines if answer["lines"] else ""),
            (say.label("products"), products if answer["products"] else ""),
            (say.label("seconds"), _took(answer)),
        ]
    )
    _skipped(sheet, answer["skipped"])
    if answer["batch"]:
        sheet.gap()
        sheet.say(say("可以整批撤回：", "It can be taken back whole:"))
        sheet.call(f"history import --revert {answer['batch']}")


def goods_page(sheet: Sheet, answer: Document) -> None:
    """Say what a list of goods brought."""
    added, updated = answer["added"], answer["updated"]
    sheet.say(
        sheet.tongue(
            f"商品目录：新增 {added:,} 种，更新 {updated:,} 种。",
            f"List of goods: {added:,} new, {updated:,} written over.",
        )
    )


def reverted_page(sheet: Sheet, answer: Document) -> None:
    """Say what was taken back."""
    members, sales = answer["members"], answer["sales"]
    people, purchases = several(members, "member", "members"), several(sales, "sale", "sales")
    sheet.say(
        sheet.tongue(
            f"已整批撤回：{members:,} 位会员，{sales:,} 笔消费。",
            f"Taken back whole: {people}, {purchases}.",
        )
    )


def file_page(sheet: Sheet, answer: Document) -> None:
    """Say which file was written."""
    rows = answer.get("rows")
    zh, en = ("", "") if rows is None else (f"，{rows:,} 行", f", {several(rows, 'row', 'rows')}")
    say = sheet.tongue
    sheet.say(say(f"已写入 {answer['file']}{zh}", f"Written: {answer['file']}{en}"))


def _took(answer: Document) -> str:
    if not answer.get("seconds"):
        return ""
    return f"{answer['seconds']:g} s"


def _skipped(sheet: Sheet, rows: list[Document]) -> None:
    say = sheet.tongue
    columns = [
        Column(say.label("file"), elastic=True),
        Column(say.label("row"), right=True),
        Column(say.label("why"), elastic=True),
    ]
    lines = [
        Line((row.get("file", ""), points(row["row"]), say.word("skipped", row["code"])))
        for row in rows[:ROWS_MAX]
    ]
    sheet.table(say("跳过的行", "Rows that were skipped"), columns, lines)
    if len(rows) > ROWS_MAX:
        more = len(rows) - ROWS_MAX
        sheet.say(
            say(
                f"  还有 {more:,} 行；--json 列出全部。",
                f"  {more:,} more; --json lists all of them.",
            )
        )
