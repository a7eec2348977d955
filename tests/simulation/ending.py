"""What must be true when the faults have stopped: all is said, and all tell one story.

Liveness is bounded: after so many rounds of exchanges nothing is left to say (I5). Then nothing is
lost or doubled (I4), nothing was overwritten unseen (I12 to I14), and `verify` finds nothing.
"""

import msgspec

from db.domain import hlc
from db.domain.ids import parse_id
from db.services.verify.book import verify_book
from db.storage.unit_of_work import Storage
from sync.client.exchange import ExchangeReport
from tests.simulation.company import Company
from tests.simulation.oracle import hold
from tests.support.checkers import check_ledger, rows, the_book, value

_WORDS = """
SELECT o.op, o.raw, p.payload, o.received_at
FROM operation AS o JOIN personal AS p ON p.op = o.op
WHERE o.kind = 'member_update' AND o.status = 'applied'
"""
_PURSES = """
SELECT v.purse, sum(v.balance)
FROM value_account AS v LEFT JOIN member_alias AS a ON a.alias_id = v.owner
WHERE v.kind = 'member' GROUP BY coalesce(a.root_id, v.owner), v.purse
"""
_HELD_VALUE = """
SELECT v.hold_id, v.granted, coalesce(sum(s.amount), 0)
FROM hold_value AS v LEFT JOIN hold_spend AS s ON s.hold_id = v.hold_id AND s.lot_id = v.lot_id
GROUP BY v.hold_id, v.lot_id
"""
_USED_TWICE = """
SELECT code, count(*) FROM coupon_use WHERE given_back_by IS NULL GROUP BY code HAVING count(*) > 1
"""
ROUNDS_MAX = 10
ROUND_MS = 60_000


def settle(company: Company) -> None:
    """Heal everything and exchange until all is said; raise `Violated` when that never comes."""
    company.heal()
    said: list[ExchangeReport] = []
    for round_ in range(ROUNDS_MAX):
        company.timeline.wait(ROUND_MS)
        said = [till.process().exchange(renew=round_ < 2) for till in company.tills]
        if round_ > 1 and all(_is_quiet(one) for one in said):
            return
    hold("I5 liveness", False, said)


def _is_quiet(said: ExchangeReport) -> bool:
    moved = said.pushed or said.pulled or said.rehomed or said.rejected
    return said.online and said.trouble is None and not moved


def check_ending(company: Company) -> None:
    """Check what is true of a quiet universe."""
    office = company.office.storage
    storages = [office, *(till.storage for till in company.tills)]
    check_nothing_lost(company)
    for storage in storages:
        check_ledger(storage)
        with storage.reading() as reader:
            found = verify_book(reader)
        hold("verify", found.ok, storage.path.parent.name, found.problems)
    check_books(company)
    for till in company.tills:
        check_cursors(company, till.storage)
    check_leases(company)
    check_value(office)
    check_coupons(office, risk=company.plan.risk)
    check_aliases(office)
    check_words(company)
    check_cases(company)


def contested(company: Company) -> int:
    """Return how many acts head office set aside as a conflict, and so did who did them.

    Two cut-off counters took one sale back: one act stands, the other is in the inbox.
    """
    strange = set[bytes]().union(*(till.strange for till in company.tills))
    sql = "SELECT op FROM operation WHERE status = 'quarantined'"
    return sum(row[0] not in strange for row in rows(company.office.storage, sql))


def check_books(company: Company) -> None:
    """I5: every counter's book is head office's, row by row."""
    expected = the_book(company.office.storage)
    for till in company.tills:
        book = the_book(till.storage)
        for table, told in expected.items():
            different = sorted(set(book[table]) ^ set(told), key=repr)[:4]
            hold("I5 convergence", book[table] == told, till.name, table, different)


def check_nothing_lost(company: Company) -> None:
    """I4: every act whose commit returned is at head office, once, and nothing else is."""
    held = [row[0] for row in rows(company.office.storage, "SELECT op FROM operation")]
    hold("I4 exactly once", len(held) == len(set(held)), "an operation stands twice")
    lost = company.oracle.acts.keys() - set(held)
    kinds = sorted(company.oracle.acts[op].kind for op in lost)
    hold("I4 exactly once", not lost, "lost", kinds)


