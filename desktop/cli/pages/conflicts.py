"""Conflicts and erasures on a terminal: what does not fit, both sides, what each choice does."""

from typing import Any

from db.domain.exact import minor
from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, money_or_none, points
from desktop.wording import conflict_words as words

Document = dict[str, Any]


def conflicts_page(sheet: Sheet, answer: Document) -> None:
    """List what waits for a decision, or was decided."""
    say, conflicts = sheet.tongue, answer["conflicts"]
    if not conflicts:
        sheet.say(say("没有需要处理的冲突。", "Nothing waits for a decision."))
        return
    columns = [
        Column(say.label("found_at")),
        Column(say.label("conflict")),
        Column(say.label("members"), elastic=True),
        Column(say.label("state")),
        Column(say.label("recommended")),
    ]
    sheet.table("", columns, [_line(say, row) for row in conflicts])
    sheet.next(f"{answer['room']} conflicts show {conflicts[0]['conflict_id']}")


def conflict_page(sheet: Sheet, answer: Document) -> None:
    """Show one conflict: why, both sides, who asks, and what each choice will do."""
    say, found = sheet.tongue, answer
    sheet.title(words.kind_words(say, found["kind"]))
    sheet.say(words.why_words(say, found["kind"]))
    if error := found["details"].get("error"):
        because = words.fault_words(say, error, waits=bool(found["details"].get("waits")))
        sheet.say(say("原因：", "Because ") + because)
    sheet.gap()
    facts = [(say.label("branch"), found["branch"])]
    facts.append((say.label("found_at"), say.moment(found["found_at"])))
    facts += [(say.label("members"), _standing(say, member)) for member in found["members"]]
    if found["choice"]:
        facts.append((say.label("state"), words.outcome_words(say, found["choice"])))
    sheet.facts(facts)
    _sides(sheet, found)
    for wish in found["wishes"]:
        sheet.gap()
        sheet.say(asked_words(say, wish))
    if found["state"] == "open":
        _choices(sheet, found)


def asked_page(sheet: Sheet, answer: Document) -> None:
    """Say that head office was asked, and that nothing has changed yet."""
    say = sheet.tongue
    sheet.say(
        say(
            "已申请，待总部确认。现在什么也没有改动。",
            "Head office is asked to confirm. Nothing has changed yet.",
        )
    )
    sheet.gap()
    wish = answer["wish"]
    sheet.facts(
        [
            (say.label("choice"), words.choice_words(say, wish["act"])),
            (say.label("reason"), wish["reason"]),
        ]
    )
    sheet.next("sync now")


def erased_page(sheet: Sheet, answer: Document) -> None:
    """Say that a member is nobody any more."""
    say = sheet.tongue
    sheet.say(
        say(
            f"{answer['number']} 已注销。姓名、手机等资料已删除，账目按编号保留。",
            f"{answer['number']} is erased: name, phone and the rest are gone, the books stay.",
        )
    )


def erasures_page(sheet: Sheet, answer: Document) -> None:
    """List erasures, and which counters have carried them out."""
    say, rows = sheet.tongue, answer["erasures"]
    if not rows:
        sheet.say(say("没有注销过会员。", "Nobody was erased."))
        return
    columns = [
        Column(say.label("branch")),
        Column(say.label("counter")),
        Column(say.label("state")),
        Column(say.label("done_at"), elastic=True),
    ]
    for place, row in enumerate(rows):
        if place:
            sheet.gap()
        title = f"{row['number']}  {say.moment(row['erased_at'])}"
        sheet.table(title, columns, [_device(say, each) for each in row["devices"]])


def asked_words(say: Tongue, wish: Document) -> str:
    """Return who asks for what, and why."""
    who = "·".join(part for part in (wish["branch"], wish["counter"], wish["staff"]) if part)
    choice = words.choice_words(say, wish["act"])
    reason = f"（{wish['reason']}）" if wish["reason"] else ""
    reason_en = f" ({wish['reason']})" if wish["reason"] else ""
    return say(f"{who} 申请：{choice}{reason}", f"{who} asks for: {choice}{reason_en}")


def _device(say: Tongue, row: Document) -> Line:
    waiting = say("还没有确认", "not yet confirmed")
    done = say.moment(row["done_at"]) if row["done_at"] else waiting
    return Line((row["branch"], row["counter"], say.word("device", row["state"]), done))


def _line(say: Tongue, row: Document) -> Line:
    state = say("待处理", "open")
    if row["choice"]:
        state = words.outcome_words(say, row["choice"])
    elif row["wishes"]:
        state = say("待总部确认", "asked for")
    return Line(
        (
            say.moment(row["found_at"]),
            words.kind_words(say, row["kind"]),
            say.listed([_who(member) for member in row["members"]]),
            state,
            words.choice_words(say, row["recommended"]),
        )
    )


def _sides(sheet: Sheet, found: Document) -> None:
    say = sheet.tongue
    if not found["sides"]:
        return
    columns = [
        Column(say.label("at")),
        Column(say.label("act")),
        Column(say.label("counter"), elastic=True),
        Column(say.label("amount"), right=True),
        Column(say.label("points"), right=True),
        Column(say.label("said")),
    ]
    sheet.table(say.label("sides"), columns, [_side(say, side) for side in found["sides"]])


def _side(say: Tongue, side: Document) -> Line:
    where = "·".join(part for part in (side["branch"], side["counter"], side["staff"]) if part)
    said = say.word("event", side["said"]) if side["act"] == "event_award" else side["said"]
    return Line(
        (
            say.moment(side["at"]),
            words.act_words(say, side["act"]),
            where,
            money_or_none(side["amount"]),
            points(side["points"]) if side["points"] else "",
            said,
        )
    )


def _choices(sheet: Sheet, found: Document) -> None:
    say, facts = sheet.tongue, _facts(found)
    sheet.gap()
    sheet.title(say.label("choices"))
    for choice in found["choices"]:
        mark = say("（建议）", " (recommended)") if choice == found["recommended"] else ""
        sheet.say(f"{choice}  {words.choice_words(say, choice)}{mark}")
        sheet.say(words.effect_words(say, choice, facts), indent="    ")
    room, conflict = found["room"], found["conflict_id"]
    sheet.next(f"{room} conflicts resolve {conflict} --choice {found['recommended']}")


def _facts(found: Document) -> words.ConflictFacts:
    members = [_who(member) for member in found["members"]]
    later: Document = found["sides"][-1] if found["sides"] else {"amount": "0", "points": 0}
    return words.ConflictFacts(
        kind=found["kind"],
        first=members[0] if members else "",
        later=members[-1] if members else "",
        together=sum(member["balance"] for member in found["members"]),
        amount=minor(later["amount"]),
        points=later["points"],
        value=int(found["details"].get("value", 0)),
    )


def _standing(say: Tongue, member: Document) -> str:
    word = say(f"{points(member['balance'])} 分", f"{points(member['balance'])} points")
    return f"{_who(member)}  {member['phone_masked']}  {word}"


def _who(member: Document) -> str:
    return f"{member['name']} {member['number']}".strip()
