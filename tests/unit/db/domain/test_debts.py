"""Points owed, settled by later awards, the oldest first, or forgiven in the end."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from db.domain.debts import DebtLot, PayingLot, Settlement, settle, share_of
from db.domain.ids import LotId

DAY = date(2026, 6, 1)


def lot_id(number: int) -> LotId:
    return LotId(bytes([number] * 16))


def debt(number: int, owed: int, *, days_ago: int = 0) -> DebtLot:
    return DebtLot(lot_id(number), owed, DAY - timedelta(days=days_ago))


def award(number: int, left: int, share: int, *, last: date | None = None) -> PayingLot:
    return PayingLot(lot_id(number), left, share, last)


def test_the_oldest_debt_is_repaid_first_by_awards_in_their_order() -> None:
    settled = settle(
        [debt(1, 30, days_ago=2), debt(2, 50)],
        [award(3, 40, 40), award(4, 100, 20)],
        on=DAY,
        write_off_days=None,
    )

    assert settled.paid == ((lot_id(3), 40), (lot_id(4), 20))
    assert settled.repaid == ((lot_id(1), 30), (lot_id(2), 30))
    assert settled.forgiven == ()


def test_an_award_that_had_ended_before_a_debt_arose_repays_nothing_of_it() -> None:
    ended = award(3, 40, 40, last=DAY - timedelta(days=1))

    assert settle([debt(1, 30)], [ended], on=DAY, write_off_days=None) == Settlement()
    assert settle([debt(1, 30, days_ago=1)], [ended], on=DAY, write_off_days=None).repaid


def test_what_is_owed_for_longer_than_the_program_waits_is_forgiven() -> None:
    debts = [debt(1, 30, days_ago=91), debt(2, 30, days_ago=90), debt(3, 5, days_ago=99)]

    settled = settle(debts, [award(4, 10, 10)], on=DAY, write_off_days=90)

    assert settled.forgiven == ((lot_id(1), 20), (lot_id(3), 5))
    assert (
        settle([debt(1, 9, days_ago=99)], [award(2, 9, 9)], on=DAY, write_off_days=1).forgiven == ()
    )


def test_an_award_gives_its_share_once() -> None:
    assert share_of(101, Fraction(1, 2), 0) == 50
    assert share_of(101, Fraction(1, 2), 30) == 20
    assert share_of(101, Fraction(1, 2), 99) == 0


@given(
    owed=st.lists(st.tuples(st.integers(1, 99), st.integers(0, 120)), max_size=4),
    paying=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=4),
)
def test_what_is_paid_is_what_is_repaid_and_nobody_gives_more_than_he_has(
    owed: list[tuple[int, int]], paying: list[tuple[int, int]]
) -> None:
    debts = [debt(i, points, days_ago=days) for i, (points, days) in enumerate(owed)]
    awards = [award(50 + i, left, share) for i, (left, share) in enumerate(paying)]

    settled = settle(debts, awards, on=DAY, write_off_days=60)

    assert sum(part for _, part in settled.paid) == sum(part for _, part in settled.repaid)
    limits = {each.lot_id: min(each.left, each.share) for each in awards}
    assert all(part <= limits[lot] for lot, part in settled.paid)
    settled_by = dict(settled.repaid)
    for lot, part in settled.forgiven:
        settled_by[lot] = settled_by.get(lot, 0) + part
    assert all(settled_by.get(each.lot_id, 0) <= each.owed for each in debts)
