"""From what the stored value's screen knows to what it shows: one scene in, one state out. Pure."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.domain.stored_value.facts import TOP_UP_TENDERS
from desktop.runtime.desk import DeskFacts
from desktop.screens.value import words
from desktop.screens.value.plan import Outcome, Plan
from desktop.screens.value.state import Confirm, ValueState, Way
from desktop.widgets.amount_field import Entry
from desktop.widgets.approval_page import ApprovalState
from desktop.widgets.banner import Notice
from desktop.widgets.choice_grid import Choice
from desktop.wording.refusals import refusal_text

translate = QCoreApplication.translate
STEPS_MAX = 6
PLAIN_STEPS = ((10_000, 0), (20_000, 0), (50_000, 0))
"""What is offered where the program has no ladder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stands there now; `alone` says that the role may pay out without a second person."""

    facts: DeskFacts
    now_ms: int
    holder: words.Holder | None
    plan: Plan
    outcome: Outcome
    alone: bool
    armed: bool
    notice: Notice | None
    approval: ApprovalState | None


def picture(scene: Scene) -> ValueState:
    """Return the state to draw."""
    plan, holder = scene.plan, scene.holder
    going_out = plan.way is Way.OUT
    return ValueState(
        way=plan.way,
        line="" if holder is None else words.holder_line(holder),
        amount=_entry(scene),
        steps=_out_steps(scene) if going_out else _in_steps(scene),
        tenders=tuple(
            Choice(words.tender_name(code), code == plan.tender) for code in TOP_UP_TENDERS
        ),
        reasons=tuple(
            Choice(text, place == plan.reason) for place, text in enumerate(words.reasons())
        )
        if going_out
        else (),
        facts=() if holder is None else words.fact_rows(holder, scene.facts, scene.now_ms),
        confirm=_confirm(scene),
        hint=translate("Value", "需要店长授权") if going_out and not scene.alone else "",
        approval=scene.approval,
        notice=scene.notice,
    )


def steps_of(facts: DeskFacts) -> tuple[tuple[int, int], ...]:
    """Return the amounts that are offered to be paid in, with their bonus, in 分."""
    terms = facts.program.stored_value
    if terms is None:
        return ()
    return (terms.ladder or PLAIN_STEPS)[:STEPS_MAX]


def _in_steps(scene: Scene) -> tuple[Choice, ...]:
    typed = scene.plan.amount.minor
    return tuple(
        Choice(words.step(pay, bonus), pay == typed) for pay, bonus in steps_of(scene.facts)
    )


def _out_steps(scene: Scene) -> tuple[Choice, ...]:
    last = None if scene.holder is None else scene.holder.last_top_up
    if last is None:
        return ()
    text = translate("Value", "撤回刚才的充值 {amount}").format(amount=amount_shown(last.principal))
    return (Choice(text, scene.plan.back),)


def _entry(scene: Scene) -> Entry:
    plan, refusal = scene.plan, scene.outcome.refusal
    going_out = plan.way is Way.OUT
    label = translate("Value", "退还金额") if going_out else translate("Value", "充值金额")
    if plan.amount.too_large:
        hint = translate("Value", "金额太大，请核对")
        return Entry(label, plan.amount.shown, hint=hint, wrong=True)
    hint = "" if refusal is None else refusal_text(refusal)
    shown = plan.amount.shown
    if going_out and not plan.amount.text:
        shown = amount_shown(scene.outcome.pay)
        hint = hint or translate("Value", "不输入就全部退")
    if plan.back:
        hint = translate("Value", "连同当时送的赠金")
    return Entry(label, shown, hint=hint, wrong=refusal is not None, empty=not plan.amount.text)


def _confirm(scene: Scene) -> Confirm:
    plan, found = scene.plan, scene.outcome
    if scene.holder is None:
        return Confirm(translate("Value", "请稍等"))
    if found.refusal is not None:
        return Confirm(refusal_text(found.refusal))
    if plan.amount.too_large:
        return Confirm(translate("Value", "请核对金额"))
    if plan.way is Way.OUT:
        if plan.reason < 0:
            return Confirm(translate("Value", "请选退还的原因"))
        text = words.promise_out(found.pay, found.bonus, tender=plan.tender)
        return Confirm(text, usable=True, caution=scene.armed)
    if not found.pay:
        return Confirm(translate("Value", "请输入充值金额"))
    held = scene.holder.held
    text = words.promise_in(
        found.pay,
        found.bonus,
        tender=plan.tender,
        balance=held.principal + held.bonus + found.pay + found.bonus,
    )
    return Confirm(text, usable=True, caution=scene.armed)
