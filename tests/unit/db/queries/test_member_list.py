"""The members as a list: who fits a filter, how many, in which order."""

import pytest

from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor, Role
from db.queries.member_list import (
    LastVisit,
    ListOrder,
    MemberFilter,
    member_list,
    tags_in_use,
)
from db.services.tags import TagMember, tag_member
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale
from tests.support.profile_makers import a_merge

MANAGER = Actor(None, Role.MANAGER)
DAY_MS = 86_400_000
PEOPLE = (("古早", "13811110001", 200, 9_000), ("中间", "13811110002", 60, 5_000))


@pytest.fixture
def lived(storage: Storage, clock: FixedClock) -> Storage:
    """Return a book: one came 200 days ago, one 60, one today, one never."""
    for name, phone, ago, amount in PEOPLE:
        clock.advance(-ago * DAY_MS)
        member = a_member(storage, by=MANAGER, phone=phone, name=name)
        a_sale(storage, member.member_id, by=MANAGER, amount=amount)
        clock.advance(ago * DAY_MS)
    today = a_member(storage, by=MANAGER, phone="13811110003", name="今天")
    a_sale(storage, today.member_id, by=MANAGER, amount=1_000)
    a_member(storage, by=MANAGER, phone="13811110004", name="从未")
    return storage


def names(storage: Storage, limit: int = 50, **wanted: object) -> list[str]:
    with storage.begin() as work:
        today = work.today
    with storage.reading() as reader:
        found = member_list(reader, MemberFilter(**wanted), on=today, limit=limit)  # type: ignore[arg-type]  # the filter's fields
    assert found.count >= len(found.members)
    return [member.name for member in found.members]


def test_everybody_is_listed_the_last_visit_first_and_who_never_came_last(lived: Storage) -> None:
    assert names(lived) == ["今天", "中间", "古早", "从未"]


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (LastVisit.WITHIN_30, ["今天"]),
        (LastVisit.TO_90, ["中间"]),
        (LastVisit.OVER_90, ["古早"]),
        (LastVisit.NEVER, ["从未"]),
    ],
)
def test_the_spans_of_the_last_visit_share_the_members_out(
    lived: Storage, visit: LastVisit, expected: list[str]
) -> None:
    assert names(lived, last_visit=visit) == expected


def test_the_order_may_be_by_spending(lived: Storage) -> None:
    assert names(lived, order=ListOrder.SPEND)[:2] == ["古早", "中间"]


def test_the_count_is_of_all_and_the_list_is_as_long_as_asked(lived: Storage) -> None:
    with lived.begin() as work:
        today = work.today
    with lived.reading() as reader:
        found = member_list(reader, MemberFilter(), on=today, limit=1)

    assert (len(found.members), found.count) == (1, 4)


def tagged(storage: Storage, member: MemberId, tag: str, *, held: bool = True) -> None:
    with storage.begin() as work:
        op = OperationId(work.new_id())
        tag_member(work, TagMember(op=op, by=MANAGER, member_id=member, tag=tag, held=held))


@pytest.fixture
def merged(lived: Storage, clock: FixedClock) -> Storage:
    """Return a book in which who never came stands for one who came yesterday and spent most."""
    with lived.reading() as reader:
        never = MemberId(reader.value("SELECT member_id FROM member WHERE name = '从未'"))
    clock.advance(-DAY_MS)
    gone = a_member(lived, by=MANAGER, phone="13811110005", name="并入").member_id
    a_sale(lived, gone, by=MANAGER, amount=10_000)
    tagged(lived, gone, "vip")
    clock.advance(DAY_MS)
    a_merge(lived, gone, never)
    return lived


def test_what_a_merged_member_bought_counts_for_whom_he_is_now(merged: Storage) -> None:
    assert names(merged) == ["今天", "从未", "中间", "古早"]
    assert names(merged, order=ListOrder.SPEND) == ["从未", "古早", "中间", "今天"]
    assert names(merged, last_visit=LastVisit.NEVER) == []
    assert names(merged, last_visit=LastVisit.WITHIN_30) == ["今天", "从未"]


def test_a_member_who_bought_under_both_his_records_came_when_he_came_last(
    merged: Storage, clock: FixedClock
) -> None:
    with merged.reading() as reader:
        never = MemberId(reader.value("SELECT member_id FROM member WHERE name = '从未'"))
    clock.advance(60_000)
    a_sale(merged, never, by=MANAGER, amount=100)
    with merged.begin() as work:
        today, now = work.today, work.at_ms
    with merged.reading() as reader:
        first = member_list(reader, MemberFilter(), on=today, limit=1).members[0]

    assert (first.name, first.last_on, first.last_at) == ("从未", today.isoformat(), now)


def test_a_tag_of_a_merged_member_is_held_until_it_is_taken(merged: Storage) -> None:
    with merged.reading() as reader:
        never = MemberId(reader.value("SELECT member_id FROM member WHERE name = '从未'"))
    assert names(merged, tag="vip") == ["从未"]

    tagged(merged, never, "vip", held=False)

    assert names(merged, tag="vip") == []


def test_a_book_without_tags_offers_none(lived: Storage) -> None:
    with lived.reading() as reader:
        assert tags_in_use(reader) == ()
