"""The promises of the exchange, each told once: what arrives, and what is believed."""

from dataclasses import replace

import msgspec
import pytest

from db.services.replication import HANDLERS
from sync.client.outbox import next_batch, take_push_reply, waiting
from sync.client.remote_office import LineAnswer
from sync.protocol.office import OfficeUnreachable
from sync.server.office import office_totals
from tests.simulation.checkers import (
    check_ledgers,
    check_quiet,
)
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_sale, a_void, an_undo


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
    check_quiet(world)


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
    check_quiet(world)


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
    check_quiet(world)


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

    check_quiet(world)


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

    check_quiet(world)


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
    check_quiet(world)


def test_a_program_published_at_head_office_reaches_every_counter(
    world: World, first: SimulatedCounter
) -> None:
    with world.office.storage.begin() as work:
        work.sql.run("UPDATE staff SET name = '王经理'")

    first.exchange()

    assert value(first.storage, "SELECT count(*) FROM staff WHERE name = '王经理' AND active") == 1
