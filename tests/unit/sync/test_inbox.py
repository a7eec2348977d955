"""What comes from the feed is taken whole, in order, with its cursor, or not at all."""

from functools import partial

import msgspec
import pytest

from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.exchange import exchange_once
from sync.client.inbox import pull_request, take_rows
from sync.client.storage_access import directly_on
from sync.protocol.messages import Fact, PullReply
from sync.protocol.office import OfficeUnreachable
from tests.support.checkers import value
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining


@pytest.fixture
def page(joining: Joining, storage: Storage) -> PullReply:
    """Return three rows that the counter has not read, for it has forgotten its cursors."""
    joining.join()
    for _ in range(3):
        a_sale(storage)
    exchange_once(directly_on(storage), joining.remote(), joining.device())
    with storage.begin() as work:
        work.sql.run("DELETE FROM cursor")
    request = directly_on(storage)(partial(pull_request, device=joining.device()))
    return joining.office.pull(request)


def taken(storage: Storage, page: PullReply, *rows: Fact) -> None:
    directly_on(storage)(partial(take_rows, incarnation=page.incarnation, rows=rows))


def test_rows_move_the_cursor_as_far_as_they_go(storage: Storage, page: PullReply) -> None:
    taken(storage, page, *page.rows[:2])

    assert value(storage, "SELECT sequence FROM cursor") == 2
    assert value(storage, "SELECT count(*) FROM sale") == 3


def test_a_piece_ends_with_its_time_and_the_next_goes_on_behind_it(
    storage: Storage, page: PullReply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.client.inbox.PART_ROWS", 1)

    class Hurrying(FixedClock):
        def mono_ms(self) -> int:
            self.advance(5)
            return self.at_ms

    storage.clock = Hurrying(storage.clock.wall_ms())
    piece = partial(take_rows, incarnation=page.incarnation, within_ms=8)

    first = directly_on(storage)(partial(piece, rows=page.rows))
    second = directly_on(storage)(partial(piece, rows=page.rows[first.rows :]))

    assert (first.rows, second.rows) == (2, 1)
    assert value(storage, "SELECT sequence FROM cursor") == 3


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (0, 0), (1, 0)])
def test_rows_with_a_gap_are_not_taken_at_all(
    storage: Storage, page: PullReply, order: tuple[int, int]
) -> None:
    with pytest.raises(OfficeUnreachable) as trouble:
        taken(storage, page, *(page.rows[index] for index in order))

    assert trouble.value.reason == "not_ours"
    assert value(storage, "SELECT count(*) FROM cursor") == 0


def test_a_row_that_is_no_operation_is_not_taken(storage: Storage, page: PullReply) -> None:
    broken = msgspec.structs.replace(page.rows[0], op=msgspec.Raw(b'{"a":1}'))

    with pytest.raises(OfficeUnreachable):
        taken(storage, page, broken)
