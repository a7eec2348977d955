"""The JSON Schemas that ship are the readers' own; `guitai program schema --out` renews them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from db.domain.preview.scenario import InvalidScenario, read_scenario, scenario_schema
from db.domain.program.reading import program_schema

SHIPPED = Path(__file__).parents[4] / "resources" / "schemas"
NOON = "2026-06-01T12:00:00+08:00"
STORIES: list[dict[str, Any]] = [
    {"steps": []},
    {"member": None, "steps": [{"at": NOON, "sale": {"amount": "10.00"}}]},
    {
        "member": {"birthday": "02-29", "balance": 5},
        "steps": [
            {"at": NOON, "sale": {"lines": [{"unit_price": "1.50", "quantity": 2}]}},
            {"at": NOON, "return": {"sale": "#1", "lines": [{"line": 1}]}},
            {"at": NOON, "void": {"sale": "#1"}},
            {"at": NOON, "redeem": {"points": 1, "for": "gift:CUP"}},
            {"at": NOON, "adjust": {"points": -1}},
            {"at": NOON, "event": "signup"},
            {"at": NOON, "top_up": {"pay": "500.00"}},
            {"at": NOON, "review": "tiers"},
        ],
    },
]
MALFORMED: list[dict[str, Any]] = [
    {},
    {"steps": [{"at": NOON}]},
    {"steps": [{"at": NOON, "event": "signup", "review": "tiers"}]},
    {"steps": [{"at": NOON, "sale": {"amount": 10.5}}]},
    {"steps": [{"at": NOON, "return": {"sale": "S", "lines": [{"line": 1, "quantity": 0}]}}]},
    {"steps": [{"at": NOON, "return": {"sale": "S", "lines": [{"line": 1, "quantity": -1}]}}]},
    {"steps": [], "weather": "fine"},
]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("program-1.schema.json", program_schema()),
        ("scenario-1.schema.json", scenario_schema()),
    ],
    ids=["program", "scenario"],
)
def test_a_schema_that_ships_is_the_readers_own(name: str, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)

    assert json.loads((SHIPPED / name).read_text(encoding="utf-8")) == schema


@pytest.mark.parametrize("story", STORIES)
def test_a_story_that_reads_is_valid(story: dict[str, Any]) -> None:
    read_scenario(story)

    assert jsonschema.Draft202012Validator(scenario_schema()).is_valid(story)


@pytest.mark.parametrize("story", MALFORMED)
def test_a_malformed_story_is_neither_read_nor_valid(story: dict[str, Any]) -> None:
    with pytest.raises(InvalidScenario):
        read_scenario(story)

    assert not jsonschema.Draft202012Validator(scenario_schema()).is_valid(story)
