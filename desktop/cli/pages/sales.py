"""Sales on a terminal: just recorded, looked at, taken back."""

from typing import Any

from desktop.cli.pages.returns import returns_table
from desktop.cli.pages.sheet import INDENT, Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, change, money, money_or_none, points
from desktop.wording.explained import counted, withheld

Document = dict[str, Any]


def sold_page(sheet: Sheet, sale: Document) -> None:
    """Say what was recorded, what it did to the points and why, and how to take it back."""
    say, moved = sheet.tongue, sale["points"]
    sheet.say(say(f"已记账 {money(sale['due'])}。", f"Recorded: {money(sale['due'])}."))
    sheet.gap()
    if sale["member_id"] is None:
        sheet.say(say("没有会员，不积分。", "No member, no points."))
    else:
        sheet.facts(
            [
                (say.label("redeemed"), _used(say, moved)),
                (say.label("earned"), change(moved["earned"]) or "0"),
                (say.label("balance"), points(moved["balance"])),
                (say.label("tier"), _tier(say, sale)),
            ]
        )
        _why(sheet, sale["explanation"])
    for coupon in sale["coupons"]:
        until = say(f"，到 {coupon['valid_to']}", f", until {coupon['valid_to']}")
        name, last = say.named(f"coupon:{coupon['code']}"), until if coupon["valid_to"] else ""
        sheet.say(say(f"发券 {coupon['id']}：{name}{last}", f"{coupon['id']}: {name}{last}"))
    sheet.gap()
    sheet.say(say("2 分钟内可以撤销：", "It can be undone for two minutes:"))
    sheet.call(f"sale undo {sale['sale_id']}")


def sale_page(sheet: Sheet, sale: Document) -> None:
    """Show a sale: money, points, where it was made, its lines, and whether it stands."""
    say, moved, back = sheet.tongue, sale["points"], sale["reversed"]
    sheet.say(f"{say('消费', 'Sale')} {money(sale['due'])}  {say.moment(sale['sold_at'])}")
    if back is not None:
        manner = say.word("happened", back["manner"])
        when = say.moment(back["at"])
        why = say(f"，原因：{back['reason']}", f"; {back['reason']}") if back["reason"] else ""
        sheet.say(say(f"已{manner}（{when}）{why}", f"{manner} {when}{why}"))
    sheet.gap()
    where = " ".join(filter(None, (sale["branch"], sale["counter"], sale["staff"])))
    discount = money_or_none(sale["discount"])
    sheet.facts(
        [
            (say.label("member_number"), sale["member_number"] or say("无", "none")),
            (say.label("gross"), money(sale["gross"]) if discount else ""),
            (say.label("discount"), discount),
            (say.label("redeemed"), _used(say, moved)),
            (say.label("paid"), _tenders(say, sale)),
            (say.label("earned"), change(moved["earned"])),
            (say.label("tier"), say.tier(sale["tier"])),
            (say.label("attached_at"), _moment(say, sale["attached_at"])),
            (say.label("where"), where),
            (say.label("business_day"), sale["business_day"]),
            (say.label("till_receipt"), sale["till_receipt"] or ""),
            (
                say.label("source"),
                "" if sale["source"] == "counter" else say.word("source", sale["source"]),
            ),
            (say.label("batch"), sale["batch"] or ""),
        ]
    )
    _lines(sheet, sale["lines"])
    if sale["member_id"] is not None:
        _why(sheet, sale["explanation"])
    returns_table(sheet, sale["returns"])


def attached_page(sheet: Sheet, answer: Document) -> None:
    """Say whose sale it is now, and what it earned."""
    say, moved = sheet.tongue, answer["points"]
    sheet.say(
        say(f"已把 {money(answer['due'])} 记到会员名下。", f"His sale: {money(answer['due'])}.")
    )
    sheet.gap()
    sheet.facts(
        [
            (say.label("earned"), change(moved["earned"]) or "0"),
            (say.label("balance"), points(moved["balance"])),
            (say.label("tier"), _tier(say, answer)),
        ]
    )
    _why(sheet, answer["explanation"])


def reversed_page(sheet: Sheet, answer: Document) -> None:
    """Say what was taken back and what became of the points."""
    say, moved = sheet.tongue, answer["points"]
    done = say.word("happened", answer["reversed"])
    sheet.say(say(f"已{done} {money(answer['due'])}。", f"{done}: {money(answer['due'])}."))
    taken, given = moved["taken_back"], moved["given_back"]
    parts = []
    if taken:
        parts.append(say(f"收回 {taken:,} 分", f"{taken:,} points taken back"))
    if given:
        parts.append(say(f"退还 {given:,} 分", f"{given:,} points given back"))
    if parts:
        sheet.say(say("，", ", ").join(parts) + say("。", "."))


def _why(sheet: Sheet, steps: list[Document]) -> None:
    """Say how the points came about; below, what gave nothing and why."""
    say = sheet.tongue
    for title, said in (
        (say("积分怎么算的", "How the points came about"), counted(say, steps)),
        (say("没有给的", "What gave nothing"), withheld(say, steps)),
    ):
        if said:
            sheet.title(title)
        for sentence in said:
            sheet.say(sentence, indent=INDENT)


def _moment(say: Tongue, at: str | None) -> str:
    return "" if at is None else say.moment(at)


def _used(say: Tongue, moved: Document) -> str:
    if not moved["redeemed"]:
        return ""
    worth = money(moved["redeemed_value"])
    return say(f"{moved['redeemed']:,} 分，抵 {worth}", f"{moved['redeemed']:,} for {worth}")


def _tier(say: Tongue, sale: Document) -> str:
    raised = say.tier(sale["raised_to"])
    now = say.tier(sale["tier"])
    if not raised:
        return now
    rise = f"{now} → {raised}" if now else raised
    return say(f"{rise}，下次消费起", f"{rise}, from the next sale")


def _tenders(say: Tongue, sale: Document) -> str:
    each = [
        f"{say.word('tender', name)} {money(amount)}" for name, amount in sale["tenders"].items()
    ]
    return say("，", ", ").join(each) or money(sale["due"])


def _lines(sheet: Sheet, lines: list[Document]) -> None:
    """Show the goods; a sale by amount alone has none to show."""
    if not any(line["name"] or line["sku"] for line in lines):
        return
    say = sheet.tongue
    columns = [
        Column(say.label("goods"), elastic=True),
        Column(say.label("category"), elastic=True),
        Column(say.label("quantity"), right=True),
        Column(say.label("unit_price"), right=True),
        Column(say.label("discount"), right=True),
        Column(say.label("amount"), right=True),
        Column(say.label("points"), right=True),
    ]
    rows = [
        Line(
            (
                line["name"] or line["sku"],
                line["category"],
                points(line["quantity"]),
                money(line["unit_price"]),
                money_or_none(line["discount"]),
                money(line["amount"]),
                change(line["earned"]),
            )
        )
        for line in lines
    ]
    sheet.table(say("明细", "Lines"), columns, rows)
