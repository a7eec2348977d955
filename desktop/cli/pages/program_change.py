"""Replaying, publishing and the history of programs, on a terminal."""

from fractions import Fraction
from typing import Any, Final

from desktop.cli.pages.day import bar
from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, change, money, points, several
from desktop.wording.speech import share_said

Document = dict[str, Any]
_ROWS: Final[tuple[tuple[str, str], ...]] = (
    ("member_sales", "count"),
    ("earned", "count"),
    ("worth", "money"),
    ("discount", "money"),
    ("cost", "money"),
    ("rebate", "share"),
    ("redeemed", "count"),
    ("redeemed_value", "money"),
    ("coupons", "count"),
    ("due", "money"),
)
_WORDS: Final = {
    "member_sales": ("会员消费笔数", "Sales to members"),
    "earned": ("发放积分", "Points given"),
    "worth": ("积分折算金额", "Worth of the points"),
    "discount": ("直接优惠", "Taken off"),
    "cost": ("成本合计", "Cost together"),
    "rebate": ("会员实得比例", "Effective rebate"),
    "redeemed": ("抵扣用掉的积分", "Points used to pay"),
    "redeemed_value": ("积分抵扣金额", "Paid with points"),
    "coupons": ("发出优惠券", "Coupons issued"),
    "due": ("应收", "Due"),
}


def replay_page(sheet: Sheet, answer: Document) -> None:
    """Show both programs beside each other, the levels, and how members' changes are spread."""
    say, members = sheet.tongue, answer["members"]
    now, then = answer["in_force"], answer["proposed"]
    days = several(answer["days"], "day with sales", "days with sales")
    sheet.say(
        say(
            f"{answer['day_from']} 至 {answer['day_to']}，有消费的 {answer['days']} 天，"
            f"共 {now['sales']:,} 笔",
            f"{answer['day_from']} to {answer['day_to']}: {days}, {now['sales']:,} sales",
        )
    )
    _figures(sheet, now, then, answer["difference"])
    _levels(sheet, now["levels"], then["levels"])
    sheet.gap()
    sheet.say(
        say(
            f"{members['buying']:,} 位会员：{members['gain']:,} 位多得，"
            f"{members['lose']:,} 位少得，{members['same']:,} 位不变。",
            f"{several(members['buying'], 'member', 'members')}: {members['gain']:,} get more, "
            f"{members['lose']:,} get less, {members['same']:,} the same.",
        )
    )
    _spread(sheet, answer["distribution"])
    sheet.gap()
    sheet.say(
        say(
            "同一批消费在两个方案下重算一遍；积分按全部用完折算。"
            "当时的优惠券和优惠码、已撤销的消费不算在内。",
            "The same sales under both programs; points count as if all of them were used. "
            "Coupons and codes of then are left out, and so are sales taken back.",
        )
    )


def published_page(sheet: Sheet, answer: Document) -> None:
    """Say from when a program counts, and what it takes over from."""
    say, since = sheet.tongue, answer["effective_on"]
    mark, later = f"{answer['program']}@{answer['version']}", answer["overtaken_by"]
    if later:
        sheet.say(
            say(
                f"{mark} 以前发布过，这次没有变化；现行的是 {later}。",
                f"{mark} was published before; nothing changed, and {later} is in force.",
            )
        )
        return
    if answer["in_force"]:
        sheet.say(say(f"已发布 {mark}，现在起生效。", f"Published: {mark}, in force now."))
    else:
        sheet.say(say(f"已发布 {mark}，{since} 起生效。", f"Published: {mark}, from {since} on."))
    if answer["replaces"]:
        sheet.say(
            say(f"它接替 {answer['replaces']}。", f"It takes over from {answer['replaces']}.")
        )


def history_page(sheet: Sheet, answer: Document) -> None:
    """List the versions in the order in which they come into force."""
    say = sheet.tongue
    columns = [
        Column(say.label("program"), elastic=True),
        Column(say.label("version"), right=True),
        Column(say.label("effective_on")),
        Column(say("发布时间", "Published")),
        Column(say("发布人", "By"), elastic=True),
        Column(""),
    ]
    rows = [
        Line(
            (
                each["program"],
                str(each["version"]),
                each["effective_on"],
                say.moment(each["published_at"]) or say("建店时", "with the home"),
                each["published_by"],
                say("现行", "in force") if each["in_force"] else "",
            )
        )
        for each in answer["versions"]
    ]
    sheet.table(say("各版本", "Versions"), columns, rows)


def _figures(sheet: Sheet, now: Document, then: Document, by: Document) -> None:
    say = sheet.tongue
    columns = [
        Column("", elastic=True),
        Column(now["program"], right=True),
        Column(then["program"], right=True),
        Column(say("相差", "Difference"), right=True),
    ]
    rows = [
        Line(
            (
                say(*_WORDS[name]),
                _shown(now[name], kind),
                _shown(then[name], kind),
                _signed(by[name], kind),
            )
        )
        for name, kind in _ROWS
    ]
    sheet.table(say("现行方案与新方案", "In force, and proposed"), columns, rows)


def _levels(sheet: Sheet, *sides: list[Document]) -> None:
    say = sheet.tongue
    held = [{level["code"]: level["members"] for level in side} for side in sides]
    columns = [
        Column(say.label("tier"), elastic=True),
        Column(say("现行", "In force"), right=True),
        Column(say("新方案", "Proposed"), right=True),
    ]
    codes = dict.fromkeys(code for side in held for code in side)
    rows = [
        Line((say.tier(code), *(points(side[code]) if code in side else "" for side in held)))
        for code in codes
    ]
    sheet.table(say("期末各等级会员数", "Members at each level at the end"), columns, rows)


def _spread(sheet: Sheet, buckets: list[Document]) -> None:
    """Draw a bar for each range of change, from the greatest loss to the greatest gain."""
    say = sheet.tongue
    longest = max(bucket["members"] for bucket in buckets) or 1
    columns = [
        Column(say("每位会员多得", "A member gets more by"), right=True),
        Column(say.label("members"), right=True),
        Column(""),
    ]
    rows = [
        Line((_range(say, each), points(each["members"]), bar(each["members"] / longest)))
        for each in buckets
    ]
    sheet.table(say("会员得失的分布", "How the changes are spread"), columns, rows)


def _range(say: Tongue, bucket: Document) -> str:
    least, most = (_whole(bucket[end]) for end in ("least", "most"))
    if bucket["least"] == bucket["most"]:
        return say("不变", "nothing")
    return f"{least} – {most}"


def _whole(text: str) -> str:
    """Return an amount without its empty 分: `¥10`, `−¥2`."""
    return money(text).removesuffix(".00")


def _shown(value: Any, kind: str) -> str:
    match kind:
        case "money":
            return money(value)
        case "share":
            return share_said(value, 2)
        case _:
            return points(value)


def _signed(value: Any, kind: str) -> str:
    """Return a difference with its sign; nothing for none."""
    if Fraction(str(value)) == 0:
        return ""
    sign = "+" if Fraction(str(value)) > 0 else ""
    match kind:
        case "money":
            return f"{sign}{money(value)}"
        case "share":
            return f"{sign}{share_said(value, 2)}".replace("-", "−")
        case _:
            return change(value)
