"""Putting a loyalty program in force at a counter, as head office does."""

import json
from typing import Any

from db.storage.programs import ProgramRow
from db.storage.unit_of_work import Storage
from tests.support.programs import a_document

LADDER = {
    "measure": "net_spend",
    "window": "lifetime",
    "levels": [
        {"code": "silver", "from": "0", "multiplier": "1"},
        {"code": "gold", "from": "1000.00", "multiplier": "2"},
    ],
}
"""Two levels by what was spent: silver from nothing, gold from ¥1,000.00 at double points."""


def publish(storage: Storage, **overrides: Any) -> None:
    """Put `a_document` with these overrides in place of the counter's programs."""
    document = a_document(**overrides)
    raw = json.dumps(document).encode()
    with storage.begin() as work:
        work.programs.replace_all(
            [ProgramRow(document["id"], document["version"], document["effective_on"], raw)]
        )
        work.forget()
