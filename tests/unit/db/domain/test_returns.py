"""What comes back of a sale, line by line: portions, shares, and which spent points return."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from db.domain.evaluation import LineResult
from db.domain.refusals import Refusal
from db.domain.return_refusals import (
    LinesRequired,
    OverReturn,
    OverReturnedAmount,
    QuantityInvalid,
    UnknownLine,
)
from db.domain.returns import (
    LineShare,
    Portion,
    Returnable,
    ReturnableLine,
    given_back,
    portion_of_amount,
    portions_of_lines,
    rest_of,
    reversed_share,
    shares_of,
    units_of,
)

SOLD = LineResult(
    gross=1_000, discount=100, redeemed_points=50, redeemed_value=200, paid=700, earned=7
)


def a_sale(*lines: tuple[int, int]) -> Returnable:
    """Return a sale of such lines, each with its units and how many came back."""
    made = tuple(ReturnableLine(SOLD, of, returned) for of, returned in lines)
    return Returnable("S", made)


def an_amount(returned: int = 0) -> Returnable:
    return Returnable("S", (ReturnableLine(SOLD, 700, returned),), by_amount=True)


def test_a_line_has_its_units_and_an_amount_its_minor_units_at_least_one() -> None:
    assert units_of(SOLD, quantity=3, by_amount=False) == 3
    assert units_of(SOLD, quantity=3, by_amount=True) == 700
    assert units_of(msgspec.structs.replace(SOLD, paid=0), quantity=1, by_amount=True) == 1


def test_the_rest_of_a_sale_is_every_line_that_is_not_whole() -> None:
    assert rest_of(a_sale((3, 0), (2, 2), (5, 4))) == [Portion(0, 3), Portion(2, 5)]
    assert rest_of(a_sale((1, 1))) == []


def test_a_portion_counts_what_came_back_before() -> None:
    sale = a_sale((3, 1), (2, 0))

    assert portions_of_lines(sale, [(2, 1), (1, 2)]) == [Portion(1, 1), Portion(0, 3)]
    assert portions_of_lines(sale, [(2, 1), (1, 1), (2, 1)]) == [Portion(1, 2), Portion(0, 2)]
    assert portions_of_lines(sale, []) == []


@pytest.mark.parametrize(
    ("asked", "refusal", "details"),
    [
        ([(0, 1)], UnknownLine, {"line": 0}),
        ([(3, 1)], UnknownLine, {"line": 3}),
        ([(1, 0)], QuantityInvalid, {"line": 1, "requested": 0}),
        ([(2, -4)], QuantityInvalid, {"line": 2, "requested": -4}),
        ([(1, 3)], OverReturn, {"line": 1, "requested": 3, "largest": 2}),
        ([(2, 1), (2, 2)], OverReturn, {"line": 2, "requested": 3, "largest": 2}),
    ],
)
def test_what_cannot_come_back_is_refused_with_what_can(
    asked: list[tuple[int, int]], refusal: type[Refusal], details: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        portions_of_lines(a_sale((3, 1), (2, 0)), asked)

    assert refused.value.details == details


def test_the_one_line_of_an_amount_comes_back_whole_and_once() -> None:
    for returned in (0, 300, 699):
        assert portions_of_lines(an_amount(returned), [(1, 1)]) == [Portion(0, 700)]
    for returned, quantity, largest in ((0, 2, 1), (700, 1, 0)):
        with pytest.raises(OverReturn) as refused:
            portions_of_lines(an_amount(returned), [(1, quantity)])
        assert refused.value.details == {"line": 1, "requested": quantity, "largest": largest}


def test_a_part_of_an_amount_comes_back_up_to_what_is_left() -> None:
    assert portion_of_amount(an_amount(), 1) == [Portion(0, 1)]
    assert portion_of_amount(an_amount(300), 400) == [Portion(0, 700)]


@pytest.mark.parametrize(
    ("sale", "amount", "refusal", "details"),
    [
        (an_amount(), 0, QuantityInvalid, {"line": 1, "requested": 0}),
        (an_amount(300), 401, OverReturnedAmount, {"requested_minor": 401, "largest_minor": 400}),
        (an_amount(700), 1, OverReturnedAmount, {"requested_minor": 1, "largest_minor": 0}),
        (a_sale((1, 0)), 1, LinesRequired, {"sale": "S"}),
    ],
)
def test_an_amount_beyond_the_sale_is_refused(
    sale: Returnable, amount: int, refusal: type[Refusal], details: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        portion_of_amount(sale, amount)

    assert refused.value.details == details


def test_a_line_of_a_free_amount_has_nothing_left_once_it_came_back() -> None:
    free = msgspec.structs.replace(SOLD, paid=0)
    gone = Returnable("S", (ReturnableLine(free, 1, 1),), by_amount=True)

    assert (gone.lines[0].whole, rest_of(gone)) == (True, [])
    with pytest.raises(OverReturnedAmount) as refused:
        portion_of_amount(gone, 1)
    assert refused.value.largest_minor == 0


def test_a_share_is_floored_until_the_last_unit_takes_the_rest() -> None:
    sale = a_sale((3, 0))

    (first,) = shares_of(sale, [Portion(0, 1)])
    two = replace(sale, lines=(ReturnableLine(SOLD, 3, 1, first),))
    (second,) = shares_of(two, [Portion(0, 2)])
    last = replace(sale, lines=(ReturnableLine(SOLD, 3, 2, first + second),))
    (third,) = shares_of(last, [Portion(0, 3)])

    assert first == LineShare(2, 16, 66, 33, 233)
    assert second == LineShare(2, 17, 67, 33, 233)
    assert third == LineShare(3, 17, 67, 34, 234)
    assert first + second + third == LineShare(7, 50, 200, 100, 700)


def test_lines_that_stay_reverse_nothing() -> None:
    shares = shares_of(a_sale((1, 0), (1, 0), (1, 0)), [Portion(1, 1)])

    assert shares == [LineShare(), LineShare(7, 50, 200, 100, 700), LineShare()]


@pytest.mark.parametrize(
    ("cumulative", "of", "already", "now"),
    [(0, 3, 0, 0), (1, 3, 0, 3), (2, 3, 3, 3), (3, 3, 6, 4), (1, 3, 5, 0)],
)
def test_what_is_reversed_now_is_the_share_so_far_less_what_was(
    cumulative: int, of: int, already: int, now: int
) -> None:
    assert reversed_share(10, cumulative=cumulative, of=of, already=already) == now


@pytest.mark.parametrize(
    ("already", "points", "restored"),
    [
        (0, 3, [("c", 3)]),
        (0, 5, [("b", 2), ("c", 3)]),
        (0, 15, [("a", 5), ("b", 7), ("c", 3)]),
        (4, 6, [("b", 6)]),
        (4, 8, [("a", 2), ("b", 6)]),
        (3, 1, [("b", 1)]),
        (11, 4, [("a", 4)]),
        (15, 0, []),
    ],
)
def test_points_spent_last_come_back_first_after_those_that_came_before(
    already: int, points: int, restored: list[tuple[str, int]]
) -> None:
    taken = [("a", 5), ("b", 7), ("c", 3)]

    assert given_back(taken, already=already, points=points) == restored
