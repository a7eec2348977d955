"""Who works here on a terminal: added, given a new PIN, gone, listed."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue

Document = dict[str, Any]


def added_page(sheet: Sheet, answer: Document) -> None:
    """Say who was added."""
    say, who = sheet.tongue, _who(answer)
    role = say.word("role", answer["role"])
    sheet.say(say(f"已添加 {who}，{role}。", f"{who} was added as {role}."))
    _when(sheet, answer)
    sheet.next("staff list")


def pin_page(sheet: Sheet, answer: Document) -> None:
    """Say whose PIN is a new one."""
    say, who = sheet.tongue, _who(answer)
    sheet.say(
        say(
            f"{who} 的 PIN 已换新，旧的不能再用。",
            f"{who} has a new PIN; the old one is void.",
        )
    )
    _when(sheet, answer)


def gone_page(sheet: Sheet, answer: Document) -> None:
    """Say who signs in no more."""
    say, who = sheet.tongue, _who(answer)
    sheet.say(say(f"{who} 已离职，不能再登录。", f"{who} has left and signs in no more."))
    _when(sheet, answer)


def staff_page(sheet: Sheet, answer: Document) -> None:
    """List who works here, those who left behind the others."""
    say = sheet.tongue
    columns = [
        Column(say.label("code")),
        Column(say.label("name"), elastic=True),
        Column(say.label("role")),
        Column(say.label("state")),
    ]
    rows = [
        Line((each["code"], each["name"], say.word("role", each["role"]), _state(say, each)))
        for each in answer["staff"]
    ]
    sheet.table("", columns, rows)


def _who(answer: Document) -> str:
    return f"{answer['name']} ({answer['code']})"


def _when(sheet: Sheet, answer: Document) -> None:
    """Say at head office that counters hear of it with their next exchange."""
    say = sheet.tongue
    if answer["with_next_sync"]:
        sheet.say(say("柜台下次同步后生效。", "Counters know it after their next exchange."))


def _state(say: Tongue, person: Document) -> str:
    if not person["active"]:
        return say("已离职", "has left")
    until = say.moment(person["locked_until"])
    return say(f"PIN 锁到 {until}", f"PIN locked until {until}") if until else ""
