"""What pays for the sale besides money: points, coupons, promotion codes, stored value.

It keeps the draft and says what it comes to. A coupon or a code that does not hold yet stays named
and greyed with its reason, for the amount may still grow; the sale leaves it out, as it was shown.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from db.domain.offers.coupon_codes import read_coupon_code
from db.domain.offers.coupon_refusals import CodeUnknown, CouponElsewhere, CouponOfAnother
from db.domain.offers.coupons import NO_FACTS, OfferFacts
from db.domain.offers.promotions import COUPON
from db.domain.refusals import Refusal
from db.domain.staff import Actor
from db.storage.coupons import offer_facts
from desktop.runtime.desk import Desk
from desktop.runtime.leasing import Leasing
from desktop.runtime.runner import Series
from desktop.screens.counter.attached import Attached
from desktop.screens.counter.bill import Buyer, Demand, Moment, Preview, preview_sale
from desktop.screens.counter.coupon_choices import (
    CouponChoice,
    as_if_here,
    coupon_choices,
    why_not,
)
from desktop.screens.counter.draft import Draft, Goods
from desktop.screens.counter.floor_approval import FloorApproval
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.keypad import Key
from desktop.wording.figures import points_text
from desktop.wording.refusals import refusal_text
from desktop.wording.typing import AmountTyping

NAMED_MAX = 8
"""A sale names so many coupons and codes; a shop's lane takes one or two."""


