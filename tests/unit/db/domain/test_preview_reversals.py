"""Stories of returns and voids: everything reversed restores everything, to the point."""

from typing import Any

from tests.support.programs import a_program, told

CENT = {"money": {"points_per_step": 1, "value_per_step": "0.01"}}
LADDER = {
    "measure": "net_spend",
    "window": "calendar_year",
    "levels": [{"code": "plain"}, {"code": "gold", "from": "100.00", "multiplier": "2"}],
    "downgrade": "to_measure",
}


def sale(amount: str = "100.00", **facts: Any) -> dict[str, Any]:
    return {"sale": {"id": "S", "amount": amount} | facts}


def lines(*rows: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"sale": {"id": "S", "lines": list(rows)} | facts}


def back(**facts: Any) -> dict[str, Any]:
    return {"return": {"sale": "S"} | facts}


def at(day: str, step: dict[str, Any]) -> dict[str, Any]:
    return step | {"at": f"{day}T12:00:00+08:00"}


STATE = ("available", "pending", "lots", "tier", "qualifying", "stored_value", "coupons")


def test_units_returned_one_by_one_reverse_all_that_the_line_did() -> None:
    row = {"quantity": 3, "unit_price": "3.35", "discount": "0.04"}

    answers = told(
        a_program(redemption=CENT),
        lines(row, redeem_points=100),
        *[back(lines=[{"line": 1}]) for _ in range(3)],
        balance=100,
    )

    assert [answer["earned"] for answer in answers] == [9, -3, -3, -3]
    assert [answer["redeemed"] for answer in answers] == [100, -33, -33, -34]
    assert [answer["due"] for answer in answers] == ["9.01", "-3.00", "-3.00", "-3.01"]
    assert answers[3]["per_line"][0]["discount"] == "-0.02"
    assert answers[3]["available"] == 100
    assert answers[3]["qualifying"] == "0.00"


def test_a_return_in_portions_comes_to_the_same_as_at_once() -> None:
    row = {"quantity": 7, "unit_price": "1.43"}
    three = back(lines=[{"line": 1, "quantity": 3}])
    four = back(lines=[{"line": 1, "quantity": 4}])

    portions = told(a_program(), lines(row), three, four)
    at_once = told(a_program(), lines(row), back())

    assert portions[-1]["available"] == at_once[-1]["available"] == 0
    assert portions[1]["earned"] + portions[2]["earned"] == at_once[1]["earned"]


def test_part_of_an_amount_reverses_its_floor() -> None:
    answers = told(a_program(), sale("128.00"), back(amount="30.00"), back(amount="98.00"))

    assert [answer["earned"] for answer in answers] == [128, -30, -98]
    assert answers[-1]["due"] == "-98.00"


def test_a_higher_amount_than_is_left_is_refused_with_what_is() -> None:
    answer = told(a_program(), sale(), back(amount="40.00"), back(amount="60.01"))[-1]

    assert answer["refused"] == {
        "code": "over_returned_amount",
        "details": {"requested": "60.01", "largest": "60.00"},
    }


def test_a_void_restores_the_state_before_the_sale_to_the_point() -> None:
    program = a_program(
        redemption=CENT,
        tiers=LADDER,
        points={"expiry": {"kind": "inactivity", "months": 6}, "caps": {"per_day": 500}},
    )
    first = at("2026-05-01", {"sale": {"id": "A", "amount": "60.00"}})
    after_first, _, restored, again = told(
        program,
        first,
        at("2026-06-01", sale("300.00", redeem_points=70)),
        at("2026-06-01", {"void": {"sale": "S"}}),
        at("2026-06-01", {"void": {"sale": "S"}}),
        balance=40,
    )

    assert [restored[name] for name in STATE] == [after_first[name] for name in STATE]
    assert again["refused"]["code"] == "already_reversed"


