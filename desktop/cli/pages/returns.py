"""Returns on a terminal: what goes back, and what is taken."""

from typing import Any

from desktop.cli.pages.sheet import INDENT, Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, change, money, points

Document = dict[str, Any]


def returned_page(sheet: Sheet, answer: Document) -> None:
    """Say what a return gives and takes, or would; lines where the sale has them."""
    say, amount = sheet.tongue, money(answer["returned_amount"])
    if answer["dry_run"]:
        sheet.say(
            say(f"将退 {amount}，还没有记账。", f"Would give back {amount}; nothing is done.")
        )
    else:
        sheet.say(say(f"已退 {amount}。", f"Given back: {amount}."))
    for sentence in points_sentences(say, answer["points"]):
        sheet.say(sentence, indent=INDENT)
    if answer["whole"]:
        sheet.say(say("这笔消费已全部退回。", "Nothing is left of this sale."), indent=INDENT)
    tenders = [
        f"{say.word('tender', name)} {money(part)}" for name, part in answer["tenders"].items()
    ]
    sheet.facts([(say.label("tenders"), say("，", ", ").join(tenders))])
    _lines(sheet, answer["lines"])
    if answer["dry_run"]:
        sheet.gap()
        sheet.say(say("不带 --dry-run 就记账。", "Without --dry-run it is done."))


def points_sentences(say: Tongue, moved: Document) -> list[str]:
    """Return what a return does to the points, a sentence each."""
    said = []
    if moved["taken_back"]:
        taken = moved["taken_back"]
        said.append(say(f"收回 {taken:,} 分。", f"{taken:,} points are taken back."))
    if moved["debt"]:
        owed = moved["debt"]
        said.append(
            say(
                f"其中 {owed:,} 分已经用掉，记为欠分。",
                f"{owed:,} of them were spent: points owed.",
            )
        )
    if moved["given_back"]:
        given, worth = moved["given_back"], money(moved["given_back_value"])
        said.append(
            say(f"退还 {given:,} 分（抵 {worth}）。", f"{given:,} points ({worth}) are given back.")
        )
    if moved["grace"]:
        grace = moved["grace"]
        said.append(
            say(
                f"其中 {grace:,} 分原来已到期，再给 30 天。",
                f"{grace:,} of them had run out; they live another 30 days.",
            )
        )
    if moved["pending"]:
        said.append(say("和总部同步后才能使用。", "They can be used after an exchange."))
    return said


def returns_table(sheet: Sheet, returns: list[Document]) -> None:
    """Show what has come back of a sale, one row a return."""
    if not returns:
        return
    say = sheet.tongue
    columns = [
        Column(say.label("time")),
        Column(say.label("returned_amount"), right=True),
        Column(say.label("points"), right=True),
        Column(say.label("staff")),
        Column(say.label("reason"), elastic=True),
    ]
    rows = [
        Line(
            (
                say.moment(each["at"]),
                money(each["returned_amount"]),
                change(each["given_back"] - each["taken_back"]),
                each["staff"],
                each["reason"],
            )
        )
        for each in returns
    ]
    sheet.table(say.label("returns"), columns, rows)


def _lines(sheet: Sheet, lines: list[Document]) -> None:
    if len(lines) < 2:  # noqa: PLR2004 - one line says nothing that the sum does not
        return
    say = sheet.tongue
    columns = [
        Column(say.label("line"), right=True),
        Column(say.label("quantity"), right=True),
        Column(say.label("amount"), right=True),
        Column(say.label("points"), right=True),
    ]
    rows = [
        Line(
            (
                points(line["line"]),
                points(line["quantity"]),
                money(line["amount"]),
                change(line["given_back"] - line["taken_back"]),
            )
        )
        for line in lines
    ]
    sheet.table(say.label("lines"), columns, rows)
