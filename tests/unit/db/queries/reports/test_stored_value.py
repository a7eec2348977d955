"""What is owed for stored value: every period closes where the next opens, and at the balances."""

from datetime import date, timedelta

import pytest

from db.domain.ids import BranchId, CounterId, MemberId
from db.queries.ledger_history import member_history
from db.queries.reports.day import day_report
from db.queries.reports.stored_value import PurseFigures, StoredValueReport, stored_value_report
from db.queries.shift_summary import last_shift, shift_summary
from db.queries.value_history import value_held, value_history
from db.queries.waiting import something_waits
from db.storage.home import HomeIdentity
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale, a_shift, a_void
from tests.support.publishing import publish
from tests.support.value_makers import VALUE, a_top_up, a_value_refund, a_value_sale, held

SATURDAY = date(2026, 11, 21)
DAY_MS = 86_400_000


@pytest.fixture
def member_id(storage: Storage) -> MemberId:
    """Return a member of a shop whose bonus lives a day longer than it is given."""
    publish(storage, stored_value=VALUE | {"bonus_expiry": {"kind": "days", "after": 1}})
    return a_member(storage).member_id


def owed(
    storage: Storage,
    first: date,
    last: date | None = None,
    *,
    today: date | None = None,
    branch_id: BranchId | None = None,
) -> StoredValueReport:
    last = last or first
    with storage.reading() as reader:
        return stored_value_report(
            reader, branch_id=branch_id, day_from=first, day_to=last, today=today or last
        )


def test_opening_and_what_came_and_went_is_closing(
    storage: Storage, clock: FixedClock, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    sold = a_value_sale(storage, member_id, 6_000)
    clock.advance(DAY_MS)
    a_void(storage, sold.sale_id)
    a_value_sale(storage, member_id, 3_000)
    a_value_refund(storage, member_id, amount=1_000)

    first, second = owed(storage, SATURDAY), owed(storage, SATURDAY + timedelta(days=1))

    assert first.principal == PurseFigures(topped_up=10_000, spent=4_000)
    assert first.bonus == PurseFigures(topped_up=5_000, spent=2_000)
    assert second.principal == PurseFigures(opening=6_000, spent=-2_000, refunded=1_000)
    assert second.bonus == PurseFigures(opening=3_000, spent=-1_000, refunded=4_000)
    assert (second.principal.closing, second.bonus.closing) == (7_000, 0)
    assert held(storage, member_id) == (7_000, 0)


def test_bonus_expires_at_the_end_of_its_last_day(
    storage: Storage, clock: FixedClock, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    clock.advance(2 * DAY_MS)
    days = [SATURDAY + timedelta(days=n) for n in range(3)]
    monday = days[2]

    rows = [owed(storage, day, today=monday).bonus for day in days]

    assert [(row.opening, row.expired, row.closing) for row in rows] == [
        (0, 0, 5_000),
        (5_000, 5_000, 0),
        (0, 0, 0),
    ]
    assert owed(storage, days[0], monday).bonus.closing == 0
    assert owed(storage, days[1], today=days[1]).bonus.closing == 5_000, "it is not over yet"
    assert held(storage, member_id) == (10_000, 0)


def test_a_movement_counts_where_it_happened(
    storage: Storage, home: HomeIdentity, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    other = BranchId(b"\x07" * 16)
    with storage.begin() as work:
        work.branches.put_branch(other, "二店", home.calendar)
        work.branches.put_counter(CounterId(b"\x08" * 16), other, "02机", number_block=None)
        work.settings.put("branch_id", other.hex())
        work.settings.put("counter_id", (b"\x08" * 16).hex())
        work.forget()
    a_value_sale(storage, member_id, 6_000)

    whole, there = owed(storage, SATURDAY), owed(storage, SATURDAY, branch_id=other)

    assert whole.closing == 9_000
    assert {row.branch: row.principal.closing for row in whole.branches} == {
        home.branch_name: 10_000,
        "二店": -4_000,
    }
    assert there.principal == PurseFigures(spent=4_000)
    assert len(there.branches) == 1


def test_cash_of_top_ups_lies_in_the_drawer_and_is_no_sale(
    storage: Storage, home: HomeIdentity, member_id: MemberId
) -> None:
    opened = a_shift(storage, opening_float=50_000)
    a_sale(storage, member_id, amount=1_000)
    a_top_up(storage, member_id)
    a_top_up(storage, member_id, 5_000, tender="wechat")
    a_value_sale(storage, member_id, 3_000)
    a_value_refund(storage, member_id, amount=2_000)

    with storage.reading() as reader:
        shift = shift_summary(reader, opened.shift_id)
        day = day_report(
            reader,
            branch_id=None,
            day_from=SATURDAY,
            day_to=SATURDAY,
            calendar=home.calendar,
        )
        assert last_shift(reader, home.counter_id) == shift

    assert shift is not None
    assert (shift.amount, shift.cash) == (4_000, 1_000)
    assert (shift.topped_up, shift.value_refunded, shift.value_cash) == (15_000, 2_000, 8_000)
    assert shift.expected == 59_000
    assert day.figures.amount == 4_000
    value = day.stored_value
    assert (value.top_ups, value.topped_up, value.bonus_given) == (2, 15_000, 5_000)
    assert (value.refunds, value.value_refunded, value.bonus_void) == (1, 2_000, 4_250)
    assert (value.spent_principal, value.spent_bonus, value.value_cash) == (2_250, 750, 8_000)


def test_a_history_names_what_came_and_went_newest_first(
    storage: Storage, clock: FixedClock, member_id: MemberId
) -> None:
    a_top_up(storage, member_id, tender="alipay")
    clock.advance(1_000)
    sold = a_value_sale(storage, member_id, 6_000)
    clock.advance(1_000)
    a_void(storage, sold.sale_id)
    clock.advance(1_000)
    a_value_refund(storage, member_id)

    with storage.reading() as reader:
        rows = value_history(reader, member_id, limit=9)
        now = value_held(reader, member_id, on=SATURDAY)

    assert [(row.kind, row.principal, row.bonus, row.tender, row.reason) for row in rows] == [
        ("refund", -10_000, -5_000, "cash", "退卡"),
        ("void", 4_000, 2_000, "", "输错金额"),
        ("sale", -4_000, -2_000, "", ""),
        ("top_up", 10_000, 5_000, "alipay", ""),
    ]
    assert rows[1].sale_id == rows[2].sale_id == sold.sale_id
    assert rows[0].branch == "南京东路店"
    assert (now.principal, now.bonus, now.lots) == (0, 0, ())


def test_the_members_page_lists_what_was_paid_in_and_out(
    storage: Storage, clock: FixedClock, member_id: MemberId
) -> None:
    clock.advance(1_000)
    a_top_up(storage, member_id)
    clock.advance(1_000)
    a_value_refund(storage, member_id, amount=4_000)

    with storage.reading() as reader:
        rows = member_history(reader, member_id)

    shown = [(row.kind, row.amount, row.points, row.reason) for row in rows]
    assert shown[:2] == [("refund", -4_000, 0, "退卡"), ("top_up", 10_000, 0, "")]


def test_a_top_up_waits_until_head_office_has_it(
    storage: Storage, home: HomeIdentity, member_id: MemberId
) -> None:
    with storage.begin() as work:
        work.sql.run("UPDATE stream SET acked_sequence = sequence")
    with storage.reading() as reader:
        sent = something_waits(reader, member_id, home.counter_id)

    a_top_up(storage, member_id)

    with storage.reading() as reader:
        waits = something_waits(reader, member_id, home.counter_id)
    assert (sent, waits) == (False, True)
