"""From a member as the book knows him to the page that shows him: one scene in, one state. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.domain.consent import MARKETING, MEMBERSHIP
from db.domain.lookup.names import mask_email
from db.domain.lookup.phone_masks import group_phone
from db.domain.staff import Leave
from db.queries.member_details import ConsentEntry
from db.queries.member_page import MemberPage
from desktop.devices.qr_code import code_matrix
from desktop.runtime.desk import DeskFacts
from desktop.screens.member import act_words, tables, words
from desktop.screens.member.state import (
    ActButton,
    ActKind,
    MemberState,
    Privacy,
    Profile,
    TablePage,
)
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.chip import ChipKind
from desktop.wording.figures import moment_text
from desktop.wording.people import channel_name, shown_name, shown_phone, shown_tier

translate = QCoreApplication.translate
FROZEN, ERASED = "frozen", "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A member's page as it stands now; `leave_to` says who may do what alone."""

    page: MemberPage
    facts: DeskFacts
    now_ms: int
    leave_to: Callable[[ActKind], Leave]
    revealed: bool
    can_save: bool
    more: bool
    notice: Notice | None


def picture(scene: Scene) -> MemberState:
    """Return the page to draw."""
    page, facts, now_ms = scene.page, scene.facts, scene.now_ms
    card = page.card
    upgrade, share = words.upgrade(card, facts.program)
    joined = translate("Member", "{day} 入会·{branch}·来源 {channel}")
    return MemberState(
        name=shown_name(card.name, card.gender),
        phone=group_phone(card.phone or "") if scene.revealed else shown_phone(card.phone),
        tier=shown_tier(facts.program, card.tier),
        joined=joined.format(
            day=card.joined_on.isoformat(),
            branch=card.home_branch,
            channel=channel_name(card.channel),
        ),
        figures=words.figures(card),
        facts=words.facts(card, page.details, desk=facts, now_ms=now_ms),
        upgrade=upgrade,
        upgrade_share=share,
        number=card.number,
        code=code_matrix(card.number),
        can_save=scene.can_save,
        usable=card.state == "active",
        keeps_value=facts.program.stored_value is not None,
        tags=page.tags,
        reveal=_button(scene, ActKind.REVEAL, possible=bool(card.phone) and not scene.revealed),
        tag=_button(scene, ActKind.TAG, possible=card.state == "active"),
        history=_history(scene),
        points=tables.points_table(page, facts, now_ms),
        coupons=tables.coupons_table(page, facts),
        value=tables.value_table(page, facts, now_ms),
        profile=Profile(_profile(scene), _acts(scene)),
        privacy=_privacy(scene),
        notice=scene.notice or _standing_notice(page),
    )


def _history(scene: Scene) -> TablePage:
    calendar, status = scene.facts.home.calendar, scene.facts.status
    rows = tuple(
        words.history_row(row, calendar=calendar, now_ms=scene.now_ms, status=status)
        for row in scene.page.history
    )
    empty = translate("Member", "还没有消费记录")
    return TablePage(words.history_columns(), rows, empty, more=scene.more)


def _profile(scene: Scene) -> tuple[Benefit, ...]:
    card, details = scene.page.card, scene.page.details
    none = translate("Member", "无")
    email, note = details.email, details.note
    if not scene.revealed:
        email, note = mask_email(email), "*" if note else ""
    said = (
        ("phone", group_phone(card.phone or "") if scene.revealed else shown_phone(card.phone)),
        ("name", card.name if scene.revealed else shown_name(card.name) if card.name else ""),
        ("gender", tables.gender_name(card.gender)),
        ("birthday", card.birthday),
        ("email", email),
        ("city", details.city),
        ("note", note),
    )
    rows = [Benefit(tables.field_name(field), text or none) for field, text in said]
    rows.append(Benefit(translate("Member", "会员号"), card.number))
    if details.referrer_number:
        rows.append(Benefit(translate("Member", "介绍人"), details.referrer_number))
    if details.external_id:
        rows.append(Benefit(translate("Member", "外部编号"), details.external_id))
    rows += [
        Benefit(translate("Member", "已并入"), f"{shown_name(each.name)} {each.number}")
        for each in scene.page.merged
    ]
    return tuple(rows)


