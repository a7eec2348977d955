"""The promises of the exchange, each told once, in the order of sync/README.md."""

import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from db.domain.operations import read_operation, seal
from db.domain.redemption_refusals import BeyondLease
from db.services.replication import HANDLERS, apply
from sync.client.leasing import give_back, lease_exactly, lease_for_lookup
from sync.client.outbox import next_batch, take_push_reply, waiting
from sync.client.remote_office import LineAnswer
from sync.protocol.office import OfficeUnreachable
from sync.server.office import office_totals
from tests.simulation.checkers import (
    check_acks,
    check_converged,
    check_ledgers,
    check_no_overspending,
)
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_redemption, a_sale, a_void, an_undo


def quiet(world: World) -> None:
    """Let everything arrive, and check that all agree."""
    for counter in world.counters:
        world._write_down(counter)
    world.settle()
    check_acks(world)
    check_ledgers(world)
    check_converged(world)


def test_what_was_sold_offline_arrives_when_the_line_returns(
    world: World, first: SimulatedCounter
) -> None:
    first.line.faults = Faults(lose_request=1)
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id)

    report = first.exchange()

    assert (report.online, report.trouble, report.pushed) == (False, "offline", 0)
    assert first.run(waiting) == 2
    first.line.heal()
    assert first.exchange().pushed == 2
    assert office_totals(world.office.storage).sales == 1
    quiet(world)


def test_an_acknowledgement_lost_on_the_way_back_is_repeated_without_doubling(
    world: World, first: SimulatedCounter
) -> None:
    a_sale(first.storage, a_member(first.storage).member_id)
    first.line.faults = Faults(lose_reply=1)

    first.exchange()
    stored = value(world.office.storage, "SELECT count(*) FROM sale")
    first.exchange()
    first.line.heal()
    first.exchange()

    assert stored == 1
    assert value(world.office.storage, "SELECT count(*) FROM sale") == 1
    quiet(world)


