"""The three sample programs: they load, use every field there is, and answer as worked by hand."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from db.domain.preview.preview import preview
from db.domain.program.offer_document import ProgramDocument
from db.domain.program.program import load_program
from db.domain.program.reading import InvalidProgram, read_document
from desktop.assets import sample_programs

BEYOND = {("ProgramDocument", "journeys")}
"""What `program check` refuses as not computed by this engine; no sample can have it."""

Expected = tuple[int, str, int, int, str]
"""earned, due, available, pending, tier."""

GROCERY: tuple[Expected, ...] = (
    (100, "0.00", 100, 0, "basic"),  # welcome
    # milk 36 − 12 free, tomato 30, eggs 30; (24 + 2·30 + 30) + 3·2 own brand + 10 eggs + 88 first
    (218, "84.00", 318, 0, "basic"),
    # flyer 25 off 310, of it 20.97 off the rice: 239.03 · 3 = 717.09; tobacco earns nothing
    (717, "285.00", 1035, 0, "basic"),
    (0, "0.00", 1035, 0, "basic"),  # points do not pay beside a coupon
    # snacks 24 − 3, bread and jam 27 → 20, coupon 5
    (36, "36.00", 1071, 0, "basic"),
    # 15 % of 1800 is cut at 60, 1000 points pay 10; 1730 + 50 for a big basket
    (1780, "1730.00", 1851, 0, "silver"),
    (1178, "940.00", 3029, 0, "silver"),  # 940 · 1.2 + 50
    (-1178, "-940.00", 1851, 0, "silver"),
    (0, "0.00", 1701, 0, "silver"),  # a bag for 150
    (100, "0.00", 1801, 0, "silver"),  # a silver member's birthday
    (0, "0.00", 100, 0, "silver"),  # 2027-06-30 was the last day of all before the birthday
)
APPAREL: tuple[Expected, ...] = (
    # second shirt at half price 50, dearest item 50, delivery 15 off; the opening gives alone
    (500, "700.00", 0, 500, "black"),
    # 600 − 5 %; 50 + 14 in bands; 1 + 0.5 + 1 = 2.5
    (160, "570.00", 0, 660, "black"),
    (-160, "-570.00", 0, 500, "black"),
    # 340 − 17 − 28.50 (belt) − 7.60 (a sock); 50 by points; belt 211.80 ÷ 10 · 1.5 = 31.77
    (32, "236.90", 0, 32, "black"),
    # two of five socks: ⌊25.10 · 2/5⌋ in 分, ⌊53 · 2/5⌋ points
    (0, "-10.04", 21, 32, "black"),
)
CAFE: tuple[Expected, ...] = (
    (0, "0.00", 0, 0, "guest"),
    (85, "80.00", 85, 0, "guest"),  # cake 60 − 20 %; ⌊80 ÷ 2⌋ · 2 on member day, + 5
    (500, "110.00", 585, 0, "guest"),  # 110 · 2 · 3 = 660, cut at 500
    (16, "31.00", 581, 0, "regular"),  # points that pay do not lessen what earns: 32 ÷ 2
    (9, "19.60", 590, 0, "regular"),  # 30 − 10 % − 20 % − 2; ⌊19.60 ÷ 2⌋
    (0, "0.00", 550, 0, "regular"),
    (20, "0.00", 570, 0, "regular"),
    (0, "0.00", 570, 0, "regular"),  # 270 + 850 would be above 1000
    (0, "0.00", 0, 0, "regular"),  # six months without a visit
)


def document_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sample_programs()[name][0].read_bytes())
    return found


def told(name: str) -> list[dict[str, Any]]:
    program, scenario = sample_programs()[name]
    answer = preview(load_program(program.read_bytes()), json.loads(scenario.read_bytes()))
    steps: list[dict[str, Any]] = answer["steps"]
    return steps


@pytest.mark.parametrize(
    ("name", "expected"), [("grocery", GROCERY), ("apparel", APPAREL), ("cafe", CAFE)]
)
def test_a_samples_story_ends_as_worked_by_hand(name: str, expected: tuple[Expected, ...]) -> None:
    steps = told(name)

    assert [
        (step["earned"], step["due"], step["available"], step["pending"], step["tier"])
        for step in steps
    ] == list(expected)


def test_stored_value_is_spent_in_proportion_and_its_bonus_ends() -> None:
    steps = told("cafe")

    assert steps[0]["stored_value"] == {"principal": "300.00", "bonus": "50.00"}
    assert steps[1]["stored_value"] == {"principal": "231.43", "bonus": "38.57"}
    assert steps[7]["refused"]["details"]["largest"] == "680.00"
    assert steps[8]["stored_value"] == {"principal": "231.43", "bonus": "0.00"}


def test_a_samples_coupon_is_issued_used_and_gone() -> None:
    steps = told("grocery")

    assert [coupon["code"] for coupon in steps[0]["coupons"]] == ["WELCOME5"]
    assert steps[3]["refused"]["code"] == "not_with_coupon"
    assert steps[4]["coupons"] == []


def written(part: Any, raw: Any) -> Iterator[tuple[str, str]]:
    """Yield (type, field) of every field that a document writes."""
    if isinstance(part, list):
        for each, its_raw in zip(part, raw, strict=True):
            yield from written(each, its_raw)
    elif isinstance(part, msgspec.Struct):
        for field in msgspec.structs.fields(part):
            if field.encode_name in raw:
                yield type(part).__name__, field.encode_name
                yield from written(getattr(part, field.name), raw[field.encode_name])


def every_field() -> set[tuple[str, str]]:
    """Return (type, field) of every field that a document may have."""
    schema = msgspec.json.schema(ProgramDocument)["$defs"]
    return {
        (kind, field) for kind, definition in schema.items() for field in definition["properties"]
    }


def test_the_samples_use_every_field_together() -> None:
    used: set[tuple[str, str]] = set()
    for name in sample_programs():
        raw = document_of(name)
        used |= set(written(read_document(json.dumps(raw).encode()), raw))

    assert sorted(every_field() - used - BEYOND) == []
    assert used & BEYOND == set()


def test_what_no_sample_has_is_refused_by_the_check() -> None:
    document = document_of("grocery") | {"journeys": [{"id": "x"}]}

    with pytest.raises(InvalidProgram) as refused:
        load_program(json.dumps(document).encode())

    assert {problem.code for problem in refused.value.problems} == {"not_supported_yet"}


def test_every_sample_names_its_parts_in_both_languages() -> None:
    for name in sample_programs():
        document = document_of(name)
        parts = [*document["earning"], *document["promotions"], *document["coupons"]]
        parts += document["tiers"]["levels"]
        assert all(part["name"]["zh"] and part["name"]["en"] for part in parts)