def test_a_void_after_a_return_takes_back_what_is_left() -> None:
    row = {"quantity": 2, "unit_price": "10.00"}

    answer = told(a_program(), lines(row), back(lines=[{"line": 1}]), {"void": {"sale": "S"}})[-1]

    assert (answer["earned"], answer["available"], answer["due"]) == (-10, 0, "-10.00")


def test_earned_points_that_were_spent_are_owed_and_repaid_by_the_next_award() -> None:
    answers = told(
        a_program(),
        sale(),
        {"redeem": {"points": 100}},
        {"void": {"sale": "S"}},
        sale("30.00", id="T"),
        sale("90.00", id="U"),
    )

    assert [answer["available"] for answer in answers] == [100, 0, -100, -70, 20]
    assert [lot["points"] for lot in answers[-1]["lots"]] == [20]


def test_half_of_every_award_repays_when_the_program_says_half() -> None:
    answers = told(
        a_program(debt={"repay_share": "0.5"}),
        sale(),
        {"redeem": {"points": 100}},
        {"void": {"sale": "S"}},
        sale("30.00", id="T"),
    )

    assert answers[-1]["available"] == -70
    assert [lot["points"] for lot in answers[-1]["lots"]] == [15]


def test_a_return_takes_from_other_lots_before_anything_is_owed() -> None:
    answers = told(
        a_program(points={"pending_days": 7}),
        at("2026-06-01", sale("50.00")),
        at("2026-06-10", {"redeem": {"points": 100}}),
        at("2026-06-10", sale("70.00", id="T")),
        at("2026-06-10", {"void": {"sale": "S"}}),
        balance=70,
    )

    assert (answers[1]["available"], answers[2]["pending"]) == (20, 70)
    assert (answers[3]["available"], answers[3]["pending"]) == (0, 40)


def test_points_given_back_to_a_lapsed_lot_live_thirty_more_days() -> None:
    program = a_program(points={"expiry": {"kind": "days", "after": 10}})
    answers = told(
        program,
        at("2026-06-01", sale("300.00", id="A")),
        at("2026-06-05", sale("50.00", redeem_points=200)),
        at("2026-06-20", {"void": {"sale": "S"}}),
    )

    assert answers[2]["lots"] == [
        {"points": 200, "available_on": "2026-06-20", "expires_on": "2026-07-20"}
    ]


def test_a_partial_return_lowers_what_qualifies_and_not_the_tier() -> None:
    row = {"quantity": 2, "unit_price": "60.00"}

    answer = told(a_program(tiers=LADDER), lines(row), back(lines=[{"line": 1}]))[-1]

    assert (answer["qualifying"], answer["tier"]) == ("60.00", "gold")


def test_the_whole_return_of_the_sale_that_raised_the_tier_takes_the_rise_back() -> None:
    answers = told(a_program(tiers=LADDER), sale(), back())

    assert [answer["tier"] for answer in answers] == ["gold", "plain"]


def test_a_rise_stays_where_another_sale_reaches_the_level() -> None:
    answers = told(a_program(tiers=LADDER), sale(), sale(id="T"), back())

    assert answers[-1]["tier"] == "gold"


def test_a_void_frees_its_room_under_the_caps_and_a_return_does_not() -> None:
    program = a_program(points={"caps": {"per_day": 100}})
    again = sale(id="T")

    assert told(program, sale(), {"void": {"sale": "S"}}, again)[-1]["earned"] == 100
    assert told(program, sale(), back(), again)[-1]["earned"] == 0


def test_undoing_an_earlier_sale_keeps_the_last_days_that_a_later_one_set() -> None:
    program = a_program(points={"expiry": {"kind": "inactivity", "months": 1}})

    answers = told(
        program,
        at("2026-06-01", sale("10.00", id="A")),
        at("2026-06-05", sale("10.00", id="B")),
        at("2026-06-09", sale("10.00", id="C")),
        at("2026-06-10", {"void": {"sale": "B"}}),
    )

    assert [lot["expires_on"] for lot in answers[-1]["lots"]] == ["2026-07-09", "2026-07-09"]
