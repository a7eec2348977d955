"""The bridge between threads: one writer, answers on the screen's thread, nothing swallowed."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import QSemaphore
from pytestqt.qtbot import QtBot

from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.storage.database import Reader
from db.storage.errors import StorageUnavailable
from db.storage.unit_of_work import Storage, UnitOfWork
from desktop.runtime.runner import CHECKPOINT_EVERY, QUEUE_MAX, Runner, Series


@dataclass(frozen=True, slots=True)
class Kept:
    """A setting was written."""

    name: str


@dataclass(eq=False)
class NotToday(Refusal):
    """No."""


@pytest.fixture
def runner(storage: Storage) -> Iterator[Runner]:
    made = Runner(storage)
    yield made
    made.close()


def keep(name: str, work: UnitOfWork) -> Kept:
    work.settings.put(name, "1")
    return Kept(name)


def kept(storage: Storage, like: str = "t%") -> list[str]:
    with storage.reading() as reader:
        return [
            row[0]
            for row in reader.all("SELECT name FROM setting WHERE name LIKE ? ORDER BY 1", (like,))
        ]


def test_an_outcome_comes_back_on_the_screens_thread_after_its_commit(
    qtbot: QtBot, runner: Runner, storage: Storage
) -> None:
    heard: list[object] = []
    runner.committed.connect(heard.append)

    def done(outcome: Kept) -> None:
        heard.append(("done", current_thread() is main_thread(), kept(storage)))

    runner.submit(lambda work: keep("t1", work), done=done)
    qtbot.waitUntil(lambda: len(heard) == 2)

    assert heard == [("done", True, ["t1"]), Kept("t1")]


def test_a_service_runs_on_the_storage_thread_and_a_query_on_another(
    qtbot: QtBot, runner: Runner
) -> None:
    names: list[str] = []

    def service(work: UnitOfWork) -> str:
        return current_thread().name

    def query(reader: Reader) -> str:
        return current_thread().name

    runner.submit(service, done=names.append)
    runner.read(query, done=names.append)
    qtbot.waitUntil(lambda: len(names) == 2)

    assert set(names) == {"storage", "reading"}


def test_a_refusal_rolls_back_and_is_an_answer(
    qtbot: QtBot, runner: Runner, storage: Storage
) -> None:
    refusals: list[Refusal] = []

    def service(work: UnitOfWork) -> Kept:
        keep("t1", work)
        raise NotToday

    runner.submit(service, done=lambda _: None, refused=refusals.append)
    qtbot.waitUntil(lambda: bool(refusals))

    assert isinstance(refusals[0], NotToday)
    assert kept(storage) == []


def test_a_refusal_that_nobody_expects_is_a_bug(qtbot: QtBot, runner: Runner) -> None:
    def service(work: UnitOfWork) -> Kept:
        raise NotToday

    with qtbot.waitSignal(runner.broke) as heard:
        runner.submit(service, done=lambda _: None)

    assert isinstance(heard.args[0], NotToday)


@pytest.mark.parametrize("lane", ["submit", "read"])
def test_a_bug_is_said_and_the_thread_lives_on(qtbot: QtBot, runner: Runner, lane: str) -> None:
    def slip(_: object) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(runner.broke) as heard:
        getattr(runner, lane)(slip, done=lambda _: None)
    answers: list[int] = []
    getattr(runner, lane)(lambda _: 7, done=answers.append)
    qtbot.waitUntil(lambda: answers == [7])

    assert isinstance(heard.args[0], ZeroDivisionError)


def test_trouble_goes_to_the_strip_until_something_succeeds(qtbot: QtBot, runner: Runner) -> None:
    said: list[str] = []
    runner.trouble.connect(lambda trouble: said.append(f"trouble {trouble.reason}"))
    runner.recovered.connect(lambda: said.append("recovered"))

    def full(work: UnitOfWork) -> Kept:
        raise StorageUnavailable("disk_full")

    runner.submit(full, done=lambda _: None, failed=lambda _: said.append("failed"))
    runner.submit(lambda work: keep("t1", work), done=lambda _: said.append("done"))
    qtbot.waitUntil(lambda: "done" in said)

    assert said == ["trouble disk_full", "failed", "recovered", "done"]


def test_trouble_of_an_errand_is_not_the_shops(qtbot: QtBot, runner: Runner) -> None:
    strips: list[Trouble] = []
    runner.trouble.connect(strips.append)
    failures: list[Trouble] = []

    def offline() -> None:
        raise Trouble

    runner.errand(offline, done=lambda _: None, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))

    assert strips == []


def test_of_a_series_only_the_newest_question_is_answered(qtbot: QtBot, runner: Runner) -> None:
    answers: list[int] = []
    series = Series()
    entered, gate = QSemaphore(), QSemaphore()

    def wait(reader: Reader) -> int:
        entered.release()
        gate.acquire()
        return 0

    runner.read(wait, done=answers.append, series=series)
    entered.acquire()
    for number in (1, 2, 3):
        runner.read(lambda reader, number=number: number, done=answers.append, series=series)
    gate.release()
    qtbot.waitUntil(runner.idle)
    qtbot.wait(1)

    assert answers == [3]


def test_a_dropped_series_answers_nothing(qtbot: QtBot, runner: Runner) -> None:
    answers: list[int] = []
    series = Series()
    runner.read(lambda reader: 1, done=answers.append, series=series)

    series.drop()
    qtbot.waitUntil(runner.idle)
    qtbot.wait(1)

    assert answers == []


@pytest.mark.parametrize("way", ["perform", "perform_between"])
def test_another_thread_gets_its_outcome_and_its_refusal(
    qtbot: QtBot, runner: Runner, way: str
) -> None:
    runner.submit(lambda work: keep("t0", work), done=lambda _: None)
    perform = getattr(runner, way)
    got: list[object] = []

    def refuse(work: UnitOfWork) -> Kept:
        raise NotToday

    def agent() -> None:
        got.append(perform(lambda work: keep("t1", work)))
        try:
            perform(refuse)
        except NotToday:
            got.append("refused")

    thread = Thread(target=agent)
    thread.start()
    qtbot.waitUntil(lambda: len(got) == 2)
    thread.join()

    assert got == [Kept("t1"), "refused"]


def test_pieces_between_sales_carry_the_log_into_the_file(
    qtbot: QtBot, runner: Runner, storage: Storage, tmp_path: Path
) -> None:
    names = [f"t{number}" for number in range(CHECKPOINT_EVERY)]
    for name in names:
        runner.perform_between(lambda work, name=name: keep(name, work))
    qtbot.waitUntil(runner.idle)

    without_log = Storage(Path(shutil.copy(storage.path, tmp_path / "copy.db")), storage.key)
    assert kept(without_log) == names
    without_log.close()


def test_what_was_submitted_before_closing_is_written(runner: Runner, storage: Storage) -> None:
    for number in range(QUEUE_MAX // 2):
        runner.submit(lambda work, number=number: keep(f"t{number:02d}", work), done=lambda _: None)

    runner.close()

    assert len(kept(storage)) == QUEUE_MAX // 2


def test_a_full_queue_is_trouble_and_not_a_crash(qtbot: QtBot, runner: Runner) -> None:
    gate = QSemaphore()
    failed: list[Trouble] = []
    done: list[object] = []

    def wait(work: UnitOfWork) -> None:
        gate.acquire()

    for _ in range(QUEUE_MAX + 2):
        runner.submit(wait, done=done.append, failed=failed.append)
    gate.release(QUEUE_MAX + 2)
    qtbot.waitUntil(lambda: len(done) + len(failed) == QUEUE_MAX + 2)

    assert failed
    assert all(isinstance(trouble, StorageUnavailable) for trouble in failed)
