"""What two counters did that could not hear each other, and what head office makes of it."""

import pytest

from db.domain.conflicts import ChoiceNotOffered, ConflictKind, ConflictResolved, NoSuchConflict
from db.domain.ids import MemberId
from db.domain.profiles import NotMerged
from db.queries.conflicts import Conflict, conflict, conflicts
from db.services.expiry import NotTheAuthority
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from sync.client.leasing import lease_exactly
from sync.server.conflicts import resolve
from sync.server.desk import Desk
from tests.simulation.checkers import check_quiet
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_redemption, a_sale, a_void
from tests.support.profile_makers import a_change, a_merge, an_unmerging
from tests.support.publishing import publish

NAMES = "SELECT phone, name, state FROM member ORDER BY registered_at, number"
ALIASES = "SELECT root_id, alias_id FROM member_alias"


def inbox(world: World, *, with_resolved: bool = False) -> tuple[Conflict, ...]:
    with world.office.storage.reading() as reader:
        return conflicts(reader, with_resolved=with_resolved)


def decide(world: World, found: Conflict, choice: str) -> Conflict:
    with world.office.storage.begin() as work:
        resolve(Desk(work, world.office.journal), found.conflict_id, choice)
    with world.office.storage.reading() as reader:
        decided = conflict(reader, found.conflict_id)
    assert decided is not None
    return decided


def both(world: World, first: SimulatedCounter, second: SimulatedCounter) -> None:
    """Let everybody hear of everything."""
    for _ in range(2):
        first.exchange(renew=False)
        second.exchange(renew=False)


def two_cards(
    world: World, first: SimulatedCounter, second: SimulatedCounter, *, names: tuple[str, str]
) -> tuple[MemberId, MemberId]:
    """Register one phone at both counters while neither hears of the other."""
    one = a_member(first.storage, name=names[0]).member_id
    other = a_member(second.storage, name=names[1]).member_id
    a_sale(first.storage, one, amount=10_000)
    a_sale(second.storage, other, amount=20_000)
    both(world, first, second)
    return one, other


def everybody(world: World, *counters: SimulatedCounter) -> list[Storage]:
    return [world.office.storage, *(counter.storage for counter in counters)]


