"""Operations carried to head office in a file, from a counter that it hears no more."""

from collections.abc import Callable

import pytest

from db.services.verify.book import verify_home
from sync.client.parcels import make_parcel
from sync.client.storage_access import directly_on
from sync.protocol.frames import BrokenFrames
from sync.protocol.messages import seal_message
from sync.protocol.parcel import MAGIC, messages_in, parcel_of
from sync.server.devices import revoke
from sync.server.parcels import ParcelRefused, ParcelTaken, take_parcel
from tests.support.checkers import value
from tests.support.makers import a_member, a_sale
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import batch_of, exchanged, waiting_at


@pytest.fixture
def joined(joining: Joining) -> Joining:
    joining.join()
    for _ in range(3):
        a_sale(joining.storage)
    return joining


def parcel_from(joining: Joining) -> bytes:
    parcel, _ = make_parcel(directly_on(joining.storage), joining.device())
    return parcel


def test_a_revoked_counter_sells_on_and_what_it_sold_arrives_by_hand(joined: Joining) -> None:
    exchanged(joined)
    revoke(joined.office.storage, joined.device().device)
    a_sale(joined.storage, a_member(joined.storage).member_id)

    report = exchanged(joined)
    parcel, count = make_parcel(directly_on(joined.storage), joined.device())
    taken = take_parcel(joined.office, parcel)

    assert (report.trouble, report.rejected, count) == ("revoked", 2, 2)
    assert taken == ParcelTaken(operations=2)
    assert value(joined.office.storage, "SELECT count(*) FROM sale") == 4
    assert waiting_at(joined) == 2, "nobody acknowledged it over the line"
    assert verify_home(joined.office.storage).problems == ()


def test_a_parcel_may_come_twice_and_the_line_after_it(joined: Joining) -> None:
    parcel = parcel_from(joined)

    first, again = take_parcel(joined.office, parcel), take_parcel(joined.office, parcel)
    report = exchanged(joined)

    assert (first.operations, again.operations) == (3, 0)
    assert (report.trouble, report.pushed, waiting_at(joined)) == (None, 3, 0)
    assert value(joined.office.storage, "SELECT count(*) FROM sale") == 3


def test_several_batches_and_streams_go_into_one_parcel(joined: Joining) -> None:
    exchanged(joined)
    for _ in range(501):
        a_sale(joined.storage)

    parcel = parcel_from(joined)

    assert len(messages_in(parcel)) == 2
    assert take_parcel(joined.office, parcel).operations == 501


def test_with_nothing_to_send_a_parcel_is_empty_and_good(joined: Joining) -> None:
    exchanged(joined)

    assert take_parcel(joined.office, parcel_from(joined)) == ParcelTaken()


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "garbage": (lambda _: b"\xff" * 400, "malformed"),
    "half of it": (lambda parcel: parcel[: len(parcel) // 2], "malformed"),
    "a byte changed": (lambda parcel: parcel[:-9] + b"!" + parcel[-8:], "malformed"),
    "a length without end": (lambda parcel: MAGIC + b"\xff\xff\xff\xff" + parcel, "malformed"),
    "an empty message": (lambda _: MAGIC + bytes(8), "malformed"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_parcel_that_is_not_whole_is_refused_by_name_and_nothing_is_taken(
    joined: Joining, case: str
) -> None:
    spoil, reason = SPOILT[case]

    with pytest.raises(ParcelRefused) as refused:
        take_parcel(joined.office, spoil(parcel_from(joined)))

    assert refused.value.reason == reason
    assert value(joined.office.storage, "SELECT count(*) FROM sale") == 0


def test_what_a_stranger_signed_and_what_is_no_push_are_refused(joined: Joining) -> None:
    batch = batch_of(joined)
    key = joined.device().private_key
    forged = seal_message(batch, private=b"s" * 32, purpose="push request")
    elsewhere = seal_message(batch, private=key, purpose="pull request")

    for message in (forged, elsewhere):
        with pytest.raises(ParcelRefused) as refused:
            take_parcel(joined.office, parcel_of([message]))
        assert refused.value.reason == "bad_signature"


def test_no_parcel_is_longer_than_its_messages() -> None:
    with pytest.raises(BrokenFrames):
        messages_in(parcel_of([b"one"]) + b"\x00")
