"""The law of returns: a sale and everything of it returned, however it is cut, are nothing.

Through the real services: lots, leases, totals, levels and postings are as before; only the days
remember that something was sold and came back.
"""

from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import OperationId, SaleId
from db.domain.refusals import Refusal
from db.domain.stored_value.refusals import StoredValueNotOffered
from db.services.stored_value import TopUpValue, top_up_value
from db.services.verify.book import verify_home
from tests.property.histories import samples
from tests.support.checkers import check_ledger, rows
from tests.support.histories import MEMBERS, Counter, Step, a_counter, histories, some_goods
from tests.support.makers import NOBODY, a_return, a_sale, a_void, an_undo
from tests.support.publishing import LADDER, publish
from tests.support.standing import STANDING
from tests.support.storage_fixtures import MadeHome

UNITS = (1, 1, 1, 2, 2, 3)
WITHOUT_DAYS = tuple(sql for sql in STANDING if "counter_day" not in sql)


def standing(counter: Counter) -> list[object]:
    """Return everything that stands but the figures of days."""
    return [rows(counter.storage, sql) for sql in WITHOUT_DAYS]


def goods_sold(counter: Counter, who: int, *, amount: int, points: int) -> SaleId:
    """Sell some goods, with as many points of the wish as the rules let pay."""
    for paid in (points, 0):
        try:
            sold = a_sale(
                counter.storage,
                counter.members[who],
                basket=some_goods(amount),
                names=("甲", "乙", "丙"),
                redeem_points=paid,
            )
        except Refusal:
            continue
        return sold.sale_id
    pytest.fail("a sale without points is never refused")


@settings(max_examples=30)
@given(
    history=histories,
    who=st.integers(min_value=0, max_value=MEMBERS),
    amount=st.integers(min_value=1, max_value=300_000),
    wish=st.integers(min_value=0, max_value=5),
    order=st.randoms(use_true_random=False),
    cut=st.integers(min_value=0, max_value=6),
    last=st.sampled_from([a_return, a_void, an_undo]),
)
def test_a_sale_of_which_everything_came_back_is_nothing(
    made_home: MadeHome,
    history: list[Step],
    who: int,
    amount: int,
    wish: int,
    order: Random,
    cut: int,
    last: Callable[..., object],
) -> None:
    with a_counter(made_home) as counter:
        publish(counter.storage, tiers=LADDER, points={"expiry": {"kind": "days", "after": 90}})
        counter.play(history)
        before = standing(counter)
        sale_id = goods_sold(counter, who, amount=amount, points=100 * wish)
        units = list(UNITS)
        order.shuffle(units)

        for line in units[:cut]:
            a_return(counter.storage, sale_id, lines=((line, 1),))
        if cut < len(units):
            last(counter.storage, sale_id)

        assert standing(counter) == before
        check_ledger(counter.storage)
        assert verify_home(counter.storage).problems == ()


@pytest.mark.parametrize("sample", [sample["id"] for sample in samples()])
@settings(max_examples=10)
@given(
    history=histories,
    who=st.integers(min_value=0, max_value=MEMBERS),
    amount=st.integers(min_value=1, max_value=300_000),
    topped_up=st.booleans(),
    order=st.randoms(use_true_random=False),
    cut=st.integers(min_value=0, max_value=6),
)
def test_under_every_sample_program_too(
    made_home: MadeHome,
    sample: str,
    history: list[Step],
    who: int,
    amount: int,
    topped_up: bool,
    order: Random,
    cut: int,
) -> None:
    """With promotions, stored value, coupons, levels, tags and idle points in play."""
    with a_counter(made_home) as counter:
        publish(counter.storage, **next(each for each in samples() if each["id"] == sample))
        if topped_up:
            top_up_all(counter)
        counter.play(history)
        before = standing(counter)
        sale_id = goods_sold(counter, who, amount=amount, points=0)
        units = list(UNITS)
        order.shuffle(units)

        for line in units[:cut]:
            a_return(counter.storage, sale_id, lines=((line, 1),))
        if cut < len(units):
            a_return(counter.storage, sale_id)

        assert standing(counter) == before
        assert verify_home(counter.storage).problems == ()


def top_up_all(counter: Counter) -> None:
    """Let every member pay ¥300.00 in, where the program keeps stored value."""
    for member_id in counter.members:
        if member_id is not None:
            with suppress(StoredValueNotOffered), counter.storage.begin() as work:
                op = OperationId(work.new_id())
                by = NOBODY
                top_up_value(work, TopUpValue(op=op, member_id=member_id, by=by, pay=30_000))


@settings(max_examples=30)
@given(
    amount=st.integers(min_value=1, max_value=30_000),
    parts=st.lists(st.integers(min_value=1, max_value=30_000), max_size=6),
)
def test_an_amount_that_came_back_in_parts_is_nothing(
    made_home: MadeHome, amount: int, parts: list[int]
) -> None:
    with a_counter(made_home) as counter:
        before = standing(counter)
        sold = a_sale(counter.storage, counter.members[0], amount=amount)
        left, taken = amount, 0
        for part in parts:
            if part < left:
                taken += a_return(counter.storage, sold.sale_id, amount=part).earned
                left -= part

        taken += a_return(counter.storage, sold.sale_id).earned

        assert taken == sold.earned
        assert standing(counter) == before