def test_one_phone_and_one_name_at_two_counters_are_one_member_everywhere(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one, other = two_cards(world, first, second, names=("张小芳", "张小芳"))

    assert inbox(world) == ()
    (decided,) = inbox(world, with_resolved=True)
    assert (decided.kind, decided.choice) == (ConflictKind.POSSIBLE_DUPLICATE, "merge")
    for storage in everybody(world, first, second):
        assert rows(storage, ALIASES) == [(one, other)]
        assert verify_home(storage).problems == ()
    check_quiet(world)


def test_one_phone_and_two_names_stay_two_until_somebody_decides(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one, other = two_cards(world, first, second, names=("张小芳", "王五"))

    (found,) = inbox(world)
    assert (found.recommended, found.choices) == ("keep", ("merge", "keep", "recycled"))
    assert [each.member_id for each in found.members] == [one, other]
    for storage in everybody(world, first, second):
        assert rows(storage, ALIASES) == []

    decided = decide(world, found, "merge")
    both(world, first, second)

    assert (decided.state, decided.choice) == ("resolved", "merge")
    for storage in everybody(world, first, second):
        assert rows(storage, ALIASES) == [(one, other)]
    with pytest.raises(ConflictResolved):
        decide(world, found, "keep")
    check_quiet(world)


def test_a_recycled_number_leaves_the_first_member_everywhere(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    two_cards(world, first, second, names=("张小芳", "王五"))
    (found,) = inbox(world)

    decide(world, found, "recycled")
    both(world, first, second)

    for storage in everybody(world, first, second):
        assert value(storage, "SELECT phone FROM member WHERE name = '张小芳'") is None
        assert value(storage, "SELECT phone FROM member WHERE name = '王五'") is not None
    check_quiet(world)


def test_members_told_apart_again_are_not_merged_by_the_next_change(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one, other = two_cards(world, first, second, names=("张小芳", "张小芳"))
    an_unmerging(world.office.storage, other)
    a_change(first.storage, one, note="常客")
    both(world, first, second)

    for storage in everybody(world, first, second):
        assert rows(storage, ALIASES) == []
    with pytest.raises(NotMerged):
        an_unmerging(world.office.storage, other)
    check_quiet(world)


def test_a_counter_of_a_head_office_does_not_merge(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one, other = two_cards(world, first, second, names=("张小芳", "王五"))

    with pytest.raises(NotTheAuthority):
        a_merge(first.storage, other, one)


def test_what_comes_late_for_the_merged_lands_on_the_one_who_stays(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one, other = two_cards(world, first, second, names=("张小芳", "王五"))
    a_sale(second.storage, other, amount=5_000)
    (found,) = inbox(world)
    decide(world, found, "merge")

    both(world, first, second)

    for storage in everybody(world, first, second):
        assert value(storage, "SELECT sum(due) FROM sale WHERE member_id = ?", other) == 25_000
        assert verify_home(storage).problems == ()
    assert one != other
    check_quiet(world)


def test_two_changes_of_one_name_end_as_the_later_one_everywhere(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    both(world, first, second)
    a_change(first.storage, member, name="早")
    world.pass_time(60_000)
    a_change(second.storage, member, name="晚", city="上海")
    both(world, second, first)

    for storage in everybody(world, first, second):
        assert rows(storage, "SELECT name, city FROM member") == [("晚", "上海")]
        assert verify_home(storage).problems == ()
    check_quiet(world)


def test_a_sale_voided_at_two_counters_is_a_conflict_and_blocks_nothing(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    sold = a_sale(first.storage, member)
    both(world, first, second)
    a_void(first.storage, sold.sale_id)
    a_void(second.storage, sold.sale_id)
    a_sale(second.storage, member)

    both(world, first, second)

    (found,) = inbox(world)
    assert found.kind is ConflictKind.REVERSED_TWICE
    assert (found.recommended, found.choices) == ("keep", ("keep", "rest"))
    assert value(world.office.storage, "SELECT count(*) FROM sale") == 2


def test_one_till_receipt_at_two_counters_is_one_sale_too_many(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    both(world, first, second)
    a_sale(first.storage, member, till_receipt="000123")
    a_sale(second.storage, member, till_receipt="000123")
    both(world, first, second)

    (found,) = inbox(world)
    assert (found.kind, found.recommended) == (ConflictKind.DUPLICATE_RECEIPT, "void")
    assert found.detail["receipt"] == "000123"
    with pytest.raises(ChoiceNotOffered):
        decide(world, found, "merge")

    decide(world, found, "void")
    both(world, first, second)

    for storage in everybody(world, first, second):
        assert value(storage, "SELECT count(*) FROM sale WHERE reversed_by IS NULL") == 1
    assert inbox(world) == ()
    check_quiet(world)


def test_nobody_decides_a_conflict_that_there_is_not(world: World) -> None:
    with world.office.storage.begin() as work, pytest.raises(NoSuchConflict):
        resolve(Desk(work, world.office.journal), bytes(16), "keep")


def test_the_points_of_both_can_be_redeemed_at_a_counter_of_a_head_office(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one, other = two_cards(world, first, second, names=("张小芳", "张小芳"))

    leased = lease_exactly(first.run, first.office(), first.device, member_id=other, points=300)
    a_redemption(first.storage, other, 300)
    both(world, first, second)

    assert (leased.online, leased.redeemable) == (True, 300)
    for storage in everybody(world, first, second):
        assert value(storage, "SELECT sum(remaining) FROM lot") == 0
        assert value(storage, "SELECT points FROM points_entry WHERE member_id = ?", one) == -300
        assert verify_home(storage).problems == ()
    assert inbox(world) == ()
    check_quiet(world)


def test_a_day_cap_passed_together_is_reported_and_not_corrected(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, points={"caps": {"per_day": 100}})
    member = a_member(first.storage).member_id
    both(world, first, second)
    a_sale(first.storage, member, amount=8_000)
    a_sale(second.storage, member, amount=9_000)

    both(world, first, second)

    (found,) = inbox(world)
    assert found.kind is ConflictKind.CAP_EXCEEDED
    assert (found.detail["awarded"], found.detail["limit"]) == (170, 100)
    for storage in everybody(world, first, second):
        assert value(storage, "SELECT sum(remaining) FROM lot") == 170
    check_quiet(world)


def test_a_note_is_not_made_twice_when_a_batch_comes_again(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    second.line.faults = Faults(lose_reply=1)
    a_member(first.storage, name="张小芳")
    a_member(second.storage, name="王五")
    first.exchange()
    for _ in range(3):
        second.exchange()
    second.line.heal()
    both(world, first, second)

    assert len(inbox(world, with_resolved=True)) == 1
    check_quiet(world)


def test_a_lease_spent_before_the_unmerging_was_heard_of_is_good(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one, other = two_cards(world, first, second, names=("张小芳", "张小芳"))
    lease_exactly(first.run, first.office(), first.device, member_id=one, points=300)
    an_unmerging(world.office.storage, other)

    a_redemption(first.storage, one, 300)
    both(world, first, second)

    assert inbox(world) == ()
    for storage in everybody(world, first, second):
        assert value(storage, "SELECT sum(remaining) FROM lot") == 0
        assert verify_home(storage).problems == ()
    check_quiet(world)
