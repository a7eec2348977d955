"""The counter's status: what waits, which shift, and how long the last sale may be undone."""

from db.queries.counter_status import CounterStatus, counter_status
from db.storage.home import HomeIdentity
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale, a_shift, an_undo


def status_of(storage: Storage) -> CounterStatus:
    with storage.begin() as work:
        home: HomeIdentity = work.home
    with storage.reading() as reader:
        return counter_status(reader, home)


def test_a_new_counter_has_nothing_to_say(storage: Storage) -> None:
    status = status_of(storage)

    assert status == CounterStatus(
        waiting=0, with_office=False, open_shift=None, last_sale=None, last_contact_ms=None
    )


def test_the_last_sale_can_be_undone_for_two_minutes(storage: Storage, clock: FixedClock) -> None:
    member = a_member(storage)
    a_sale(storage, amount=1_000)
    sold = a_sale(storage, member.member_id)
    clock.advance(18_500)

    last = status_of(storage).last_sale

    assert last is not None
    assert (last.sale_id, last.member_name, last.due) == (sold.sale_id, "张小芳", 12_800)
    assert last.undo_seconds_left(clock.at_ms) == 102
    assert last.undo_seconds_left(clock.at_ms + 200_000) == 0


def test_a_sale_that_was_undone_is_no_last_sale(storage: Storage) -> None:
    an_undo(storage, a_sale(storage).sale_id)

    assert status_of(storage).last_sale is None


def test_the_open_shift_is_named_by_its_number(storage: Storage) -> None:
    shift = a_shift(storage)

    assert status_of(storage).open_shift == shift.number


def test_with_a_head_office_every_act_it_lacks_waits(storage: Storage, clock: FixedClock) -> None:
    a_sale(storage)
    a_sale(storage)
    with storage.begin() as work:
        work.settings.put("authority", "office")
        work.settings.put("last_contact_at", str(clock.at_ms))
        work.operations.acknowledge(work.home.stream_id, upto=1, durable=0)
        work.forget()

    status = status_of(storage)

    assert (status.waiting, status.with_office) == (1, True)
    assert status.last_contact_ms == clock.at_ms
