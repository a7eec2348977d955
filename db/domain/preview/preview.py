"""Preview: the door through which anyone can try a program on a member's story.

It runs a scenario (PROGRAM.md §5) through the functions that the counter uses, without a database.
A refused step changes nothing and the story goes on; the times in the scenario decide everything.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import UNSET

from db.domain.exact import rate
from db.domain.money import amount_text
from db.domain.preview.book import Book
from db.domain.preview.points import adjust, redeem, review, top_up
from db.domain.preview.rewards import happen
from db.domain.preview.run import Figures, Instant, Run
from db.domain.preview.sales import sell, take_return, void
from db.domain.preview.scenario import KINDS, Scenario, Step, read_scenario
from db.domain.program.program import Program
from db.domain.refusals import Refusal

_ACTS: dict[str, Callable[[Run, Any, Instant], Figures]] = {
    "sale": sell,
    "return_": take_return,
    "void": void,
    "redeem": redeem,
    "adjust": adjust,
    "event": happen,
    "top_up": top_up,
    "review": review,
}


def preview(program: Program, scenario: dict[str, Any]) -> dict[str, Any]:
    """Return what each step of a scenario comes to, as one JSON document.

    Raises:
        InvalidScenario: when the scenario is malformed; nothing was run then.
    """
    story = read_scenario(scenario)
    run = _start(program, story)
    return {"steps": [_step(run, step) for step in story.steps]}


def _start(program: Program, story: Scenario) -> Run:
    joined_on = None
    if story.member is not None and story.member.joined_on is not None:
        joined_on = date.fromisoformat(story.member.joined_on)
    book = Book(repay_share=rate(program.document.debt.repay_share), expiry=program.expiry)
    run = Run(program=program, book=book, member=story.member, joined_on=joined_on)
    if story.member is None:
        return run
    run.tags.update(story.member.tags)
    run.tier = run.kept_tier = story.member.tier or program.ladder.reached(0)
    if story.member.balance and story.steps:
        first = _instant(program, story.steps[0])
        brought = book.open_lot(
            story.member.balance,
            available_on=min(joined_on or first.on, first.on),
            expires_on=None,
            at_ms=0,
        )
        book.owing.discard(brought)
    return run


def _step(run: Run, step: Step) -> dict[str, Any]:
    when = _instant(run.program, step)
    run.book.settle(when.on)
    kind = next(kind for kind in KINDS if getattr(step, kind) is not UNSET)
    refused: dict[str, Any] | None = None
    try:
        figures = _ACTS[kind](run, getattr(step, kind), when)
    except Refusal as refusal:
        figures, refused = Figures(), refusal_data(refusal)
    return {
        "earned": figures.earned,
        "redeemed": figures.redeemed,
        "redeemed_value": amount_text(figures.redeemed_value),
        "due": amount_text(figures.due),
        "per_line": list(figures.per_line),
        **_state(run, when.on),
        "refused": refused,
        "explanation": list(figures.explanation),
    }


def refusal_data(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as `{code, details}`: fields in 分 (`*_minor`) become decimal strings."""
    details = {
        name.removesuffix("_minor"): amount_text(value)
        if name.endswith("_minor") and isinstance(value, int)
        else value
        for name, value in refusal.details.items()
    }
    return {"code": refusal.code, "details": details}


def _state(run: Run, on: date) -> dict[str, Any]:
    lots = [lot for lot in run.book.lots.values() if lot.points > 0]
    living = [lot for lot in lots if lot.expires_on is None or lot.expires_on >= on]
    living.sort(key=lambda lot: (lot.expires_on or date.max, lot.opened_at, lot.lot_id))
    measured = run.measured(on)
    in_money = run.program.ladder.measure == "net_spend"
    return {
        "available": run.book.available(on),
        "pending": run.book.pending(on),
        "lots": [
            {
                "points": lot.points,
                "available_on": lot.available_on.isoformat(),
                "expires_on": None if lot.expires_on is None else lot.expires_on.isoformat(),
            }
            for lot in living
        ],
        "tier": run.tier or None,
        "qualifying": amount_text(measured) if in_money else measured,
        "stored_value": run.value.state(on),
        "coupons": run.coupons.state(run.program, on),
    }


def _instant(program: Program, step: Step) -> Instant:
    at = datetime.fromisoformat(step.at)
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(program.calendar.timezone))
    at_ms = int(at.timestamp() * 1000)
    return Instant(on=program.calendar.day_of(at_ms), at_ms=at_ms)
