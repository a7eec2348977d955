"""Clocks that were years wrong for an hour: nothing of it stays once they are right again."""

from db.domain.consent import ConsentFact
from db.domain.hlc import AHEAD_MS_MAX
from db.domain.ids import MemberId, OperationId
from db.queries.member_details import consents_of
from db.services.consents import RecordConsent, record_consent
from db.storage.unit_of_work import Storage
from sync.client.leasing import lease_exactly
from tests.simulation.checkers import check_quiet
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.checkers import value
from tests.support.makers import NOBODY, a_member, a_redemption, a_sale, an_adjustment
from tests.support.profile_makers import a_change

NAME = "SELECT name FROM member"
IN_2037_MS = 2_114_380_800_000


def a_consent(storage: Storage, member_id: MemberId, *, granted: bool) -> None:
    """Say yes or no to marketing."""
    fact = ConsentFact(purpose="marketing", granted=granted, basis="spoken")
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = RecordConsent(op=op, member_id=member_id, by=NOBODY, consents=(fact,))
        record_consent(work, command)


def test_a_counter_that_was_in_2037_for_an_hour_redeems_again(
    world: World, first: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    an_adjustment(first.storage, member_id, 1_000)
    world.settle()
    first.clock.at_ms = IN_2037_MS
    a_sale(first.storage)
    first.exchange()

    first.clock.at_ms = world.clock.at_ms
    first.exchange()
    lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)

    assert a_redemption(first.storage, member_id, 500).balance == 500
    check_quiet(world)


def test_its_leases_still_run_out(world: World, first: SimulatedCounter) -> None:
    member_id = a_member(first.storage).member_id
    an_adjustment(first.storage, member_id, 1_000)
    first.clock.at_ms = IN_2037_MS
    a_sale(first.storage)
    first.clock.at_ms = world.clock.at_ms
    first.exchange(renew=False)
    leased = lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)
    first.line.faults.lose_request = 1

    world.pass_time(HOUR_MS)
    later = lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)

    assert (leased.redeemable, later.redeemable) == (500, 0)


def test_the_last_word_of_2037_is_the_last_for_two_minutes(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    world.settle()
    first.clock.at_ms = IN_2037_MS
    a_change(first.storage, member_id, name="未来")
    a_change(second.storage, member_id, name="同时")
    first.exchange()
    world.settle()
    names = {value(counter.storage, NAME) for counter in world.counters}
    assert names == {value(world.office.storage, NAME)} == {"未来"}

    world.pass_time(AHEAD_MS_MAX + 1_000)
    a_change(second.storage, member_id, name="现在")
    world.settle()

    for storage in (world.office.storage, first.storage, second.storage):
        assert value(storage, NAME) == "现在"
    first.clock.at_ms = world.clock.at_ms
    check_quiet(world)


def test_a_consent_of_2037_can_be_withdrawn(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    world.settle()
    first.clock.at_ms = IN_2037_MS
    a_consent(first.storage, member_id, granted=True)
    world.settle()
    world.pass_time(AHEAD_MS_MAX + 1_000)

    a_consent(second.storage, member_id, granted=False)
    world.settle()

    for storage in (world.office.storage, first.storage, second.storage):
        with storage.reading() as reader:
            assert consents_of(reader, member_id)["marketing"] is False
    first.clock.at_ms = world.clock.at_ms
    check_quiet(world)
