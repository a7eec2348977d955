"""What a counter asks head office for: it waits, is answered once, and changes nothing."""

import pytest

from db.domain.conflicts import ChoiceNotOffered, ConflictKind
from db.domain.wishes import AskedBefore, WishAct
from db.queries.conflicts import wishes_for
from db.services.erasure import EraseMember, erase_member
from db.services.expiry import NotTheAuthority
from tests.simulation.checkers import check_quiet
from tests.simulation.inboxes import both, decide, everybody, inbox
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import NOBODY, a_member, a_sale
from tests.support.profile_makers import a_change, a_merge
from tests.support.wish_makers import a_wish

ALIASES = "SELECT root_id, alias_id FROM member_alias"
OTHER = "139 1234 5678"


def test_a_merge_asked_for_at_a_counter_waits_for_head_office(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(first.storage, phone=OTHER, name="小芳").member_id
    both(first, second)

    a_wish(first.storage, WishAct.MERGE, member_id=one, other=other, reason="同一人")
    with pytest.raises(AskedBefore):
        a_wish(first.storage, WishAct.MERGE, member_id=one, other=other)
    with first.storage.reading() as reader:
        assert [wish.act for wish in wishes_for(reader, one)] == ["merge"]
        assert [wish.act for wish in wishes_for(reader, other)] == ["merge"]
    both(first, second)

    for storage in everybody(world):
        (found,) = inbox(storage)
        assert (found.kind, found.choices) == (ConflictKind.MERGE_ASKED, ("merge", "decline"))
        assert [each.member_id for each in found.members] == [one, other]
        assert [wish.reason for wish in found.wishes] == ["同一人"]
        assert rows(storage, ALIASES) == []

    assert decide(world, found, "merge").choice == "merge"
    both(first, second)

    for storage in everybody(world):
        assert inbox(storage) == ()
        assert rows(storage, ALIASES) == [(one, other)]
        with storage.reading() as reader:
            assert wishes_for(reader, one) == ()
    check_quiet(world)


def test_a_merge_that_head_office_declines_changes_nothing_and_can_be_asked_again(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(first.storage, phone=OTHER, name="小芳").member_id
    a_wish(first.storage, WishAct.MERGE, member_id=one, other=other)
    both(first, second)
    (found,) = inbox(first.storage)

    decide(world, found, "decline")
    both(first, second)

    assert rows(first.storage, ALIASES) == []
    a_wish(first.storage, WishAct.MERGE, member_id=one, other=other)
    both(first, second)
    assert len(inbox(world.office.storage)) == 1
    check_quiet(world)


def test_a_merge_asked_for_two_with_one_phone_and_one_name_needs_nobody(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(second.storage, name="王五").member_id
    both(first, second)
    (found,) = inbox(world.office.storage)
    decide(world, found, "keep")
    a_change(first.storage, one, name="王五")
    both(first, second)
    assert rows(world.office.storage, ALIASES) == []

    a_wish(second.storage, WishAct.MERGE, member_id=one, other=other)
    both(first, second)

    for storage in everybody(world):
        assert rows(storage, ALIASES) == [(one, other)]
        assert inbox(storage) == ()
    check_quiet(world)


def test_a_merge_at_head_office_answers_whoever_asked_for_it(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(first.storage, phone=OTHER, name="小芳").member_id
    a_wish(first.storage, WishAct.MERGE, member_id=one, other=other)
    both(first, second)

    a_merge(world.office.storage, other, one)
    both(first, second)

    for storage in everybody(world):
        assert inbox(storage) == ()
        (found,) = inbox(storage, with_resolved=True)
        assert (found.choice, found.state) == ("merge", "resolved")
        assert found.decision is not None
    check_quiet(world)


def test_an_unmerging_is_asked_for_and_answered(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(second.storage, name="张小芳").member_id
    both(first, second)
    a_wish(first.storage, WishAct.UNMERGE, member_id=one, other=other, reason="两个人")
    both(first, second)
    (found,) = inbox(second.storage)
    assert found.kind is ConflictKind.UNMERGE_ASKED

    decide(world, found, "unmerge")
    both(first, second)

    for storage in everybody(world):
        assert rows(storage, ALIASES) == []
    check_quiet(world)


def test_a_counter_decides_what_costs_nobody_his_identity(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    both(first, second)
    a_sale(first.storage, member, till_receipt="000123")
    a_sale(second.storage, member, till_receipt="000123")
    both(first, second)
    (found,) = inbox(second.storage)
    with pytest.raises(ChoiceNotOffered):
        a_wish(second.storage, WishAct.RESOLVE, conflict=found.conflict_id, choice="merge")

    a_wish(second.storage, WishAct.RESOLVE, conflict=found.conflict_id, choice="void")
    (waiting,) = inbox(second.storage)
    assert [wish.act for wish in waiting.wishes] == ["void"]
    both(first, second)

    for storage in everybody(world):
        assert inbox(storage) == ()
        assert value(storage, "SELECT count(*) FROM sale WHERE reversed_by IS NULL") == 1
    check_quiet(world)


def test_who_is_one_person_waits_for_head_office_though_a_counter_has_chosen(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(second.storage, name="王五").member_id
    both(first, second)
    (found,) = inbox(first.storage)

    a_wish(first.storage, WishAct.RESOLVE, conflict=found.conflict_id, choice="merge")
    both(first, second)

    (waiting,) = inbox(world.office.storage)
    assert [wish.act for wish in waiting.wishes] == ["merge"]
    decide(world, waiting, "merge")
    both(first, second)
    for storage in everybody(world):
        assert rows(storage, ALIASES) == [(one, other)]
    check_quiet(world)


def test_a_counter_of_a_head_office_erases_nobody_by_itself(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    with first.storage.begin() as work, pytest.raises(NotTheAuthority):
        erase_member(work, EraseMember(op=work.new_id(), member_id=member, by=NOBODY))

    a_wish(first.storage, WishAct.ERASE, member_id=member)
    both(first, second)

    (found,) = inbox(second.storage)
    assert found.kind is ConflictKind.ERASURE_ASKED
    decide(world, found, "erase")
    both(first, second)
    for storage in everybody(world):
        assert rows(storage, "SELECT state, phone, name FROM member") == [("erased", None, "")]
        assert inbox(storage) == ()
    check_quiet(world)
