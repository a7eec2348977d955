"""Places that were passed in the feed: few, sparser the older, and all of them known again."""

from hypothesis import given
from hypothesis import strategies as st

from db.storage.feed_cursors import FeedCursor, FeedCursorRepository, _at_doubling_distances
from db.storage.unit_of_work import Storage

BUCKET, LIFE, NEXT_LIFE = b"b" * 16, b"1" * 16, b"2" * 16


def passing(storage: Storage, *places: int) -> None:
    with storage.begin() as work:
        cursors = FeedCursorRepository(work.sql)
        for place in places:
            cursor = FeedCursor(BUCKET, LIFE, place, place, place.to_bytes(32, "big"))
            cursors.put(cursor)
            cursors.mark(cursor)


def marks(storage: Storage) -> list[int]:
    with storage.begin() as work:
        return [mark.sequence for mark in FeedCursorRepository(work.sql).marks(BUCKET)]


@given(steps=st.lists(st.integers(1, 500), min_size=1, max_size=300) | st.just([1] * 300))
def test_whoever_lost_so_many_rows_reads_twice_as_many_again(steps: list[int]) -> None:
    kept: list[int] = []
    place = 0
    for step in steps:
        place += step
        kept = [place, *(one for one in kept if one in _at_doubling_distances(place, kept))]

    for lost in {1, *(place >> shift for shift in range(1, 20))}:
        again = next((one for one in kept if one <= place - lost), 0)
        assert place - again <= 2 * lost + max(steps)
    assert len(kept) <= 2 + 2 * place.bit_length()


def test_marks_are_few_and_the_newest_is_there(storage: Storage) -> None:
    passing(storage, *range(500, 50_001, 500))

    assert marks(storage)[0] == 50_000
    assert len(marks(storage)) <= 16


def test_it_goes_on_from_a_mark_and_forgets_what_lay_behind(storage: Storage) -> None:
    passing(storage, 500, 1_000, 1_500)

    with storage.begin() as work:
        cursors = FeedCursorRepository(work.sql)
        assert not cursors.resume(BUCKET, NEXT_LIFE, at=700)
        assert cursors.resume(BUCKET, NEXT_LIFE, at=1_000)
        (cursor,) = cursors.all()

    assert (cursor.incarnation, cursor.sequence) == (NEXT_LIFE, 1_000)
    assert cursor.sum256 == (1_000).to_bytes(32, "big")
    assert marks(storage) == [1_000, 500]


def test_everybody_knows_the_start(storage: Storage) -> None:
    passing(storage, 500)

    with storage.begin() as work:
        cursors = FeedCursorRepository(work.sql)
        assert cursors.resume(BUCKET, NEXT_LIFE, at=0)
        assert cursors.all() == []

    assert marks(storage) == []
