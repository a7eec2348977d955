"""From what the counter knows to what its screen shows: one scene in, one state out. Pure."""

from dataclasses import dataclass

from db.queries.member_card import MemberCard
from db.services.sales import Sold
from desktop.runtime.desk import DeskFacts
from desktop.screens.counter import words
from desktop.screens.counter.bill import Preview
from desktop.screens.counter.draft import Draft
from desktop.screens.counter.finder import Finder
from desktop.screens.counter.state import CounterState, Field
from desktop.widgets.banner import Notice
from desktop.widgets.explanation import Explanation
from desktop.wording.people import result_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stands at the counter now; `newcomer` has just been enrolled, `armed` is tap one of two.

    `sold` is the sale that was recorded here last. `lendable` says that points which are not here
    could be had from head office, or are all here.
    """

    facts: DeskFacts
    now_ms: int
    at: Field
    finder: Finder
    draft: Draft
    card: MemberCard | None
    preview: Preview | None
    newcomer: bool
    armed: bool
    lendable: bool
    can_save: bool
    notice: Notice | None
    sold: Sold | None = None


def picture(scene: Scene) -> CounterState:
    """Return the state to draw."""
    facts, card, preview, draft = scene.facts, scene.card, scene.preview, scene.draft
    phone = draft.is_phone(facts.home.region)
    if preview is not None:
        benefits = words.benefit_rows(preview, card)
    else:
        benefits = words.member_rows(card, facts)
    chips = welcome = None
    if card is not None and preview is not None:
        chips = words.chips(preview, card, points=draft.points, lendable=scene.lendable)
    elif card is not None and scene.newcomer:
        welcome = words.welcome(card, can_save=scene.can_save)
    return CounterState(
        at=scene.at,
        finder=words.finder_entry(scene.finder, active=scene.at is Field.FINDER),
        amount=words.amount_entry(
            draft.amount, active=scene.at is Field.AMOUNT, looks_like_phone=phone
        ),
        confirm=words.confirm(preview, card, amount=draft.amount, caution=scene.armed),
        member=None
        if card is None
        else words.member_face(card, facts, scene.now_ms, lendable=scene.lendable),
        results=tuple(
            result_row(found, program=facts.program, today=facts.day)
            for found in scene.finder.answer.members
        ),
        results_note=words.results_note(scene.finder),
        benefits=benefits,
        chips=chips or (),
        welcome=welcome,
        notice=words.phone_notice() if phone and scene.notice is None else scene.notice,
        why=_why(scene),
        last=words.last_sale(facts.status.last_sale, facts, scene.now_ms),
    )


def _why(scene: Scene) -> Explanation:
    """Return why this sale would earn what it does; at an empty counter, why the last one did.

    A notice takes its place there: it is newer than the last sale.
    """
    program, last = scene.facts.program, scene.facts.status.last_sale
    if scene.preview is not None:
        if scene.card is None:
            return Explanation()
        result = scene.preview.result
        return words.why(result.explanation, result.earned, program)
    sold = scene.sold
    if sold is None or sold.member_id is None or scene.card or scene.notice:
        return Explanation()
    if last is None or last.sale_id != sold.sale_id:
        return Explanation()
    return words.why(sold.explanation, sold.earned, program)
