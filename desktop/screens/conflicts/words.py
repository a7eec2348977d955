"""Sync status and conflicts in words, masked; the sentences are those of the command line."""

from db.domain.clock import BusinessCalendar
from db.domain.conflicts import AT_ONCE
from db.domain.lookup.names import mask_name
from db.domain.lookup.phone_masks import mask_phone
from db.domain.money import amount_shown
from db.queries.conflicts import Concerned, Conflict, Side, WishShown
from db.queries.line_status import LineStatus
from db.queries.waiting_list import WaitingList
from desktop.screens.conflicts.state import Fact
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.result_list import ResultRow
from desktop.wording import conflict_words as told
from desktop.wording.figures import age_text, change_text, moment_text, points_text
from desktop.wording.lists import word_of
from desktop.wording.people import speaks_chinese
from desktop.wording.speech import Speech

_GROUPS = {
    "sale": ("消费", "Sales"),
    "reversal": ("撤销和作废", "Undone and voided"),
    "return": ("退货", "Returns"),
    "member_register": ("入会", "Joined"),
    "member_update": ("改资料", "Profile changes"),
    "consent": ("同意和撤回", "Consents"),
    "redeem": ("用积分", "Points used"),
    "adjust": ("积分调整", "Points adjusted"),
    "shift_open": ("开班", "Shifts opened"),
    "shift_close": ("交班", "Shifts closed"),
    "wish": ("申请", "Asked for"),
}
_OTHERS = ("其他", "Others")
KINDS_SHOWN = 3
_EVENTS = {
    "signup": ("入会礼", "Joining"),
    "birthday": ("生日礼", "Birthday"),
    "profile_completed": ("资料填全", "Complete profile"),
}


def voice() -> Speech:
    """Return the language that is on."""
    return Speech("zh" if speaks_chinese() else "en")


def status_rows(
    waiting: WaitingList,
    line: LineStatus,
    *,
    last_ms: int | None,
    now_ms: int,
    calendar: BusinessCalendar,
) -> tuple[Benefit, ...]:
    """Return how the line stands: the last contact, what waits by kind, and since when."""
    say = voice()
    never = say("还没有联系过", "never yet")
    last = never if last_ms is None else age_text(now_ms - last_ms)
    rows = [Benefit(say("上次联系总部", "Head office last heard"), last)]
    total = sum(each.count for each in waiting.kinds)
    rows.append(Benefit(say("待上传", "Waiting to be sent"), points_text(total), strong=True))
    if (since := waiting.since_ms) is not None:
        oldest = moment_text(since, calendar=calendar, now_ms=now_ms)
        rows.append(Benefit(say("最早一笔", "The oldest"), oldest))
    if waiting.aside:
        rows.append(Benefit(say("没有入账", "Not applied here"), points_text(waiting.aside)))
    if line.stopped:
        rows.append(Benefit(say("本版本太旧", "Version too old"), say("请升级", "upgrade")))
    if line.reread_times:
        again = say(f"{line.reread_times} 次，已重读", f"{line.reread_times} times, read again")
        rows.append(Benefit(say("和总部不一致", "Not as head office says"), again))
    return tuple(rows)


def conflict_row(found: Conflict, *, calendar: BusinessCalendar, now_ms: int) -> ResultRow:
    """Return a conflict as a row of the inbox."""
    say = voice()
    state = ""
    if found.choice is not None:
        state = told.outcome_words(say, found.choice)
    elif found.wishes:
        state = say("待总部确认", "Asked")
    who = say.listed([_name(each) for each in found.members[:2]])
    return ResultRow(
        name=told.kind_words(say, found.kind),
        phone=who or found.branch,
        tier=state,
        note=moment_text(found.opened_at, calendar=calendar, now_ms=now_ms),
    )


def title(found: Conflict) -> str:
    """Return what does not fit, in a few words."""
    return told.kind_words(voice(), found.kind)


def ended(found: Conflict) -> str:
    """Return how a decided conflict ended."""
    return told.outcome_words(voice(), found.choice or "")


def why(found: Conflict) -> str:
    """Return what happened, what is safe, and why something could not be applied."""
    say = voice()
    text = told.why_words(say, found.kind)
    error = str(found.detail.get("error", ""))
    if not error:
        return text
    because = told.fault_words(say, error, waits=bool(found.detail.get("waits")))
    return say(f"{text}原因：{because}。", f"{text} Because {because}.")


def who(found: Conflict) -> str:
    """Return the one member whom a conflict is about, masked; of two, each is a side."""
    if len(found.members) != 1:
        return ""
    member = _standing(found.members[0])
    return f"{member.what} · {member.figure}"


