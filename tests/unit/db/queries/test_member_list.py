"""The members as a list: who fits a filter, how many, in which order."""

import pytest

from db.domain.staff import Actor, Role
from db.queries.member_list import (
    LastVisit,
    ListOrder,
    MemberFilter,
    member_list,
    tags_in_use,
)
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale

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


def test_a_book_without_tags_offers_none(lived: Storage) -> None:
    with lived.reading() as reader:
        assert tags_in_use(reader) == ()
