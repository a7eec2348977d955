"""A head office put back to a backup takes what comes again, and ends where it had ended."""

from pathlib import Path

import pytest

from db.domain.basket import Basket, BasketLine
from sync.client.leasing import lease_exactly
from sync.server.office import open_office
from sync.server.storage.grant_journal import JOURNAL_FILE
from tests.simulation.checkers import check_quiet
from tests.simulation.inboxes import both, decide, everybody, inbox
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.checkers import value
from tests.support.coupon_makers import a_coupon, a_voided_coupon, states
from tests.support.makers import a_member, a_redemption, a_sale, a_void, an_adjustment
from tests.support.profile_makers import a_merge
from tests.support.publishing import publish
from tests.support.reward_makers import SPEND, an_event, expiries, on

POINTS = "SELECT coalesce(sum(balance), 0) FROM account WHERE kind IN ('member', 'lease')"
HELD = "INSERT INTO pending_grant (lease_id, member_id, token) VALUES (?, ?, ?)"


def back_up(world: World) -> Path:
    world.act(world.counters[0], "back_up_office")
    assert world.office_backup is not None
    return world.office_backup


def put_back(world: World, backup: Path) -> None:
    world.office_backup = backup
    world.act(world.counters[0], "restore_office")


def points(world: World) -> list[int]:
    return [value(storage, POINTS) for storage in everybody(world)]


def rewarding(world: World) -> None:
    events = [on("signup", {"points": 50}), on("birthday", {"points": 80})]
    publish(world.office.storage, earning=[SPEND, *events])
    both(*world.counters[:2])


