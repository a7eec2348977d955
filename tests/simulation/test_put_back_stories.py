"""A head office put back to a backup takes what comes again, and ends where it had ended."""

from pathlib import Path

from sync.server.office import open_office
from sync.server.storage.grant_journal import JOURNAL_FILE
from tests.simulation.inboxes import both, everybody
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import value
from tests.support.makers import a_member, an_adjustment
from tests.support.publishing import publish
from tests.support.reward_makers import SPEND, on

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
