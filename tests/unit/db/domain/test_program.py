"""A program document is taken whole, or refused with everything that is wrong and where."""

import json
from typing import Any

import pytest

from db.domain.program.program import default_program_document, load_program
from db.domain.program.reading import DOCUMENT_BYTES_MAX, PROBLEMS_MAX, InvalidProgram
from tests.support.programs import SPEND, a_basket, a_document, a_line, sold

RATE = {"points": 1, "per_amount": "1.00"}


def problems(document: Any) -> list[tuple[str, str]]:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(InvalidProgram) as refused:
        load_program(raw)
    return [(problem.path, problem.code) for problem in refused.value.problems]


def rule(**fields: Any) -> dict[str, Any]:
    return a_document(earning=[{"id": "r", "give": RATE} | fields])


def test_the_default_program_gives_a_point_per_yuan_and_a_yuan_per_hundred() -> None:
    program = load_program(default_program_document("shop", "默认"))

    result = sold(program, a_basket(a_line("128.50")), redeem_points=500)

    assert (result.earned, result.redeemed_value, result.program) == (123, 500, "shop@1")
    assert (program.program_id, program.version) == ("shop", 1)
    lease = program.document.offline.lease
    assert (lease.share, lease.points_max, lease.all_counters_share, lease.hours) == (
        "0.2",
        2000,
        "0.5",
        72,
    )
    assert program.document.offline.floor is None


def test_every_fault_of_the_shape_is_named_where_it_was_written() -> None:
    rules = [
        {"id": "a", "give": RATE | {"points": "1"}},
        {"idd": "b", "give": RATE},
        "c",
        {"id": "d", "give": RATE, "wehn": {}},
    ]

    found = problems(a_document(earning=rules, dya_cut="04:00", version=1.5))

    assert sorted(found) == [
        ("$.dya_cut", "unknown_field"),
        ("$.earning[0].give.points", "wrong_type"),
        ("$.earning[1].id", "missing_field"),
        ("$.earning[1].idd", "unknown_field"),
        ("$.earning[2]", "wrong_type"),
        ("$.earning[3].wehn", "unknown_field"),
        ("$.version", "wrong_type"),
    ]


def test_no_more_faults_are_named_than_anybody_reads() -> None:
    assert len(problems(a_document(**{f"no{i}": i for i in range(PROBLEMS_MAX + 1)}))) == 100


def test_a_fault_in_a_key_that_stands_twice_is_named() -> None:
    twice = json.dumps(a_document()).replace("{", '{"version": "one", ', 1)

    assert problems(twice.encode()) == [("$.version", "wrong_type")]


def test_equal_bytes_are_compiled_once() -> None:
    raw = json.dumps(a_document()).encode()

    assert load_program(raw) is load_program(bytes(raw))