def check_cursors(company: Company, storage: Storage) -> None:
    """I5: every cursor stands at its bucket's head, with its digest."""
    heads = rows(
        company.office.storage,
        "SELECT bucket, max(sequence), sum256 FROM feed GROUP BY bucket ORDER BY bucket",
    )
    cursors = rows(storage, "SELECT bucket, sequence, sum256 FROM cursor ORDER BY bucket")
    hold("I5 convergence", cursors == heads, storage.path.parent.name, "cursors")


def check_leases(company: Company) -> None:
    """I2: head office's books on leases are the oracle's."""
    office = company.office.storage
    for lease_id, spent in rows(office, "SELECT lease_id, spent FROM lease"):
        known = company.oracle.leases.get(lease_id)
        hold("I2 leases", known is not None, "a lease that nobody granted")
        assert known is not None
        hold("I2 leases", known.spent == spent, "spent", known.spent, "booked", spent)


def check_value(office: Storage) -> None:
    """I2: nobody spent more stored value than he had, nor a counter more than it held.

    What those have for whom somebody stands is his, and stays spent when they are told apart again.
    """
    if not value(office, "SELECT count(*) FROM member_unmerge"):
        for purse, balance in rows(office, _PURSES):
            hold("I2 stored value", balance >= 0, purse, "spent twice:", balance)
    for lease_id, granted, spent in rows(office, _HELD_VALUE):
        hold("I2 stored value", spent <= granted, lease_id.hex(), "held", granted, "spent", spent)


def check_coupons(office: Storage, *, risk: str) -> None:
    """I11: no coupon stands used twice, but where the shop accepted that."""
    twice = [] if risk == "floor" else rows(office, _USED_TWICE)
    hold("I11 coupon", not twice, "used twice", twice)


def check_aliases(office: Storage) -> None:
    """I12: who stands for whom is one step, and no ring."""
    aliases = dict(rows(office, "SELECT alias_id, root_id FROM member_alias"))
    hold("I12 alias", not set(aliases) & set(aliases.values()), "more than one step")


def check_words(company: Company) -> None:
    """I13: of each field the latest word stands, and none from a clock that ran ahead.

    What a word counts by is its stamp, unless head office put that right when it arrived.
    """
    office = company.office.storage
    told = rows(office, "SELECT raw FROM operation WHERE kind = 'restamp'")
    stamps = [msgspec.json.decode(raw) for (raw,) in told]
    right = {parse_id(fields["ref"]): fields["b"]["hlc"] for fields in stamps}
    latest: dict[tuple[bytes, str], tuple[int, bytes, str]] = {}
    for op, raw, payload, received_at in rows(office, _WORDS):
        fields, texts = msgspec.json.decode(raw), msgspec.json.decode(payload)
        stamp = right.get(op, fields["hlc"])
        if received_at is not None:
            ahead = hlc.milliseconds(stamp) - received_at
            hold("I13 last word", ahead <= hlc.AHEAD_MS_MAX, "a word counts", ahead, "ms ahead")
        for name in fields["b"]["fields"]:
            word = (stamp, op, texts.get(name, ""))
            key = (parse_id(fields["m"]), name)
            latest[key] = max(latest.get(key, word), word)
    for (member_id, name), (_, op, text) in latest.items():
        shown = value(office, f"SELECT {name} FROM member WHERE member_id = ?", member_id)
        hold("I13 last word", (shown or "") == text, name, shown, text)
        history = "SELECT 1 FROM member_change WHERE member_id = ? AND field = ? AND op = ?"
        hold("I14 history", value(office, history, member_id, name, op), "a word is gone")


def check_cases(company: Company) -> None:
    """I14: every quarantined operation has a conflict that names it."""
    office = company.office.storage
    uncovered = rows(
        office,
        "SELECT kind, error FROM operation AS o WHERE status = 'quarantined' AND NOT EXISTS"
        " (SELECT 1 FROM conflict AS c WHERE c.subject = o.op OR c.other = o.op)",
    )
    hold("I14 cases", not uncovered, "quarantined without a case:", uncovered)
