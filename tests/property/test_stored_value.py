"""The laws of stored value: nothing is made or lost, whatever happens and in whatever order."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import LotId, MemberId, SaleId
from db.domain.lots import Lot
from db.domain.operations import Operation, read_operation
from db.domain.refusals import Refusal
from db.domain.stored_value.facts import ValueAccount, fold_value
from db.domain.stored_value.purse import Purse, pay_from, refund, stored_value_given_back, top_up
from db.domain.stored_value.refusals import OverMaxBalance
from db.domain.stored_value.terms import ValueTerms
from db.services.replication import receive
from db.services.verify.book import verify_home
from db.services.verify.stored_value import value_movements_of
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows
from tests.support.histories import a_counter, an_empty_storage
from tests.support.makers import a_return, a_void, an_undo
from tests.support.publishing import publish
from tests.support.storage_fixtures import NOW_MS, MadeHome
from tests.support.value_makers import VALUE, a_top_up, a_value_refund, a_value_sale

DAY = date(2026, 6, 1)
HOUR_MS = 3_600_000
BOOK = (
    "SELECT purse, kind, owner, balance FROM value_account WHERE balance <> 0 ORDER BY 1, 2, 3",
    "SELECT lot_id, remaining, granted, expires_on FROM value_lot ORDER BY 1",
    "SELECT * FROM value_entry ORDER BY op",
    "SELECT * FROM value_transfer ORDER BY op, leg",
)
orders = st.sampled_from(["proportional", "bonus_first", "principal_first"])
amounts = st.integers(min_value=1, max_value=30_000)


@st.composite
def purses(draw: st.DrawFn) -> Purse:
    """Return a purse with some bonus lots, of which some have run out or owe."""
    lots = tuple(
        Lot(
            LotId(bytes([i + 1] * 16)),
            draw(st.integers(min_value=-500, max_value=5_000)),
            DAY,
            draw(st.none() | st.integers(min_value=-3, max_value=9).map(_day)),
        )
        for i in range(draw(st.integers(min_value=0, max_value=4)))
    )
    return Purse(draw(st.integers(min_value=-500, max_value=20_000)), lots)


def _day(offset: int) -> date:
    return DAY + timedelta(days=offset)


@given(purse=purses(), order=orders, amount=amounts)
def test_paying_takes_exactly_the_amount_and_never_more_than_a_purse_holds(
    purse: Purse, order: str, amount: int
) -> None:
    principal, bonus = purse.spendable(DAY)
    if amount > principal + bonus:
        return

    paid = pay_from(purse, amount, order=order, on=DAY)

    assert paid.total == amount
    assert 0 <= paid.principal <= principal
    held = {lot.lot_id: lot for lot in purse.lots}
    for lot_id, part in paid.lots:
        assert 0 < part <= held[lot_id].points
        assert held[lot_id].usable(DAY)


@given(
    purse=purses(),
    order=orders,
    amount=amounts,
    other=st.integers(min_value=0, max_value=9_000),
    cuts=st.lists(st.integers(min_value=0, max_value=39_000), max_size=5),
)
def test_a_full_return_gives_everything_back_however_it_is_cut(
    purse: Purse, order: str, amount: int, other: int, cuts: list[int]
) -> None:
    amount = min(amount, sum(purse.spendable(DAY)))
    if amount == 0:
        return
    paid, due = pay_from(purse, amount, order=order, on=DAY), amount + other
    principal, lots = 0, Counter[LotId]()

    for returned in sorted([*(cut for cut in cuts if cut < due), due]):
        already = (principal, lots.total())
        back = stored_value_given_back(paid, due=due, returned=returned, already=already)
        assert back.principal >= 0
        principal += back.principal
        lots.update(dict(back.lots))
        smaller = pay_from(purse, paid.total - principal - lots.total(), order=order, on=DAY)
        if order != "proportional":
            assert paid.principal - principal == smaller.principal

    assert principal == paid.principal
    assert lots == Counter(dict(paid.lots))


@given(
    pay=amounts,
    held=amounts,
    most=st.integers(min_value=1, max_value=70_000),
    steps=st.lists(st.tuples(amounts, amounts), max_size=4),
)
def test_the_largest_top_up_is_accepted_and_one_more_is_not(
    pay: int, held: int, most: int, steps: list[tuple[int, int]]
) -> None:
    ladder = tuple(zip(*(sorted(set(part)) for part in zip(*steps, strict=True)), strict=False))
    terms = ValueTerms(ladder=ladder, max_balance=most)
    purse = Purse(held)
    accepted = fits(terms, purse, pay)

    assert accepted is (held + pay + terms.bonus_on(pay) <= most)
    largest = terms.largest_top_up(most - held)
    assert largest == 0 or fits(terms, purse, largest)
    assert not any(fits(terms, purse, more) for more in (largest + 1, largest + 2, pay + largest))
    assert accepted is False or pay <= largest


def fits(terms: ValueTerms, purse: Purse, pay: int) -> bool:
    """Say whether a top-up is accepted."""
    try:
        top_up(terms, purse, pay, on=DAY)
    except OverMaxBalance:
        return False
    return True


@given(purse=purses())
def test_after_a_whole_refund_nothing_can_be_spent_but_what_another_owes(purse: Purse) -> None:
    principal, _ = purse.spendable(DAY)
    if principal == 0:
        return

    back = refund(purse, None, on=DAY)

    assert back.principal == principal
    voided = dict(back.voided)
    assert all(
        voided.get(lot.lot_id, 0) == lot.points
        for lot in purse.lots
        if lot.points > 0 and lot.usable(DAY)
    )


Step = tuple[str, int, int]
value_steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("top up"), st.integers(0, 1), amounts),
    st.tuples(st.just("spend"), st.integers(0, 1), amounts),
    st.tuples(st.just("spend with cash"), st.integers(0, 1), amounts),
    st.tuples(st.just("refund"), st.integers(0, 1), st.integers(0, 12_000)),
    st.tuples(st.just("undo"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("void"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("return"), st.integers(0, 3), amounts),
    st.tuples(st.just("return all"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 60), st.just(0)),
)
value_histories = st.lists(value_steps, max_size=16)


class Purser:
    """A counter that plays a history of stored value."""

    def __init__(self, storage: Storage, clock: Any, members: list[MemberId]) -> None:
        self.storage = storage
        self.clock = clock
        self.members = members
        self.sales: list[SaleId] = []

    def play(self, history: list[Step]) -> None:
        for step in history:
            with suppress(Refusal):
                self._do(*step)

    def _do(self, kind: str, subject: int, amount: int) -> None:
        match kind:
            case "wait":
                self.clock.advance(subject * HOUR_MS)
            case "undo" | "void" | "return" | "return all":
                if self.sales:
                    self._take_back(kind, self.sales[-1 - subject % len(self.sales)], amount)
            case "top up":
                a_top_up(self.storage, self.members[subject], amount)
            case "refund":
                a_value_refund(self.storage, self.members[subject], amount=amount or None)
            case _:
                value = amount if kind == "spend" else amount - amount // 3
                sold = a_value_sale(self.storage, self.members[subject], amount, value=value)
                self.sales.append(sold.sale_id)

    def _take_back(self, kind: str, sale_id: SaleId, amount: int) -> None:
        match kind:
            case "undo":
                an_undo(self.storage, sale_id)
            case "void":
                a_void(self.storage, sale_id)
            case "return all":
                a_return(self.storage, sale_id)
            case "return":
                a_return(self.storage, sale_id, amount=amount // 5 + 1)


def operations(storage: Storage) -> list[Operation]:
    return [
        read_operation(raw) for (raw,) in rows(storage, "SELECT raw FROM operation ORDER BY hlc")
    ]


def a_purser(counter: Any, order: str) -> Purser:
    expiry = {"kind": "days", "after": 2}
    publish(counter.storage, stored_value=VALUE | {"spend_order": order, "bonus_expiry": expiry})
    return Purser(counter.storage, counter.clock, counter.members[:2])


@settings(max_examples=40)
@given(history=value_histories, order=orders)
def test_no_history_makes_or_loses_value_and_none_is_overspent(
    made_home: MadeHome, history: list[Step], order: str
) -> None:
    with a_counter(made_home) as counter:
        a_purser(counter, order).play(history)

        moved = [m for each in operations(counter.storage) for m in value_movements_of(each)]
        folded = fold_value(moved)
        kept = {
            (purse, kind, owner or None): balance
            for purse, kind, owner, balance in rows(
                counter.storage, "SELECT purse, kind, owner, balance FROM value_account"
            )
        }

        assert kept == {
            (p.value, k.value, owner): balance for (p, k, owner), balance in folded.items()
        }
        for purse in ("principal", "bonus"):
            assert sum(b for (p, _, _), b in folded.items() if p == purse) == 0
        assert all(b >= 0 for (_, kind, _), b in folded.items() if kind is ValueAccount.MEMBER)
        assert rows(counter.storage, "SELECT 1 FROM value_lot WHERE remaining < 0") == []
        assert verify_home(counter.storage).problems == ()


@settings(max_examples=25)
@given(history=value_histories, order=orders, amount=amounts, share=st.integers(1, 3))
def test_a_sale_and_its_void_leave_both_purses_as_they_were(
    made_home: MadeHome, history: list[Step], order: str, amount: int, share: int
) -> None:
    with a_counter(made_home) as counter:
        purser = a_purser(counter, order)
        purser.play(history)
        a_top_up(counter.storage, purser.members[0], amount)
        before = [rows(counter.storage, sql) for sql in BOOK[:2]]

        sold = a_value_sale(counter.storage, purser.members[0], amount, value=-(-amount // share))
        a_void(counter.storage, sold.sale_id)

        assert [rows(counter.storage, sql) for sql in BOOK[:2]] == before


@settings(max_examples=25)
@given(
    history=value_histories,
    order=orders,
    amount=amounts,
    share=st.integers(1, 3),
    cuts=st.lists(st.integers(1, 9_000), max_size=4),
    voided=st.booleans(),
)
def test_a_sale_that_comes_back_in_parts_leaves_both_purses_as_they_were(
    made_home: MadeHome,
    history: list[Step],
    order: str,
    amount: int,
    share: int,
    cuts: list[int],
    voided: bool,
) -> None:
    with a_counter(made_home) as counter:
        purser = a_purser(counter, order)
        purser.play(history)
        a_top_up(counter.storage, purser.members[0], amount)
        before = [rows(counter.storage, sql) for sql in BOOK[:2]]

        sold = a_value_sale(counter.storage, purser.members[0], amount, value=-(-amount // share))
        for cut in cuts:
            with suppress(Refusal):
                a_return(counter.storage, sold.sale_id, amount=cut)
        with suppress(Refusal):
            (a_void if voided else a_return)(counter.storage, sold.sale_id)

        assert [rows(counter.storage, sql) for sql in BOOK[:2]] == before
        assert verify_home(counter.storage).problems == ()


@settings(max_examples=25)
@given(history=value_histories, order=orders, data=st.data())
def test_whatever_order_operations_arrive_in_the_value_is_the_same(
    made_home: MadeHome, history: list[Step], order: str, data: st.DataObject
) -> None:
    """Reversals wait for their sales; a sale may come before the top-up that it spends."""
    with a_counter(made_home) as counter, an_empty_storage(made_home) as (heard, _):
        a_purser(counter, order).play(history)
        written = operations(counter.storage)
        taken_back = {"reversal", "return"}
        reversals = [each for each in written if each.envelope.t in taken_back]
        others = [each for each in written if each.envelope.t not in taken_back]

        with heard.begin() as work:
            for operation in [*data.draw(st.permutations(others)), *reversals]:
                status = receive(work, operation, None, received_at=NOW_MS)
                assert status in {"applied", "duplicate"}

        assert [rows(heard, sql) for sql in BOOK] == [rows(counter.storage, sql) for sql in BOOK]
