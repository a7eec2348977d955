"""What never left this counter is told from what head office, and others, may have heard."""

from db.domain.ids import SaleId, StreamId
from db.storage.offered import never_left, note_offered
from db.storage.unit_of_work import Storage
from sync.client.parcels import make_parcel
from sync.client.storage_access import directly_on
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import exchanged


def is_only_here(storage: Storage, sale_id: SaleId) -> bool:
    with storage.begin() as work:
        return never_left(work.sql, sale_id, work.home.stream_id)


def test_a_sale_is_only_here_until_an_exchange(joining: Joining) -> None:
    joining.join()
    exchanged(joining)
    sold = a_sale(joining.storage).sale_id
    assert is_only_here(joining.storage, sold)

    exchanged(joining)

    assert not is_only_here(joining.storage, sold)
    assert is_only_here(joining.storage, a_sale(joining.storage).sale_id)


def test_a_sale_in_a_parcel_has_left(joining: Joining) -> None:
    joining.join()
    sold = a_sale(joining.storage).sale_id

    make_parcel(directly_on(joining.storage), joining.device())

    assert not is_only_here(joining.storage, sold)


def test_what_was_offered_once_stays_so_when_less_is_offered_again(joining: Joining) -> None:
    joining.join()
    sold = [a_sale(joining.storage).sale_id for _ in range(3)]
    exchanged(joining)

    with joining.storage.begin() as work:
        note_offered(work.settings, work.home.stream_id, upto=1)

    assert not any(is_only_here(joining.storage, each) for each in sold)


def test_a_sale_of_another_stream_may_be_known(joining: Joining) -> None:
    joining.join()
    sold = a_sale(joining.storage).sale_id

    with joining.storage.begin() as work:
        assert not never_left(work.sql, sold, StreamId(work.new_id()))
        assert not never_left(work.sql, work.new_id(), work.home.stream_id)