class Paying(QObject):
    """The draft, and the verbs that change what pays for it.

    Signals:
        changed: another sale is previewed.
        said: a notice for the cashier.
    """

    changed = Signal()
    said = Signal(object)

    def __init__(
        self, desk: Desk, *, leasing: Leasing, attached: Attached, parent: QObject
    ) -> None:
        """Start with an empty draft."""
        super().__init__(parent)
        self.draft = Draft()
        self.borrowing = False
        self._desk = desk
        self._leasing = leasing
        self._attached = attached
        self._facts: OfferFacts | None = None
        self._series = Series()
        self._wanted = 0
        self.floor = FloorApproval(desk, self)
        self.floor.approved.connect(self._on_floor)

    def preview(self) -> Preview | None:
        """Return what the draft comes to; nothing while no amount is typed."""
        if not self.draft.minor:
            return None
        home = self._desk.facts.home
        online = self._leasing.online() and not home.own_authority
        return preview_sale(self._moment(), self._demand(), self._buyer(), online=online)

    def choices(self) -> tuple[CouponChoice, ...]:
        """Return the coupons in reach, with what each would do to the draft."""
        buyer = self._buyer()
        if self._lends:
            buyer = replace(buyer, offers=as_if_here(buyer.offers))
        return coupon_choices(self._moment(), self._demand(), buyer)

    def press(self, key: str) -> None:
        """Take a key of the amount; goods are counted in their sheet, and cleared here."""
        if not self.draft.lines:
            self.set_amount(self.draft.amount.press(key))
        elif key == Key.CLEAR:
            self.set_lines(())
        else:
            self._say(self.tr("这一单按商品计价，件数在「添加商品」里改"))

    def set_amount(self, amount: AmountTyping) -> None:
        """Take another amount."""
        self.draft = replace(self.draft, amount=amount)
        self.drop_refused_points()
        self.changed.emit()

    def set_lines(self, lines: tuple[Goods, ...]) -> None:
        """Take other goods."""
        self.draft = replace(self.draft, lines=lines, amount=AmountTyping())
        self.drop_refused_points()
        self.changed.emit()

    def lay(self, draft: Draft) -> None:
        """Put another draft in place of this one; what is asked about this one is taken back."""
        self.floor.dismiss()
        self.draft = draft
        self._look_again()

    def toggle_points(self, place: int) -> None:
        """Use the points of a proposal, or use none again."""
        preview, card = self.preview(), self._attached.card
        if preview is None or card is None or place >= len(preview.chips):
            return
        points = preview.chips[place].points
        if points == self.draft.points:
            self._use(points=0, floor_by=None)
        elif points <= card.redeemable:
            self._use(points=points, floor_by=None)
        elif self._leasing.online():
            self._borrow(points)
        else:
            self._wanted = points
            self.floor.begin(points - card.redeemable)

    def toggle_value(self) -> None:
        """Let stored value pay as much as it can, or nothing again."""
        missing = 0 if self.draft.by_value or not self._lends else self._value_missing()
        if missing:
            self._borrow_value(missing)
        else:
            self._use(by_value=not self.draft.by_value)

    def toggle_coupon(self, code: str) -> None:
        """Use a coupon, or put it away; where only one may be, it takes the other's place."""
        if code in self.draft.coupons:
            self._use(coupons=tuple(each for each in self.draft.coupons if each != code))
        else:
            self._name_coupon(code)

    def drop_code(self, code: str) -> None:
        """Put a promotion's code away."""
        self._use(codes=tuple(each for each in self.draft.codes if each != code))

    def take_code(self, text: str, *, unknown: Callable[[], None] | None = None) -> None:
        """Take a code that was typed or scanned: a promotion's, or one printed on a coupon.

        What is neither is said, or goes to `unknown`.
        """
        known = self._desk.facts.program.offers.codes
        typed = next((each for each in (text, text.upper()) if each in known), None)
        if typed is not None:
            if typed not in self.draft.codes:
                self._use(codes=(*self.draft.codes, typed)[-NAMED_MAX:])
            return
        code = read_coupon_code(text)

        def found(facts: OfferFacts) -> None:
            if any(coupon.code == code for coupon in facts.coupons):
                self._facts = facts
                if code not in self.draft.coupons:
                    self._name_coupon(code)
            elif unknown is not None:
                unknown()
            else:
                self._say(refusal_text(CodeUnknown(text)))

        self._ask((*self.draft.coupons, code), found)

    def drop_refused_points(self) -> None:
        """Use no points where this amount or this card does not allow them, and say why."""
        preview = self.preview()
        if preview is None or preview.refusal is None:
            return
        text = self.tr("已不用 {points} 分：{why}").format(
            points=points_text(self.draft.points), why=refusal_text(preview.refusal)
        )
        self.draft = replace(self.draft, points=0, floor_by=None)
        self._say(text)

    def on_member(self) -> None:
        """Look what the coupons named so far are to the member who came or went."""
        self._look_again()

    def _look_again(self) -> None:
        self._series.drop()
        if self.draft.coupons:
            self._ask(self.draft.coupons, self._on_facts)
        else:
            self._facts = None

    def _on_facts(self, facts: OfferFacts) -> None:
        self._facts = facts
        self.changed.emit()

    def _name_coupon(self, code: str, *, asked: bool = False) -> None:
        """Use a coupon if it can be used at all; several only where the program adds them up.

        One that another counter may hold is asked of head office first, once.
        """
        refusal = why_not(self._moment(), self._demand(), self._buyer(), code=code)
        if isinstance(refusal, CouponElsewhere) and self._lends and not asked:
            self._borrow_coupon(code)
            return
        if isinstance(refusal, CouponOfAnother) and self._attached.card is None:
            self._say(self.tr("这是会员的券，请先找会员"))
            return
        if refusal is not None and _is_final(refusal):
            self._say(refusal_text(refusal))
            return
        alone = self._desk.facts.program.offers.lanes[COUPON] == "best"
        self._use(coupons=(code,) if alone else (*self.draft.coupons, code)[-NAMED_MAX:])

    def _ask(self, named: tuple[str, ...], done: Callable[[OfferFacts], None]) -> None:
        facts, member_id, now_ms = self._desk.facts, self._attached.member_id, self._desk.now_ms
        self._desk.runner.read(
            lambda reader: offer_facts(
                reader, member_id, facts.program, named=named, home=facts.home, now_ms=now_ms
            ),
            done=done,
            series=self._series,
        )

    def _moment(self) -> Moment:
        facts = self._desk.facts
        return Moment(facts.program, facts.day, self._desk.now_ms)

    def _demand(self) -> Demand:
        draft = self.draft
        return Demand(draft.basket(), draft.points, draft.by_value)

    def _buyer(self) -> Buyer:
        card, value = self._attached.card, self._attached.value
        if card is None:
            return Buyer(None, self._facts or NO_FACTS, value)
        floor = 0 if self.draft.floor_by is None else card.standing.floor
        return Buyer(card, self._facts or card.offers, value, floor)

    def _on_floor(self, by: Actor) -> None:
        if self._attached.card is not None:
            self._use(points=self._wanted, floor_by=by)

    def _use(self, **changes: object) -> None:
        self.draft = replace(self.draft, **changes)  # type: ignore[arg-type]  # the draft's fields
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.said.emit(Notice(ChipKind.WARN, text))

    @property
    def value_in_reach(self) -> bool:
        """Say whether stored value can pay: held here, or with a head office that may lend it."""
        value, day = self._attached.value, self._desk.facts.day
        return bool(value.usable(day) or (self._lends and sum(value.held(day))))

    @property
    def _lends(self) -> bool:
        """Say whether there is a head office that answers."""
        return self._leasing.online() and not self._desk.facts.home.own_authority

    def _value_missing(self) -> int:
        """Return how much stored value the sale could use, if that is more than is held here."""
        preview, value, day = self.preview(), self._attached.value, self._desk.facts.day
        if preview is None or self._attached.card is None:
            return 0
        wanted = min(preview.result.due, sum(value.held(day)))
        return wanted if wanted > value.usable(day) else 0

    def _borrow_value(self, amount: int) -> None:
        self._begin_borrowing(self.tr("正在向总部取用储值…"))

        def done(granted: bool) -> None:  # noqa: FBT001  the answer itself
            self._end_borrowing()
            card = self._attached.card
            if card is None:
                return
            if not granted and not self._attached.value.usable(self._desk.facts.day):
                self._say(self.tr("现在用不了这些储值（需联网）"))
                return
            self.draft = replace(self.draft, by_value=True)
            self._attached.attach(card.member_id)

        self._attached.borrow_offers(value=amount, done=done)

    def _borrow_coupon(self, code: str) -> None:
        self._begin_borrowing(self.tr("正在向总部取用券…"))

        def found(facts: OfferFacts) -> None:
            self._facts = facts
            self._name_coupon(code, asked=True)

        def done(_granted: bool) -> None:  # noqa: FBT001  the answer itself
            self._end_borrowing()
            self._ask((*self.draft.coupons, code), found)

        self._attached.borrow_offers(codes=(code,), done=done)

    def _begin_borrowing(self, text: str) -> None:
        self.borrowing = True
        self.said.emit(Notice(ChipKind.NEUTRAL, text))

    def _end_borrowing(self) -> None:
        self.borrowing = False
        self.said.emit(None)

    def _borrow(self, points: int) -> None:
        self._begin_borrowing(self.tr("正在向总部取用积分…"))

        def done(granted: bool) -> None:  # noqa: FBT001  the answer itself
            self._end_borrowing()
            card = self._attached.card
            if granted and card is not None:
                self.draft = replace(self.draft, points=points)
                self._attached.attach(card.member_id)
            else:
                self._say(self.tr("现在用不了这些积分（需联网），可以只积分"))

        self._attached.borrow(points, done=done)


def _is_final(refusal: Refusal) -> bool:
    """Say whether no other amount and no member could make a coupon good."""
    hopeful = ("min_spend_minor", "why", "sku")
    waits = any(name in refusal.details for name in hopeful)
    return not waits and refusal.code not in {"coupon_worthless", "coupon_needs_member"}
