"""The counter: find, enter, confirm. The cashier's verbs in, one state out.

A sale is written first and shown afterwards. Digits go where the blue frame is: to the finder
until a member is attached, then to the amount. Nothing here asks "are you sure?": what was
confirmed can be undone for two minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from db.domain.basket import Basket
from db.domain.ids import MemberId, OperationId, StaffId
from db.domain.money import amount_shown
from db.domain.phone import Typing, typing_state
from db.domain.refusals import Refusal
from db.domain.scans import Damaged, Private, ReceiptCode, classify
from db.domain.trouble import Trouble
from db.queries.member_card import MemberCard, member_card
from db.services.reversals import SaleReversed, UndoSale, undo_sale
from db.services.sales import Sell, Sold, sell
from desktop.config import SAME_SALE_MS, SECOND_TAP_FROM_MINOR
from desktop.runtime.changes import changes_of
from desktop.runtime.desk import Desk
from desktop.runtime.leasing import Leasing
from desktop.runtime.runner import Series
from desktop.screens.counter import words
from desktop.screens.counter.bill import Moment, Preview, preview_sale
from desktop.screens.counter.finder import Finder
from desktop.screens.counter.state import CounterState, Field
from desktop.screens.counter.typing import AmountTyping, FinderTyping
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.keypad import Key
from desktop.wording.figures import points_text
from desktop.wording.people import result_row, shown_name, shown_tier
from desktop.wording.refusals import private_code_text, refusal_text

TICK_MS = 1_000
PHONE_DIGITS_MIN = 11


@dataclass(frozen=True, slots=True)
class Draft:
    """A sale that is not confirmed yet; it belongs to the person who began it."""

    member_id: MemberId | None = None
    amount: AmountTyping = AmountTyping()
    points: int = 0


@dataclass(frozen=True, slots=True)
class _Said:
    """A notice that stays until the next act, and what its buttons do."""

    notice: Notice
    actions: tuple[Callable[[], None], ...] = ()


class CounterViewModel(QObject):
    """The counter's screen.

    Signals:
        changed: the state to draw.
        enroll_requested: a phone (or nothing) that is to become a member.
        member_requested: show this member's page.
    """

    changed = Signal(object)
    enroll_requested = Signal(str)

    def __init__(self, desk: Desk, leasing: Leasing, parent: QObject | None = None) -> None:
        """Start empty at the finder."""
        super().__init__(parent)
        self._desk = desk
        self._leasing = leasing
        self._at = Field.FINDER
        self._draft = Draft()
        self._parked: dict[StaffId, Draft] = {}
        self._owner: StaffId | None = None
        self._card: MemberCard | None = None
        self._cards = Series()
        self._said: _Said | None = None
        self._armed = False
        self._busy = False
        self._scan_waiting = ""
        self._recent: tuple[MemberId | None, int, int] | None = None
        self.finder = Finder(desk.runner, self)
        self.finder.changed.connect(self.redraw)
        self.finder.found.connect(self.attach)
        self.finder.unknown_phone.connect(self.enroll_requested)
        self.finder.unknown_code.connect(self._on_unknown_code)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        desk.changed.connect(self._on_desk)
        desk.staffed.connect(self._on_staff)
        desk.runner.committed.connect(self._on_committed)
        self._on_desk()

    # the state is put together anew for every change: it is a page of text

    def state(self) -> CounterState:
        """Return what the screen shows now."""
        preview = self._preview()
        draft, facts = self._draft, self._desk.facts
        phone = self._amount_is_phone()
        lendable = self._leasing.online() or facts.home.own_authority
        return CounterState(
            at=self._at,
            finder=words.finder_entry(self.finder, active=self._at is Field.FINDER),
            amount=words.amount_entry(
                draft.amount, active=self._at is Field.AMOUNT, looks_like_phone=phone
            ),
            confirm=words.confirm(preview, self._card, amount=draft.amount, caution=self._armed),
            member=None
            if self._card is None
            else words.member_face(self._card, facts, self._desk.now_ms),
            results=tuple(
                result_row(found, program=facts.program, today=facts.day)
                for found in self.finder.answer.members
            ),
            results_note=words.results_note(self.finder),
            benefits=words.benefit_rows(preview, self._card),
            chips=()
            if preview is None or self._card is None
            else words.chips(preview, self._card, points=draft.points, lendable=lendable),
            notice=self._notice(phone=phone),
            last=words.last_sale(facts.status.last_sale, facts, self._desk.now_ms),
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def press(self, key: str) -> None:
        """Take a key of the pads or the keyboard."""
        if self._busy:
            return
        self._calm()
        if key == Key.MEMBER:
            self.find()
        elif self._at is Field.FINDER:
            self.finder.press(key)
        else:
            self._set_amount(self._draft.amount.press(key))

    def type_letter(self, letter: str) -> None:
        """Take a letter: it always means the finder."""
        if self._card is None and not self._busy:
            self._at = Field.FINDER
            self.press(letter)

    def find(self) -> None:
        """Move the frame to the finder; an attached member makes room for another."""
        if self._card is not None:
            self._detach()
        self._at = Field.FINDER
        self.finder.clear()

    def enter_amount(self) -> None:
        """Move the frame to the amount."""
        self._at = Field.AMOUNT
        self.redraw()

    def choose(self, place: int) -> None:
        """Attach one of the members found."""
        self.finder.choose(place)

    def attach(self, member_id: MemberId) -> None:
        """Attach a member, whoever stood here before."""
        facts, now_ms = self._desk.facts, self._desk.now_ms
        self._desk.runner.read(
            lambda reader: member_card(
                reader, member_id, home=facts.home, program=facts.program, now_ms=now_ms
            ),
            done=self._on_card,
            series=self._cards,
        )

    def scan(self, code: str) -> None:
        """Take a scan by what it says; one waits while a sale is being written."""
        if self._busy:
            self._scan_waiting = code
            self._say(Notice(ChipKind.NEUTRAL, self.tr("已收到扫码，记完这一笔就处理")))
            return
        self._calm()
        match classify(code, region=self._desk.facts.home.region):
            case Private(kind):
                self._say(Notice(ChipKind.ERROR, private_code_text(kind)))
            case Damaged():
                self._say(Notice(ChipKind.WARN, self.tr("会员码没读完整，请再扫一次")))
            case ReceiptCode():
                self._say(Notice(ChipKind.NEUTRAL, self.tr("这是小票码，不是会员码，请扫会员码")))
            case _:
                self.finder.scan(code)

    def toggle_chip(self, place: int) -> None:
        """Use the points of a proposal, or use none again."""
        preview = self._preview()
        if preview is None or self._card is None or place >= len(preview.chips) or self._busy:
            return
        self._calm()
        points = preview.chips[place].points
        if points == self._draft.points:
            self._use(0)
        elif points <= self._card.redeemable:
            self._use(points)
        else:
            self._ask_for_lease(self._card.member_id, points)

    def confirm(self) -> None:
        """Record the sale, or ask for the second tap that a large or repeated one takes."""
        if self._at is Field.FINDER and self.finder.typing.text and self._card is None:
            self.finder.search()
            return
        preview = self._preview()
        if preview is None or self._busy or not self._draft.amount.minor:
            return
        if (question := self._question()) is not None and not self._armed:
            self._armed = True
            self._say(Notice(ChipKind.WARN, question))
            return
        self._sell()

    def undo(self) -> None:
        """Take the last sale back."""
        last = self._desk.facts.status.last_sale
        if last is None or self._busy or not last.undo_seconds_left(self._desk.now_ms):
            return
        self._busy = True
        command = UndoSale(
            op=OperationId(self._desk.new_id()), sale_id=last.sale_id, by=self._desk.actor
        )
        text = self.tr("已撤销 {name} {due}，积分已还原").format(
            name=shown_name(last.member_name) if last.member_id else "", due=amount_shown(last.due)
        )
        self._desk.runner.submit(
            partial(undo_sale, command=command),
            done=partial(self._on_undone, text),
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def escape(self) -> None:
        """Take one step back: the notice, the typing, the member; never the program."""
        if self._said is not None:
            self._calm()
        elif self._at is Field.FINDER and self.finder.typing.text:
            self.finder.clear()
        elif self._draft.amount.text:
            self._set_amount(AmountTyping())
        elif self._card is not None:
            self.find()
            return
        self.redraw()

    def act_on_notice(self, place: int) -> None:
        """Do what a button of the notice says."""
        if self._said is not None and place < len(self._said.actions):
            self._said.actions[place]()
        elif self._amount_is_phone():
            self._take_as_phone()

    def enroll(self) -> None:
        """Make a member of whoever is being looked for."""
        typed = self.finder.typing
        self.enroll_requested.emit(typed.text if typed.digits else "")

    def welcome(self, member_id: MemberId) -> None:
        """Attach a member who has just been enrolled."""
        self.finder.clear()
        self.attach(member_id)

    def _preview(self) -> Preview | None:
        minor = self._draft.amount.minor
        if not minor:
            return None
        facts = self._desk.facts
        moment = Moment(facts.program, facts.day, self._desk.now_ms)
        return preview_sale(
            moment,
            Basket.of_amount(minor),
            self._card,
            points=self._draft.points,
            online=self._leasing.online() and not facts.home.own_authority,
        )

    def _notice(self, *, phone: bool) -> Notice | None:
        if self._said is not None:
            return self._said.notice
        if phone:
            return Notice(ChipKind.WARN, self.tr("这是手机号？"), (self.tr("按手机号找会员"),))
        return None

    def _amount_is_phone(self) -> bool:
        text = self._draft.amount.text
        return (
            len(text) >= PHONE_DIGITS_MIN
            and text.startswith("1")
            and typing_state(text, self._desk.facts.home.region) is Typing.COMPLETE
        )

    def _take_as_phone(self) -> None:
        text = self._draft.amount.text
        self._draft = replace(self._draft, amount=AmountTyping())
        self.find()
        self.finder.put(FinderTyping(text))
        self.finder.search()

    def _question(self) -> str | None:
        """Return why this sale takes a second tap, if it does."""
        minor = self._draft.amount.minor
        if self._recent is not None and self._is_repeat(*self._recent):
            return self.tr("可能重复：刚记过同一会员 {amount}。再按一次就再记一笔").format(
                amount=amount_shown(minor)
            )
        if minor >= SECOND_TAP_FROM_MINOR:
            return self.tr("金额较大：{amount}。请核对后再按一次").format(
                amount=amount_shown(minor)
            )
        return None

    def _is_repeat(self, member_id: MemberId | None, minor: int, at_ms: int) -> bool:
        same = member_id == self._draft.member_id and minor == self._draft.amount.minor
        return same and member_id is not None and self._desk.now_ms - at_ms < SAME_SALE_MS

    def _sell(self) -> None:
        self._busy = True
        draft = self._draft
        command = Sell(
            op=OperationId(self._desk.new_id()),
            by=self._desk.actor,
            basket=Basket.of_amount(draft.amount.minor),
            member_id=draft.member_id,
            redeem_points=draft.points,
        )
        self._desk.runner.submit(
            partial(sell, command=command),
            done=self._on_sold,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _on_sold(self, sold: Sold) -> None:
        self._recent = (sold.member_id, self._draft.amount.minor, sold.sold_at)
        name = "" if self._card is None else shown_name(self._card.name)
        self._begin()
        if sold.raised_to:
            tier = shown_tier(self._desk.facts.program, sold.raised_to)
            text = self.tr("{name} 升级为 {tier}，下一单起享受").format(name=name, tier=tier)
            self._said = _Said(Notice(ChipKind.OK, text))
        self._free()

    def _on_undone(self, text: str, _reversed: SaleReversed) -> None:
        self._recent = None
        self._said = _Said(Notice(ChipKind.OK, " ".join(text.split())))
        self._free()

    def _on_refused(self, refusal: Refusal) -> None:
        self._said = _Said(Notice(ChipKind.ERROR, refusal_text(refusal)))
        self._armed = False
        self._free()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._armed = False
        self._free()

    def _free(self) -> None:
        """Be ready again, and take the scan that waited."""
        self._busy = False
        waiting, self._scan_waiting = self._scan_waiting, ""
        self.redraw()
        if waiting:
            self.scan(waiting)

    def _on_card(self, card: MemberCard | None) -> None:
        if card is None or card.state != "active":
            frozen = card is not None and card.state == "frozen"
            text = (
                self.tr("该会员已冻结，请找店长")
                if frozen
                else self.tr("该会员已注销，可以重新入会")
            )
            self._say(Notice(ChipKind.WARN, text))
            return
        another = card.member_id != self._draft.member_id
        self._card = card
        self._draft = replace(self._draft, member_id=card.member_id)
        if another:
            self._draft = replace(self._draft, points=0)
            self._at = Field.AMOUNT
            self.finder.clear()
        self.redraw()

    def _on_unknown_code(self) -> None:
        self._say(Notice(ChipKind.WARN, self.tr("本机不认识这个码，什么也没有改动")))

    def _ask_for_lease(self, member_id: MemberId, points: int) -> None:
        self._busy = True
        self._say(Notice(ChipKind.NEUTRAL, self.tr("正在向总部取用积分…")))

        def done(granted: bool) -> None:  # noqa: FBT001  the answer itself
            self._busy = False
            self._calm()
            if not granted:
                self._say(
                    Notice(ChipKind.WARN, self.tr("总部没有答应，积分暂时不能用，可以只积分"))
                )
            elif self._draft.member_id == member_id:
                self._draft = replace(self._draft, points=points)
                self.attach(member_id)

        self._leasing.lease(member_id, points, done=done)

    def _use(self, points: int) -> None:
        self._draft = replace(self._draft, points=points)
        self.redraw()

    def _set_amount(self, amount: AmountTyping) -> None:
        self._draft = replace(self._draft, amount=amount)
        preview = self._preview()
        if preview is not None and preview.refusal is not None:
            dropped = points_text(self._draft.points)
            self._draft = replace(self._draft, points=0)
            text = self.tr("已不用 {points} 分：{why}").format(
                points=dropped, why=refusal_text(preview.refusal)
            )
            self._said = _Said(Notice(ChipKind.WARN, text))
        self.redraw()

    def _detach(self) -> None:
        self._cards.drop()
        self._card = None
        self._draft = replace(self._draft, member_id=None, points=0)

    def _begin(self) -> None:
        """Make room for the next customer."""
        self._detach()
        self._draft = Draft()
        self._armed = False
        self._said = None
        self._at = Field.FINDER
        self.finder.clear()

    def _calm(self) -> None:
        """Forget the notice and the first of two taps."""
        self._said = None
        self._armed = False

    def _say(self, notice: Notice, *actions: Callable[[], None]) -> None:
        self._said = _Said(notice, actions)
        self.redraw()

    def _tick(self) -> None:
        """Count the undo bar down, and stop when there is nothing to count."""
        last = self._desk.facts.status.last_sale
        if last is None or not last.undo_seconds_left(self._desk.now_ms):
            self._timer.stop()
        self.redraw()

    def _on_desk(self) -> None:
        facts = self._desk.facts
        self.finder.region = facts.home.region
        last = facts.status.last_sale
        if last is not None and last.undo_seconds_left(self._desk.now_ms):
            self._timer.start()
        self.redraw()

    def _on_staff(self) -> None:
        """Park the draft of whoever left, and lay out the one of whoever came."""
        staff = self._desk.staff
        if staff is None or staff.staff_id == self._owner:
            return
        if self._owner is not None:
            self._parked[self._owner] = self._draft
            self._begin()
        self._owner = staff.staff_id
        draft = self._parked.pop(staff.staff_id, self._draft)
        self._draft = replace(draft, member_id=None, points=0)
        if draft.member_id is not None:
            self.attach(draft.member_id)
        self.redraw()

    def _on_committed(self, outcome: object) -> None:
        if changes_of(outcome).touch(self._draft.member_id) and self._draft.member_id:
            self.attach(self._draft.member_id)
