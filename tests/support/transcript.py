"""What a released counter says to head office, and hears of it: recorded once, answered for ever.

`python -m tests.support.transcript` writes tests/vectors/exchange/VERSION for the version that is
installed, where it is not there yet. That is the row a release adds: it is never written again, and
every later head office has to answer what stands in it, every later counter to read the answers.
"""

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, CounterId
from db.services.set_up import InitHome, init_home
from db.storage.home import read_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.device import DeviceIdentity, enroll_with, load_device, new_identity
from sync.client.exchange import exchange_once
from sync.client.leasing import lease_for_lookup
from sync.client.remote_office import LineAnswer, RemoteOffice
from sync.client.storage_access import directly_on
from sync.protocol.signing import public_key
from sync.protocol.version import app_version
from sync.server.desk import INCARNATION_SETTING, KEY_SETTING, Desk
from sync.server.door import Door
from sync.server.office import Office, make_office, open_office
from sync.server.storage.device_rows import CodeRow, DeviceRow
from tests.support.makers import a_member, a_redemption, a_sale
from tests.support.storage_fixtures import NOW_MS, seeded_chance

ROOT = Path(__file__).resolve().parents[2] / "tests" / "vectors" / "exchange"
CODE = "AB12CD34"
BRANCH = "南京东路店"
MINUTE_MS = 60_000


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One question and its answer, as they went over the line, and when (UTC ms)."""

    kind: str
    at: int
    request: bytes
    reply: bytes


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation, and what head office has to know of it beforehand."""

    version: str
    office_key: bytes
    incarnation: bytes
    private_key: bytes
    device: bytes
    counter: bytes
    branch: bytes
    said: tuple[Said, ...]


def transcript_file(version: str) -> Path:
    """Return where the conversation of a version lies."""
    return ROOT / f"{version}.json"


def read_transcript(version: str) -> Transcript:
    """Return the conversation of a released version."""
    return msgspec.json.decode(transcript_file(version).read_bytes(), type=Transcript)


def office_that_knows(told: Transcript, folder: Path, clock: FixedClock) -> Office:
    """Return a head office of today to which that counter belongs, and nothing else happened."""
    make_office(folder, sandbox=True)
    office = open_office(folder, clock=clock, chance=seeded_chance(3))
    with office.storage.begin() as work:
        work.settings.put(KEY_SETTING, told.office_key.hex())
        work.settings.put(INCARNATION_SETTING, told.incarnation.hex())
        work.branches.put_branch(BranchId(told.branch), BRANCH, BusinessCalendar())
        work.branches.put_counter(
            CounterId(told.counter), BranchId(told.branch), "01机", number_block=None
        )
        desk = Desk(work, office.journal)
        desk.devices.put_code(CodeRow(CODE, None, clock.at_ms + MINUTE_MS, None))
        desk.devices.put(
            DeviceRow(
                device_id=told.device,
                counter_id=CounterId(told.counter),
                public_key=public_key(told.private_key),
                token_hash=bytes(32),
                state="live",
                app=told.version,
                enrolled_at=clock.at_ms,
                last_seen_at=0,
            )
        )
    return office


@dataclass
class _RecordingLine:
    """Carries messages to a door and keeps them."""

    door: Door
    clock: FixedClock
    said: list[Said] = field(default_factory=list)

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        """Return what the door answers."""
        status, reply = self.door.answer(kind, sealed)
        self.said.append(Said(kind=kind, at=self.clock.at_ms, request=sealed, reply=reply))
        return LineAnswer(status, reply)

    def close(self) -> None:
        """Nothing is open."""


def record(folder: Path) -> Transcript:
    """Let a counter join, sell, redeem and look up, and return all it said and heard."""
    clock = FixedClock(NOW_MS)
    make_office(folder / "office", sandbox=True)
    office = open_office(folder / "office", clock=clock, chance=seeded_chance(3))
    counter = folder / "counter"
    counter.mkdir()
    storage = Storage(counter / "guitai.db", b"k" * 32, clock=clock, chance=seeded_chance(4))
    command = InitHome(branch=BRANCH, counter="01机", calendar=BusinessCalendar(), sandbox=True)
    with storage.begin() as work:
        init_home(work, command)
    with office.storage.begin() as work:
        desk = Desk(work, office.journal)
        desk.devices.put_code(CodeRow(CODE, None, clock.at_ms + MINUTE_MS, None))
        keys = desk.private_key, desk.incarnation
    line = _RecordingLine(Door(office), clock)
    device = _lived(storage, counter, line)
    with storage.reading() as reader:
        home = read_home(reader)
    storage.close()
    office.close()
    return Transcript(
        version=app_version(),
        office_key=keys[0],
        incarnation=keys[1],
        private_key=device.private_key,
        device=device.device,
        counter=home.counter_id,
        branch=home.branch_id,
        said=tuple(line.said),
    )


def _lived(storage: Storage, folder: Path, line: _RecordingLine) -> DeviceIdentity:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=100_000)
    identity = new_identity("http://localhost", bytes(range(32)))
    joining = RemoteOffice(line, private_key=identity.private_key, server_key=None)
    enroll_with(storage, folder, identity, office=joining, code=CODE)
    device = load_device(folder)
    assert device is not None, "it just joined"
    office = RemoteOffice(line, private_key=device.private_key, server_key=device.server_key)
    run = directly_on(storage)
    exchange_once(run, office, device)
    lease_for_lookup(run, office, device, member_id=member.member_id)
    a_redemption(storage, member.member_id, points=100)
    for _ in range(3):
        line.clock.advance(MINUTE_MS)
        a_sale(storage)
        exchange_once(run, office, device)
    return device


def main() -> int:
    """Record the present version, unless it is recorded."""
    target = transcript_file(app_version())
    if target.exists():
        sys.stdout.write(f"{target} is there, and stays as it is\n")
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        told = record(Path(folder))
    target.write_bytes(msgspec.json.format(msgspec.json.encode(told)) + b"\n")
    sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
