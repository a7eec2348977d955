"""Publishing a program: a version for good, from its business day on."""

import json
from datetime import date
from typing import Any

import pytest

from db.domain.program.reading import InvalidProgram
from db.domain.staff import Actor, NotPermitted, Role
from db.queries.programs import program_on, program_versions
from db.queries.sale_detail import sale_detail
from db.services.programs import (
    BeginsInThePast,
    ProgramPublished,
    PublishProgram,
    VersionNotAbove,
    WouldBeOvertaken,
    publish_program,
)
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale
from tests.support.programs import a_document
from tests.support.storage_fixtures import NOW_MS

TODAY = date(2026, 11, 21)
DAY_MS = 86_400_000
DOUBLE = [{"id": "spend", "give": {"points": 2, "per_amount": "1.00"}}]


def document(**overrides: Any) -> bytes:
    facts = {"id": "guitai", "version": 2, "effective_on": "2026-11-22", "earning": DOUBLE}
    return json.dumps(a_document(**(facts | overrides))).encode()


def published(storage: Storage, by: Actor, raw: bytes) -> ProgramPublished:
    with storage.begin() as work:
        return publish_program(work, PublishProgram(by=by, document=raw))


def test_a_version_counts_from_its_business_day_on(storage: Storage, manager: Actor) -> None:
    outcome = published(storage, manager, document())

    assert (outcome.version, outcome.replaces) == (2, "guitai@1")
    with storage.reading() as reader:
        assert program_on(reader, TODAY).version == 1
        assert program_on(reader, date(2026, 11, 22)).version == 2


def test_every_sale_keeps_the_version_it_was_made_by(
    storage: Storage, clock: FixedClock, manager: Actor
) -> None:
    member = a_member(storage)
    published(storage, manager, document())
    clock.at_ms = NOW_MS + 13 * 3_600_000  # 03:00, before the day's cut
    late = a_sale(storage, member.member_id, amount=10_000)
    clock.at_ms = NOW_MS + 15 * 3_600_000  # 05:00, the next business day
    early = a_sale(storage, member.member_id, amount=10_000)

    assert (late.earned, early.earned) == (100, 200)
    with storage.reading() as reader:
        kept = [sale_detail(reader, sold.sale_id) for sold in (late, early)]
    assert [detail and detail.program for detail in kept] == ["guitai@1", "guitai@2"]


def test_the_history_says_who_published_what_and_when(storage: Storage, manager: Actor) -> None:
    published(storage, manager, document())

    with storage.reading() as reader:
        first, second = program_versions(reader)

    assert (first.published_at, first.published_by) == (None, "")
    assert (second.published_at, second.published_by) == (NOW_MS, "店长")
    assert second.mark == "guitai@2"


def test_the_same_document_again_changes_nothing(
    storage: Storage, clock: FixedClock, manager: Actor
) -> None:
    first = published(storage, manager, document())
    clock.at_ms += 2 * DAY_MS

    assert published(storage, manager, document()) == first
    with storage.reading() as reader:
        assert len(program_versions(reader)) == 2


def test_a_version_must_be_above_those_of_its_id(storage: Storage, manager: Actor) -> None:
    published(storage, manager, document(version=5))

    with pytest.raises(VersionNotAbove) as refused:
        published(storage, manager, document(version=5, earning=[]))

    assert (refused.value.version, refused.value.highest) == (5, 5)


def test_a_version_cannot_begin_in_the_past(storage: Storage, manager: Actor) -> None:
    with pytest.raises(BeginsInThePast) as refused:
        published(storage, manager, document(effective_on="2026-11-20"))

    assert refused.value.today == "2026-11-21"
    assert published(storage, manager, document(effective_on="2026-11-21")).version == 2


@pytest.mark.parametrize(
    "later", [{"effective_on": "2026-11-30"}, {"id": "other", "effective_on": "2026-12-01"}]
)
def test_a_version_that_another_would_replace_again_is_refused(
    storage: Storage, manager: Actor, later: dict[str, Any]
) -> None:
    published(storage, manager, document(version=3, effective_on="2026-12-01"))

    with pytest.raises(WouldBeOvertaken) as refused:
        published(storage, manager, document(version=4 if "id" not in later else 3, **later))

    assert (refused.value.other, refused.value.other_on) == ("guitai@3", "2026-12-01")


def test_a_new_program_may_follow_another(storage: Storage, manager: Actor) -> None:
    published(storage, manager, document(id="spring", version=1))

    with storage.reading() as reader:
        assert program_on(reader, date(2026, 11, 22)).mark == "spring@1"


def test_only_a_manager_publishes(storage: Storage) -> None:
    with pytest.raises(NotPermitted):
        published(storage, Actor(None, Role.SHIFT_LEAD), document())


def test_what_is_wrong_is_not_published(storage: Storage, manager: Actor) -> None:
    with pytest.raises(InvalidProgram):
        published(storage, manager, document(earning=[{"id": "x", "give": {}}]))

    with storage.reading() as reader:
        assert len(program_versions(reader)) == 1
