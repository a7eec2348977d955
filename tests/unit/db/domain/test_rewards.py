"""Rewards beyond the sale: events, benefits, referral, tags, segments, gifts and debts."""

from datetime import date
from typing import Any

import pytest

from db.domain.events import EventUnknown, check_event, occurrence
from db.domain.expiry import idle_end, idle_terms
from db.domain.program.reading import InvalidProgram
from db.domain.tiers import TierLadder, TierLevel, progress
from tests.support.programs import SPEND, a_document, a_program, told

TIERS = {
    "measure": "net_spend",
    "window": "calendar_year",
    "levels": [
        {"code": "basic"},
        {
            "code": "gold",
            "from": "100.00",
            "benefits": [
                {"kind": "upgrade", "award": {"points": 30}},
                {"kind": "birthday", "award": [{"points": 88}, {"tag": "feted"}]},
            ],
        },
    ],
    "downgrade": "to_measure",
}


def at(day: str, step: dict[str, Any]) -> dict[str, Any]:
    return {"at": f"{day}T12:00:00+08:00"} | step


def sale(amount: str = "100.00", **facts: Any) -> dict[str, Any]:
    return {"sale": {"id": "S", "amount": amount} | facts}


def on_event(*events: str, give: Any = None) -> dict[str, Any]:
    return {"id": events[0], "when": {"event": list(events)}, "give": give or {"points": 10}}


@pytest.mark.parametrize(
    ("event", "next_time", "points"),
    [
        ("signup", "2026-09-01", [10, 0]),
        ("profile_completed", "2027-01-01", [10, 0]),
        ("birthday", "2026-12-31", [10, 0]),
        ("birthday", "2027-01-04", [10, 10]),
        ("attended:E1", "2027-01-04", [10, 0]),
        ("survey", "2026-06-01", [10, 10]),
    ],
)
def test_an_event_awards_as_often_as_it_counts(
    event: str, next_time: str, points: list[int]
) -> None:
    program = a_program(earning=[on_event(event)])

    answers = told(program, at("2026-06-01", {"event": event}), at(next_time, {"event": event}))

    assert [answer["earned"] for answer in answers] == points
    assert answers[1]["refused"] == (
        None if points[1] else {"code": "event_already_awarded", "details": {"event": event}}
    )


def test_two_occasions_are_two_events() -> None:
    program = a_program(earning=[on_event("attended")])

    answers = told(program, {"event": "attended:E1"}, {"event": "attended:E2"})

    assert [answer["available"] for answer in answers] == [10, 20]


def test_events_count_under_the_caps() -> None:
    program = a_program(
        earning=[SPEND, on_event("survey")], points={"caps": {"per_day": 15, "per_month": 24}}
    )

    answers = told(
        program,
        at("2026-06-01", {"event": "survey"}),
        at("2026-06-01", sale("10.00")),
        at("2026-06-02", {"event": "survey"}),
        at("2026-07-01", {"event": "survey"}),
    )

    assert [answer["earned"] for answer in answers] == [10, 5, 9, 10]


def test_a_tag_that_a_sale_gives_counts_from_the_next_one_and_goes_with_it() -> None:
    program = a_program(
        earning=[
            SPEND,
            {"id": "big", "when": {"spend": {"min": "100.00"}}, "give": {"tag": "big"}},
            {"id": "twice", "when": {"tag": ["big"]}, "give": {"multiply": "2"}},
        ]
    )

    answers = told(
        program,
        sale("100.00"),
        sale("10.00", id="T"),
        {"void": {"sale": "S"}},
        sale("10.00", id="U"),
    )

    assert [answer["earned"] for answer in answers] == [100, 20, -100, 10]


def test_a_segment_gates_a_rule_by_what_the_scenario_says_of_the_member() -> None:
    program = a_program(
        earning=[{"id": "back", "when": {"segment": ["lost"]}, "give": {"points": 50}}]
    )

    assert told(program, sale(), segments=["lost"])[0]["earned"] == 50
    assert told(program, sale(), segments=["new"])[0]["earned"] == 0


def test_reaching_a_level_gives_its_benefit_once_and_a_void_takes_it_back() -> None:
    program = a_program(tiers=TIERS)

    answers = told(
        program,
        sale("120.00"),
        sale("1.00", id="T"),
        {"void": {"sale": "S"}},
        sale("120.00", id="U"),
    )

    assert [answer["earned"] for answer in answers] == [120, 1, -120, 120]
    assert [answer["available"] for answer in answers] == [150, 151, 1, 151]
    assert [answer["tier"] for answer in answers] == ["gold", "gold", "basic", "gold"]


def test_a_birthday_benefit_is_for_its_level_and_no_exclusive_rule_silences_it() -> None:
    program = a_program(
        tiers=TIERS,
        earning=[on_event("birthday") | {"stacking": "exclusive"}],
    )

    basic = told(program, {"event": "birthday"})
    gold = told(program, {"event": "birthday"}, tier="gold")

    assert (basic[0]["earned"], gold[0]["earned"]) == (10, 98)


