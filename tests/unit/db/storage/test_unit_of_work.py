"""One transaction, all or nothing; and what is remembered between two of them."""

import pytest

from db.domain.redemption_refusals import InsufficientPoints
from db.storage.errors import StorageUnavailable
from db.storage.home import HomeIdentity
from db.storage.unit_of_work import Storage, UnitOfWork
from tests.support.checkers import rows, the_book, value
from tests.support.makers import a_member, a_sale
from tests.support.publishing import publish
from tests.support.storage_fixtures import MadeHome


class PowerCutError(Exception):
    pass


def test_leaving_by_an_exception_leaves_nothing(storage: Storage) -> None:
    book = the_book(storage)

    def fail() -> None:
        with storage.begin() as work:
            work.settings.put("language", "en")
            work.sql.run("DELETE FROM staff")
            raise PowerCutError

    with pytest.raises(PowerCutError):
        fail()

    assert the_book(storage) == book
    assert value(storage, "SELECT value FROM setting WHERE name = 'language'") == "zh_CN"
    assert value(storage, "SELECT count(*) FROM staff") == 1


def test_a_refusal_deep_in_a_service_leaves_nothing(storage: Storage) -> None:
    member = a_member(storage)
    book = the_book(storage)

    with pytest.raises(InsufficientPoints):
        a_sale(storage, member.member_id, redeem_points=100)

    assert the_book(storage) == book


def test_a_part_can_fail_without_the_rest(storage: Storage) -> None:
    def fail(work: UnitOfWork) -> None:
        with work.savepoint():
            work.settings.put("second", "2")
            raise PowerCutError

    with storage.begin() as work:
        work.settings.put("first", "1")
        with pytest.raises(PowerCutError):
            fail(work)
        work.settings.put("third", "3")

    kept = rows(
        storage, "SELECT name FROM setting WHERE name IN ('first', 'second', 'third') ORDER BY 1"
    )
    assert kept == [("first",), ("third",)]


def test_home_and_program_of_a_failed_act_are_forgotten(
    storage: Storage, home: HomeIdentity
) -> None:
    def fail() -> None:
        with storage.begin() as work:
            work.sql.run("UPDATE counter SET name = '99机'")
            work.sql.run("DELETE FROM program")
            work.forget()
            assert work.home.counter_name == "99机"
            raise PowerCutError

    with pytest.raises(PowerCutError):
        fail()

    with storage.begin() as work:
        assert work.home == home
        assert work.program(work.today).money is not None


def test_home_and_program_are_read_once_and_anew_after_another_process_wrote(
    storage: Storage, made_home: MadeHome
) -> None:
    with storage.begin() as work:
        before, program = work.home, work.program(work.today)
    with storage.begin() as work:
        assert work.home is before
        assert work.program(work.today) is program
    another = Storage(storage.path, made_home.key, clock=storage.clock)
    publish(another, redemption={})
    with another.begin() as work:
        work.sql.run("UPDATE counter SET name = '02机'")
    another.close()

    with storage.begin() as work:
        assert work.home.counter_name == "02机"
        assert work.program(work.today).money is None


def test_a_reader_sees_one_moment_and_does_not_wait(storage: Storage) -> None:
    with storage.reading() as reader:
        assert reader.value("SELECT count(*) FROM sale") == 0
        a_sale(storage)
        assert reader.value("SELECT count(*) FROM sale") == 0

    assert value(storage, "SELECT count(*) FROM sale") == 1


def test_a_reader_cannot_write(storage: Storage) -> None:
    with pytest.raises(StorageUnavailable) as trouble, storage.reading() as reader:
        reader.all("DELETE FROM staff RETURNING 1")

    assert trouble.value.reason == "read_only"


def test_ids_are_made_of_the_acts_time_and_never_repeat(storage: Storage) -> None:
    with storage.begin() as work:
        made = [work.new_id() for _ in range(1_000)]

        assert len(set(made)) == 1_000
        assert {int.from_bytes(each[:6], "big") for each in made} == {work.at_ms}
        assert {each[6] >> 4 for each in made} == {7}


def test_a_file_without_a_home_says_so(storage: Storage) -> None:
    empty = Storage(storage.path.with_name("empty.db"), bytes(32), clock=storage.clock)

    with pytest.raises(StorageUnavailable) as trouble, empty.begin() as work:
        assert work.home
    empty.close()

    assert trouble.value.reason == "no_home"


def test_the_log_is_carried_into_the_file_when_asked(storage: Storage) -> None:
    before = storage.path.stat().st_size
    for _ in range(20):
        a_sale(storage)
    storage.checkpoint()

    assert storage.path.stat().st_size > before
