"""Coupons on a terminal: issued, listed, looked at, taken away."""

from fractions import Fraction
from typing import Any

from db.domain.exact import rate_text
from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, money, several

Document = dict[str, Any]


def issued_page(sheet: Sheet, answer: Document) -> None:
    """Say what was issued."""
    count = len(answer["coupons"])
    say = sheet.tongue
    sheet.say(say(f"已发 {count} 张券。", f"{several(count, 'coupon', 'coupons')} issued."))
    coupons_table(sheet, answer["coupons"])


def list_page(sheet: Sheet, answer: Document) -> None:
    """Show coupons, one a line."""
    if not answer["coupons"]:
        sheet.say(sheet.tongue("没有券。", "There are no coupons."))
    coupons_table(sheet, answer["coupons"])


def shown_page(sheet: Sheet, answer: Document) -> None:
    """Show one coupon with its use."""
    say = sheet.tongue
    sheet.facts(
        [
            (say.label("coupon"), answer["id"]),
            (say("券种", "Kind"), say.named(f"coupon:{answer['code']}")),
            (say.label("value"), worth(say, answer)),
            (say.label("state"), say.word("coupon_state", answer["state"])),
            (say.label("valid_to"), days(say, answer)),
            (say.label("issued_on"), answer["issued_on"]),
            (say.label("number"), answer["number"] or say("不记名", "whoever brings it")),
            (say.label("used_on"), answer.get("used_on") or ""),
            (say.label("used_value"), money(answer["used_value"]) if answer.get("sale_id") else ""),
            (say.label("sale_id"), answer.get("sale_id") or ""),
        ]
    )


def voided_page(sheet: Sheet, answer: Document) -> None:
    """Say which coupon is good no more."""
    say = sheet.tongue
    sheet.say(say(f"券 {answer['id']} 已作废。", f"Coupon {answer['id']} is void."))


def coupons_table(sheet: Sheet, coupons: list[Document]) -> None:
    """Show coupons in a table; nothing for none."""
    say = sheet.tongue
    columns = [
        Column(say.label("coupon")),
        Column(say("券种", "Kind"), elastic=True),
        Column(say.label("value"), right=True),
        Column(say.label("valid_to")),
        Column(say.label("state")),
    ]
    rows = [
        Line(
            (
                coupon["id"],
                say.named(f"coupon:{coupon['code']}"),
                worth(say, coupon),
                days(say, coupon),
                _state(say, coupon),
            )
        )
        for coupon in coupons
    ]
    if rows:
        sheet.table(say("券", "Coupons"), columns, rows)


def _state(say: Tongue, coupon: Document) -> str:
    """Return what may be done with a coupon, and that it is not held here where that was asked."""
    state = say.word("coupon_state", coupon["state"])
    if coupon.get("usable_here", True):
        return state
    return say(f"{state}，不在本机", f"{state}, not held here")


def worth(say: Tongue, coupon: Document) -> str:
    """Return what a coupon takes off, in words."""
    kind, value = coupon["kind"], coupon["value"]
    if kind == "amount":
        return money(value)
    if kind == "percent":
        return say(f"减 {_percent(value)}", f"{_percent(value)} off")
    if kind == "gift":
        return say(f"送 {value}", f"{value} free")
    return say("免运费", "free delivery") if kind == "delivery" else ""


def days(say: Tongue, coupon: Document) -> str:
    """Return from when to when a coupon is good; a coupon without end says so."""
    first, last = coupon["valid_from"], coupon["valid_to"]
    if first is None and last is None:
        return say("不过期", "never ends")
    if first is None:
        return say(f"到 {last}", f"until {last}")
    return say(f"{first} 起", f"from {first}") if last is None else f"{first}–{last}"


def _percent(share: str) -> str:
    return f"{rate_text(Fraction(share) * 100)}%"
