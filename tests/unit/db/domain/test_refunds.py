"""Money goes back the way it came: every tender, in any portions, and never more than came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.refunds import Paid, check_refund, refund_tenders
from db.domain.return_refusals import RefundBeyondTender, RefundDoesNotMatch

tenders = st.dictionaries(
    st.sampled_from(["cash", "card", "wechat", "stored_value"]), st.integers(1, 9_999), min_size=1
)


@given(paid=tenders, parts=st.lists(st.integers(1, 5_000), max_size=8))
def test_portions_give_every_tender_back_what_it_paid(
    paid: dict[str, int], parts: list[int]
) -> None:
    due, returned = sum(paid.values()), 0
    back = dict.fromkeys(paid, 0)
    for part in [*parts, due]:
        amount = min(part, due - returned)
        given_back = refund_tenders(Paid(paid, back, due, returned), amount)
        assert sum(given_back.values()) == amount
        assert all(value > 0 for value in given_back.values())
        back = {name: back[name] + given_back.get(name, 0) for name in back}
        assert all(back[name] <= paid[name] for name in paid)
        returned += amount

    assert back == paid


def test_what_is_asked_for_is_taken_within_what_came() -> None:
    paid = Paid({"cash": 500, "card": 500, "stored_value": 1_000}, {"cash": 100}, 2_000, 100)

    assert check_refund(paid, 900, {"stored_value": 500, "cash": 400}) == {
        "stored_value": 500,
        "cash": 400,
    }


@pytest.mark.parametrize(
    ("asked", "tender", "largest"),
    [
        ({"stored_value": 500, "card": 500}, "card", 400),
        ({"stored_value": 600, "cash": 400}, "stored_value", 500),
        ({"stored_value": 400, "card": 300, "cash": 300}, "stored_value", 500),
        ({"alipay": 500, "stored_value": 500}, "alipay", 0),
    ],
)
def test_more_than_came_by_a_tender_is_refused_with_what_is_left(
    asked: dict[str, int], tender: str, largest: int
) -> None:
    paid = Paid({"cash": 600, "card": 400, "stored_value": 1_000}, {}, 2_000, 0)

    with pytest.raises(RefundBeyondTender) as refused:
        check_refund(paid, 1_000, asked)

    assert (refused.value.tender, refused.value.largest_minor) == (tender, largest)


@pytest.mark.parametrize("asked", [{"cash": 99}, {"cash": 101, "card": -1}])
def test_a_refund_is_what_comes_back_and_no_tender_below_nought(asked: dict[str, int]) -> None:
    with pytest.raises(RefundDoesNotMatch):
        check_refund(Paid({"cash": 500, "card": 500}, {}, 1_000, 0), 100, asked)


def test_a_sale_that_cost_nothing_gives_nothing_back() -> None:
    assert refund_tenders(Paid({}, {}, 0, 0), 0) == {}
