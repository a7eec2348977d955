"""From what the counter knows to what its screen shows: one scene in, one state out. Pure."""

from dataclasses import dataclass, replace

from db.queries.member_card import MemberCard
from db.queries.spendable_value import NO_VALUE, SpendableValue
from db.services.sales import Sold
from desktop.runtime.desk import DeskFacts
from desktop.screens.counter import offer_words, words
from desktop.screens.counter.bill import Preview
from desktop.screens.counter.coupon_choices import CouponChoice
from desktop.screens.counter.draft import Draft
from desktop.screens.counter.finder import Finder
from desktop.screens.counter.reprinting import NO_PRINTER, PaperState
from desktop.screens.counter.state import CounterState, Field
from desktop.widgets.banner import Notice
from desktop.widgets.explanation import Explanation
from desktop.widgets.member_card import MemberFace
from desktop.widgets.undo_bar import LastSale
from desktop.wording.figures import points_text
from desktop.wording.people import result_row
from desktop.wording.print_words import print_state

ROWS_BESIDE_NOTICE = 5
"""A window of 768 px has room for so many rows beside a notice, the reasons' key and the undo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stands at the counter now; `newcomer` has just been enrolled, `armed` is tap one of two.

    `sold` is the sale that was recorded here last. `lendable` says that points which are not here
    could be had from head office, or are all here. `choices` are the coupons in reach.
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
    goods: bool = False
    value: SpendableValue = NO_VALUE
    choices: tuple[CouponChoice, ...] = ()
    paper: PaperState = NO_PRINTER


def picture(scene: Scene) -> CounterState:
    """Return the state to draw."""
    facts, card, preview, draft = scene.facts, scene.card, scene.preview, scene.draft
    phone = draft.is_phone(facts.home.region)
    if preview is not None:
        off = offer_words.taken_off(preview, scene.choices, facts.program)
        benefits = (*words.goods_rows(draft), *words.benefit_rows(preview, card, off))
    else:
        benefits = (
            *offer_words.value_rows(scene.value, facts.day),
            *words.member_rows(card, facts),
        )
    notice = words.phone_notice() if phone and scene.notice is None else scene.notice
    chips = welcome = None
    if card is not None and preview is not None:
        chips = words.chips(preview, card, points=draft.points, lendable=scene.lendable)
    elif card is not None and scene.newcomer:
        welcome = words.welcome(card, can_save=scene.can_save, can_print=scene.paper.can_print)
    return CounterState(
        at=scene.at,
        finder=words.finder_entry(scene.finder, active=scene.at is Field.FINDER),
        amount=words.goods_entry(draft, active=scene.at is Field.AMOUNT)
        if draft.lines
        else words.amount_entry(
            draft.amount, active=scene.at is Field.AMOUNT, looks_like_phone=phone
        ),
        goods=words.goods_key() if scene.goods else "",
        confirm=words.confirm(preview, card, amount=draft.amount, caution=scene.armed),
        member=_face(scene),
        results=tuple(
            result_row(found, program=facts.program, today=facts.day)
            for found in scene.finder.answer.members
        ),
        results_note=words.results_note(scene.finder),
        benefits=benefits,
        chips=chips or (),
        extras=offer_words.extras(
            preview,
            card,
            choices=scene.choices,
            value=scene.value,
            facts=facts,
            lendable=scene.lendable and not facts.home.own_authority,
        ),
        offers=offer_words.offer_sheet(preview, scene.choices, draft.codes, facts=facts),
        welcome=welcome,
        notice=notice,
        why=Explanation() if notice and len(benefits) > ROWS_BESIDE_NOTICE else _why(scene),
        last=_last(scene),
    )


def _last(scene: Scene) -> LastSale:
    """Return the undo bar, with how it stands with the sale's paper."""
    facts = scene.facts
    last, told = facts.status.last_sale, scene.paper.told
    bar = words.last_sale(last, facts, scene.now_ms)
    if last is None or not bar.text or not scene.paper.can_print:
        return bar
    detail = bar.detail
    if told is not None and told.document.of == last.sale_id:
        detail = words.recorded_and(print_state(told), last, facts=facts, now_ms=scene.now_ms)
    return replace(bar, detail=detail, can_reprint=True)


def _face(scene: Scene) -> MemberFace | None:
    """Return the member's card with his stored value, or where he has none with his coupons.

    A narrow window has room for one of the two; how many coupons there are is on their key too.
    """
    card, facts = scene.card, scene.facts
    if card is None:
        return None
    held = offer_words.coupons_held(card, facts.program, facts.day)
    value = offer_words.value_shown(scene.value, facts.day)
    return replace(
        words.member_face(card, facts, scene.now_ms, lendable=scene.lendable),
        coupons=points_text(held) if held and not value else "",
        value=value,
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
