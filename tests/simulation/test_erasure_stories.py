"""Somebody is forgotten everywhere, whoever was cut off meanwhile, and nothing brings him back."""

from db.domain.conflicts import ConflictKind
from db.domain.ids import MemberId, OperationId
from db.services.erasure import EraseMember
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from sync.server.desk import Desk
from sync.server.erasures import erase
from sync.server.storage.erasure_rows import erasures
from tests.simulation.checkers import check_quiet
from tests.simulation.inboxes import both, decide, everybody, inbox
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import NOBODY, a_member, a_sale
from tests.support.profile_makers import a_change
from tests.support.publishing import publish
from tests.support.reward_makers import SPEND, on

MEMBER = "SELECT state, phone, name, city FROM member WHERE member_id = ?"
PERSONAL = "SELECT count(*) FROM personal WHERE member_id = ?"
GRAMS = (
    "SELECT count(*) FROM member_gram AS g JOIN member AS m ON m.member_row = g.member_row"
    " WHERE m.member_id = ?"
)
DAY_MS = 86_400_000


def forgotten(storage: Storage, member: MemberId) -> bool:
    """Say whether nothing here names the member."""
    return (
        rows(storage, MEMBER, member) in ([("erased", None, "", "")], [])
        and value(storage, PERSONAL, member) == 0
        and value(storage, GRAMS, member) == 0
    )


def an_erasure_at_head_office(world: World, member: MemberId) -> None:
    with world.office.storage.begin() as work:
        op = OperationId(work.new_id())
        erase(Desk(work, world.office.journal), EraseMember(op=op, member_id=member, by=NOBODY))


def test_an_erased_member_is_nobody_everywhere_and_the_books_stand(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage, city="上海").member_id
    a_sale(first.storage, member, amount=10_000)
    both(first, second)

    an_erasure_at_head_office(world, member)
    both(first, second)

    for storage in everybody(world):
        assert forgotten(storage, member)
        assert value(storage, "SELECT sum(remaining) FROM lot WHERE member_id = ?", member) == 100
        assert verify_home(storage).problems == ()
    check_quiet(world)


def test_what_a_cut_off_counter_wrote_of_him_is_taken_without_his_name(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage, city="上海").member_id
    both(first, second)
    a_change(second.storage, member, name="张晓芳", city="北京")
    a_sale(second.storage, member, amount=10_000)
    an_erasure_at_head_office(world, member)
    first.exchange()

    second.exchange()
    both(first, second)

    for storage in everybody(world):
        assert forgotten(storage, member)
        assert value(storage, "SELECT count(*) FROM sale WHERE member_id = ?", member) == 1
        assert value(storage, "SELECT count(*) FROM member_change") == 2
        assert verify_home(storage).problems == ()
    check_quiet(world)


def test_a_counter_that_joins_later_never_hears_his_name(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    a_change(first.storage, member, name="张晓芳")
    both(first, second)
    an_erasure_at_head_office(world, member)
    both(first, second)

    assert world.enroll(world.add_counter())
    world.settle()

    assert rows(world.counters[-1].storage, MEMBER, member) == [("erased", None, "", "")]
    assert forgotten(world.counters[-1].storage, member)
    check_quiet(world)


def test_everybody_he_stood_for_is_forgotten_with_him(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(second.storage, name="张小芳").member_id
    both(first, second)

    an_erasure_at_head_office(world, other)
    both(first, second)

    for storage in everybody(world):
        assert forgotten(storage, one)
        assert forgotten(storage, other)
    check_quiet(world)


def test_a_head_office_restored_from_before_forgets_him_again(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    both(first, second)
    world.act(first, "back_up_office")
    an_erasure_at_head_office(world, member)
    both(first, second)

    world.act(first, "restore_office")

    assert forgotten(world.office.storage, member)
    world.settle()
    for storage in everybody(world):
        assert forgotten(storage, member)
    check_quiet(world)


def test_his_phone_is_a_new_member_whose_second_welcome_head_office_hears_of(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, earning=[SPEND, on("signup", {"points": 50})])
    world.settle()
    before = a_member(first.storage).member_id
    both(first, second)
    an_erasure_at_head_office(world, before)
    both(first, second)

    after = a_member(second.storage).member_id
    both(first, second)

    (found,) = inbox(first.storage)
    assert (found.kind, found.recommended) == (ConflictKind.PHONE_CAME_BACK, "revoke")
    decide(world, found, "revoke")
    both(first, second)
    for storage in everybody(world):
        assert value(storage, "SELECT sum(remaining) FROM lot WHERE member_id = ?", after) == 0
        assert value(storage, "SELECT sum(remaining) FROM lot WHERE member_id = ?", before) == 50
    check_quiet(world)


def test_after_a_year_nobody_remembers_his_phone(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, earning=[SPEND, on("signup", {"points": 50})])
    world.settle()
    before = a_member(first.storage).member_id
    both(first, second)
    an_erasure_at_head_office(world, before)
    both(first, second)

    world.pass_time(367 * DAY_MS)
    a_member(second.storage)
    both(first, second)

    assert inbox(world.office.storage) == ()


def test_head_office_lists_which_counters_have_forgotten_him(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    both(first, second)
    an_erasure_at_head_office(world, member)
    for _ in range(2):
        first.exchange()

    with world.office.storage.reading() as reader:
        (followed,) = erasures(reader, limit=10)
    assert followed.member_id == member
    assert [device.done_at is not None for device in followed.devices] == [True, False]

    both(first, second)
    with world.office.storage.reading() as reader:
        (followed,) = erasures(reader, limit=10)
    assert all(device.done_at is not None for device in followed.devices)
