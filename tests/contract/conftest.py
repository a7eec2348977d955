"""The three guises of head office, made once a run, and counters that join them."""

import itertools
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId
from db.domain.operations import read_operation
from db.services.set_up import InitHome, init_home
from db.storage.unit_of_work import Storage
from sync.client.device import DeviceIdentity, enroll_with, load_device, new_identity
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.outbox import next_batch
from sync.client.remote_office import RemoteOffice
from sync.client.storage_access import directly_on
from sync.protocol.messages import Fact, LeaseAsk, LeaseReply, LeaseRequest, PushRequest
from tests.support.grounds import Ground, a_code, a_near_office, a_served_office
from tests.support.makers import a_member, a_sale
from tests.support.postgres_server import Cannot, PostgresServer, a_postgres

GUISES = ("near", "http-sqlite", "http-postgresql")
_phones = itertools.count(13_600_000_000)


@dataclass
class Till:
    """A counter that has joined, with everything a test may want to send by hand."""

    ground: Ground
    storage: Storage
    device: DeviceIdentity
    remote: RemoteOffice
    members: list[MemberId] = field(default_factory=list)

    def exchange(self) -> ExchangeReport:
        return exchange_once(directly_on(self.storage), self.remote, self.device, renew=False)

    def sells(
        self, count: int = 1, *, member: MemberId | None = None, amount: int = 12_800
    ) -> None:
        for _ in range(count):
            a_sale(self.storage, member, amount=amount)

    @staticmethod
    def phone() -> str:
        """Return a number that nobody has."""
        return str(next(_phones))

    def registers(self, *, phone: str | None = None, **facts: Any) -> MemberId:
        phone = phone or self.phone()
        member = a_member(self.storage, phone=phone, **facts).member_id
        self.members.append(member)
        return member

    def batch(self) -> PushRequest:
        with self.storage.begin() as work:
            batch = next_batch(work, self.device)
        assert batch is not None, "something waits"
        return batch

    def batches(self, size: int) -> list[PushRequest]:
        """Return everything that waits, cut into batches of a size."""
        whole = self.batch()
        hashes = [read_operation(bytes(row.op)).hash for row in whole.rows]
        return [
            msgspec.structs.replace(
                whole,
                request=os.urandom(16),
                first=whole.first + at,
                rows=whole.rows[at : at + size],
                previous=hashes[at - 1] if at else whole.previous,
            )
            for at in range(0, len(whole.rows), size)
        ]

    def asks(self, *asks: LeaseAsk) -> LeaseReply:
        with self.storage.begin() as work:
            stream = work.operations.stream(work.home.stream_id)
        assert stream is not None
        return self.remote.lease(
            LeaseRequest(
                request=os.urandom(16),
                device=self.device.device,
                token=self.device.token,
                stream=stream.stream_id,
                epoch=stream.epoch,
                asks=asks,
            )
        )


def with_rows(batch: PushRequest, *raws: bytes, **changes: Any) -> PushRequest:
    """Return a batch with other operations in it, without what lies beside them."""
    facts = tuple(Fact(op=msgspec.Raw(raw)) for raw in raws)
    return msgspec.structs.replace(batch, request=os.urandom(16), rows=facts, **changes)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    try:
        with a_postgres() as server:
            yield server
    except Cannot as reason:
        pytest.skip(str(reason))


@dataclass
class Grounds:
    """The head offices that were made, kept until the run ends: tests share them."""

    stack: ExitStack
    made: dict[str, Ground] = field(default_factory=dict)


@pytest.fixture(scope="session")
def grounds() -> Iterator[Grounds]:
    with ExitStack() as stack:
        yield Grounds(stack)


@pytest.fixture(params=GUISES)
def ground(
    request: pytest.FixtureRequest,
    grounds: Grounds,
    tmp_path_factory: pytest.TempPathFactory,
) -> Ground:
    guise = str(request.param)
    if guise not in grounds.made:
        home = tmp_path_factory.mktemp("ground") / "office"
        match guise:
            case "near":
                office: AbstractContextManager[Ground] = a_near_office(home)
            case "http-sqlite":
                office = a_served_office(home)
            case _:
                office = a_served_office(home, request.getfixturevalue("postgres"))
        grounds.made[guise] = grounds.stack.enter_context(office)
    return grounds.made[guise]


class Joining:
    """Makes counters and lets them join."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.ground = ground
        self._folder = folder
        self.made: list[Till] = []

    def __call__(self, branch: str = "南京东路店", **facts: Any) -> Till:
        folder = self._folder / f"till{len(self.made)}"
        folder.mkdir()
        storage = Storage(folder / "guitai.db", os.urandom(32))
        with storage.begin() as work:
            init_home(
                work,
                InitHome(
                    branch=branch,
                    counter=f"{len(self.made) + 1:02d}机",
                    calendar=BusinessCalendar(),
                    sandbox=True,
                ),
            )
        till = self.enrol(storage, folder, **facts)
        self.made.append(till)
        return till

    def enrol(
        self, storage: Storage, folder: Path, *, code: str | None = None, key: bytes | None = None
    ) -> Till:
        identity = new_identity("http://127.0.0.1", key or os.urandom(32))
        line = self.ground.line()
        enroll_with(
            storage,
            folder,
            identity,
            office=RemoteOffice(line, private_key=identity.private_key, server_key=None),
            code=code or a_code(self.ground),
        )
        device = load_device(folder)
        assert device is not None
        remote = RemoteOffice(line, private_key=device.private_key, server_key=device.server_key)
        return Till(self.ground, storage, device, remote)

    def twin(self, till: Till) -> RemoteOffice:
        """Return a second line for a till."""
        device = till.device
        return RemoteOffice(
            self.ground.line(), private_key=device.private_key, server_key=device.server_key
        )


@pytest.fixture
def joining(ground: Ground, tmp_path: Path) -> Iterator[Joining]:
    made = Joining(ground, tmp_path)
    yield made
    for till in made.made:
        till.remote.close()
        till.storage.close()
