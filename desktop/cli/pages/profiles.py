"""Members who changed, were merged or told apart, and conflicts, on a terminal."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue

Document = dict[str, Any]


def changed_page(sheet: Sheet, member: Document) -> None:
    """Show a member whose profile was changed."""
    say = sheet.tongue
    sheet.say(say(f"{_who(member)} 的资料：", f"{_who(member)} is known as:"))
    sheet.gap()
    sheet.facts(_profile(say, member))


def merged_page(sheet: Sheet, member: Document) -> None:
    """Say that two are one, and what he has now."""
    say = sheet.tongue
    sheet.say(
        say(
            f"已合并到 {_who(member)}，两个会员号都能用，90 天内可以拆开。",
            f"Merged into {_who(member)}; both numbers work. It can be undone for 90 days.",
        )
    )
    sheet.gap()
    sheet.facts(_profile(say, member))
    sheet.next(f"member unmerge {member['merged_id']}")


def unmerged_page(sheet: Sheet, member: Document) -> None:
    """Say that each stands for himself."""
    say = sheet.tongue
    zh, en = f"{_who(member)} 已拆开，各算各的。", f"{_who(member)} stands alone again."
    sheet.say(say(zh, en))
    sheet.gap()
    sheet.facts(_profile(say, member))


def changes_table(sheet: Sheet, changes: list[Document]) -> None:
    """List what was said of a member himself, the newest first; nothing for nothing."""
    if not changes:
        return
    say = sheet.tongue
    columns = [
        Column(say.label("at")),
        Column(say.label("field")),
        Column(say.label("said"), elastic=True),
        Column(say.label("stands")),
        Column(say.label("counter")),
    ]
    sheet.table(say.label("profile_changes"), columns, [_change(say, row) for row in changes])


def _change(say: Tongue, row: Document) -> Line:
    said = row["said"]
    if row["field"] == "frozen":
        said = say("是", "yes") if said == "1" else say("否", "no")
    elif row["field"] == "gender" and said:
        said = say.word("gender", said)
    return Line(
        (
            say.moment(row["at"]),
            say.label(row["field"]),
            said or say("（空）", "(empty)"),
            say("是", "yes") if row["stands"] else say("已改", "since changed"),
            row["counter"],
        )
    )


def _who(member: Document) -> str:
    return f"{member['name']} {member['number']}".strip()


def _profile(say: Tongue, member: Document) -> list[tuple[str, str]]:
    shown = ("number", "phone_masked", "name", "birthday", "email_masked", "city")
    facts = [(say.label(name), str(member[name] or "")) for name in shown]
    return [*facts, (say.label("state"), say.word("state", member["state"]))]
