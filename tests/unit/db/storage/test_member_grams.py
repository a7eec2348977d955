"""The postings: moved by the month of the visit, removed without a trace, rebuilt alike."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from db.domain.ids import MemberId
from db.storage.member_grams import recency_of
from db.storage.unit_of_work import Storage, UnitOfWork


class _Undone(Exception):
    """Rolls a test's members back."""


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    storage = Storage(tmp_path_factory.mktemp("book") / "guitai.db", bytes(32))
    yield storage
    storage.close()


@pytest.fixture
def work(storage: Storage) -> Iterator[UnitOfWork]:
    with suppress(_Undone), storage.begin() as work:
        yield work
        raise _Undone


def a_member(work: UnitOfWork, name: str, last_on: str | None = None) -> tuple[int, MemberId]:
    member_id = MemberId(work.new_id())
    row = work.sql.value(
        "INSERT INTO member (member_id, number, phone, name, channel, state, home_branch_id,"
        " joined_on, registered_at) VALUES (?, 'M', '+8613812345678', ?, 'walk_in', 'active', ?,"
        " '2024-01-01', 0) RETURNING member_row",
        (member_id, name, bytes(16)),
    )
    if last_on is not None:
        work.sql.run(
            "INSERT INTO member_total (member_id, visits, last_on) VALUES (?, 1, ?)",
            (member_id, last_on),
        )
    work.grams.put(row, name=name, phone="+8613812345678", last_on=last_on)
    return row, member_id


def postings(work: UnitOfWork) -> list[tuple[str, int, int]]:
    return work.all("SELECT gram, recency, member_row FROM member_gram")  # type: ignore[return-value] # its columns


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("2026-05-31", "2026-06-01"), ("2025-12-31", "2026-01-01"), (None, "1999-01-01")],
)
def test_a_later_month_stands_before_an_earlier_one(earlier: str | None, later: str) -> None:
    assert recency_of(later) < recency_of(earlier)


def test_a_visit_moves_every_posting_to_its_month(work: UnitOfWork) -> None:
    _, member_id = a_member(work, "单雄信")
    before = {gram for gram, _, _ in postings(work)}

    work.grams.visited(member_id, was_on=None, last_on="2026-06-01")

    assert {gram for gram, _, _ in postings(work)} == before
    assert {recency for _, recency, _ in postings(work)} == {recency_of("2026-06-01")}


def test_a_visit_in_the_same_month_touches_nothing(work: UnitOfWork) -> None:
    _, member_id = a_member(work, "单雄信", last_on="2026-06-01")
    changes = work.sql.value("SELECT total_changes()")

    work.grams.visited(member_id, was_on="2026-06-01", last_on="2026-06-30")

    assert work.sql.value("SELECT total_changes()") == changes


def test_an_undone_visit_moves_the_postings_back(work: UnitOfWork) -> None:
    _, member_id = a_member(work, "单雄信", last_on="2026-05-01")
    before = postings(work)

    work.grams.visited(member_id, was_on="2026-05-01", last_on="2026-06-01")
    work.grams.visited(member_id, was_on="2026-06-01", last_on="2026-05-01")

    assert postings(work) == before


def test_a_visit_of_somebody_unknown_here_changes_nothing(work: UnitOfWork) -> None:
    work.grams.visited(MemberId(bytes(16)), was_on=None, last_on="2026-06-01")

    assert postings(work) == []


def test_a_removed_member_leaves_no_posting(work: UnitOfWork) -> None:
    row, _ = a_member(work, "单雄信", last_on="2026-05-01")
    a_member(work, "李四")
    others = [posting for posting in postings(work) if posting[2] != row]

    work.grams.remove(row, name="单雄信", phone="+8613812345678", last_on="2026-05-01")

    assert postings(work) == others


def test_a_member_put_twice_is_there_once(work: UnitOfWork) -> None:
    row, _ = a_member(work, "单雄信")
    before = postings(work)

    work.grams.put(row, name="单雄信", phone="+8613812345678", last_on=None)

    assert postings(work) == before


def test_rebuilding_writes_what_was_written_one_by_one(work: UnitOfWork) -> None:
    a_member(work, "单雄信", last_on="2026-05-01")
    a_member(work, "Anna Smith")
    a_member(work, "欧阳小芳", last_on="1999-12-31")
    before = postings(work)

    assert not work.grams.is_current()
    work.grams.rebuild()

    assert postings(work) == before
    assert work.grams.is_current()


def test_an_erased_member_is_not_rebuilt(work: UnitOfWork) -> None:
    _, member_id = a_member(work, "单雄信")
    work.members.set_state(member_id, "erased")

    work.grams.rebuild()

    assert postings(work) == []
