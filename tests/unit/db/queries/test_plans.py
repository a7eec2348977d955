"""What a touch asks is answered from indexes: no statement of it walks through a table."""

import pytest

from db.queries import counter_status, ledger_history, member_card, waiting
from db.storage import member_facts
from db.storage.unit_of_work import Storage

ID = bytes(16)
HOT = {
    "card": (member_card._CARD, (ID,)),
    "next expiry": (member_card._NEXT_EXPIRY, (ID, "2026-11-21")),
    "next expiry with leases": (member_card._NEXT_EXPIRY_WITH_LEASES, (ID, "2026-11-21")),
    "waits": (waiting._OF_MEMBER, (ID, ID)),
    "known": (member_facts._KNOWN, (ID,)),
    "free": (member_facts._FREE, (ID, "2026-11-21")),
    "leased": (member_facts._LEASED, (ID, ID, 0)),
    "unsent": (ledger_history._UNSENT, (ID, ID)),
    "last sale": (counter_status._LAST_SALE, (ID, 1_000)),
} | {f"history {place}": (sql, (ID, 0, ID)) for place, sql in enumerate(ledger_history._SOURCES)}
TABLES = "consent lease lease_lot lot member operation points_entry reversal sale transfer"


@pytest.mark.parametrize("name", HOT)
def test_a_hot_question_scans_no_table_that_grows(name: str, storage: Storage) -> None:
    sql, params = HOT[name]

    with storage.reading() as reader:
        aliases = {
            row[0] for row in reader.all("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        plan = [str(row[3]) for row in reader.all(f"EXPLAIN QUERY PLAN {sql}", params)]

    assert set(TABLES.split()) <= aliases
    scanned = {step.split()[1] for step in plan if step.startswith("SCAN ")}
    assert scanned.isdisjoint(TABLES.split())
    assert scanned.isdisjoint({"m", "o", "l", "p", "t"})  # what the statements call them
