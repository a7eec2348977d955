"""From what was typed for an act to the sheet that shows it: one scene in, one state out. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.domain.lookup.names import mask_email
from db.domain.lookup.phone import parse_phone
from db.domain.lookup.phone_text import PhoneInvalid
from db.queries.member_page import MemberPage
from desktop.runtime.desk import DeskFacts, Person
from desktop.screens.member import act_words, tables
from desktop.screens.member.acts import FORMS, Typed
from desktop.screens.member.state import ActKind, ActState, FieldRow
from desktop.widgets.banner import Notice
from desktop.widgets.choice_grid import Choice
from desktop.widgets.result_list import ResultRow
from desktop.wording.figures import day_text
from desktop.wording.people import result_row, shown_name, shown_phone
from desktop.wording.refusals import phone_text

translate = QCoreApplication.translate
GENDERS = ("female", "male", "other")
POINTS = re.compile(r"([+\-−]?)(\d{1,8})")
"""What a correction may look like; the sign may be a hyphen or U+2212."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An act under way: what was typed, who may approve, whether a PIN is being asked for."""

    typed: Typed
    facts: DeskFacts
    people: Sequence[Person]
    approver: Person | None
    asking: bool
    notice: Notice | None


def picture(scene: Scene) -> ActState:
    """Return the sheet to draw."""
    typed, own = scene.typed, scene.facts.home.own_authority
    form, kind = FORMS[typed.kind], typed.kind
    missing = _missing(scene)
    confirm = missing or act_words.promise(
        kind,
        points=points_of(typed.texts.get("points", "")),
        name=_other_name(typed),
        own_authority=own,
    )
    if typed.armed:
        confirm = translate("Member", "再按一次，{what}").format(what=confirm)
    elif typed.recycled and not missing:
        confirm = translate("Member", "号码换人了，改给这位会员")
    asking = scene.asking
    return ActState(
        title=act_words.act_name(kind),
        intro=act_words.intro(kind, own_authority=own),
        confirm=confirm,
        usable=not missing and not asking,
        danger=form.twice,
        fields=() if asking else tuple(_field(name, typed) for name in form.fields),
        genders=_genders(typed) if form.genders and not asking else (),
        reasons=() if asking else _reasons(typed),
        candidates=() if asking else _candidates(scene),
        current=typed.other,
        prompt=_prompt(scene) if asking else "",
        approvers=tuple(Choice(person.name, on=False) for person in scene.people)
        if asking and scene.approver is None
        else (),
        asks_pin=asking and scene.approver is not None,
        notice=scene.notice,
    )


def points_of(text: str) -> int:
    """Return the points of a correction; 0 for what is none."""
    found = POINTS.fullmatch(text.strip().replace(",", ""))
    if found is None:
        return 0
    return -int(found[2]) if found[1] in {"-", "−"} else int(found[2])


def phone_taken() -> str:
    """Return what to do when another member has the phone already."""
    return translate(
        "Member", "这个号码是另一位会员的。若号码已经换人，再按一次：从他那里取下，改给这位会员"
    )


def _missing(scene: Scene) -> str:
    """Return what is still to be typed or chosen; empty when the act can be done."""
    typed = scene.typed
    if (text := _missing_text(typed, scene.facts.home.region)) != "":
        return text
    if FORMS[typed.kind].reason and typed.reason < 0:
        return translate("Member", "请先选原因")
    chosen = typed.kind not in {ActKind.MERGE, ActKind.UNMERGE} or typed.other >= 0
    return "" if chosen else translate("Member", "请选一位")


def _missing_text(typed: Typed, region: str) -> str:
    match typed.kind:
        case ActKind.EDIT if not typed.texts and typed.gender is None:
            return translate("Member", "还没有改动")
        case ActKind.TAG if not typed.texts.get("tag", "").strip():
            return translate("Member", "请输入标签")
        case ActKind.ADJUST if not points_of(typed.texts.get("points", "")):
            return translate("Member", "请输入积分")
        case ActKind.PHONE:
            try:
                parse_phone(typed.texts.get("phone", ""), region)
            except PhoneInvalid as refusal:
                return phone_text(refusal)
    return ""


def _field(name: str, typed: Typed) -> FieldRow:
    page = typed.page
    labels = {
        "points": translate("Member", "加减多少积分"),
        "tag": translate("Member", "标签"),
        "search": translate("Member", "手机号、后四位、姓名、会员号"),
        "phone": translate("Member", "新手机号"),
    }
    label = labels.get(name) or tables.field_name(name)
    shown, hint = _known(name, page, revealed=typed.revealed)
    return FieldRow(name, label, typed.texts.get(name, shown), hint)


def _known(name: str, page: MemberPage, *, revealed: bool) -> tuple[str, str]:
    """Return what stands in a line before it is touched, and the hint while it is empty.

    An address or a note that was not revealed is not shown; what is typed takes its place.
    """
    known = {
        "name": page.card.name,
        "birthday": page.card.birthday,
        "city": page.details.city,
        "email": page.details.email,
        "note": page.details.note,
    }.get(name, "")
    if name in {"email", "note"} and known and not revealed:
        masked = mask_email(known) if name == "email" else "*"
        return "", translate("Member", "{masked}，不改就不填").format(masked=masked)
    hints = {"birthday": translate("Member", "如 05-20，或只填月份 05")}
    return known, hints.get(name, "")


def _genders(typed: Typed) -> tuple[Choice, ...]:
    now = typed.page.card.gender if typed.gender is None else typed.gender
    return tuple(Choice(tables.gender_name(each), on=each == now) for each in GENDERS)


def _reasons(typed: Typed) -> tuple[Choice, ...]:
    texts = act_words.reasons(typed.kind)
    return tuple(Choice(text, on=place == typed.reason) for place, text in enumerate(texts))


def _candidates(scene: Scene) -> tuple[ResultRow, ...]:
    typed, facts = scene.typed, scene.facts
    if typed.kind is ActKind.UNMERGE:
        merged = translate("Member", "{day} 合并")
        return tuple(
            ResultRow(
                shown_name(each.name),
                shown_phone(each.phone),
                each.number,
                merged.format(
                    day=day_text(facts.home.calendar.local(each.merged_at).date(), facts.day)
                ),
            )
            for each in typed.page.merged
        )
    return tuple(result_row(found, program=facts.program, today=facts.day) for found in typed.found)


def _other_name(typed: Typed) -> str:
    if typed.other < 0:
        return ""
    if typed.kind is ActKind.UNMERGE:
        return shown_name(typed.page.merged[typed.other].name)
    return shown_name(typed.found[typed.other].name) if typed.found else ""


def _prompt(scene: Scene) -> str:
    if not scene.people:
        return translate("Member", "本店没有可以授权的人")
    if scene.approver is None:
        return translate("Member", "请谁授权？")
    words = translate("Member", "请{name}输入 PIN，同意{what}")
    return words.format(name=scene.approver.name, what=act_words.act_name(scene.typed.kind))
