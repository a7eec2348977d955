"""Random histories of one counter, played through the real services.

A history is a list of plain steps, so that hypothesis can shorten a failing one to its point. What
the rules refuse simply does not happen, as at a counter.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import strategies as st

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, SaleId
from db.domain.refusals import Refusal
from db.domain.return_refusals import LinesRequired
from db.storage.home import database_path
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import (
    a_member,
    a_redemption,
    a_return,
    a_sale,
    a_shift,
    a_void,
    an_adjustment,
    an_attachment,
    an_undo,
)
from tests.support.storage_fixtures import NOW_MS, MadeHome, seeded_chance

MEMBERS = 2
Step = tuple[str, int, int]

_amounts = st.integers(min_value=1, max_value=200_000)
_points = st.integers(min_value=-300, max_value=900)
_members = st.integers(min_value=0, max_value=MEMBERS)  # the last of them is nobody
_which = st.integers(min_value=0, max_value=5)
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("sell"), _members, _amounts),
    st.tuples(st.just("sell goods"), _members, _amounts),
    st.tuples(st.just("pay with points"), _members, _points),
    st.tuples(st.just("redeem"), _members, _points),
    st.tuples(st.just("adjust"), _members, _points),
    st.tuples(st.just("undo"), _which, st.just(0)),
    st.tuples(st.just("void"), _which, st.just(0)),
    st.tuples(st.just("return"), _which, _amounts),
    st.tuples(st.just("return all"), _which, st.just(0)),
    st.tuples(st.just("attach"), _which, _members),
    st.tuples(st.just("wait"), st.integers(min_value=1, max_value=40), st.just(0)),
)
histories = st.lists(steps, max_size=14)


@dataclass(slots=True)
class Counter:
    """One counter at work: what it sold, and what its members may have paid with points."""

    storage: Storage
    clock: FixedClock
    members: list[MemberId | None] = field(default_factory=list)
    sales: list[SaleId] = field(default_factory=list)

    def play(self, history: list[Step]) -> None:
        """Do one step after another; a refused one changes nothing."""
        for step in history:
            with suppress(Refusal):
                self.do(*step)

    def do(self, kind: str, subject: int, amount: int) -> None:
        """Do one step; raise the refusal of what may not be done."""
        match kind:
            case "wait":
                self.clock.advance(subject * 3_600_000)
            case "undo" | "void" | "return" | "return all" | "attach":
                if self.sales:
                    sale_id = self.sales[-1 - subject % len(self.sales)]
                    self._after_sale(kind, sale_id, amount)
            case _:
                self._points(kind, self.members[subject], amount)

    def _after_sale(self, kind: str, sale_id: SaleId, amount: int) -> None:
        match kind:
            case "undo":
                an_undo(self.storage, sale_id)
            case "void":
                a_void(self.storage, sale_id)
            case "return all":
                a_return(self.storage, sale_id)
            case "return":
                self._return_some(sale_id, amount)
            case "attach" if (member_id := self.members[amount]) is not None:
                an_attachment(self.storage, sale_id, member_id)

    def _return_some(self, sale_id: SaleId, amount: int) -> None:
        """Return a part of the amount, or one unit of a line."""
        try:
            a_return(self.storage, sale_id, amount=amount // 10 + 1)
        except LinesRequired:
            a_return(self.storage, sale_id, lines=((amount % 3 + 1, 1),))

    def _points(self, kind: str, member_id: MemberId | None, amount: int) -> None:
        match kind:
            case "sell":
                self.sales.append(a_sale(self.storage, member_id, amount=amount).sale_id)
            case "sell goods":
                basket = some_goods(amount)
                sold = a_sale(self.storage, member_id, basket=basket, names=("甲", "乙", "丙"))
                self.sales.append(sold.sale_id)
            case "pay with points":
                points = abs(amount) // 100 * 100
                sold = a_sale(self.storage, member_id, amount=5_000, redeem_points=points)
                self.sales.append(sold.sale_id)
            case "redeem" if member_id is not None:
                a_redemption(self.storage, member_id, amount)
            case "adjust" if member_id is not None:
                an_adjustment(self.storage, member_id, amount)


def some_goods(amount: int) -> Basket:
    """Return a basket of three lines whose prices do not divide evenly."""
    return Basket(
        lines=(
            BasketLine(unit_price=amount // 7 + 1, quantity=3, sku="A", category="food/snack"),
            BasketLine(unit_price=amount // 3, quantity=2, discount=amount % 2, sku="B"),
            BasketLine(unit_price=amount // 5 + 3, quantity=1, sku="C", category="drink"),
        ),
        order_discount=amount // 11,
    )


@contextmanager
def a_counter(made_home: MadeHome, *, seed: int = 3) -> Iterator[Counter]:
    """Hand out a counter that has two members and an open shift, in a folder of its own."""
    with an_empty_storage(made_home, seed=seed) as (storage, clock):
        counter = Counter(storage, clock)
        phones = ("13800000001", "13800000002")
        counter.members = [a_member(storage, phone=phone).member_id for phone in phones]
        counter.members.append(None)
        a_shift(storage)
        yield counter


@contextmanager
def an_empty_storage(made_home: MadeHome, *, seed: int = 5) -> Iterator[tuple[Storage, FixedClock]]:
    """Hand out the storage of a home in which nothing has happened, and its clock."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "guitai.db"
        shutil.copy(database_path(made_home.folder), path)
        clock = FixedClock(NOW_MS)
        storage = Storage(path, made_home.key, clock=clock, chance=seeded_chance(seed))
        try:
            yield storage, clock
        finally:
            storage.close()
