"""A universe: one head office, some counters, members, and everything that goes wrong between.

The counters run the real services, the real exchange and the real storage; only the line, the
clocks and chance are ours. What a cashier saw confirmed is written down here, outside of every
file, so that the checkers know the truth that the files must tell.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId, SaleId, StreamId
from db.domain.refusals import Refusal
from db.services.enrollment import start_stream
from db.services.set_up import InitHome, init_home
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.client.device import DeviceIdentity, enroll_with, load_device, new_identity
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.leasing import give_back, lease_exactly, lease_for_lookup
from sync.client.remote_office import RemoteOffice
from sync.protocol.office import OfficeRefused, OfficeUnreachable
from sync.protocol.signing import KEY_BYTES
from sync.server.devices import enroll_code
from sync.server.door import Door
from sync.server.office import Office, make_office, open_office
from tests.simulation.line import BadLine, Faults
from tests.simulation.offer_deeds import PROGRAM, OfferDeeds
from tests.support.makers import (
    a_member,
    a_redemption,
    a_sale,
    an_adjustment,
    an_undo,
)
from tests.support.storage_fixtures import NOW_MS, seeded_chance

T = TypeVar("T")
HOUR_MS = 3_600_000
MEMBERS_MAX = 12
BRANCHES = ("南京东路店", "徐家汇店")


class Crash(Exception):
    """The counter's process died here; its file is as the last commit left it."""


@dataclass(slots=True)
class SimulatedCounter:
    """A counter with its file, its clock and its line."""

    name: str
    folder: Path
    key: bytes
    clock: FixedClock
    storage: Storage
    line: BadLine
    rng: random.Random
    device: DeviceIdentity | None = None
    backup: Path | None = None
    last_sale: SaleId | None = None

    def run(self, service: Callable[[UnitOfWork], T], /) -> T:
        """Run a service on the storage, crashing before or after the commit now and then."""
        self._may_crash()
        with self.storage.begin() as work:
            outcome = service(work)
        self._may_crash()
        return outcome

    def office(self) -> RemoteOffice:
        """Return head office at the other end of the line."""
        assert self.device is not None, "the counter is enrolled first"
        return RemoteOffice(
            self.line,
            private_key=self.device.private_key,
            server_key=self.device.server_key,
        )

    def exchange(self, *, renew: bool = True) -> ExchangeReport:
        """Run one exchange over whatever the line is now."""
        assert self.device is not None, "the counter is enrolled first"
        return exchange_once(self.run, self.office(), self.device, renew=renew)

    def reopen(self) -> None:
        """Start the process again."""
        self.storage.close()
        self.storage = Storage(
            database_path(self.folder),
            self.key,
            clock=self.clock,
            chance=seeded_chance(self.rng.randrange(1 << 32)),
        )

    def _may_crash(self) -> None:
        if self.rng.random() < self.line.faults.crash:
            raise Crash


