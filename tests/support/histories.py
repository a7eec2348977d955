"""Histories of a counter, generated: steps that Hypothesis chooses, played by the real services.

A step that a rule refuses is part of a history too; it leaves no trace.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hypothesis import strategies as st

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, SaleId
from db.domain.refusals import Refusal
from db.domain.staff import Actor
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support import makers

Step = tuple[str, int, int]
"""What happens, to which of the members or sales so far, and how much."""

KINDS = ("enroll", "sell", "sell_lines", "sell_nobody", "spend", "redeem", "adjust", "undo",
         "void", "open", "close", "wait")  # fmt: skip
steps = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 7), st.integers(0, 60_000)), max_size=30
)


@dataclass(slots=True)
class Player:
    """Plays steps at one counter and remembers whom it met."""

    storage: Storage
    clock: FixedClock
    by: Actor
    members: list[MemberId] = field(default_factory=list)
    sales: list[SaleId] = field(default_factory=list)

    def play(self, history: Iterable[Step]) -> None:
        """Play every step, a second apart."""
        for kind, who, size in history:
            self.clock.advance(1_000)
            try:
                self._verbs()[kind](who, size)
            except Refusal:
                continue

    def _verbs(self) -> dict[str, Callable[[int, int], None]]:
        return {
            "enroll": self._enroll,
            "sell": lambda who, size: self._sell(who, amount=size + 1),
            "sell_lines": self._sell_lines,
            "sell_nobody": lambda _, size: self._keep(makers.a_sale(self.storage, amount=size + 1)),
            "spend": lambda who, size: self._sell(who, amount=size + 10_000, redeem_points=100),
            "redeem": self._redeem,
            "adjust": self._adjust,
            "undo": self._undo,
            "void": self._void,
            "open": lambda _, size: void(makers.a_shift(self.storage, opening_float=size)),
            "close": lambda _, size: void(makers.a_closing(self.storage, counted=size)),
            "wait": lambda _, size: self.clock.advance(size * 10_000),
        }

    def _enroll(self, who: int, size: int) -> None:
        phone = f"138{who:04d}{size % 10_000:04d}"
        made = makers.a_member(self.storage, by=self.by, phone=phone)
        self.members.append(made.member_id)

    def _member(self, who: int) -> MemberId | None:
        return self.members[who % len(self.members)] if self.members else None

    def _sell(self, who: int, **facts: int) -> None:
        self._keep(makers.a_sale(self.storage, self._member(who), by=self.by, **facts))

    def _sell_lines(self, who: int, size: int) -> None:
        lines = (
            BasketLine(unit_price=size + 100, quantity=who + 1, sku="A1", category="food/snack"),
            BasketLine(unit_price=999, sku="B2", category="toys"),
        )
        sold = makers.a_sale(self.storage, self._member(who), by=self.by, basket=Basket(lines))
        self._keep(sold)

    def _keep(self, sold: makers.Sold) -> None:
        self.sales.append(sold.sale_id)

    def _redeem(self, who: int, _size: int) -> None:
        if (member_id := self._member(who)) is not None:
            makers.a_redemption(self.storage, member_id, 100, by=self.by)

    def _adjust(self, who: int, size: int) -> None:
        if (member_id := self._member(who)) is not None:
            makers.an_adjustment(self.storage, member_id, size - 200, by=self.by)

    def _undo(self, who: int, _size: int) -> None:
        if self.sales:
            makers.an_undo(self.storage, self.sales[-1 - who % len(self.sales)], by=self.by)

    def _void(self, who: int, _size: int) -> None:
        if self.sales:
            makers.a_void(self.storage, self.sales[who % len(self.sales)], by=self.by)


def void(_outcome: object) -> None:
    """Let an outcome go."""
