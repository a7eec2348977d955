"""A chain to be measured: a head office, a counter with acts that wait, and the line between them.

Homes are made once and kept in `.bench/`; each bench works on copies. Acts are those of a counter:
every tenth registers a member, the others sell three lines to one of those registered here.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec
import requests

from db.domain.basket import Basket, BasketLine
from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor, Role
from db.services.members import EnrollMember, enroll_member, spoken_consent
from db.services.sales import Sell, sell
from db.services.set_up import InitHome, init_home
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.client.device import DeviceIdentity, enroll_with, load_device, new_identity
from sync.client.http_office import HttpLine
from sync.client.remote_office import LineAnswer, RemoteOffice
from sync.protocol.signing import KEY_BYTES
from sync.server.devices import enroll_code
from sync.server.door import Door
from sync.server.office import make_office, open_office
from tests.support.load_driver import open_home
from tests.support.processes import Process, answers, free_port

BY = Actor(None, Role.MANAGER)
REGISTER_EVERY = 10
ACTS_AT_ONCE = 500
FORM = 1
"""Raised when the acts are made otherwise."""
NAMES = ("张小芳", "王伟", "李娜", "欧阳静", "刘洋", "陈建国", "杨晓丹")
BASKET = Basket(
    tuple(
        BasketLine(unit_price=price, sku=f"A{line}", category="food")
        for line, price in enumerate((1_290, 850, 3_600), start=1)
    )
)
LINE_NAMES = ("牛奶", "面包", "茶叶")


@dataclass(frozen=True, slots=True)
class Passage:
    """So many operations carried from one end to the other: seconds, CPU of all processes, bytes.

    `bytes` counts what went over the line in both directions, headers included.
    """

    operations: int
    seconds: float
    cpu_us: float
    bytes: int

    @property
    def us_each(self) -> float:
        """Return µs of the clock an operation."""
        return self.seconds * 1e6 / self.operations


class DirectLine:
    """Carries messages to a head office in this process."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        return LineAnswer(*self._door.answer(kind, sealed))

    def close(self) -> None:
        pass


def a_chain(folder: Path, operations: int) -> Path:
    """Return a folder of homes: `office`, `counter` with so many acts waiting, `other` with none.

    Both counters are enrolled.
    """
    schema = "".join(
        each.read_text(encoding="utf-8")
        for place in ("db/storage/migrations", "sync/server/storage/migrations")
        for each in sorted(Path(place).glob("*.sql"))
    )
    mark = hashlib.sha256(f"{schema}{FORM}".encode()).hexdigest()[:12]
    path = folder / f"chain-{operations}-{mark}"
    if not path.exists():
        for old in folder.glob(f"chain-{operations}-*"):
            shutil.rmtree(old)
        partial = path.with_suffix(".partial")
        partial.mkdir(parents=True)
        _make(partial, operations)
        partial.replace(path)
    return path


def a_chain_on(address: str, folder: Path, operations: int) -> Path:
    """Return such homes, made anew, whose head office keeps its book in a PostgreSQL."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _make(folder, operations, address=address)
    return folder


def a_copy_of(chain: Path, folder: Path) -> Path:
    """Return a copy that may be worked on."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(chain, folder))


def in_one_transaction(storage: Storage) -> Callable[[Callable[[UnitOfWork], Any]], Any]:
    """Return how a service is run where nobody else wants the storage."""

    def run(service: Callable[[UnitOfWork], Any], /) -> Any:
        with storage.begin() as work:
            return service(work)

    return run


