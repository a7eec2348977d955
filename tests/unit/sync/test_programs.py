"""A program published at head office: with the next exchange, in force on its business day."""

import json

import msgspec
import pytest

from db.domain.clock import BusinessCalendar
from db.domain.staff import Actor, Role
from db.services.enrollment import office_book
from db.services.programs import HeadOfficeDecides, PublishProgram, publish_program
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.exchange import exchange_once
from sync.client.storage_access import directly_on
from tests.support.makers import a_member, a_sale
from tests.support.programs import a_document
from tests.unit.sync.conftest import Joining

MANAGER = Actor(None, Role.HEAD_OFFICE)
DAY_MS = 86_400_000


def raw_for(day: str) -> bytes:
    rules = [{"id": "spend", "give": {"points": 3, "per_amount": "1.00"}}]
    document = a_document(id="guitai", version=2, effective_on=day, earning=rules)
    return json.dumps(document).encode()


def test_a_counter_that_is_offline_when_a_version_begins_uses_it_on_its_day(
    joining: Joining, storage: Storage, clock: FixedClock
) -> None:
    joining.join()
    tomorrow = BusinessCalendar().day_of(clock.at_ms + DAY_MS).isoformat()
    with joining.office.storage.begin() as work:
        publish_program(work, PublishProgram(by=MANAGER, document=raw_for(tomorrow)))
    exchange_once(directly_on(storage), joining.remote(), joining.device())
    member = a_member(storage)

    before = a_sale(storage, member.member_id, amount=1_000)
    clock.at_ms += DAY_MS  # no line to head office from here on
    after = a_sale(storage, member.member_id, amount=1_000)

    assert (before.earned, after.earned) == (10, 30)
    with storage.begin() as work:
        assert work.programs.all()[-1].published_at is not None


def test_an_enrolled_counter_publishes_nothing(joining: Joining, storage: Storage) -> None:
    joining.join()

    with pytest.raises(HeadOfficeDecides), storage.begin() as work:
        publish_program(work, PublishProgram(by=MANAGER, document=raw_for("2027-01-01")))


def test_a_book_without_publishers_reads_as_before(joining: Joining) -> None:
    """Counters that joined before versions had a publisher see no other book."""
    with joining.office.storage.begin() as work:
        entry = office_book(work).programs[0]

    assert set(msgspec.to_builtins(entry)) == {"program_id", "version", "effective_on", "document"}
