"""Laws of the loyalty engine: nothing is lost in spreading, reversing or spending."""

import json
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.domain.allocation import spread, spread_within
from db.domain.basket import Basket, BasketLine
from db.domain.exact import quotient_text, rate_text
from db.domain.ids import LotId
from db.domain.lots import Lot, available_on, pending, spend_order, take
from db.domain.redemption import Bill, check_redemption, largest_redemption, quick_chips
from db.domain.refusals import Refusal
from tests.support.programs import a_program, sold, told

DAY = date(2026, 6, 1)
money = st.integers(0, 50_000)
rows = st.builds(
    BasketLine,
    unit_price=money,
    quantity=st.integers(1, 5),
    discount=st.integers(0, 2_000),
    sku=st.sampled_from("ABC"),
    category=st.sampled_from(["food/snack", "food", "drink"]),
    kind=st.sampled_from(["goods", "goods", "delivery"]),
)
baskets = st.builds(
    Basket, lines=st.lists(rows, min_size=1, max_size=6).map(tuple), order_discount=money
)
awards = st.sampled_from(
    [
        {"points": 1, "per_amount": "1.00"},
        {"points": 2, "per_amount": "3.00", "whole_steps": True},
        {"points": 7},
        {"points": 3, "per_item": 2},
        {"multiply": "3/2"},
        {
            "bands": [
                {"from": "0", "points": 1, "per_amount": "7.00"},
                {"from": "90.00", "points": 1, "per_amount": "1.00"},
            ]
        },
    ]
)
whens = st.sampled_from([None, {"sku": ["A"]}, {"category": ["food"]}, {"spend": {"min": "50.00"}}])


@st.composite
def programs(draw: st.DrawFn) -> Any:
    """Draw programs of up to five rules, with a redemption in small steps."""
    earning = []
    for i, (award, when) in enumerate(draw(st.lists(st.tuples(awards, whens), max_size=5))):
        earning.append({"id": f"r{i}", "give": award} | ({} if when is None else {"when": when}))
    return a_program(
        earning=earning,
        points={
            "rounding": draw(st.sampled_from(["down", "half_up", "up"])),
            "combine_multipliers": draw(st.sampled_from(["max", "sum", "product"])),
        },
        redemption={"money": {"points_per_step": 1, "value_per_step": "0.01"}},
    )


@given(total=st.integers(-10_000, 10_000), weights=st.lists(st.integers(0, 99), max_size=8))
def test_parts_add_up_and_stay_within_one_of_their_share(total: int, weights: list[int]) -> None:
    parts = spread(total, weights)

    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    if whole:
        shares = [Fraction(total * weight, whole) for weight in weights]
        assert all(abs(part - share) < 1 for part, share in zip(parts, shares, strict=True))


@given(
    total=st.integers(0, 10_000),
    parts=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 999)), max_size=8),
)
def test_limits_are_kept_and_all_that_fits_is_spread(
    total: int, parts: list[tuple[int, int]]
) -> None:
    weights, limits = [weight for weight, _ in parts], [limit for _, limit in parts]

    given_out = spread_within(total, weights, limits=limits)

    room = sum(limit for weight, limit in parts if weight)
    assert sum(given_out) == min(total, room)
    assert all(part <= limit for part, limit in zip(given_out, limits, strict=True))


@given(program=programs(), basket=baskets, share=st.fractions(0, 1))
def test_lines_add_up_to_their_sale(program: Any, basket: Basket, share: Fraction) -> None:
    due = sold(program, basket).due
    points = int(due * share)

    result = sold(program, basket, redeem_points=points)

    lines = result.per_line
    assert sum(line.earned for line in lines) == result.earned >= 0
    assert sum(line.redeemed_points for line in lines) == result.redeemed == points
    assert sum(line.redeemed_value for line in lines) == result.redeemed_value
    assert sum(line.paid for line in lines) == result.due >= 0
    assert result.gross - result.discount - result.redeemed_value == result.due
    assert all(line.paid >= 0 for line in lines)
    assert sum(award.points for award in result.awards) == result.earned
    assert json.loads(json.dumps(result.explanation)) == list(result.explanation)


@given(program=programs(), basket=baskets)
def test_paying_with_points_never_earns_more(program: Any, basket: Basket) -> None:
    plain = sold(program, basket)

    assert sold(program, basket, redeem_points=plain.due).earned <= plain.earned


STATE = ("available", "pending", "lots", "tier", "qualifying")