@dataclass(slots=True)
class World(OfferDeeds):
    """One universe, repeatable from its seed."""

    folder: Path
    seed: int
    rng: random.Random = field(init=False)
    clock: FixedClock = field(init=False)
    office: Office = field(init=False)
    door: Door = field(init=False)
    counters: list[SimulatedCounter] = field(default_factory=list)
    confirmed: set[bytes] = field(default_factory=set)
    strict: bool = True
    """Nobody put an old file back unnoticed, so not one point may be overspent."""
    office_backup: Path | None = None
    trace: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make head office."""
        self.rng = random.Random(self.seed)
        self.clock = FixedClock(NOW_MS)
        home = self.folder / "office"
        make_office(home, sandbox=True, program=PROGRAM)
        self.office = open_office(
            home, clock=self.clock, chance=seeded_chance(self.rng.randrange(1 << 32))
        )
        self.door = Door(self.office)

    def add_counter(self, *, faults: Faults | None = None) -> SimulatedCounter:
        """Open a counter that has no head office yet."""
        number = len(self.counters)
        folder = self.folder / f"counter{number}"
        folder.mkdir()
        chance = seeded_chance(self.rng.randrange(1 << 32))
        key = database_key(folder, os_store=False, chance=chance, create=True)
        clock = FixedClock(self.clock.at_ms)
        storage = Storage(database_path(folder), key, clock=clock, chance=chance)
        command = InitHome(
            branch=BRANCHES[number // 2 % len(BRANCHES)],
            counter=f"{number:02}机",
            calendar=BusinessCalendar(),
            sandbox=True,
            program=PROGRAM,
        )
        with storage.begin() as work:
            init_home(work, command)
        rng = random.Random(self.rng.randrange(1 << 32))
        line = BadLine(self.door, rng, faults or Faults())
        counter = SimulatedCounter(f"counter{number}", folder, key, clock, storage, line, rng)
        self.counters.append(counter)
        return counter

    def enroll(self, counter: SimulatedCounter) -> bool:
        """Join head office, asking again when the reply was lost; say whether it worked."""
        identity = new_identity("http://127.0.0.1", counter.rng.randbytes(KEY_BYTES))
        for _ in range(20):
            code = enroll_code(self.office.storage).code
            office = RemoteOffice(counter.line, private_key=identity.private_key, server_key=None)
            try:
                enroll_with(counter.storage, counter.folder, identity, office=office, code=code)
            except (OfficeUnreachable, OfficeRefused):
                continue
            counter.device = load_device(counter.folder)
            return True
        return False

    def pass_time(self, ms: int) -> None:
        """Let time pass everywhere."""
        self.clock.advance(ms)
        for counter in self.counters:
            counter.clock.advance(ms)

    def act(self, counter: SimulatedCounter, deed: str) -> None:
        """Let a cashier or the agent do something; refusals are answers, crashes are endured."""
        self.trace.append(f"{counter.name} {deed}")
        try:
            getattr(self, f"_{deed}")(counter)
        except (Refusal, OfficeUnreachable, OfficeRefused) as answer:
            self.trace.append(f"  {type(answer).__name__} {answer}")
        except Crash:
            self.trace.append("  crash")
            counter.reopen()
        self._write_down(counter)

    def settle(self) -> None:
        """Heal every line and exchange until nothing is on its way."""
        for counter in self.counters:
            counter.line.heal()
            counter.clock.at_ms = self.clock.at_ms
            counter.line.arrive_late()
        for _ in range(6):
            self.pass_time(1_000)
            reports = [counter.exchange(renew=False) for counter in self.counters]
            if not any(report.pushed or report.pulled or report.rehomed for report in reports):
                return
        raise AssertionError(f"never quiet: {reports}")

    def close(self) -> None:
        """Close every file and take the universe away."""
        self.office.close()
        for counter in self.counters:
            counter.storage.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What cashiers and agents do; `act` names them.

    def _register(self, counter: SimulatedCounter) -> None:
        if len(self._members(counter)) < MEMBERS_MAX:
            phone = f"138{self.rng.randrange(10**8):08}"
            a_member(counter.storage, phone=phone)

    def _sell(self, counter: SimulatedCounter) -> None:
        amount = self.rng.randrange(100, 60_000)
        sold = a_sale(counter.storage, self._some_member(counter), amount=amount)
        counter.last_sale = sold.sale_id

    def _sell_to_nobody(self, counter: SimulatedCounter) -> None:
        counter.last_sale = a_sale(counter.storage, None, amount=4_200).sale_id

    def _sell_for_points(self, counter: SimulatedCounter) -> None:
        sold = a_sale(
            counter.storage,
            self._some_member(counter),
            amount=self.rng.randrange(2_000, 60_000),
            redeem_points=100 * self.rng.randrange(1, 4),
        )
        counter.last_sale = sold.sale_id

    def _undo(self, counter: SimulatedCounter) -> None:
        if counter.last_sale is not None:
            an_undo(counter.storage, counter.last_sale)

    def _adjust(self, counter: SimulatedCounter) -> None:
        if (member_id := self._some_member(counter)) is not None:
            an_adjustment(counter.storage, member_id, self.rng.choice((-30, 50, 300)))

    def _redeem(self, counter: SimulatedCounter) -> None:
        if (member_id := self._some_member(counter)) is not None:
            a_redemption(counter.storage, member_id, 100 * self.rng.randrange(1, 6))

    def _redeem_online(self, counter: SimulatedCounter) -> None:
        member_id, points = self._some_member(counter), 100 * self.rng.randrange(1, 6)
        if member_id is None or counter.device is None:
            return
        lease_exactly(
            counter.run, counter.office(), counter.device, member_id=member_id, points=points
        )
        if self.rng.random() < 0.7:
            a_redemption(counter.storage, member_id, points)
        else:
            give_back(counter.run, member_id)

    def _look_up(self, counter: SimulatedCounter) -> None:
        member_id = self._some_member(counter)
        if member_id is not None and counter.device is not None:
            lease_for_lookup(counter.run, counter.office(), counter.device, member_id=member_id)

    def _exchange(self, counter: SimulatedCounter) -> None:
        if counter.device is not None:
            report = counter.exchange()
            self.trace.append(f"  {report}")

    def _back_up(self, counter: SimulatedCounter) -> None:
        if counter.device is not None:
            counter.backup = counter.folder / "backup"
            _copy_files(counter.folder, counter.backup)

    def _restore(self, counter: SimulatedCounter) -> None:
        """Bring a backup back as `guitai restore` does: what is written next is a new stream."""
        if counter.backup is not None and counter.device is not None:
            self._put_back(counter)
            with counter.storage.begin() as work:
                start_stream(work, StreamId(work.chance(16)))

    def _roll_back(self, counter: SimulatedCounter) -> None:
        """Copy yesterday's file back behind everyone's back: two histories under one stream."""
        if counter.backup is not None and counter.device is not None and not self.strict:
            self._put_back(counter)

    def _put_back(self, counter: SimulatedCounter) -> None:
        """Put a backup back; head office is backed up anew before it is restored too.

        What two lost disks held together is no promise of ours: a double fault is not simulated.
        """
        assert counter.backup is not None, "the caller looked"
        self.office_backup = None
        counter.storage.close()
        _copy_files(counter.backup, counter.folder)
        counter.reopen()
        self._declare_lost()

    def _back_up_office(self, _counter: SimulatedCounter) -> None:
        if all(counter.device is not None for counter in self.counters):
            self.office_backup = self.folder / "office-backup"
            _copy_files(self.folder / "office", self.office_backup)

    def _restore_office(self, _counter: SimulatedCounter) -> None:
        """Bring head office's backup back; the grant journal is on another disk and survives."""
        if self.office_backup is None:
            return
        home = self.folder / "office"
        self.office.close()
        _copy_files(self.office_backup, home)
        chance = seeded_chance(self.rng.randrange(1 << 32))
        key = database_key(home, os_store=False, chance=chance, create=False)
        restored = Storage(database_path(home), key, clock=self.clock, chance=chance)
        with restored.begin() as work:
            start_stream(work, StreamId(work.chance(16)))
        restored.close()
        self.office = open_office(home, clock=self.clock, chance=chance)
        self.door = Door(self.office)
        for counter in self.counters:
            counter.line.door = self.door
            counter.backup = None
        self._declare_lost()

    def _declare_lost(self) -> None:
        """Strike off what no file holds any more: it was on the replaced disk alone."""
        storages = [self.office.storage, *(counter.storage for counter in self.counters)]
        held: set[bytes] = set()
        for storage in storages:
            with storage.reading() as reader:
                held |= {row[0] for row in reader.all("SELECT op FROM operation")}
        self.confirmed &= held

    def _skew(self, counter: SimulatedCounter) -> None:
        if self.rng.random() < counter.line.faults.skew:
            hours = self.rng.choice((-26, -1, 1, 26))
            counter.clock.at_ms = self.clock.at_ms + hours * HOUR_MS

    def _some_member(self, counter: SimulatedCounter) -> MemberId | None:
        members = self._members(counter)
        return self.rng.choice(members) if members else None

    def _members(self, counter: SimulatedCounter) -> list[MemberId]:
        with counter.storage.reading() as reader:
            rows = reader.all("SELECT member_id FROM member ORDER BY member_id")
        return [MemberId(row[0]) for row in rows]

    def _write_down(self, counter: SimulatedCounter) -> None:
        """Note every act that this counter's file has confirmed: it may never be lost again."""
        with counter.storage.reading() as reader:
            rows = reader.all(
                "SELECT o.op FROM operation AS o JOIN stream AS s ON s.stream_id = o.stream_id"
            )
        self.confirmed |= {row[0] for row in rows}


def _copy_files(source: Path, target: Path) -> None:
    """Copy a database with its log, as a file copier would between two transactions."""
    target.mkdir(exist_ok=True)
    name = database_path(source).name
    for suffix in ("", "-wal", "-shm"):
        (target / f"{name}{suffix}").unlink(missing_ok=True)
        if suffix != "-shm" and (source / f"{name}{suffix}").exists():
            shutil.copyfile(source / f"{name}{suffix}", target / f"{name}{suffix}")


DEEDS = {
    "register": 2,
    "sell": 8,
    "sell_to_nobody": 1,
    "sell_for_points": 4,
    "undo": 2,
    "adjust": 1,
    "redeem": 4,
    "redeem_online": 4,
    "issue_coupon": 2,
    "use_coupon": 5,
    "top_up": 2,
    "pay_with_value": 5,
    "pay_out": 0.5,
    "look_up": 4,
    "exchange": 8,
    "skew": 1,
    "back_up": 1,
    "restore": 0.4,
    "roll_back": 0.4,
    "back_up_office": 0.6,
    "restore_office": 0.3,
}
"""What happens, and how often."""
