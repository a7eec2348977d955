"""What must be true of a universe, during it and when everything has arrived (SYNC.md §3.3)."""

from db.services.verify.book import verify_book
from db.storage.unit_of_work import Storage
from sync.client.inbox import pull_request
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import check_ledger, the_book, value

_CHAINS = (
    "SELECT stream_id, sequence, hash FROM operation"
    " UNION ALL SELECT stream_id, sequence, hash FROM repeated"
)
_ACKED = (
    "SELECT o.stream_id, o.sequence, o.hash FROM stream AS s JOIN operation AS o"
    " ON o.stream_id = s.stream_id AND o.sequence <= s.acked_sequence"
)
_USED_TWICE = (
    "SELECT count(*) FROM (SELECT code FROM coupon_use WHERE given_back_by IS NULL"
    " GROUP BY code HAVING count(*) > 1)"
)
_HOLD_OVERSPENT = (
    "SELECT count(*) FROM hold_value AS v WHERE v.granted < (SELECT coalesce(sum(s.amount), 0)"
    " FROM hold_spend AS s WHERE s.hold_id = v.hold_id AND s.lot_id = v.lot_id)"
)
_VALUE_OWED = (
    "SELECT (SELECT count(*) FROM value_account WHERE kind = 'member' AND balance < 0)"
    " + (SELECT count(*) FROM value_lot WHERE remaining < 0)"
)
_SETTING = "SELECT value FROM setting WHERE name = ?"


def check_acks(world: World) -> None:
    """I10: what a counter holds as acknowledged, head office holds, byte for byte.

    An acknowledgement is of one incarnation: a restored head office is told all of it again.
    """
    with world.office.storage.reading() as reader:
        held = set(reader.all(_CHAINS))
        incarnation = reader.value(_SETTING, ("incarnation",))
    for counter in world.counters:
        with counter.storage.reading() as reader:
            acked = set(reader.all(_ACKED))
            met = reader.value(_SETTING, ("office_incarnation",))
        if met == incarnation:
            assert acked <= held, f"{counter.name}: {len(acked - held)} false acknowledgements"


def check_ledgers(world: World) -> None:
    """I1: on every replica, at any moment, Σ accounts = 0 and balances are folds."""
    for storage in _storages(world):
        if world.strict:
            check_ledger(storage)


def check_no_overspending(world: World) -> None:
    """I2: nobody spends a point twice: no lease below zero, no member beyond what he was given."""
    office = world.office.storage
    overdrawn = "SELECT count(*) FROM account WHERE kind = 'lease' AND balance < 0"
    spent_twice = (
        "SELECT count(*) FROM (SELECT t.member_id,"
        " sum(CASE t.credit WHEN 'redeemed' THEN t.points ELSE 0 END)"
        " - sum(CASE t.debit WHEN 'redeemed' THEN t.points ELSE 0 END) AS redeemed,"
        " sum(CASE t.debit WHEN 'issued' THEN t.points ELSE 0 END) AS awarded"
        " FROM movement AS t GROUP BY t.member_id)"
        " WHERE redeemed > awarded"
    )
    if not world.strict:
        return
    for storage in _storages(world):
        assert value(storage, overdrawn) == 0, "a lease was overspent"
        assert value(storage, _USED_TWICE) == 0, "a coupon was used twice"
        assert value(storage, _HOLD_OVERSPENT) == 0, "a lease of stored value was overspent"
    assert value(office, spent_twice) == 0, "a member spent more than he was ever given"
    assert value(office, _VALUE_OWED) == 0, "a member spent more stored value than he had"


def check_converged(world: World) -> None:
    """I4, I5: nothing lost, nothing doubled, every replica tells the same book and digests."""
    office = world.office.storage
    held = set(_hashes(office))
    assert world.confirmed <= held, f"{len(world.confirmed - held)} confirmed acts were lost"
    assert value(office, "SELECT count(*) FROM operation WHERE status <> 'applied'") == 0
    expected = the_book(office)
    for counter in world.counters:
        book = the_book(counter.storage)
        for table, rows in expected.items():
            assert book[table] == rows, f"{counter.name}: {table} differs"
        _check_cursors(world, counter)
    for storage in _storages(world):
        with storage.reading() as reader:
            found = verify_book(reader)
        assert found.ok, found.problems


def _check_cursors(world: World, counter: SimulatedCounter) -> None:
    assert counter.device is not None, "settled worlds are enrolled"
    device = counter.device
    with counter.storage.begin() as work:
        positions = pull_request(work, device).positions
    with world.office.storage.reading() as reader:
        heads = reader.all(
            "SELECT bucket, max(sequence), sum256 FROM feed GROUP BY bucket ORDER BY bucket"
        )
        counts = reader.all("SELECT bucket, count(*) FROM feed GROUP BY bucket ORDER BY bucket")
    assert [(one.bucket, one.sequence, one.sum256) for one in positions] == heads
    assert [(bucket, sequence) for bucket, sequence, _ in heads] == counts, "a gap in the feed"


def _hashes(storage: Storage) -> dict[bytes, bytes]:
    with storage.reading() as reader:
        return dict(reader.all("SELECT op, hash FROM operation"))


def _storages(world: World) -> list[Storage]:
    return [world.office.storage, *(counter.storage for counter in world.counters)]


def check_quiet(world: World) -> None:
    """Let everything arrive, and check that all agree."""
    for counter in world.counters:
        world._write_down(counter)
    world.settle()
    check_acks(world)
    check_ledgers(world)
    check_converged(world)
