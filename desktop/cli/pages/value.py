"""Stored value on a terminal: paid in, paid out, held, and how it came to be what it is."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, money, money_or_none

Document = dict[str, Any]


def topped_up_page(sheet: Sheet, answer: Document) -> None:
    """Say what was paid in, its bonus, and what is held now."""
    say = sheet.tongue
    paid, bonus = money(answer["paid"]), money_or_none(answer["bonus"])
    until = answer["bonus_expires_on"]
    given = say(f"，赠 {bonus}", f" with {bonus} on top") if bonus else ""
    ends = say(f"（{until} 前用完）", f" (to be spent by {until})") if until else ""
    sheet.say(say(f"已充值 {paid}{given}{ends}。", f"{paid} was paid in{given}{ends}."))
    sheet.gap()
    sheet.facts(_held(say, answer))


def refunded_page(sheet: Sheet, answer: Document) -> None:
    """Say what was paid out, and what became void."""
    say = sheet.tongue
    paid, bonus = money(answer["refunded"]), money_or_none(answer["voided"])
    void = say(f"，作废赠金 {bonus}", f"; {bonus} of bonus is void") if bonus else ""
    sheet.say(say(f"已退还本金 {paid}{void}。", f"{paid} of principal was paid out{void}."))
    sheet.gap()
    sheet.facts(_held(say, answer))


def shown_page(sheet: Sheet, answer: Document) -> None:
    """Show both purses, and the bonus by its last day."""
    say = sheet.tongue
    sheet.facts([(say.label("number"), answer["number"]), *_held(say, answer)])
    columns = [Column(say.label("bonus"), right=True), Column(say.label("expires_on"))]
    rows = [
        Line((money(lot["bonus"]), lot["expires_on"] or say("不过期", "never")))
        for lot in answer["bonus_lots"]
    ]
    sheet.table(say("赠金", "Bonus"), columns, rows)


def history_page(sheet: Sheet, answer: Document) -> None:
    """Show what happened to a member's stored value."""
    say = sheet.tongue
    sheet.facts([(say.label("number"), answer["number"]), *_held(say, answer)])
    columns = [
        Column(say.label("at")),
        Column(say.label("kind"), elastic=True),
        Column(say.label("principal"), right=True),
        Column(say.label("bonus"), right=True),
        Column(say.label("where"), elastic=True),
    ]
    rows = [_row(say, row) for row in answer["history"]]
    sheet.table(say("流水", "History"), columns, rows)


def _held(say: Tongue, answer: Document) -> list[tuple[str, str]]:
    held = answer["stored_value"]
    return [
        (say.label("principal"), money(held["principal"])),
        (say.label("bonus"), money(held["bonus"])),
    ]


def _row(say: Tongue, row: Document) -> Line:
    where = " ".join(filter(None, (row["branch"], row["counter"], row["staff"])))
    kind = say.word("happened", row["kind"])
    if row["tender"]:
        tender = say.word("tender", row["tender"])
        kind = say(f"{kind}（{tender}）", f"{kind}, {tender}")
    under = row["sale_id"] if row["kind"] == "sale" else ""
    return Line(
        (
            say.moment(row["at"]),
            kind,
            _change(row["principal"]),
            _change(row["bonus"]),
            where,
        ),
        under="  ".join(filter(None, (under, row["reason"]))),
    )


def _change(amount: str) -> str:
    """Return an amount that came or went: `+¥50.00`, `−¥12.00`; nothing for 0."""
    shown = money_or_none(amount)
    return shown if not shown or amount.startswith("-") else f"+{shown}"