def act(work: UnitOfWork, number: int, members: list[MemberId]) -> None:
    """Do the act of this number: register a member, or sell to one."""
    op = OperationId(work.new_id())
    if number % REGISTER_EVERY == 0:
        member_id = MemberId(work.new_id())
        enroll_member(
            work,
            EnrollMember(
                op=op,
                member_id=member_id,
                by=BY,
                phone=f"138{number:08d}",
                name=NAMES[number // REGISTER_EVERY % len(NAMES)],
                consents=spoken_consent(marketing=number % 20 == 0),
            ),
        )
        members.append(member_id)
        return
    member_id = members[number * 7_919 % len(members)]
    sell(work, Sell(op=op, by=BY, basket=BASKET, names=LINE_NAMES, member_id=member_id))


class CountedLine(HttpLine):
    """An HTTP line that counts what it carries, headers included."""

    def __init__(self, address: str, storage: Storage) -> None:
        super().__init__(address, clock=storage.clock)
        self.bytes = 0
        self._session.hooks["response"].append(self._count)

    def _count(self, response: requests.Response, *_: object, **__: object) -> None:
        sent = response.request
        self.bytes += len(sent.body or b"") + _written(sent.headers) + len(sent.path_url)
        self.bytes += int(response.headers.get("Content-Length", 0)) + _written(response.headers)


class Counter:
    """A counter's open home, and its head office at the other end of HTTP."""

    def __init__(self, home: Path, address: str) -> None:
        self.storage = open_home(home)
        device = load_device(home)
        assert device is not None, "a_chain enrolls it"
        self.device: DeviceIdentity = msgspec.structs.replace(device, address=address)
        self.line = CountedLine(address, self.storage)
        self.office = RemoteOffice(
            self.line, private_key=device.private_key, server_key=device.server_key
        )
        self.run = in_one_transaction(self.storage)

    def waiting(self) -> list[bytes]:
        """Return the bytes of the operations that head office does not have."""
        with self.storage.begin() as work:
            stream_id = work.home.stream_id
            rows = work.all(
                "SELECT o.raw FROM operation AS o JOIN stream AS s USING (stream_id)"
                " WHERE o.stream_id = ? AND o.sequence > s.acked_sequence ORDER BY o.sequence",
                (stream_id,),
            )
        return [row[0] for row in rows]

    def close(self) -> None:
        self.office.close()
        self.storage.close()


class Server:
    """A process that answers on a loopback port, and what it has used of the processors."""

    def __init__(self, folder: Path, name: str, *words: str, port: int) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self._process = Process(folder, name, *words)
        self._process.wait_for(lambda: answers(port), "to answer")

    def cpu_us(self) -> float:
        """Return the CPU time of the process so far, to a hundredth of a second."""
        return cpu_us_of(self._process._popen.pid)

    def stop(self) -> None:
        self._process.stop()


def cpu_us_of(pid: int) -> float:
    """Return the CPU time that a process and its children have used."""
    ticks = 0
    for one in (pid, *_children(pid)):
        with suppress(FileNotFoundError):
            ticks += sum(map(int, _stat(one)[11:15]))
    return ticks * 1e6 / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if _stat(int(process.name))[1] == str(pid):
                found.append(int(process.name))
    return found


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


@contextmanager
def serving(home: Path, *more: str) -> Iterator[Server]:
    """Run head office on a home as `guitai office serve` does."""
    port = free_port()
    words = ("desktop", "--home", str(home), "office", "serve", "--port", str(port), *more)
    server = Server(home.parent / "said", "office", *words, port=port)
    try:
        yield server
    finally:
        server.stop()


class UsesProcessors(Protocol):
    """A process, or a family of them."""

    def cpu_us(self) -> float:
        """Return the CPU time used so far."""
        ...


def timed(
    work: Callable[[], int], *, bytes_so_far: Callable[[], int], servers: Sequence[UsesProcessors]
) -> Passage:
    """Time what carries operations and says how many; count every process's CPU and the bytes."""
    before = bytes_so_far()
    theirs = sum(each.cpu_us() for each in servers)
    mine, begun = time.process_time_ns(), time.perf_counter_ns()
    operations = work()
    seconds = (time.perf_counter_ns() - begun) / 1e9
    cpu_us = (time.process_time_ns() - mine) / 1e3
    cpu_us += sum(each.cpu_us() for each in servers) - theirs
    return Passage(operations, seconds, cpu_us, bytes_so_far() - before)


def _make(folder: Path, operations: int, *, address: str | None = None) -> None:
    make_office(folder / "office", **({} if address is None else {"address": address}))
    office = open_office(folder / "office")
    line = DirectLine(Door(office))
    for name, branch in (("counter", "南京东路店"), ("other", "徐家汇店")):
        home = folder / name
        home.mkdir()
        key = database_key(home, os_store=False, chance=system_chance, create=True)
        storage = Storage(database_path(home), key)
        with storage.begin() as work:
            init_home(work, InitHome(branch=branch, counter=name, calendar=BusinessCalendar()))
        identity = new_identity("http://127.0.0.1", system_chance(KEY_BYTES))
        joining = RemoteOffice(line, private_key=identity.private_key, server_key=None)
        code = enroll_code(office.storage).code
        enroll_with(storage, home, identity, office=joining, code=code)
        if name == "counter":
            _do(storage, operations)
        storage.close()
    office.close()


def _do(storage: Storage, operations: int) -> None:
    members: list[MemberId] = []
    for start in range(0, operations, ACTS_AT_ONCE):
        with storage.begin() as work:
            for number in range(start, min(start + ACTS_AT_ONCE, operations)):
                act(work, number, members)


def _written(headers: Any) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.items())