def test_both_sides_of_a_referral_are_awarded_on_the_first_purchase() -> None:
    program = a_program(referral={"referrer": {"points": 200}, "friend": {"points": 50}})

    friend = told(program, sale(), sale(id="T"), referrer="M1")
    stranger = told(program, sale())
    referrer = told(program, {"event": "referred_friend"}, {"event": "referred_friend"})

    assert [answer["earned"] for answer in friend] == [150, 100]
    assert stranger[0]["earned"] == 100
    assert [answer["available"] for answer in referrer] == [200, 400]


def test_a_friend_who_brings_everything_back_may_be_first_again() -> None:
    program = a_program(referral={"friend": {"points": 50}})

    answers = told(program, sale(), {"return": {"sale": "S"}}, sale("10.00", id="T"), referrer="M1")

    assert [answer["earned"] for answer in answers] == [150, -150, 60]


def test_a_debt_is_forgiven_after_its_days_and_no_day_earlier() -> None:
    program = a_program(debt={"write_off_days": 30})

    answers = told(
        program,
        at("2026-06-01", sale()),
        at("2026-06-01", {"redeem": {"points": 100}}),
        at("2026-06-01", {"void": {"sale": "S"}}),
        at("2026-07-01", {"review": "expiry"}),
        at("2026-07-02", {"review": "expiry"}),
    )

    assert [answer["available"] for answer in answers] == [100, 0, -100, -100, 0]


def test_gifts_never_oversell_their_stock() -> None:
    program = a_program(redemption={"gifts": [{"sku": "CUP", "points": 10, "stock": 2}]})
    ask = {"redeem": {"points": 10, "for": "gift:CUP"}}

    answers = told(program, ask, ask, ask, balance=100)

    assert [answer["available"] for answer in answers] == [90, 80, 80]
    assert answers[2]["refused"] == {"code": "gift_out_of_stock", "details": {"sku": "CUP"}}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"referral": {"referrer": {"points": 1, "per_amount": "1.00"}}}, "$.referral.referrer"),
        (
            {
                "tiers": {
                    "measure": "visits",
                    "window": "lifetime",
                    "levels": [
                        {
                            "code": "a",
                            "benefits": [{"kind": "birthday", "award": {"multiply": "2"}}],
                        }
                    ],
                }
            },
            "$.tiers.levels[0].benefits[0].award",
        ),
    ],
)
def test_a_rate_needs_an_amount_which_an_event_has_not(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidProgram) as refused:
        a_program(**changes)

    assert (path, "event_has_no_amount") in [(p.path, p.code) for p in refused.value.problems]
    assert a_document()


@pytest.mark.parametrize("event", ["", "party", "attended", "signup:x", "attended:", "tier:gold"])
def test_only_events_that_people_report_can_be_reported(event: str) -> None:
    with pytest.raises(EventUnknown):
        check_event(event)


@pytest.mark.parametrize("event", ["signup", "survey", "survey:S1", "attended:开业 8 周年"])
def test_an_event_may_carry_a_name(event: str) -> None:
    check_event(event)


def test_levels_are_reached_once_a_year() -> None:
    assert occurrence("tier:gold", date(2026, 12, 31)) == "tier:gold:2026"


def test_progress_says_what_is_missing_to_rise_and_to_stay() -> None:
    levels = (
        TierLevel("a", 0, multiplier=1, discount=0),  # type: ignore[arg-type]  # whole numbers are fractions
        TierLevel("b", 100, multiplier=1, discount=0),  # type: ignore[arg-type]  # whole numbers are fractions
        TierLevel("c", 300, multiplier=1, discount=0),  # type: ignore[arg-type]  # whole numbers are fractions
    )
    ladder = TierLadder("visits", "anniversary", levels, downgrade="one_step")

    missing = progress(ladder, "b", 40, on=date(2026, 6, 1), joined_on=date(2024, 3, 15))

    assert (missing.next_level, missing.to_upgrade, missing.to_keep) == ("c", 260, 60)
    assert missing.keep_by == date(2027, 3, 14)


@pytest.mark.parametrize(
    ("days", "end"),
    [
        ([], "2026-02-28"),
        (["2026-02-28"], "2026-03-28"),
        (["2026-03-01"], "2026-02-28"),  # too late by a day
        (["2026-02-20", "2026-03-10"], "2026-04-10"),  # the second counts because of the first
        (["2026-01-10"], "2026-02-28"),  # before the lot was there
    ],
)
def test_an_idle_lot_lives_from_sale_to_sale(days: list[str], end: str) -> None:
    bought = [date.fromisoformat(day) for day in days]

    terms = idle_terms("1", "2026-02-28")
    to_the_year = idle_terms("1/year", "2026-12-31")

    assert idle_end(terms, date(2026, 1, 31), bought) == date.fromisoformat(end)
    assert idle_end(to_the_year, date(2026, 1, 31), bought) == date(2026, 12, 31)