def test_a_portal_that_says_200_acknowledges_nothing(first: SimulatedCounter) -> None:
    a_sale(first.storage)
    first.line.faults = Faults(portal=1)

    report = first.exchange()

    assert (report.online, report.trouble) == (False, "not_ours")
    assert first.run(waiting) == 1


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_a_reply_cut_anywhere_acknowledges_nothing(first: SimulatedCounter, cut: int) -> None:
    a_sale(first.storage)
    whole = first.line.carry

    class Cutting:
        def carry(self, kind: str, sealed: bytes) -> LineAnswer:
            answer = whole(kind, sealed)
            return replace(answer, body=answer.body[: len(answer.body) * cut // 100])

    batch = first.run(lambda work: next_batch(work, first.device))
    office = first.office()
    office._line = Cutting()

    with pytest.raises(OfficeUnreachable):
        office.push(batch)


def test_an_acknowledgement_that_names_another_hash_is_not_believed(
    world: World, first: SimulatedCounter
) -> None:
    a_sale(first.storage)
    batch = first.run(lambda work: next_batch(work, first.device))
    reply = msgspec.structs.replace(first.office().push(batch), upto_hash=bytes(32))

    outcome = first.run(lambda work: take_push_reply(work, batch, reply))

    assert (outcome.pushed, outcome.progress) == (0, False)
    assert first.run(waiting) == 1
    quiet(world)


def test_a_crash_between_two_parts_of_a_page_leaves_rows_and_cursor_together(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    for _ in range(130):
        a_sale(first.storage, member.member_id)
    first.exchange()
    world.act(second, "exchange")

    second.line.faults = Faults(crash=0.2)
    for _ in range(30):
        world.act(second, "exchange")
        check_ledgers(world)

    quiet(world)


def test_two_counters_cannot_spend_the_same_points(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=50_000)
    first.exchange()
    second.exchange()

    def ask(counter: SimulatedCounter) -> int:
        return lease_exactly(
            counter.run,
            counter.office(),
            counter.device,
            member_id=member.member_id,
            points=400,
        ).redeemable

    assert ask(first) >= 400
    assert ask(second) < 400
    a_redemption(first.storage, member.member_id, 400)
    with pytest.raises(BeyondLease):
        a_redemption(second.storage, member.member_id, 400)
    check_no_overspending(world)
    quiet(world)


def test_an_exact_lease_that_was_not_spent_comes_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=50_000)
    first.exchange(renew=False)
    second.exchange(renew=False)
    ask = {"member_id": member.member_id, "points": 500}
    lease_exactly(first.run, first.office(), first.device, **ask)

    assert lease_exactly(second.run, second.office(), second.device, **ask).redeemable == 0
    assert give_back(first.run, member.member_id) == 1
    first.exchange(renew=False)

    assert lease_exactly(second.run, second.office(), second.device, **ask).redeemable == 500
    quiet(world)


def test_a_standing_lease_pays_while_the_line_is_down_and_no_further(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=100_000)
    report = first.exchange()
    first.line.faults = Faults(lose_request=1)

    assert report.leased == 1
    a_redemption(first.storage, member.member_id, 200)
    with pytest.raises(BeyondLease):
        a_redemption(first.storage, member.member_id, 100)
    quiet(world)


def test_standing_leases_of_all_counters_stay_within_the_share(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    for _ in range(2):
        assert world.enroll(world.add_counter())
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=100_000)
    for counter in world.counters:
        counter.exchange(renew=False)
    for counter in world.counters:
        lease_for_lookup(counter.run, counter.office(), counter.device, member_id=member.member_id)

    granted = value(world.office.storage, "SELECT sum(granted) FROM lease")

    assert granted == 500
    quiet(world)


def test_a_lease_that_ran_out_is_closed_and_comes_back(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=100_000)
    first.exchange()
    world.pass_time(73 * 3_600_000)

    with pytest.raises(BeyondLease):
        a_redemption(first.storage, member.member_id, 100)
    first.exchange(renew=False)

    assert rows(world.office.storage, "SELECT state FROM lease") == [("reclaimed",)]
    quiet(world)


def test_points_earned_a_moment_ago_can_be_spent_online(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=30_000)

    leased = lease_exactly(
        first.run, first.office(), first.device, member_id=member.member_id, points=300
    )

    assert (leased.online, leased.redeemable) == (True, 300)
    a_redemption(first.storage, member.member_id, 300)
    quiet(world)


def test_offline_asking_for_a_lease_answers_with_what_there_is(first: SimulatedCounter) -> None:
    member = a_member(first.storage)
    first.line.faults = Faults(lose_request=1)

    leased = lease_exactly(
        first.run, first.office(), first.device, member_id=member.member_id, points=100
    )

    assert (leased.online, leased.granted, leased.redeemable) == (False, 0, 0)


def test_two_machines_from_one_disk_both_go_on_and_lose_nothing(
    world: World, first: SimulatedCounter, tmp_path: Path
) -> None:
    member = a_member(first.storage)
    first.exchange()
    twin = world.add_counter()
    twin.storage.close()
    shutil.rmtree(twin.folder)
    first.storage.checkpoint()
    shutil.copytree(first.folder, twin.folder)
    twin.key, twin.device = first.key, first.device
    twin.reopen()
    a_sale(first.storage, member.member_id, amount=10_000)
    a_sale(twin.storage, member.member_id, amount=20_000)
    a_sale(twin.storage, member.member_id, amount=30_000)
    first.exchange()

    report = twin.exchange()

    assert (report.rehomed, report.pushed) == (2, 2)
    assert office_totals(world.office.storage).amount == 60_000
    quiet(world)


def test_an_act_that_comes_again_in_another_stream_is_done_once(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    first.exchange()
    world.act(first, "back_up")
    a_sale(first.storage, member.member_id, amount=10_000)
    first.exchange()
    world.strict = False
    sale = rows(first.storage, "SELECT raw FROM operation WHERE kind = 'sale'")[0][0]
    world.act(first, "roll_back")
    _replay_sale(first, sale)

    report = first.exchange()

    assert report.rehomed >= 1
    assert value(world.office.storage, "SELECT count(*) FROM sale") == 1
    assert value(world.office.storage, "SELECT count(*) FROM repeated") == 1
    quiet(world)


def test_a_fact_that_cannot_be_applied_blocks_nothing_behind_it(
    world: World,
    first: SimulatedCounter,
    second: SimulatedCounter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    member = a_member(first.storage)
    sold = a_sale(first.storage, member.member_id)
    first.exchange()
    second.exchange()
    a_void(first.storage, sold.sale_id)
    a_void(second.storage, sold.sale_id)
    after = a_sale(second.storage, member.member_id)

    first.exchange()
    report = second.exchange()

    statuses = rows(
        world.office.storage, "SELECT status FROM operation WHERE kind = 'reversal' ORDER BY rowid"
    )
    assert statuses == [("applied",), ("quarantined",)]
    assert report.quarantined >= 1
    assert value(world.office.storage, "SELECT count(*) FROM sale WHERE sale_id = ?", after.sale_id)
    assert second.run(waiting) == 0


def test_a_kind_that_only_a_newer_version_knows_stops_pulling_and_not_pushing(
    first: SimulatedCounter, second: SimulatedCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id)
    first.exchange()
    a_sale(second.storage)
    known = HANDLERS["sale"]
    monkeypatch.delitem(HANDLERS, "sale")

    report = second.exchange(renew=False)

    assert report.trouble == "update_needed"
    assert second.run(waiting) == 0
    monkeypatch.setitem(HANDLERS, "sale", known)
    assert second.exchange(renew=False).trouble is None
    assert value(second.storage, "SELECT count(*) FROM sale WHERE member_id IS NOT NULL") == 1


def test_a_restored_head_office_is_told_again_and_grants_nothing_twice(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=50_000)
    first.exchange(renew=False)
    second.exchange(renew=False)
    world.act(first, "back_up_office")
    ask = {"member_id": member.member_id, "points": 500}
    lease_exactly(first.run, first.office(), first.device, **ask)
    a_redemption(first.storage, member.member_id, 500)
    world.act(first, "restore_office")

    leased = lease_exactly(second.run, second.office(), second.device, **ask)

    assert leased.redeemable == 0
    assert first.exchange().pushed > 0
    check_no_overspending(world)
    quiet(world)


def test_a_restored_counter_begins_a_new_stream_and_hears_its_own_past(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    first.exchange()
    world.act(first, "back_up")
    sold = a_sale(first.storage, member.member_id)
    first.exchange()

    world.act(first, "restore")
    first.exchange()

    assert value(first.storage, "SELECT count(*) FROM sale WHERE sale_id = ?", sold.sale_id) == 1
    quiet(world)


def test_a_row_changed_in_the_feed_is_noticed_and_the_bucket_read_again(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    a_sale(first.storage, a_member(first.storage).member_id)
    first.exchange()
    second.exchange()
    with second.storage.begin() as work:
        work.sql.run("UPDATE cursor SET sum256 = zeroblob(32)")
    a_sale(first.storage)
    first.exchange()

    second.exchange()

    quiet(world)


def test_an_undone_sale_is_undone_everywhere(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    sold = a_sale(first.storage, a_member(first.storage).member_id)
    first.exchange()
    second.exchange()
    an_undo(first.storage, sold.sale_id)
    first.exchange()
    second.exchange()

    assert office_totals(world.office.storage).sales == 0
    assert value(second.storage, "SELECT reversed_by FROM sale") is not None
    quiet(world)


def test_a_program_published_at_head_office_reaches_every_counter(
    world: World, first: SimulatedCounter
) -> None:
    with world.office.storage.begin() as work:
        work.sql.run("UPDATE staff SET name = '王经理'")

    first.exchange()

    assert value(first.storage, "SELECT count(*) FROM staff WHERE name = '王经理' AND active") == 1


def _replay_sale(counter: SimulatedCounter, raw: bytes) -> None:
    """Let a rolled-back counter write the very act that it had written and sent before."""
    envelope = read_operation(raw).envelope
    with counter.storage.begin() as work:
        head = work.operations.stream(work.home.stream_id)
        again = seal(
            msgspec.structs.replace(
                envelope, q=head.sequence + 1, p=head.head.hex(), hlc=envelope.hlc + 1
            )
        )
        work.operations.append(again)
        apply(work, again, None)
