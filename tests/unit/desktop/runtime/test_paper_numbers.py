"""One original of each act, then numbered copies; what a power cut left is known afterwards."""

import pytest

from db.domain.drawer import NothingPrinted
from db.domain.ids import OperationId, SaleId
from db.domain.staff import Actor, NotPermitted, Role
from db.storage.unit_of_work import Storage
from desktop.runtime.paper_numbers import (
    Numbered,
    NumberPaper,
    Unprinted,
    end_paper,
    number_paper,
    sequence_now,
    unprinted_sale,
)
from tests.support.checkers import rows
from tests.support.makers import NOBODY, a_sale


def numbered(
    storage: Storage,
    act: bytes | None,
    *,
    since: int = 0,
    out: frozenset[bytes] = frozenset(),
    fresh: bool = False,
    by: Actor = NOBODY,
) -> Numbered:
    with storage.begin() as work:
        command = NumberPaper(
            op=OperationId(work.new_id()),
            by=by,
            since=since,
            out=out,
            is_sale=True,
            fresh=fresh,
        )
        return number_paper(work, lambda _reader: act, command)


def ended(storage: Storage, act: bytes, *, went_out: bool) -> None:
    with storage.begin() as work:
        end_paper(work, act, went_out=went_out)


def left_over(storage: Storage, sale_id: SaleId | None) -> Unprinted | None:
    with storage.reading() as reader:
        return unprinted_sale(reader, sale_id)


def now(storage: Storage) -> int:
    with storage.begin() as work:
        return sequence_now(work.sql, work.home.stream_id)


def test_an_act_of_today_has_one_original_and_then_numbered_copies(storage: Storage) -> None:
    sale_id = a_sale(storage).sale_id

    original = numbered(storage, sale_id)
    copies = [numbered(storage, sale_id, out=frozenset({sale_id})).copy for _ in range(2)]

    assert original == Numbered(sale_id, 0)
    assert copies == [1, 2]
    assert [row[0] for row in rows(storage, "SELECT copy FROM reprint ORDER BY copy")] == [1, 2]


def test_what_did_not_come_out_is_still_the_original(storage: Storage) -> None:
    sale_id = a_sale(storage).sale_id

    assert numbered(storage, sale_id).copy == 0
    ended(storage, sale_id, went_out=False)
    assert numbered(storage, sale_id).copy == 0


def test_what_is_older_than_this_start_is_a_copy_unless_it_is_known_not_to_be_out(
    storage: Storage,
) -> None:
    printed, newer = a_sale(storage).sale_id, a_sale(storage).sale_id
    numbered(storage, printed)
    ended(storage, printed, went_out=True)
    since = now(storage)

    assert numbered(storage, newer, since=since).copy == 0
    ended(storage, newer, went_out=True)
    assert numbered(storage, newer, since=since).copy == 1
    assert numbered(storage, printed, since=since).copy == 1


def test_an_original_that_failed_before_this_start_is_printed_as_one(storage: Storage) -> None:
    sale_id = a_sale(storage).sale_id
    numbered(storage, sale_id)
    ended(storage, sale_id, went_out=False)

    assert numbered(storage, sale_id, since=now(storage)).copy == 0


def test_an_original_that_the_power_cut_off_is_printed_as_a_copy(storage: Storage) -> None:
    sale_id = a_sale(storage).sale_id
    numbered(storage, sale_id)

    assert numbered(storage, sale_id, since=now(storage)).copy == 1


def test_where_nothing_was_ever_printed_an_old_act_is_a_copy(storage: Storage) -> None:
    sale_id = a_sale(storage).sale_id

    assert numbered(storage, sale_id, since=now(storage)).copy == 1


def test_an_act_that_was_committed_just_now_is_an_original_whatever_the_clock_says(
    storage: Storage,
) -> None:
    sale_id = a_sale(storage).sale_id

    assert numbered(storage, sale_id, since=now(storage), fresh=True).copy == 0


def test_a_paper_of_no_act_has_no_number(storage: Storage) -> None:
    assert numbered(storage, None) == Numbered()
    assert rows(storage, "SELECT * FROM reprint") == []


def test_a_copy_of_what_is_not_here_or_by_who_may_not_is_refused(storage: Storage) -> None:
    sale_id = a_sale(storage).sale_id
    out = frozenset({bytes(sale_id)})
    auditor = Actor(NOBODY.staff_id, Role.AUDITOR)

    with pytest.raises(NothingPrinted):
        numbered(storage, bytes(16), out=frozenset({bytes(16)}))
    with pytest.raises(NotPermitted):
        numbered(storage, sale_id, out=out, by=auditor)
    assert rows(storage, "SELECT * FROM reprint") == []


def test_a_start_after_a_power_cut_knows_what_did_not_come_out(storage: Storage) -> None:
    first = a_sale(storage).sale_id
    assert left_over(storage, first) is None, "nothing was ever printed here"
    numbered(storage, first)

    assert left_over(storage, first) == Unprinted(first, perhaps=True)
    ended(storage, first, went_out=False)
    assert left_over(storage, first) == Unprinted(first, perhaps=False)
    ended(storage, first, went_out=True)
    assert left_over(storage, first) is None

    second = a_sale(storage).sale_id
    assert left_over(storage, second) == Unprinted(second, perhaps=False)
    assert left_over(storage, None) is None
