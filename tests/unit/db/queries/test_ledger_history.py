"""A member's history: everything that happened to him once, newest first."""

from db.queries.ledger_history import HistoryRow, member_history
from db.storage.home import HomeIdentity
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_redemption, a_sale, an_adjustment, an_undo

MINUTE_MS = 60_000


def history_of(storage: Storage, member_id: bytes, **page: object) -> tuple[HistoryRow, ...]:
    with storage.reading() as reader:
        return member_history(reader, member_id, **page)


def a_life(storage: Storage, clock: FixedClock) -> bytes:
    """Enroll, sell ¥128, sell ¥50 with 100 points and undo it, redeem 100, adjust by +5."""
    member_id = a_member(storage).member_id
    clock.advance(MINUTE_MS)
    a_sale(storage, member_id)
    clock.advance(MINUTE_MS)
    mistake = a_sale(storage, member_id, amount=5_000, redeem_points=100)
    clock.advance(MINUTE_MS)
    an_undo(storage, mistake.sale_id)
    clock.advance(MINUTE_MS)
    a_redemption(storage, member_id, 100)
    clock.advance(MINUTE_MS)
    an_adjustment(storage, member_id, 5)
    return member_id


def test_each_act_is_a_row_and_their_points_add_up_to_the_balance(
    storage: Storage, clock: FixedClock
) -> None:
    member_id = a_life(storage, clock)

    rows = history_of(storage, member_id)

    assert [row.kind for row in rows] == [
        "adjust", "redeem", "undo", "sale", "sale", "enrollment",
    ]  # fmt: skip
    assert [row.points for row in rows] == [5, -100, 51, -51, 128, 0]
    assert [row.amount for row in rows] == [0, -100, -4_900, 4_900, 12_800, 0]
    assert sum(row.points for row in rows) == 33
    assert [row.reversed for row in rows] == [False, False, False, True, False, False]
    assert {(row.branch, row.counter) for row in rows} == {("南京东路店", "01机")}


def test_pages_continue_without_gap_or_repetition(storage: Storage, clock: FixedClock) -> None:
    member_id = a_life(storage, clock)
    whole = history_of(storage, member_id)

    pages: list[HistoryRow] = []
    while page := history_of(storage, member_id, limit=2, before=pages[-1].mark if pages else None):
        pages += page

    assert list(whole) == pages


def test_without_a_head_office_nothing_waits_and_with_one_what_it_lacks_does(
    storage: Storage, clock: FixedClock, home: HomeIdentity
) -> None:
    member_id = a_life(storage, clock)
    alone = history_of(storage, member_id)
    with storage.begin() as work:
        work.settings.put("authority", "office")
        work.operations.acknowledge(home.stream_id, upto=3, durable=3)

    joined = history_of(storage, member_id)

    assert all(row.synced for row in alone)
    assert [row.synced for row in joined] == [False, False, False, True, True, True]
