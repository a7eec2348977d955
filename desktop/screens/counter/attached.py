"""The member who stands at the counter: his card, kept fresh, and points borrowed for him."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId
from db.queries.member_card import MemberCard, member_card
from db.queries.spendable_value import NO_VALUE, SpendableValue, spendable_value
from db.storage.database import Reader
from desktop.runtime.changes import changes_of
from desktop.runtime.desk import Desk
from desktop.runtime.leasing import Leasing
from desktop.runtime.runner import Series

Answer = tuple[MemberCard, SpendableValue]


class Attached(QObject):
    """One member, or nobody.

    Signals:
        came: a member is attached who was not before.
        changed: the same member has other figures.
        not_active: whoever was asked for is frozen or erased; his state, `erased` for nobody.
    """

    came = Signal()
    changed = Signal()
    not_active = Signal(str)

    def __init__(self, desk: Desk, leasing: Leasing, parent: QObject) -> None:
        """Start with nobody."""
        super().__init__(parent)
        self.card: MemberCard | None = None
        self.value = NO_VALUE
        self._desk = desk
        self._leasing = leasing
        self._series = Series()
        self._lent_to: MemberId | None = None
        desk.runner.committed.connect(self._on_committed)

    @property
    def member_id(self) -> MemberId | None:
        """Return who it is."""
        return None if self.card is None else self.card.member_id

    def attach(self, member_id: MemberId) -> None:
        """Attach a member, whoever stood here before."""
        facts, now_ms = self._desk.facts, self._desk.now_ms

        def look(reader: Reader) -> Answer | None:
            card = member_card(
                reader, member_id, home=facts.home, program=facts.program, now_ms=now_ms
            )
            if card is None:
                return None
            value = spendable_value(reader, card.member_id, home=facts.home, now_ms=now_ms)
            return card, value

        self._desk.runner.read(look, done=self._on_answer, series=self._series)

    def leave(self, *, spent: bool) -> None:
        """Let him go; what was lent and not spent is given back."""
        self._series.drop()
        self.card, self.value = None, NO_VALUE
        lent_to, self._lent_to = self._lent_to, None
        if lent_to is not None and not spent:
            self._leasing.give_back(lent_to)

    def borrow(self, points: int, *, done: Callable[[bool], None]) -> None:
        """Ask head office for points of his; `done` hears whether they are here."""
        assert self.card is not None, "points are somebody's"
        member_id = self.card.member_id

        def answered(granted: bool) -> None:  # noqa: FBT001  the answer itself
            if self.member_id != member_id:
                self._leasing.give_back(member_id)
                return
            self._lent_to = member_id
            done(granted)

        self._leasing.lease(member_id, points, done=answered)

    def borrow_offers(
        self, *, codes: tuple[str, ...] = (), value: int = 0, done: Callable[[bool], None]
    ) -> None:
        """Ask head office for coupons, and of a member for so much stored value (分)."""
        member_id = self.member_id

        def answered(granted: bool) -> None:  # noqa: FBT001  the answer itself
            if self.member_id != member_id:
                if member_id is not None:
                    self._leasing.give_back(member_id)
                return
            self._lent_to = member_id if value and granted else self._lent_to
            done(granted)

        self._leasing.lend_offers(member_id, codes=codes, value=value, done=answered)

    def _on_answer(self, answer: Answer | None) -> None:
        card, value = (None, NO_VALUE) if answer is None else answer
        if card is None or card.state != "active":
            self.not_active.emit("erased" if card is None else card.state)
            return
        same = card.member_id == self.member_id
        if not same and self.card is not None:
            self.leave(spent=False)
        self.card, self.value = card, value
        (self.changed if same else self.came).emit()
        if not same:
            self._leasing.look_up(card.member_id)

    def _on_committed(self, outcome: object) -> None:
        if self.card is not None and changes_of(outcome).touch(self.card.member_id):
            self.attach(self.card.member_id)
