"""A head office of one's own, its door, and an answer to whoever sends a sealed message."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.domain.clock import BusinessCalendar
from db.services.set_up import InitHome, init_home
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.device import DeviceIdentity, Enrolled, enroll_with, load_device, new_identity
from sync.client.exchange import exchange_once
from sync.client.remote_office import LineAnswer, RemoteOffice
from sync.client.storage_access import directly_on
from sync.server.devices import enroll_code
from sync.server.door import Door
from sync.server.office import Office, make_office, open_office
from tests.support.makers import a_member, a_sale
from tests.support.storage_fixtures import seeded_chance


class DirectLine:
    """Carries messages to a door without a network."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.statuses: list[int] = []

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        status, body = self.door.answer(kind, sealed)
        self.statuses.append(status)
        return LineAnswer(status, body)


class Joining:
    """Enrols the test's counter, with any code and any key."""

    def __init__(self, office: Office, storage: Storage, folder: Path) -> None:
        self.office = office
        self.line = DirectLine(Door(office))
        self.storage = storage
        self.folder = folder
        self.identity = new_identity("http://localhost", bytes(range(32)))

    def code(self, branch: str | None = None) -> str:
        return enroll_code(self.office.storage, branch).code

    def join(self, code: str | None = None, *, key: bytes | None = None) -> Enrolled:
        identity = self.identity if key is None else new_identity("http://localhost", key)
        office = RemoteOffice(self.line, private_key=identity.private_key, server_key=None)
        return enroll_with(
            self.storage,
            self.folder,
            identity,
            office=office,
            code=self.code() if code is None else code,
        )

    def device(self) -> DeviceIdentity:
        device = load_device(self.folder)
        assert device is not None
        return device

    def remote(self) -> RemoteOffice:
        device = self.device()
        return RemoteOffice(self.line, private_key=device.private_key, server_key=device.server_key)


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    make_office(tmp_path / "office", sandbox=True)
    opened = open_office(tmp_path / "office", clock=clock, chance=seeded_chance(3))
    yield opened
    opened.close()


@pytest.fixture
def joining(office: Office, storage: Storage, home_folder: Path) -> Joining:
    return Joining(office, storage, home_folder)


@pytest.fixture
def bystander(joining: Joining, tmp_path: Path, clock: FixedClock) -> Iterator[Joining]:
    """Return another counter of the office, who must not notice."""
    joining.join()
    folder = tmp_path / "bystander"
    folder.mkdir()
    storage = Storage(folder / "guitai.db", b"x" * 32, clock=clock, chance=seeded_chance(77))
    with storage.begin() as work:
        init_home(
            work,
            InitHome(branch="外滩店", counter="02机", calendar=BusinessCalendar(), sandbox=True),
        )
    other = Joining(joining.office, storage, folder)
    other.join(key=b"k" * 32)
    yield other
    a_sale(storage, a_member(storage, phone="13900000099").member_id, amount=12_300)
    office, device = other.remote(), other.device()
    report = exchange_once(directly_on(storage), office, device, renew=False)
    assert (report.trouble, report.pushed, report.quarantined) == (None, 2, 0)
    assert verify_home(joining.office.storage).problems == ()
    assert verify_home(storage).problems == ()
    storage.close()