def _acts(scene: Scene) -> tuple[ActButton, ...]:
    """Return what can be done, in the order of how often it is."""
    card = scene.page.card
    living, frozen = card.state != ERASED, card.state == FROZEN
    active = living and not frozen
    shown = [
        _button(scene, ActKind.EDIT, possible=living),
        _button(scene, ActKind.PHONE, possible=living),
        _button(scene, ActKind.RECYCLED, possible=living and bool(card.phone)),
        _button(scene, ActKind.ADJUST, possible=active),
        _button(scene, ActKind.UNFREEZE if frozen else ActKind.FREEZE, possible=living),
        _button(scene, ActKind.MERGE, possible=active),
    ]
    if scene.page.merged:
        shown.append(_button(scene, ActKind.UNMERGE, possible=True))
    return tuple(shown)


def _button(scene: Scene, kind: ActKind, *, possible: bool) -> ActButton:
    """Return the way to an act; greyed where the role may not, with whom to ask."""
    name, leave = act_words.act_name(kind), scene.leave_to(kind)
    if leave is Leave.NO:
        return ActButton(
            kind, translate("Member", "{what}（店长）").format(what=name), usable=False
        )
    return ActButton(kind, name, usable=possible)


def _privacy(scene: Scene) -> Privacy:
    page = scene.page
    consents = page.details.consents
    living = page.card.state != ERASED
    return Privacy(
        consents=tuple(
            Benefit(label, _consent(scene, purpose))
            for purpose, label in (
                (MEMBERSHIP, translate("Member", "会员服务")),
                (MARKETING, translate("Member", "优惠短信")),
            )
        ),
        agreed=consents.get(MARKETING, False),
        consent=_button(scene, ActKind.CONSENT, possible=living),
        erase=_button(scene, ActKind.ERASE, possible=living),
        changes=tables.changes_table(page, scene.facts, scene.now_ms, revealed=scene.revealed),
    )


def _consent(scene: Scene, purpose: str) -> str:
    """Return what he said last of a purpose: yes or no, when, how, in which version."""
    entries = [each for each in scene.page.details.consent_history if each.purpose == purpose]
    yes = scene.page.details.consents.get(purpose, False)
    answer = translate("Member", "同意") if yes else translate("Member", "未同意")
    if not entries:
        return answer
    last = entries[-1]
    at = moment_text(last.given_at, calendar=scene.facts.home.calendar, now_ms=scene.now_ms)
    words = translate("Member", "{answer}·v{version}·{at}·{how}")
    return words.format(answer=answer, version=last.text_version, at=at, how=_basis(last))


def _basis(entry: ConsentEntry) -> str:
    names = {
        "spoken": translate("Member", "口头"),
        "screen": translate("Member", "顾客屏"),
        "paper": translate("Member", "书面"),
    }
    return names.get(entry.basis, entry.basis)


def _standing_notice(page: MemberPage) -> Notice | None:
    """Return what everybody who opens the page has to know."""
    if page.wishes:
        asked = {
            "merge": act_words.act_name(ActKind.MERGE),
            "unmerge": act_words.act_name(ActKind.UNMERGE),
            "erase": act_words.act_name(ActKind.ERASE),
        }
        what = asked.get(page.wishes[0].act, act_words.act_name(ActKind.MERGE))
        words = translate("Member", "已提出{what}，待总部确认").format(what=what)
        return Notice(ChipKind.NEUTRAL, words)
    if page.card.state == FROZEN:
        return Notice(
            ChipKind.WARN, translate("Member", "已冻结，不能积分和使用。可以在「资料」解冻")
        )
    if page.card.state == ERASED:
        return Notice(ChipKind.WARN, translate("Member", "已注销，个人资料已经删除"))
    return None
