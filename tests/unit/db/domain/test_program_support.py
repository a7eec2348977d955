"""What a counter cannot carry out is refused by name when a program is taken over."""

import json
from typing import Any

import pytest

from db.domain.program.program import default_program_document
from db.domain.program.reading import InvalidProgram
from db.domain.program.support import load_counter_program


def a_document(**changes: Any) -> bytes:
    document = json.loads(default_program_document("shop", "店"))
    document.update(changes)
    return json.dumps(document).encode()


def test_the_program_of_a_new_shop_is_carried_out_whole() -> None:
    assert load_counter_program(a_document()).mark == "shop@1"


def test_what_goes_beyond_leases_is_carried_out() -> None:
    offline = {
        "floor": {"per_visit": 200, "per_counter": 5000},
        "spend_fresh": True,
        "forced_reclaim_days": 7,
    }

    program = load_counter_program(a_document(offline=offline))

    assert program.document.offline.floor.hours == 24


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        (
            "$.earning[0].when.all[0].segment",
            {
                "earning": [
                    {
                        "id": "hi",
                        "when": {"all": [{"segment": ["lost"]}, {"tag": ["vip"]}]},
                        "give": {"points": 9},
                    }
                ]
            },
        ),
    ],
)
def test_what_no_operation_writes_yet_is_refused_with_its_path(
    path: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(InvalidProgram) as refused:
        load_counter_program(a_document(**changes))

    assert [(path, "not_at_counter_yet")] == [(p.path, p.code) for p in refused.value.problems]
