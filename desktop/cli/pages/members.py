"""Members on a terminal: one of them, a list, what was agreed to; phones as the answer has them."""

from decimal import Decimal
from typing import Any

from desktop.cli.pages.conflicts import asked_words
from desktop.cli.pages.profiles import changes_table
from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, change, money, money_or_none, points, several

Document = dict[str, Any]
ROWS_MAX = 20


def member_page(sheet: Sheet, member: Document) -> None:
    """Show a member: who it is, the points, what happened lately."""
    say = sheet.tongue
    _who(sheet, member)
    sheet.gap()
    sheet.facts(_profile(say, member))
    sheet.gap()
    sheet.facts(standing(say, member))
    lots_table(sheet, member["lots"])
    history = member["history"]
    title = say("最近的流水", "What happened lately")
    sheet.table(title, _columns(say), [_happened(say, row) for row in history])
    changes_table(sheet, member["profile_changes"])
    for wish in member["wishes"]:
        sheet.say(asked_words(say, wish) + say("，待总部确认", "; head office is to confirm"))
    if any(row["sale_id"] for row in history):
        sheet.next(f"points history {member['number']}")


def added_page(sheet: Sheet, member: Document) -> None:
    """Show a member who was just registered."""
    say = sheet.tongue
    name = member["name"] or member["phone_masked"]
    sheet.say(say(f"已登记会员 {name}。", f"{name} is a member now."))
    sheet.gap()
    sheet.facts(
        [
            (say.label("number"), member["number"]),
            (say.label("phone"), member["phone_masked"]),
            (say.label("tier"), say.tier(member["tier"])),
            (say.label("referrer"), member["referrer"] or ""),
            (say.label("consents"), _consents(say, member)),
        ]
    )
    amount = say("金额", "AMOUNT")
    sheet.next(f"sale add --amount {amount} --member {member['number']}")


def consent_page(sheet: Sheet, member: Document) -> None:
    """Show what a member agrees to now."""
    say = sheet.tongue
    who = f"{member['name']} {member['number']}".strip()
    sheet.say(say(f"已记录 {who} 的意愿。", f"The wish of {who} is recorded."))
    sheet.gap()
    sheet.facts([(say.label("consents"), _consents(say, member))])


def found_page(sheet: Sheet, answer: Document) -> None:
    """List who answers to a search."""
    say, members = sheet.tongue, answer["members"]
    if not members:
        sheet.say(say("没有找到会员。", "No member answers to that."))
        if answer["office_unreachable"]:
            sheet.say(
                say(
                    "本机只存本店的会员，这次又连不上总部，问不到别店的。",
                    "This counter holds its own branch's members; head office could not be asked.",
                )
            )
        return
    columns = [
        Column(say.label("number")),
        Column(say.label("name"), elastic=True),
        Column(say.label("phone")),
        Column(say.label("tier"), elastic=True),
        Column(say.label("state")),
        Column(say.label("last_visit_on")),
        Column(say.label("matched")),
    ]
    sheet.table("", columns, [_found(say, member) for member in members])
    if answer["more"]:
        sheet.gap()
        sheet.say(
            say("还有更多，请再输几个字，或用 --limit。", "There are more; type more, or --limit.")
        )


def exported_page(sheet: Sheet, answer: Document) -> None:
    """List every member; `--json` and `--format csv` have all the columns."""
    say, members = sheet.tongue, answer["members"]
    columns = [
        Column(say.label("number")),
        Column(say.label("name"), elastic=True),
        Column(say.label("phone")),
        Column(say.label("joined_on")),
        Column(say.label("visits"), right=True),
        Column(say.label("spend"), right=True),
        Column(say.label("points"), right=True),
    ]
    rows = [
        Line(
            (
                each["number"],
                each["name"],
                each["phone"],
                each["joined_on"] or "",
                points(each["visits"]),
                money(each["spend"]),
                points(each["points"]),
            )
        )
        for each in members
    ]
    sheet.table("", columns, rows)
    sheet.gap()
    sheet.say(
        say(f"共 {len(members):,} 位会员。", f"{several(len(members), 'member', 'members')}.")
    )


def standing(say: Tongue, member: Document) -> list[tuple[str, str]]:
    """Return a member's points: what there is, what may be spent here, as of when."""
    held = member["points"]
    debt = held["available"] < 0
    ends = held["next_expiry"]
    return [
        (say.label("debt" if debt else "available"), points(abs(held["available"]))),
        (say.label("redeemable_here"), points(held["redeemable_here"])),
        (say.label("pending"), points(held["pending"]) if held["pending"] else ""),
        (
            say.label("next_expiry"),
            say(f"{ends['points']:,} 分，{ends['on']}", f"{ends['points']:,} on {ends['on']}")
            if ends
            else "",
        ),
        (say.label("as_of"), say.moment(held["as_of"])),
    ]


def lots_table(sheet: Sheet, lots: list[Document]) -> None:
    """Show lots of points, the nearest end first; nothing for none."""
    say = sheet.tongue
    columns = [
        Column(say.label("remaining"), right=True),
        Column(say.label("awarded"), right=True),
        Column(say.label("leased"), right=True),
        Column(say.label("available_on")),
        Column(say.label("expires_on")),
    ]
    rows = [
        Line(
            (
                points(lot["points"]),
                points(lot["awarded"]),
                points(lot["leased"]) if lot["leased"] else "",
                lot["available_on"],
                lot["expires_on"] or say("不过期", "never"),
            )
        )
        for lot in lots
    ]
    sheet.table(say("积分批次", "Lots of points"), columns, rows)