def test_a_byte_order_mark_is_no_problem() -> None:
    assert load_program(b"\xef\xbb\xbf" + json.dumps(a_document()).encode()).version == 1


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (b"{", "$", "not_json"),
        (b"[]", "$", "wrong_type"),
        (b"\xff", "$", "not_json"),
        (b" " * (DOCUMENT_BYTES_MAX + 1), "$", "too_large"),
        (a_document(bonus=1), "$.bonus", "unknown_field"),
        (a_document(points={"rouding": "up"}), "$.points.rouding", "unknown_field"),
        (rule(when={"skus": ["A"]}), "$.earning[0].when.skus", "unknown_field"),
        (a_document(points={"rounding": "nearest"}), "$.points.rounding", "wrong_value"),
        (rule(give={"points": 1.5}), "$.earning[0].give.points", "wrong_type"),
        (rule(give={"points": 1, "per_amount": 1}), "$.earning[0].give.per_amount", "wrong_type"),
        (rule(give=RATE | {"per_amount": "1.001"}), "$.earning[0].give.per_amount", "wrong_value"),
        (a_document(format="guitai.program/2"), "$.format", "wrong_value"),
        ({"format": "guitai.program/1"}, "$.id", "missing_field"),
    ],
)
def test_a_wrong_shape_is_refused_with_its_path(document: Any, path: str, code: str) -> None:
    assert problems(document) == [(path, code)]


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (a_document(effective_on="2026-02-30"), "$.effective_on", "no_such_day"),
        (a_document(timezone="Mars/Base"), "$.timezone", "unknown_timezone"),
        (a_document(earning=[SPEND, SPEND]), "$.earning[1].id", "duplicate"),
        (rule(when={}), "$.earning[0].when", "one_key"),
        (rule(when={"sku": ["A"], "tag": ["x"]}), "$.earning[0].when", "one_key"),
        (
            rule(when={"any": [{"sku": ["A"]}, {"tag": ["x"]}]}),
            "$.earning[0].when.any",
            "mixed_condition",
        ),
        (
            rule(when={"not": {"all": [{"sku": ["A"]}, {"tag": ["x"]}]}}),
            "$.earning[0].when.not",
            "mixed_condition",
        ),
        (
            rule(when={"not": {"event": ["signup"]}}, give={"points": 1}),
            "$.earning[0].when.not",
            "event_only_under_all",
        ),
        (
            rule(when={"spend": {"min": "2.00", "max": "1.00"}}),
            "$.earning[0].when.spend",
            "empty_range",
        ),
        (
            rule(when={"date": {"from": "2026-06-02", "to": "2026-06-01"}}),
            "$.earning[0].when.date",
            "empty_range",
        ),
        (
            rule(when={"date": {"from": "2026-06-31", "to": "2026-06-01"}}),
            "$.earning[0].when.date.from",
            "no_such_day",
        ),
        (rule(give=[]), "$.earning[0].give", "gives_nothing"),
        (rule(give={}), "$.earning[0].give", "one_award"),
        (rule(give={"points": 1, "multiply": "2"}), "$.earning[0].give", "one_award"),
        (
            rule(give={"multiply": "2", "per_item": 1}),
            "$.earning[0].give.per_item",
            "does_not_belong",
        ),
        (rule(give=RATE | {"per_item": 1}), "$.earning[0].give.per_item", "does_not_belong"),
        (
            rule(give={"points": 1, "whole_steps": True}),
            "$.earning[0].give.whole_steps",
            "does_not_belong",
        ),
        (rule(give=RATE | {"per_amount": "0"}), "$.earning[0].give.per_amount", "not_above_zero"),
        (rule(give={"multiply": "0"}), "$.earning[0].give.multiply", "not_above_zero"),
        (
            rule(give={"bands": [{"from": "0", "points": 1, "per_amount": "0.00"}]}),
            "$.earning[0].give.bands[0].per_amount",
            "not_above_zero",
        ),
        (
            rule(
                give={
                    "bands": [
                        {"from": "5", "points": 1, "per_amount": "1"},
                        {"from": "5.00", "points": 2, "per_amount": "1"},
                    ]
                }
            ),
            "$.earning[0].give.bands[1].from",
            "not_ascending",
        ),
        (
            rule(give={"multiply": "2"}, stacking="exclusive"),
            "$.earning[0].stacking",
            "multiply_always_adds",
        ),
        (
            rule(give={"tag": "x"}, stacking="exclusive"),
            "$.earning[0].stacking",
            "exclusive_without_points",
        ),
        (
            rule(when={"date": {"to": "2026-06-31"}}),
            "$.earning[0].when.date.to",
            "no_such_day",
        ),
        (
            rule(when={"all": [{"event": ["signup"]}, {"sku": ["A"]}]}, give={"points": 1}),
            "$.earning[0].when",
            "event_has_no_lines",
        ),
        (rule(when={"event": ["signup"]}), "$.earning[0].give", "event_has_no_amount"),
        (
            a_document(points={"base": {"exclude": {"tag": ["x"]}}}),
            "$.points.base.exclude",
            "line_leaves_only",
        ),
        (
            a_document(points={"expiry": {"kind": "months"}}),
            "$.points.expiry.after",
            "missing_field",
        ),
        (
            a_document(points={"expiry": {"kind": "inactivity", "months": 6, "after": 1}}),
            "$.points.expiry.after",
            "does_not_belong",
        ),
        (
            a_document(points={"expiry": {"kind": "never", "round_up_to": "year"}}),
            "$.points.expiry.round_up_to",
            "does_not_belong",
        ),
        (
            a_document(redemption={"money": {"points_per_step": 1, "value_per_step": "0"}}),
            "$.redemption.money.value_per_step",
            "not_above_zero",
        ),
        (
            a_document(
                redemption={
                    "money": {"points_per_step": 1, "value_per_step": "1", "max_share": "1.5"}
                }
            ),
            "$.redemption.money.max_share",
            "above_one",
        ),
        (
            a_document(offline={"lease": {"share": "2"}}),
            "$.offline.lease.share",
            "above_one",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_path(
    document: dict[str, Any], path: str, code: str
) -> None:
    assert (path, code) in problems(document)


@pytest.mark.parametrize(
    ("levels", "path", "code"),
    [
        ([{"code": "a"}, {"code": "a", "from": "1"}], "levels[1].code", "duplicate"),
        (
            [{"code": "a", "from": "2"}, {"code": "b", "from": "2"}],
            "levels[1].from",
            "not_ascending",
        ),
        ([{"code": "a", "from": "1.50"}], "levels[0].from", "whole_number"),
        ([{"code": "a", "multiplier": "0"}], "levels[0].multiplier", "not_above_zero"),
        ([{"code": "a", "discount": "1.1"}], "levels[0].discount", "above_one"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(
    levels: list[dict[str, Any]], path: str, code: str
) -> None:
    tiers = {"measure": "visits", "window": "lifetime", "levels": levels}

    assert problems(a_document(tiers=tiers)) == [(f"$.tiers.{path}", code)]


COUPON = {"code": "C", "kind": "amount", "value": "5.00"}


def test_what_is_not_computed_yet_is_said_and_never_ignored() -> None:
    document = a_document(journeys=[{"any": "thing"}])

    assert ("$.journeys", "not_supported_yet") in problems(document)


def test_a_program_may_lease_stored_value_to_counters() -> None:
    document = a_document(offline={"stored_value": {"share": "0.1", "hours": 24}})

    program = load_program(json.dumps(document).encode())

    assert program.document.offline.stored_value.hours == 24


def test_everything_that_is_wrong_is_said_at_once() -> None:
    document = a_document(earning=[SPEND, SPEND | {"when": {}}], coupons=[COUPON, COUPON])

    assert len(problems(document)) == 3


def test_the_problems_can_be_read_in_a_log() -> None:
    with pytest.raises(InvalidProgram) as refused:
        load_program(b"{}")

    assert str(refused.value) == "$.format: missing_field {'field': 'format'}"
