"""Which lots give awarded points up, and when they are owed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.domain.ids import LotId
from db.domain.lots import Lot
from db.domain.taking_back import take_back

DAY = date(2026, 6, 1)
LATER = DAY + timedelta(days=7)


def lot(number: int, points: int, *, first: date = DAY, last: date | None = None) -> Lot:
    return Lot(LotId(bytes([number] * 16)), points, first, last, number)


def taken(*lots: Lot, own: int, points: int) -> tuple[dict[int, int], int]:
    back = take_back(list(lots), own=[LotId(bytes([own] * 16))], points=points, on=DAY)
    return {lot_id[0]: part for lot_id, part in back.shares}, back.owed


def test_its_own_lot_gives_first_even_while_it_waits() -> None:
    others = (lot(1, 50, last=DAY), lot(3, 50))

    assert taken(*others, lot(2, 80, first=LATER), own=2, points=80) == ({2: 80}, 0)


def test_then_the_others_in_the_order_of_spending_then_those_that_wait() -> None:
    lots = (
        lot(1, 30, first=LATER), lot(2, 10), lot(3, 20), lot(4, 20, last=LATER),
        lot(5, 99, last=DAY - timedelta(days=1)),
    )  # fmt: skip

    assert taken(*lots, own=2, points=75) == ({2: 10, 4: 20, 3: 20, 1: 25}, 0)


def test_a_lot_that_waits_gives_its_only_point() -> None:
    assert taken(lot(1, 1, first=LATER), own=2, points=3) == ({1: 1}, 2)


def test_what_no_lot_holds_is_owed() -> None:
    assert taken(lot(1, 5), lot(2, -7), own=2, points=20) == ({1: 5}, 15)
    assert taken(own=2, points=20) == ({}, 20)


@given(
    held=st.lists(
        st.tuples(st.integers(-50, 99), st.integers(-3, 9), st.none() | st.integers(-3, 9)),
        max_size=6,
    ),
    points=st.integers(0, 300),
)
def test_shares_and_debt_add_up_and_no_lot_gives_more_than_it_holds(
    held: list[tuple[int, int, int | None]], points: int
) -> None:
    lots = [
        lot(
            number,
            left,
            first=DAY + timedelta(days=first),
            last=None if last is None else DAY + timedelta(days=last),
        )
        for number, (left, first, last) in enumerate(held, start=1)
    ]

    shares, owed = taken(*lots, own=1, points=points)

    assert sum(shares.values()) + owed == points
    holds = {each.lot_id[0]: each.points for each in lots}
    assert all(0 < part <= holds[number] for number, part in shares.items())
