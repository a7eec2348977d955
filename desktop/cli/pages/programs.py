"""Programs on a terminal: in force, checked, and tried on a story step by step."""

from typing import Any

from desktop.cli.pages.sheet import INDENT, Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, money, points
from desktop.cli.sentences import sentence
from desktop.wording.explained import explained
from desktop.wording.program_sections import program_sections

Document = dict[str, Any]


def checked_page(sheet: Sheet, answer: Document) -> None:
    """Say that a program can be used, or what it asks that counters cannot do yet."""
    say, beyond = sheet.tongue, [path.removeprefix("$.") for path in answer["not_at_counter_yet"]]
    if beyond:
        sheet.say(
            say(
                "方案没有错，可以试算；下面几项柜台还不支持，不能发布：",
                "The program is right and can be tried; it cannot be published, for counters do"
                " not know this yet:",
            )
        )
        for path in beyond:
            sheet.say(path, indent=INDENT)
    else:
        sheet.say(say("方案没有错，可以采用。", "The program is right and can be used."))
    sheet.gap()
    sheet.facts(
        [
            (say.label("program"), answer["program"]),
            (say.label("version"), str(answer["version"])),
            (say.label("effective_on"), answer["effective_on"]),
            (say.label("rules"), str(answer["rules"])),
            (say.label("levels"), str(answer["levels"]) if answer["levels"] else ""),
        ]
    )


def program_page(sheet: Sheet, answer: Document) -> None:
    """Show the program in force in words, and which versions there are."""
    say, document = sheet.tongue, answer["document"]
    name = document["name"].get(say.language) or document["name"]["zh"]
    version, since = answer["version"], answer["effective_on"]
    sheet.say(
        say(f"{name}：第 {version} 版，{since} 起", f"{name}: version {version}, from {since} on")
    )
    sheet.gap()
    sections = program_sections(say, document)
    sheet.facts([(section.title, "\n".join(section.lines)) for section in sections])
    columns = [
        Column(say.label("version"), right=True),
        Column(say.label("effective_on")),
        Column("", elastic=True),
    ]
    rows = [
        Line(
            (
                str(each["version"]),
                each["effective_on"],
                say("现行", "in force") if each["in_force"] else "",
            )
        )
        for each in answer["versions"]
    ]
    if len(rows) > 1:
        sheet.table(say("各版本", "Versions"), columns, rows)


def story_page(sheet: Sheet, answer: Document) -> None:
    """Show what each step of a story comes to, and why."""
    say = sheet.tongue
    for number, step in enumerate(answer["steps"], start=1):
        sheet.title(_step(say, number, step))
        if step["refused"] is not None:
            refused = step["refused"]
            said = sentence(refused["code"], refused["details"], say.language)
            sheet.say(said, indent=INDENT)
            continue
        for text in explained(say, step["explanation"]):
            sheet.say(text, indent=INDENT)
        sheet.say(_after(say, step), indent=INDENT)


def _step(say: Tongue, number: int, step: Document) -> str:
    if step["refused"] is not None:
        return say(f"第 {number} 步：不成立", f"Step {number}: refused")
    parts = [say(f"应收 {money(step['due'])}", f"due {money(step['due'])}")]
    if step["redeemed"]:
        worth = money(step["redeemed_value"])
        parts.append(
            say(f"用 {step['redeemed']:,} 分抵 {worth}", f"{step['redeemed']:,} points pay {worth}")
        )
    parts.append(say(f"得 {points(step['earned'])} 分", f"earns {points(step['earned'])}"))
    return say(f"第 {number} 步：", f"Step {number}: ") + say("，", ", ").join(parts)


def _after(say: Tongue, step: Document) -> str:
    parts = [say(f"之后可用 {points(step['available'])} 分", f"Then {points(step['available'])}")]
    if step["pending"]:
        parts.append(say(f"待生效 {points(step['pending'])}", f"{points(step['pending'])} pending"))
    if step["tier"]:
        parts.append(say.tier(step["tier"]))
    return say("，", ", ").join(parts)
