"""The customer's screen follows the counter: his sale as it grows, and what he is asked himself.

It is told what the cashier's screens show and adds nothing to it, so it never says more than
those: name and phone are masked. What he types himself goes where a scan would go. While the till
is locked it says to wait and takes no touch, for whoever stands there then may be anybody.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from db.domain.lookup.phone import Typing, typing_state
from db.domain.lookup.phone_masks import group_typing
from db.domain.money import amount_shown
from db.services.sales import Sold
from desktop.runtime.desk import Desk
from desktop.screens.customer.followed import Enrollment, Till, TillState
from desktop.screens.customer.state import CustomerState, Stage
from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.keypad import Key
from desktop.wording.figures import change_text, points_text

THANKS_MS = 8_000
PHONE_CHARACTERS_MAX = 15
FOUR = 4


class CustomerViewModel(QObject):
    """The customer's screen.

    Signals:
        changed: the state to draw.
    """

    changed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        *,
        counter: Till,
        enroll: Enrollment,
        parent: QObject | None = None,
    ) -> None:
        """Follow two screens; whoever builds them connects them."""
        super().__init__(parent)
        self._desk = desk
        self._counter = counter
        self._enroll = enroll
        self._there = False
        self._locked = False
        self._typed: str | None = None
        self._digits = ""
        self._sold: Sold | None = None
        self._thanks = QTimer(self)
        self._thanks.setSingleShot(True)
        self._thanks.setInterval(THANKS_MS)
        self._thanks.timeout.connect(self._thanked)
        desk.staffed.connect(self._forget)

    def state(self) -> CustomerState:
        """Return what the screen shows now."""
        shop = self._desk.facts.home.branch_name
        if self._nobody_serves:
            return CustomerState(Stage.IDLE, shop, self.tr("请稍候"))
        till = self._counter.state()
        if self._counter.proving.asks_customer:
            return self._proof(shop)
        if (question := self._enroll.question()) is not None:
            return CustomerState(Stage.CONSENT, shop, self.tr("欢迎入会"), question=question)
        if self._typed is not None:
            return self._phone(shop, self._typed)
        if till.welcome is not None:
            words = self.tr("入会完成，请拍下会员码，下次出示即可")
            return CustomerState(
                Stage.CODE, shop, words, detail=till.welcome.number, code=till.welcome.code
            )
        if till.member is not None or not till.amount.empty:
            return self._sale(shop, till)
        if self._sold is not None:
            return self._thank(shop, self._sold)
        return CustomerState(
            Stage.IDLE,
            shop,
            self.tr("请出示会员码"),
            detail=self.tr("没有带，可以自己输入手机号"),
            may_type_phone=True,
        )

    def redraw(self, _state: object = None) -> None:
        """Say the state, for instance in another language; without a screen it is not asked for."""
        if not self._there:
            return
        if self._typed is not None and not self._nobody_there():
            self._typed = None
        if not self._counter.proving.asks_customer:
            self._digits = ""
        self.changed.emit(self.state())

    def seat(self, there: bool) -> None:  # noqa: FBT001  a screen is there or not
        """Hear whether there is a screen for the customer at all."""
        self._there, self._typed = there, None
        self._enroll.seat_customer(there)
        self._counter.proving.seat_customer(there)
        self.redraw()

    def lock(self, locked: bool) -> None:  # noqa: FBT001  a till is locked or not
        """Hear that the till is locked, or not any more; what was half typed is forgotten."""
        self._locked = locked
        self._digits = ""
        self._forget()

    def begin_phone(self) -> None:
        """Let the customer type his phone."""
        if not self._nobody_serves and self._nobody_there():
            self._typed = ""
            self.redraw()

    def press(self, key: str) -> None:
        """Take a key of the customer's own pad."""
        if self._nobody_serves:
            return
        if self._counter.proving.asks_customer:
            self._press_proof(key)
        elif self._typed is not None:
            self._press_phone(self._typed, key)

    def cancel(self) -> None:
        """Give up typing."""
        self._typed = None
        if self._counter.proving.asks_customer and not self._nobody_serves:
            self._counter.proving.customer_declines()
        self.redraw()

    def agree(self, *, marketing: bool) -> None:
        """Take the customer's yes, with or without offers."""
        if not self._nobody_serves:
            self._enroll.answer(True, marketing=marketing)

    def decline(self) -> None:
        """Take the customer's no."""
        if not self._nobody_serves:
            self._enroll.answer(False, marketing=False)

    def _press_phone(self, typed: str, key: str) -> None:
        typed = _pressed(typed, key, longest=PHONE_CHARACTERS_MAX)
        self._typed = typed
        if typing_state(typed, self._desk.facts.home.region) is Typing.COMPLETE:
            self._typed = None
            self._counter.take_phone(typed)
        self.redraw()

    def _press_proof(self, key: str) -> None:
        self._digits = _pressed(self._digits, key, longest=FOUR)
        if len(self._digits) == FOUR:
            digits, self._digits = self._digits, ""
            self._counter.proving.customer_types(digits)
        self.redraw()

    @property
    def _nobody_serves(self) -> bool:
        """Say whether nobody is signed in, or the till asks for his PIN."""
        return self._locked or self._desk.staff is None

    def _nobody_there(self) -> bool:
        till = self._counter.state()
        return till.member is None and till.amount.empty and self._enroll.question() is None

    def _phone(self, shop: str, typed: str) -> CustomerState:
        shown = group_typing(typed) or self.tr("请输入")
        entry = Entry(self.tr("手机号"), shown, empty=not typed, placeholder=not typed)
        return CustomerState(Stage.PHONE, shop, self.tr("请输入手机号"), entry=entry)

    def _proof(self, shop: str) -> CustomerState:
        proving = self._counter.proving
        hidden = "●" * len(self._digits) + "○" * (FOUR - len(self._digits))
        entry = Entry(proving.masked, hidden, placeholder=True)
        return CustomerState(
            Stage.PROOF,
            shop,
            self.tr("用积分前，请输入手机号中间四位"),
            detail=proving.customer_says,
            entry=entry,
        )

    def _sale(self, shop: str, till: TillState) -> CustomerState:
        title, points, member = "", "", till.member
        if member is not None:
            title = self.tr("{name}，您好").format(name=member.name)
            words = self.tr("欠分 {points}") if member.in_debt else self.tr("可用积分 {points}")
            points = words.format(points=member.points)
        due = next((row.value for row in till.benefits if row.strong), "")
        rows = tuple(row for row in till.benefits if not row.strong) if due else ()
        figure = due or ("" if till.amount.empty else till.amount.value)
        return CustomerState(Stage.SALE, shop, title, detail=points, figure=figure, rows=rows)

    def _thank(self, shop: str, sold: Sold) -> CustomerState:
        rows: tuple[Benefit, ...] = ()
        if sold.member_id is not None:
            rows = (
                Benefit(self.tr("本单获得"), change_text(sold.earned), "points"),
                Benefit(self.tr("积分余额"), points_text(sold.balance), "points"),
            )
        return CustomerState(
            Stage.THANKS, shop, self.tr("谢谢光临"), figure=amount_shown(sold.due), rows=rows
        )

    def thank(self, sold: Sold) -> None:
        """Thank for a sale that stands, for a few seconds."""
        self._sold = sold
        self._thanks.start()
        self.redraw()

    def _thanked(self) -> None:
        self._sold = None
        self.redraw()

    def _forget(self) -> None:
        """Show nothing of a customer to whoever comes while nobody stands at the till."""
        self._typed, self._sold = None, None
        self.redraw()


def _pressed(text: str, key: str, *, longest: int) -> str:
    if key == Key.CLEAR:
        return ""
    if key == Key.BACKSPACE:
        return text[:-1]
    return (text + key)[:longest] if key.isdigit() else text