def test_a_welcome_taken_back_at_once_does_not_wedge_the_pushes_of_a_counter(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    rewarding(world)
    backup = back_up(world)
    a_member(first.storage, name="张小芳")
    a_member(second.storage, name="张小芳")
    both(first, second)

    put_back(world, backup)
    world.settle()

    assert points(world) == [50, 50, 50]
    check_quiet(world)


def test_what_an_older_form_kept_of_a_decision_is_passed_over(
    world: World, second: SimulatedCounter
) -> None:
    member_id = a_member(second.storage).member_id
    with world.office.storage.begin() as work:
        work.sql.run(HELD, (bytes(16), member_id, b'{"g":"a lease"}'))

    second.exchange()

    assert value(world.office.storage, "SELECT count(*) FROM member") == 1


def test_a_torn_line_that_another_ended_stops_nobody(world: World, first: SimulatedCounter) -> None:
    journal = world.folder / "office" / JOURNAL_FILE
    with journal.open("ab") as file:
        file.write(b'{"b":{"token":\n{"b"')
    made = a_member(first.storage).member_id

    first.exchange()
    an_adjustment(world.office.storage, made, 250)
    first.exchange()

    assert world.office.journal.last() is not None
    world.office.close()
    world.office = open_office(world.folder / "office", clock=world.clock)
    assert points(world) == [250, 250, 0]


def test_what_its_desk_took_back_when_it_merged_two_is_remembered(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    rewarding(world)
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(first.storage, phone="13912345678", name="小芳").member_id
    both(first, second)
    backup = back_up(world)
    a_merge(world.office.storage, other, one)
    both(first, second)

    put_back(world, backup)
    world.settle()
    an_event(second.storage, one, "birthday")
    both(first, second)

    assert points(world) == [130, 130, 130]
    check_quiet(world)


def test_an_award_that_a_person_took_back_stays_taken_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    rewarding(world)
    member_id = a_member(first.storage).member_id
    both(first, second)
    an_event(first.storage, member_id, "birthday")
    world.pass_time(HOUR_MS)
    an_event(second.storage, member_id, "birthday")
    backup = back_up(world)
    both(first, second)
    (found,) = inbox(second.storage)
    decide(world, found, "revoke")
    both(first, second)

    put_back(world, backup)
    world.settle()

    assert points(world) == [130, 130, 130]
    assert inbox(world.office.storage) == ()
    check_quiet(world)


@pytest.mark.parametrize("known", [True, False])
def test_a_sale_that_its_desk_voided_stays_void(
    world: World, first: SimulatedCounter, second: SimulatedCounter, *, known: bool
) -> None:
    member_id = a_member(first.storage).member_id
    both(first, second)
    if not known:
        backup = back_up(world)
    sale = a_sale(first.storage, member_id, amount=50_000)
    both(first, second)
    if known:
        backup = back_up(world)
    a_void(world.office.storage, sale.sale_id)
    both(first, second)

    put_back(world, backup)
    world.settle()

    assert points(world) == [0, 0, 0]
    check_quiet(world)


@pytest.mark.parametrize("points_changed", [-400, 400])
def test_what_its_desk_wrote_of_a_member_who_came_later_is_remembered(
    world: World, first: SimulatedCounter, second: SimulatedCounter, points_changed: int
) -> None:
    backup = back_up(world)
    member_id = a_member(first.storage).member_id
    a_sale(first.storage, member_id, amount=50_000)
    both(first, second)
    an_adjustment(world.office.storage, member_id, points_changed)
    both(first, second)

    put_back(world, backup)
    world.settle()

    assert points(world) == [500 + points_changed] * 3
    check_quiet(world)


def test_a_coupon_that_its_desk_voided_stays_void_though_it_comes_again_later(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, coupons=[{"code": "TEN", "kind": "amount", "value": "10.00"}])
    world.settle()
    member_id = a_member(first.storage).member_id
    both(first, second)
    backup = back_up(world)
    code = a_coupon(first.storage, member_id)
    both(first, second)
    first.exchange()
    a_voided_coupon(world.office.storage, code)
    both(first, second)

    put_back(world, backup)
    world.settle()

    assert [states(storage)[code] for storage in everybody(world)] == ["void"] * 3
    check_quiet(world)


def test_a_debt_that_time_let_go_is_let_go_once(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    terms = {"repay_share": "1", "write_off_days": 30}
    publish(world.office.storage, earning=[SPEND], debt=terms)
    both(first, second)
    member_id = a_member(first.storage).member_id
    sale = a_sale(first.storage, member_id, amount=50_000)
    world.settle()
    assert first.device is not None
    lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=400)
    a_redemption(first.storage, member_id, 400)
    world.settle()
    a_void(first.storage, sale.sale_id)
    world.settle()
    assert points(world) == [-400, -400, -400]
    world.pass_time(40 * 24 * HOUR_MS)
    world.settle()
    backup = back_up(world)
    expiries(world.office.storage)
    world.settle()

    put_back(world, backup)
    world.settle()
    expiries(world.office.storage)
    world.settle()

    assert points(world) == [0, 0, 0]
    check_quiet(world)


def test_what_a_person_believed_is_believed_again(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, coupons=[{"code": "TEN", "kind": "amount", "value": "10.00"}])
    world.settle()
    member_id = a_member(first.storage).member_id
    code = a_coupon(first.storage, member_id)
    both(first, second)
    backup = back_up(world)
    lines = (BasketLine(unit_price=20_000, quantity=1),)
    basket = Basket(lines=lines, coupons=(code,))
    a_sale(first.storage, member_id, basket=basket)
    alone(second, "self")
    a_sale(second.storage, member_id, basket=basket)
    alone(second, "office")
    both(first, second)
    (found,) = inbox(world.office.storage)
    decide(world, found, "retry")
    both(first, second)

    put_back(world, backup)
    both(first, second)
    both(first, second)

    assert points(world) == [380, 380, 380]
    assert value(world.office.storage, "SELECT count(*) FROM coupon_use") == 2


def alone(counter: SimulatedCounter, authority: str) -> None:
    """Let a counter sell as if it were a shop of its own, or no longer."""
    with counter.storage.begin() as work:
        work.settings.put("authority", authority)
        work.forget()