def facts(found: Conflict, *, calendar: BusinessCalendar, now_ms: int) -> tuple[Fact, ...]:
    """Return both sides; of two members each with how he stands and where he joined."""
    say = voice()
    sides = tuple(_side(each, calendar=calendar, now_ms=now_ms) for each in found.sides)
    people = tuple(_standing(each) for each in found.members)
    if len(people) > 1 and len(sides) == len(people):
        return tuple(
            Fact(person.what, person.figure, f"{person.where}\n{side.what} · {side.where}")
            for person, side in zip(people, sides, strict=True)
        )
    if len(people) > 1:
        return (*people, *sides)
    limit = found.detail.get("limit")
    if limit is None:
        return sides
    period = str(found.detail["period"])
    over = Fact(
        what=say("{period} 共给", "Given on {period}").format(period=period),
        figure=say("{points} 分", "{points} pts").format(
            points=points_text(found.detail["awarded"])
        ),
        where=say("上限 {points} 分", "The limit is {points}").format(points=points_text(limit)),
    )
    return (over, *sides)


def effect(found: Conflict, choice: str) -> str:
    """Return what a choice will do."""
    names = [_name(each) for each in found.members] or [""]
    later = found.sides[-1] if found.sides else None
    about = told.ConflictFacts(
        kind=found.kind,
        first=names[0],
        later=names[-1],
        together=sum(each.points for each in found.members),
        amount=0 if later is None else later.amount,
        points=0 if later is None else later.points,
        value=int(found.detail.get("value", 0)),
    )
    return told.effect_words(voice(), choice, about)


def choice_text(choice: str, *, recommended: bool) -> str:
    """Return a choice's name, and that it is the recommended one."""
    say = voice()
    text = told.choice_words(say, choice)
    text = text[:1].upper() + text[1:]
    return say(f"{text}（建议）", f"{text} (recommended)") if recommended else text


def confirm_text(choice: str, *, with_office: bool) -> str:
    """Return what the button does: decide, or ask for it."""
    say = voice()
    text = told.choice_words(say, choice)
    if with_office and choice not in AT_ONCE:
        return say(f"申请{text}，待总部确认", f"Ask head office to {text}")
    return say(f"确定：{text}", f"Confirm: {text}")


def asked_text(wish: WishShown) -> str:
    """Return who has asked for what."""
    say = voice()
    who = "·".join(part for part in (wish.branch, wish.counter, wish.staff) if part)
    choice = told.choice_words(say, wish.act)
    if wish.act in AT_ONCE:
        return say(f"{who} 已选：{choice}，联网后生效", f"{who} chose: {choice}; done once online")
    return say(f"{who} 已申请：{choice}，待总部确认", f"{who} asks for: {choice}")


def waiting_text(waiting: WaitingList) -> str:
    """Return how many of which kinds wait, the rarer ones together; nothing for nothing."""
    say = voice()
    shown = [each for each in waiting.kinds if each.kind in _GROUPS][:KINDS_SHOWN]
    parts = [f"{say(*_GROUPS[each.kind])} {points_text(each.count)}" for each in shown]
    rest = sum(each.count for each in waiting.kinds) - sum(each.count for each in shown)
    if rest:
        parts.append(f"{say(*_OTHERS)} {points_text(rest)}")
    return say("待上传：", "To be sent: ") + say.listed(parts) if parts else ""


def _standing(member: Concerned) -> Fact:
    say = voice()
    where = say("消费 {visits} 次 · {spend}", "{visits} visits · {spend}")
    return Fact(
        what=f"{_name(member)}  {mask_phone(member.phone)}".strip(),
        figure=say("{points} 分", "{points} pts").format(points=points_text(member.points)),
        where=where.format(visits=member.visits, spend=amount_shown(member.spend)),
    )


def _side(side: Side, *, calendar: BusinessCalendar, now_ms: int) -> Fact:
    say = voice()
    at = moment_text(side.at_ms, calendar=calendar, now_ms=now_ms)
    where = " · ".join(part for part in (at, side.branch, side.counter, side.staff) if part)
    figures = [amount_shown(side.amount)] if side.amount else []
    figures += [f"{change_text(side.points)}"] if side.points else []
    said = word_of(say, _EVENTS, side.text) if side.act == "event_award" else side.text
    what = told.act_words(say, side.act)
    return Fact(f"{what} {said}".strip(), "  ".join(figures), where)


def _name(member: Concerned) -> str:
    return mask_name(member.name) or member.number