def _who(sheet: Sheet, member: Document) -> None:
    say = sheet.tongue
    parts = [member["name"], member["number"], say.word("state", member["state"])]
    sheet.say("  ".join(filter(None, parts)))


def _profile(say: Tongue, member: Document) -> list[tuple[str, str]]:
    visits, last = member["visits"], member["last_visit_on"]
    came = say(
        f"{visits} 次，共 {money(member['spend'])}，上次 {last}",
        f"{visits}, {money(member['spend'])} in all, the last on {last}",
    )
    return [
        (say.label("phone"), member.get("phone") or member["phone_masked"]),
        (say.label("tier"), say.tier(member["tier"])),
        *_progress(say, member["tier_progress"]),
        (say.label("tags"), say("、", ", ").join(member["tags"])),
        (say.label("gender"), say.word("gender", member["gender"])),
        (say.label("birthday"), member["birthday"]),
        (say.label("email"), member.get("email") or member["email_masked"]),
        (say.label("city"), member["city"]),
        (say.label("joined_on"), "  ".join(filter(None, (member["joined_on"], member["branch"])))),
        (say.label("channel"), say.word("channel", member["channel"])),
        (say.label("referrer"), member["referrer"] or ""),
        (say.label("external_id"), member["external_id"] or ""),
        (say.label("consents"), _consents(say, member)),
        (say.label("visits"), came if visits else say("还没来过", "none yet")),
        (say.label("stored_value"), _stored(say, member["stored_value"])),
        (say.label("note"), member.get("note", "")),
    ]


def _progress(say: Tongue, missing: Document | None) -> list[tuple[str, str]]:
    """Say what is missing for the next level, and for keeping this one."""
    if missing is None:
        return []
    rows = []
    if missing["next_level"]:
        level = say.tier(missing["next_level"])
        rows.append((say.label("to_upgrade"), f"{_figure(missing['to_upgrade'])} → {level}"))
    if missing["keep_by"]:
        kept = _figure(missing["to_keep"])
        by = missing["keep_by"]
        rows.append((say.label("to_keep"), say(f"{kept}（{by} 前）", f"{kept}, by {by}")))
    return rows


def _figure(value: str | int) -> str:
    return money(value) if isinstance(value, str) else f"{value:,}"


def _stored(say: Tongue, held: Document) -> str:
    bonus = money_or_none(held["bonus"])
    total = money_or_none(held["principal"])
    told = say(f"{total}，赠送 {bonus}", f"{total} and {bonus} given") if bonus else total
    if Decimal(held["usable_here"]) == Decimal(held["principal"]) + Decimal(held["bonus"]):
        return told
    here = money(held["usable_here"])
    return say(f"{told}（本机可用 {here}）", f"{told} ({here} usable here)")


def _consents(say: Tongue, member: Document) -> str:
    answers = [
        say.word("purpose", purpose)
        + (say(" 已同意", " agreed") if agreed else say(" 未同意", " not agreed"))
        for purpose, agreed in member["consents"].items()
    ]
    return say("，", ", ").join(answers)


def _columns(say: Tongue) -> list[Column]:
    return [
        Column(say.label("at")),
        Column(say.label("kind"), elastic=True),
        Column(say.label("amount"), right=True),
        Column(say.label("points"), right=True),
        Column(say.label("where"), elastic=True),
    ]


def _happened(say: Tongue, row: Document) -> Line:
    where = " ".join(filter(None, (row["branch"], row["counter"], row["staff"])))
    return Line(
        (
            say.moment(row["at"]),
            what_happened(say, row),
            money_or_none(row["amount"]),
            change(row["points"]),
            where,
        )
    )


def what_happened(say: Tongue, row: Document) -> str:
    """Return what a row of a history is: 消费, 消费（已撤销）, 消费（用 100 分）."""
    name = say.word("happened", row["kind"])
    if row["reversed"]:
        return say(f"{name}（已撤销）", f"{name}, taken back")
    if row["kind"] == "event_award":
        return f"{name}{say('：', ': ')}{happened_event(say, row['reason'])}"
    if row["kind"] == "sale" and row["redeemed"]:
        return say(f"{name}（用 {row['redeemed']:,} 分）", f"{name}, {row['redeemed']:,} used")
    return name


def happened_event(say: Tongue, event: str) -> str:
    """Return what an event is called: 问卷, 活动 E1, 升级 金卡."""
    kind, colon, name = event.partition(":")
    word = say.word("event", kind)
    return f"{word} {say.tier(name) if kind == 'tier' else name}" if colon else word


def _found(say: Tongue, member: Document) -> Line:
    state = member["state"]
    return Line(
        (
            member["number"],
            member["name"],
            member["phone_masked"],
            say.tier(member["tier"]),
            "" if state == "active" else say.word("state", state),
            member["last_visit_on"] or "",
            say.word("matched", member["matched"]),
        )
    )
