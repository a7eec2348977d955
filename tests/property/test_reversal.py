"""The law of reversal: a sale and its undo together leave nothing but history."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.refusals import Refusal
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows
from tests.support.histories import MEMBERS, Counter, Step, a_counter, histories
from tests.support.makers import a_sale, a_void, an_undo
from tests.support.publishing import LADDER, publish
from tests.support.standing import STANDING
from tests.support.storage_fixtures import MadeHome


def standing(storage: Storage) -> list[object]:
    """Return everything that stands: all but the log, the sales and their reversals."""
    return [rows(storage, sql) for sql in STANDING]


def reversed_sales(storage: Storage) -> int:
    ((count,),) = rows(storage, "SELECT sum(reversed_sales) FROM counter_day")
    return count or 0


@pytest.mark.parametrize("reverse", [an_undo, a_void])
@settings(max_examples=20)
@given(
    history=histories,
    who=st.integers(min_value=0, max_value=MEMBERS),
    amount=st.integers(min_value=1, max_value=300_000),
    wish=st.integers(min_value=0, max_value=5),
)
def test_a_sale_and_its_reversal_are_nothing(
    made_home: MadeHome,
    reverse: Callable[..., object],
    history: list[Step],
    who: int,
    amount: int,
    wish: int,
) -> None:
    with a_counter(made_home) as counter:
        publish(counter.storage, tiers=LADDER, points={"expiry": {"kind": "days", "after": 90}})
        counter.play(history)
        before, undone = standing(counter.storage), reversed_sales(counter.storage)

        sold = sold_with(counter, who, amount=amount, points=100 * wish)
        reverse(counter.storage, sold)

        assert standing(counter.storage) == before
        assert reversed_sales(counter.storage) == undone + 1
        check_ledger(counter.storage)


def sold_with(counter: Counter, who: int, *, amount: int, points: int) -> object:
    """Sell, with as many points of the wish as the rules let pay."""
    member_id = counter.members[who]
    for paid in (points, 0):
        try:
            return a_sale(counter.storage, member_id, amount=amount, redeem_points=paid).sale_id
        except Refusal:
            continue
    pytest.fail("a sale without points is never refused")