@given(
    program=programs(),
    quantities=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    price=st.integers(1, 9_999),
    points=st.integers(0, 300),
    order=st.randoms(use_true_random=False),
)
def test_whatever_the_portions_returning_everything_restores_everything(
    program: Any, quantities: list[int], price: int, points: int, order: Any
) -> None:
    lines = [
        {"sku": "ABC"[i % 3], "quantity": quantity, "unit_price": f"{price / 100:.2f}"}
        for i, quantity in enumerate(quantities)
    ]
    units = [i + 1 for i, quantity in enumerate(quantities) for _ in range(quantity)]
    order.shuffle(units)
    points = min(points, price * len(units))

    answers = told(
        program,
        {"adjust": {"points": 0}},
        {"sale": {"id": "S", "lines": lines, "redeem_points": points}},
        *[{"return": {"sale": "S", "lines": [{"line": unit}]}} for unit in units],
        balance=300,
    )

    assert all(answer["refused"] is None for answer in answers)
    assert [answers[-1][name] for name in STATE] == [answers[0][name] for name in STATE]
    assert sum(answer["earned"] for answer in answers) == 0
    assert sum(answer["redeemed"] for answer in answers) == 0


@st.composite
def lots(draw: st.DrawFn) -> Lot:
    """Draw lots around a day: some pending, some lapsed, some owing."""
    days = st.integers(-40, 40).map(lambda days: DAY + timedelta(days=days))
    return Lot(
        LotId(draw(st.binary(min_size=16, max_size=16))),
        draw(st.integers(-50, 500)),
        draw(days),
        draw(st.none() | days),
        draw(st.integers(0, 9)),
    )


books = st.lists(lots(), max_size=8, unique_by=lambda lot: lot.lot_id)


@given(book=books, order=st.randoms(use_true_random=False))
def test_what_is_available_does_not_depend_on_the_order_of_arrival(
    book: list[Lot], order: Any
) -> None:
    shuffled = list(book)
    order.shuffle(shuffled)

    assert available_on(shuffled, DAY) == available_on(book, DAY)
    assert pending(shuffled, DAY) == pending(book, DAY)
    assert spend_order(shuffled, DAY) == spend_order(book, DAY)


@given(book=books, share=st.fractions(0, 1))
def test_taking_points_takes_exactly_so_many_from_usable_lots(
    book: list[Lot], share: Fraction
) -> None:
    held = {lot.lot_id: lot for lot in spend_order(book, DAY)}
    points = int(sum(lot.points for lot in held.values()) * share)

    taken = take(book, points, DAY)

    assert sum(part for _, part in taken) == points
    assert all(0 < part <= held[lot_id].points for lot_id, part in taken)
    emptied = [lot_id for lot_id, part in taken if part == held[lot_id].points]
    assert len(taken) - len(emptied) <= 1


@given(
    step=st.integers(1, 200),
    value=st.sampled_from(["0.01", "0.005", "1.00", "0.33", "3.00"]),
    least=st.integers(0, 500),
    share=st.sampled_from(["1", "0.5", "1/3", "0.07"]),
    most=st.none() | st.sampled_from(["0.50", "5.00", "20.00"]),
    balance=st.integers(0, 5_000),
    due=st.integers(0, 20_000),
)
def test_the_largest_redemption_is_allowed_and_one_step_more_is_not(
    step: int, value: str, least: int, share: str, most: str | None, balance: int, due: int
) -> None:
    terms = {
        "points_per_step": step,
        "value_per_step": value,
        "min_points": least,
        "max_share": share,
    } | ({} if most is None else {"max_amount": most})
    rule = a_program(earning=[], redemption={"money": terms}).money
    bill = Bill.of_amount(due)

    largest = largest_redemption(rule, balance=balance, bill=bill)

    def allowed(points: int) -> bool:
        try:
            check_redemption(rule, points, balance=balance, bill=bill)
        except Refusal as refusal:
            return refusal.details["largest"] != largest
        return True

    assert largest == 0 or allowed(largest)
    assert not any(allowed(points) for points in range(largest + step, balance + step + 1, step))
    chips = quick_chips(rule, balance=balance, bill=bill)
    assert all(allowed(chip.points) for chip in chips)
    assert len(chips) <= 3
    assert bool(chips) is bool(largest)


@given(number=st.fractions(-1_000, 1_000))
def test_an_exact_number_survives_its_text(number: Fraction) -> None:
    assert Fraction(rate_text(number)) == number


@given(numerator=st.integers(-100_000, 100_000), denominator=st.integers(1, 5_000))
def test_a_quotient_is_written_as_its_fraction_is(numerator: int, denominator: int) -> None:
    assert quotient_text(numerator, denominator) == rate_text(Fraction(numerator, denominator))
