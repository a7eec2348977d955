"""The one bridge between the screen's thread and the file's.

A service runs in one transaction on the storage thread, so SQLite has exactly one writer; a query
runs on a second thread with the read-only connection, so a search never waits for a sale; what
waits for the line runs on a third, what takes long on a fourth. Answers come back through one
queued signal. A refusal is an answer; trouble goes to the banner; anything else goes to `broke`,
for a bare executor would swallow it.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Full, Queue
from threading import Thread
from time import monotonic, sleep
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.storage.database import Reader
from db.storage.errors import StorageUnavailable
from db.storage.unit_of_work import Storage, UnitOfWork

QUEUE_MAX = 64
"""Acts, and questions, that may wait; a till that is 64 behind tells the cashier to wait."""
PERFORM_WAIT_S_MAX = 30.0
CLOSE_WAIT_S_MAX = 10.0
IN_USE_S = 10.0
"""How long after an act the till counts as in use."""
REST_S = 0.02
"""How long a till in use is left alone between two pieces of background work."""
CHECKPOINT_EVERY = 4
"""After so many such pieces the log is carried into the file, before SQLite does it in a sale."""

T = TypeVar("T")


def _always() -> bool:
    return True


class Series:
    """Questions of which only the newest answer counts, such as a search while typing."""

    def __init__(self) -> None:
        self.asked = 0

    def next(self) -> Callable[[], bool]:
        """Ask once more; what is returned says whether that is still the newest question."""
        self.asked += 1
        mine = self.asked
        return lambda: self.asked == mine

    def drop(self) -> None:
        """Let no answer that is still on its way arrive."""
        self.asked += 1


@dataclass(frozen=True, slots=True)
class _Task:
    """Work for one of the two threads, and where its answer goes."""

    run: Callable[[], Any]
    done: Callable[[Any], None]
    refused: Callable[[Refusal], None] | None = None
    failed: Callable[[Trouble], None] | None = None
    wanted: Callable[[], bool] = _always
    commits: bool = False
    ours: bool = True  # its trouble is the shop's trouble


class Runner(QObject):
    """Runs services and queries away from the screen and brings their answers back.

    Signals:
        committed: the outcome of every transaction that stands, whoever asked for it.
        trouble: the disk or the file does not do what it should.
        recovered: a transaction went through again after trouble.
        broke: a bug; the exception as it was raised.
    """

    committed = Signal(object)
    trouble = Signal(object)
    recovered = Signal()
    broke = Signal(object)
    _arrived = Signal(object)

    def __init__(self, storage: Storage | None, parent: QObject | None = None) -> None:
        """Start the threads on an open storage; `close` ends them.

        Before there is one, or when none opens, only errands and chores run.
        """
        super().__init__(parent)
        self._storage = storage
        self._troubled = False
        self._closed = False
        self._acted_at = self._yielded_at = float("-inf")
        self._pieces = 0
        self._acts: Queue[_Task | None] = Queue(QUEUE_MAX)
        self._questions: Queue[_Task | None] = Queue(QUEUE_MAX)
        self._errands: Queue[_Task | None] = Queue(QUEUE_MAX)
        self._chores: Queue[_Task | None] = Queue(QUEUE_MAX)
        self._arrived.connect(_deliver, Qt.ConnectionType.QueuedConnection)
        # In the order in which they end: an errand may still have a service performed.
        self._lanes = [
            (queue, Thread(target=self._work, args=(queue,), name=name, daemon=True))
            for queue, name in (
                (self._chores, "chores"),
                (self._errands, "errands"),
                (self._questions, "reading"),
                (self._acts, "storage"),
            )
        ]
        for _, thread in self._lanes:
            thread.start()

    def submit(
        self,
        service: Callable[[UnitOfWork], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
        failed: Callable[[Trouble], None] | None = None,
    ) -> None:
        """Run a service in one transaction; exactly one of the callbacks comes, on this thread.

        A refusal that nobody expects is a bug and goes to `broke`.
        """
        self._acted_at = monotonic()
        task = _Task(
            run=lambda: self._in_transaction(service),
            done=done,
            refused=refused,
            failed=failed,
            commits=True,
        )
        self._enqueue(self._acts, task)

    def read(
        self,
        query: Callable[[Reader], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
        failed: Callable[[Trouble], None] | None = None,
        series: Series | None = None,
    ) -> None:
        """Ask the read-only connection; in a series only the newest question is answered."""
        wanted = _always if series is None else series.next()
        task = _Task(
            run=lambda: self._in_snapshot(query),
            done=done,
            refused=refused,
            failed=failed,
            wanted=wanted,
        )
        self._enqueue(self._questions, task)

    def errand(
        self,
        run: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Run what waits for the line or writes a file, one after another, on a third thread.

        Its trouble goes to `failed` alone: nothing of the shop's book is in danger.
        """
        task = _Task(run=run, done=done, failed=failed, ours=False)
        self._enqueue(self._errands, task)

    def chore(
        self,
        run: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Run what takes long, such as proving the book, on a fourth thread.

        It opens the file for itself: nothing of it waits on the other three, and no receipt waits
        for it. `closing` tells it to end.
        """
        task = _Task(run=run, done=done, failed=failed, ours=False)
        self._enqueue(self._chores, task)

    @property
    def closing(self) -> bool:
        """Say whether the window goes, for what takes long."""
        return self._closed

    def perform(self, service: Callable[[UnitOfWork], T]) -> T:
        """Run a service for another thread and wait for it; raises what it raises.

        For `sync.client.agent`, which has no connection of its own. What it changed is said in
        `committed` by whoever asked, once for a whole exchange.
        """
        future: Future[T] = Future()
        task = _Task(run=lambda: self._for(future, service), done=lambda _: None)
        self._acts.put(task, timeout=PERFORM_WAIT_S_MAX)
        return future.result(timeout=PERFORM_WAIT_S_MAX)

    def perform_between(self, service: Callable[[UnitOfWork], T]) -> T:
        """Run a service as `perform` does, for who can wait: after a rest while the till is in use.

        A sale then finds the storage free two times out of three, and waits for one piece at most.
        """
        if monotonic() - self._acted_at < IN_USE_S:
            sleep(max(0.0, self._yielded_at + REST_S - monotonic()))
        try:
            return self.perform(service)
        finally:
            self._pieces += 1
            if self._pieces % CHECKPOINT_EVERY == 0 and self._storage and not self._closed:
                with suppress(Full):  # then others come first, and the next time will do
                    self._acts.put_nowait(_checkpoint_of(self._storage))
            self._yielded_at = monotonic()

    def checkpoint(self) -> None:
        """Carry the write-ahead log into the file, for a moment when nobody waits."""
        assert self._storage is not None, "without a book there is no log"
        self._enqueue(self._acts, _checkpoint_of(self._storage))

    def close(self) -> None:
        """Finish what is queued, end the threads; the storage stays open."""
        if self._closed:
            return
        self._closed = True
        for queue, thread in self._lanes:
            queue.put(None)
            thread.join(CLOSE_WAIT_S_MAX)

    def idle(self) -> bool:
        """Say whether nothing is queued or running; for tests and the demo."""
        return all(queue.unfinished_tasks == 0 for queue, _ in self._lanes)

    def _enqueue(self, queue: "Queue[_Task | None]", task: _Task) -> None:
        if self._closed:
            return
        try:
            queue.put_nowait(task)
        except Full:
            self._meet(StorageUnavailable("busy", "the queue is full"), task)

    def _in_transaction(self, service: Callable[[UnitOfWork], T]) -> T:
        assert self._storage is not None, "without a book there are only errands"
        with self._storage.begin() as work:
            return service(work)

    def _in_snapshot(self, query: Callable[[Reader], T]) -> T:
        assert self._storage is not None, "without a book there are only errands"
        with self._storage.reading() as reader:
            return query(reader)

    def _for(self, future: "Future[T]", service: Callable[[UnitOfWork], T]) -> T | None:
        try:
            outcome = self._in_transaction(service)
        except BaseException as error:  # noqa: BLE001  it is raised again where it is waited for
            future.set_exception(error)
            return None
        future.set_result(outcome)
        return outcome

    def _work(self, queue: "Queue[_Task | None]") -> None:
        """Take tasks one after another until `close`; this is a thread's whole life."""
        while (task := queue.get()) is not None:
            if task.wanted():
                self._arrived.emit(self._answer(task))
            queue.task_done()
        queue.task_done()

    def _answer(self, task: _Task) -> Callable[[], None]:
        """Run a task and return what is to be done about it on the screen's thread."""
        try:
            outcome = task.run()
        except Refusal as refusal:
            answered = refusal
            return lambda: self._refuse(answered, task)
        except Trouble as trouble:
            met = trouble
            return lambda: self._meet(met, task)
        except Exception as error:  # noqa: BLE001  a bug: the safe screen shows, nothing hides it
            bug = error
            return lambda: self.broke.emit(bug)
        return lambda: self._finish(outcome, task)

    def _finish(self, outcome: Any, task: _Task) -> None:
        if task.commits and self._troubled:
            self._troubled = False
            self.recovered.emit()
        if not task.wanted():
            return
        task.done(outcome)
        if task.commits and outcome is not None:
            self.committed.emit(outcome)

    def _refuse(self, refusal: Refusal, task: _Task) -> None:
        if not task.wanted():
            return
        if task.refused is None:
            self.broke.emit(refusal)
        else:
            task.refused(refusal)

    def _meet(self, trouble: Trouble, task: _Task) -> None:
        if task.ours:
            self._troubled = True
            self.trouble.emit(trouble)
        if task.failed is not None:
            task.failed(trouble)


def _checkpoint_of(storage: Storage) -> _Task:
    return _Task(run=storage.checkpoint, done=lambda _: None)


def _deliver(answer: Callable[[], None]) -> None:
    answer()
