"""What a device may ask for is bounded, and what two lives of head office said has its place."""

from pathlib import Path

import msgspec
import pytest

from db.domain.ids import StreamId
from db.storage.errors import HomeInUse
from db.storage.home import database_path
from db.storage.home_lock import SERVE, home_lock
from db.storage.unit_of_work import Storage
from sync.client.exchange import exchange_once
from sync.client.inbox import pull_request
from sync.client.storage_access import directly_on
from sync.server.app import serve
from tests.support.checkers import rows
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining


@pytest.mark.parametrize("most", [-1, 0, 1])
def test_a_pull_that_asks_for_less_than_a_row_gets_one(
    joining: Joining, storage: Storage, most: int
) -> None:
    joining.join()
    for _ in range(3):
        a_sale(storage)
    exchange_once(directly_on(storage), joining.remote(), joining.device())
    with storage.begin() as work:
        request = pull_request(work, joining.device())

    reply = joining.office.pull(msgspec.structs.replace(request, positions=(), most=most))

    assert (len(reply.rows), reply.more) == (1, True)


def test_every_operation_of_a_place_that_changes_hands_again_makes_way(storage: Storage) -> None:
    stream_id = StreamId(bytes(16))
    insert = (
        "INSERT INTO operation (stream_id, sequence, op, kind, hash, raw, hlc, status)"
        " VALUES (?, 5, ?, 'sale', zeroblob(32), x'', 0, 'applied')"
    )
    with storage.begin() as work:
        for number in range(3):
            work.sql.run(insert, (stream_id, bytes([number]) * 16))
            work.operations.make_way(stream_id, 5)

    assert len(rows(storage, "SELECT DISTINCT sequence FROM operation")) == 3


def test_a_head_office_that_is_being_restored_is_not_even_opened(tmp_path: Path) -> None:
    database_path(tmp_path).write_bytes(b"half a file, being switched")

    with home_lock(tmp_path, SERVE), pytest.raises(HomeInUse):
        serve(tmp_path)
