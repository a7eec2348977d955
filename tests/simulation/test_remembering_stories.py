"""A head office that was put back to a backup: it remembers what it decided, and that alone."""

from contextlib import suppress
from pathlib import Path

import pytest

from db.domain.ids import MemberId
from db.services.verify.book import verify_home
from db.storage.errors import StorageUnavailable
from sync.client.leasing import Leased, lease_exactly
from sync.protocol.messages import LeaseAsk, LeaseRequest
from sync.server.desk import Desk
from sync.server.door import Door
from sync.server.leases import answer_leases
from sync.server.office import Office
from sync.server.storage.grant_journal import JOURNAL_FILE, GrantJournal
from tests.simulation.checkers import check_quiet
from tests.simulation.inboxes import everybody
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, the_book, value
from tests.support.coupon_makers import a_coupon, a_voided_coupon, states
from tests.support.makers import a_member, a_redemption, a_sale, an_adjustment
from tests.support.profile_makers import a_freezing, a_merge

LEASES = "SELECT count(*) FROM lease WHERE state = 'open'"
LEFT = "SELECT granted - spent - returned FROM lease"
POINTS = "SELECT coalesce(sum(balance), 0) FROM account WHERE kind IN ('member', 'lease')"


@pytest.fixture
def member_id(world: World, first: SimulatedCounter) -> MemberId:
    """Return a member with 500 points, known everywhere."""
    made = a_member(first.storage).member_id
    a_sale(first.storage, made, amount=50_000)
    world.settle()
    return made


def put_back(world: World, backup: Path | None) -> None:
    world.office_backup = backup
    world.act(world.counters[0], "restore_office")


def back_up(world: World) -> Path:
    world.act(world.counters[0], "back_up_office")
    assert world.office_backup is not None
    return world.office_backup


def ask(counter: SimulatedCounter, member_id: MemberId, points: int) -> Leased:
    return lease_exactly(
        counter.run, counter.office(), counter.device, member_id=member_id, points=points
    )


class _PowerCut(Exception):
    """The transaction comes to nothing."""


def a_grant_that_comes_to_nothing(world: World, member_id: MemberId) -> None:
    office, counter = world.office, world.counters[0]
    device = counter.device
    assert device is not None
    with suppress(_PowerCut), office.storage.begin() as work:
        desk, asked = Desk(work, office.journal), work.new_id()
        known = desk.devices.by_id(device.device)
        assert known is not None
        request = LeaseRequest(
            request=bytes(16),
            device=device.device,
            token=device.token,
            stream=value(counter.storage, "SELECT stream_id FROM stream"),
            epoch=1,
            asks=(LeaseAsk(ask=asked, member=member_id, purpose="exact", points=400),),
        )
        assert len(answer_leases(desk, known, request).rows) == 1
        raise _PowerCut


def test_what_was_granted_by_a_transaction_that_came_to_nothing_is_not_remembered(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    backup = back_up(world)
    a_grant_that_comes_to_nothing(world, member_id)
    world.settle()

    put_back(world, backup)

    assert value(world.office.storage, LEASES) == 0
    assert ask(first, member_id, 500).redeemable == 500
    check_quiet(world)


def test_what_was_granted_is_remembered_though_the_power_went_before_it_was_written_down(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    backup = back_up(world)
    assert ask(first, member_id, 400).redeemable == 400
    (world.folder / "office" / JOURNAL_FILE).unlink()
    world.office = Office(world.office.storage, world.office.journal)  # it starts, and answers

    world.office.write_down()
    put_back(world, backup)

    assert ask(second, member_id, 400).redeemable < 400
    a_redemption(first.storage, member_id, 400)
    check_quiet(world)


def test_a_line_that_a_power_cut_tore_takes_no_other_with_it(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    backup = back_up(world)
    with (world.folder / "office" / JOURNAL_FILE).open("ab") as file:
        file.write(b'{"b":{"token":')
    assert ask(first, member_id, 400).redeemable == 400

    put_back(world, backup)

    assert ask(second, member_id, 400).redeemable < 400
    check_quiet(world)


def test_what_cannot_be_written_down_is_not_told(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    journal = GrantJournal(world.folder / "no folder" / "journal")
    first.line.door = Door(Office(world.office.storage, journal))

    with pytest.raises(StorageUnavailable):
        ask(first, member_id, 400)

    assert value(first.storage, LEASES) == 0


def test_points_that_were_covered_are_covered_again_when_their_act_is_back_and_not_before(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    """A disk that was copied back spends a lease twice: 400 points are gone that nobody had."""
    world.strict = False
    assert ask(first, member_id, 400).redeemable == 400
    backup = back_up(world)
    world.act(first, "back_up")
    a_redemption(first.storage, member_id, 400)
    first.exchange(renew=False)
    world.act(first, "roll_back")
    a_redemption(first.storage, member_id, 400)
    world.settle()
    covered = rows(world.office.storage, "SELECT op FROM operation WHERE kind = 'lease_cover'")
    assert (len(covered), value(world.office.storage, POINTS)) == (1, -300)

    put_back(world, backup)

    assert rows(world.office.storage, LEFT) == [(400,)]
    world.settle()
    again = rows(world.office.storage, "SELECT op FROM operation WHERE kind = 'lease_cover'")
    assert again == covered
    for storage in everybody(world):
        assert value(storage, POINTS) == -300
        assert verify_home(storage).problems == ()


def test_what_its_people_decided_and_counters_heard_is_remembered(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    office = world.office.storage
    other = a_member(first.storage, phone="13800138002").member_id
    frozen = a_member(first.storage, phone="13800138003").member_id
    code, kept = a_coupon(office, member_id), a_coupon(office, member_id)
    world.settle()
    backup = back_up(world)
    an_adjustment(office, member_id, 250)
    a_merge(office, other, member_id)
    a_freezing(office, frozen)
    a_voided_coupon(office, code)
    newer = a_coupon(office, member_id)
    world.settle()
    before = [the_book(storage) for storage in everybody(world)]

    put_back(world, backup)
    world.settle()

    office = world.office.storage
    assert value(office, POINTS) == 750
    assert value(office, "SELECT root_id FROM member_alias WHERE alias_id = ?", other) == member_id
    assert value(office, "SELECT state FROM member WHERE member_id = ?", frozen) == "frozen"
    assert [states(office)[each] for each in (code, kept, newer)] == ["void", "valid", "valid"]
    assert [the_book(storage) for storage in everybody(world)] == before
    check_quiet(world)


def test_it_says_how_much_it_remembers(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    backup = back_up(world)
    an_adjustment(world.office.storage, member_id, 250)
    ask(first, member_id, 400)
    put_back(world, backup)

    assert world.office.remembered == 2
