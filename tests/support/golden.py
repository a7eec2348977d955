"""The golden life: one operation of every kind, written once and read by every later version.

`python -m tests.support.golden` writes what is missing: a line for each operation into
tests/vectors/operations, and a database of the present schema into tests/migration/golden. What is
there already is never written again. Kinds that came later are in lives of their own
(`tests.support.golden_rewards`), each in a folder of its own, because a life is one chain.
"""

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from db.domain.basket import Basket, BasketLine
from db.domain.clock import BusinessCalendar
from db.domain.consent import ConsentFact
from db.domain.ids import BatchId, LeaseId, LotId, MemberId, OperationId, text_of
from db.domain.leases import LeaseToken, LotShare
from db.domain.ledger import Movement
from db.domain.operations import Operation, read_operation
from db.domain.staff import Actor, Role
from db.services.consents import RecordConsent, record_consent
from db.services.imports import RevertBatch, revert_batch
from db.services.journal import Draft, append
from db.services.leases import (
    LeaseGrantBody,
    LeaseReclaimBody,
    apply_lease_grant,
    apply_lease_reclaim,
    close_lease,
)
from db.services.movements import NOT_DERIVED, movements_of
from db.services.points import BringOpeningPoints, bring_opening_points
from db.services.reveals import RevealMember, reveal_member
from db.services.set_up import InitHome, init_home
from db.storage.home import OFFICE
from db.storage.migrate import latest_version
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork
from tests.support import makers
from tests.support.golden_beyond import live_beyond_leases
from tests.support.golden_conflicts import live_with_conflicts
from tests.support.golden_drawer import live_with_drawer
from tests.support.golden_holds import live_with_holds
from tests.support.golden_profiles import live_with_profiles
from tests.support.golden_rewards import live_with_rewards
from tests.support.storage_fixtures import NOW_MS, seeded_chance

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "tests" / "vectors" / "operations"
DATABASES = ROOT / "tests" / "migration" / "golden"
KEY = bytes(range(32))
SECOND_MS = 1_000
HEAD_OFFICE = Actor(None, Role.HEAD_OFFICE)


def golden_database(life: str = "") -> Path:
    """Return where the golden database of the present schema and of one life lies."""
    name = f"schema_{latest_version()}" + (f"_{life}" if life else "")
    return DATABASES / f"{name}.db"


def live(path: Path) -> Storage:
    """Live the golden life in a new database and return it, still open."""
    clock = FixedClock(NOW_MS)
    storage = Storage(path, KEY, clock=clock, chance=seeded_chance(2026))
    command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
    with storage.begin() as work:
        by = Actor(init_home(work, command).staff_id, Role.MANAGER)
    life = _Life(storage, clock, by)
    member_id = life.alone()
    life.with_head_office(member_id)
    return storage


class _Life:
    """What happens, a second apart."""

    def __init__(self, storage: Storage, clock: FixedClock, by: Actor) -> None:
        self._storage = storage
        self._clock = clock
        self._by = by

    def alone(self) -> MemberId:
        """Live as a counter that is its own authority; return the member it is about."""
        act, by, storage = self._act, self._by, self._storage
        act(makers.a_shift, by=by)
        member = act(
            makers.a_member, by=by, name="欧阳娜娜", birthday="02-29", channel="wechat", note="é"
        )
        member_id = member.member_id
        lines = (
            BasketLine(unit_price=128_00, quantity=2, sku="A1", category="food/snack"),
            BasketLine(unit_price=999, sku="B2", category="toys", discount=99),
        )
        act(
            makers.a_sale, member_id, by=by, basket=Basket(lines), names=("薯片", "积木"),
            tenders={"cash": 6_500, "wechat": 20_000}, till_receipt="000123",
        )  # fmt: skip
        act(makers.a_sale, by=by, amount=5_000)
        mistake = act(makers.a_sale, member_id, by=by, amount=8_800, redeem_points=200)
        act(makers.an_undo, mistake.sale_id, by=by)
        wrong = act(makers.a_sale, member_id, by=by, amount=4_400)
        act(makers.a_void, wrong.sale_id, by=by)
        act(makers.a_redemption, member_id, 100, by=by, amount=9_900)
        act(makers.an_adjustment, member_id, 2_000, by=by)
        act(makers.an_adjustment, member_id, -7, by=by)
        refused = (ConsentFact(purpose="marketing", granted=False, basis="spoken"),)
        self._serve(record_consent, RecordConsent, member_id=member_id, consents=refused)
        self._serve(reveal_member, RevealMember, member_id=member_id, reason="顾客来电核对")
        self._import()
        act(makers.a_closing, by=by, counted=60_000, till_total=31_500)
        assert storage.clock is self._clock
        return member_id

    def with_head_office(self, member_id: MemberId) -> None:
        """Live under leases: one spent, given back, closed and reclaimed."""
        with self._storage.begin() as work:
            work.settings.put("authority", OFFICE)
            work.forget()
        lease_id, token = self._grant(member_id)
        sold = self._act(makers.a_sale, member_id, by=self._by, amount=3_000, redeem_points=300)
        self._act(makers.an_undo, sold.sale_id, by=self._by)
        self._act(makers.a_redemption, member_id, 100, by=self._by)
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            close_lease(work, lease_id, member_id)
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            left = work.leases.left(lease_id)
            shares = tuple(LotShare(text_of(lot_id), points) for lot_id, points in left)
            body = LeaseReclaimBody(lease=token.g, shares=shares)
            operation = append(work, _by_office(work, "lease_reclaim", body, member_id))
            apply_lease_reclaim(work, operation, None)

    def _grant(self, member_id: MemberId) -> tuple[LeaseId, LeaseToken]:
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            lot_id: LotId = max(work.ledger.lots(member_id), key=lambda lot: lot.points).lot_id
            lease_id = LeaseId(work.new_id())
            token = LeaseToken(
                g=text_of(lease_id),
                m=text_of(member_id),
                s=text_of(work.home.stream_id),
                n=500,
                until=self._clock.at_ms + 72 * 3_600_000,
                lots=(LotShare(text_of(lot_id), 500),),
                sig="ab" * 64,
            )
            body = LeaseGrantBody(token=token)
            operation = append(work, _by_office(work, "lease_grant", body, member_id))
            apply_lease_grant(work, operation, None)
        return lease_id, token

    def _import(self) -> None:
        with self._storage.begin() as work:
            batch_id = BatchId(work.new_id())
            work.imports.start(
                batch_id, kind="members", source="old.csv", started_at=work.at_ms, staff_id=None
            )
        member = self._act(
            makers.a_member, by=self._by, phone="", external_id="old-7", channel="import",
            batch_id=batch_id, consents=(),
        )  # fmt: skip
        self._serve(
            bring_opening_points,
            BringOpeningPoints,
            member_id=member.member_id,
            points=350,
            expires_on=date(2027, 12, 31),
            batch_id=batch_id,
        )
        self._serve(revert_batch, RevertBatch, batch_id=batch_id)

    def _act(self, maker, *arguments, **facts):  # noqa: ANN001, ANN002, ANN003, ANN202  any maker and what it takes
        self._clock.advance(SECOND_MS)
        return maker(self._storage, *arguments, **facts)

    def _serve(self, service, command, **facts) -> None:  # noqa: ANN001, ANN003  any service and its command
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            service(work, command(op=OperationId(work.new_id()), by=self._by, **facts))


def operations_of(storage: Storage) -> list[Operation]:
    """Return every operation of a database, oldest first."""
    with storage.reading() as reader:
        rows = reader.all("SELECT raw FROM operation ORDER BY stream_id, sequence")
    return [read_operation(row[0]) for row in rows]


def line_of(operation: Operation, personal: tuple[bytes, bytes] | None) -> bytes:
    """Return an operation's golden line: its bytes as text, its hash, what it moves, the person."""
    moved = [] if operation.envelope.t in NOT_DERIVED else movements_of(operation)
    line = {
        "raw": operation.raw.decode(),
        "hash": operation.hash.hex(),
        "movements": [movement_texts(movement) for movement in moved],
    }
    if personal is not None:
        line["personal"] = {"nonce": personal[0].hex(), "payload": personal[1].decode()}
    return msgspec.json.encode(line)


def movement_texts(movement: Movement) -> list[str | int]:
    """Return a movement as a golden line has it: why, from, to, points, whose, which lot."""
    return [
        movement.entry.value,
        f"{movement.debit.kind.value}:{movement.debit.owner.hex()}",
        f"{movement.credit.kind.value}:{movement.credit.owner.hex()}",
        movement.points,
        movement.member_id.hex(),
        movement.lot_id.hex(),
    ]


def main() -> int:
    """Write the golden files that are missing; say which."""
    lives = (
        ("", live),
        ("rewards", live_with_rewards),
        ("profiles", live_with_profiles),
        ("holds", live_with_holds),
        ("conflicts", live_with_conflicts),
        ("beyond", live_beyond_leases),
        ("drawer", live_with_drawer),
    )
    for file in [file for name, life in lives for file in _write_life(name, life)]:
        sys.stdout.write(f"{file}\n")
    return 0


def _write_life(name: str, life: Callable[[Path], Storage]) -> list[Path]:
    folder, kept = OPERATIONS / name, golden_database(name)
    folder.mkdir(parents=True, exist_ok=True)
    DATABASES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as elsewhere:
        path = Path(elsewhere) / "golden.db"
        storage = life(path)
        lines: dict[str, list[bytes]] = defaultdict(list)
        operations = operations_of(storage)
        with storage.reading() as reader:
            for operation in operations:
                beside = reader.one(
                    "SELECT nonce, payload FROM personal WHERE op = ?", (operation.op,)
                )
                lines[operation.envelope.t].append(line_of(operation, beside))
        storage.close()
        files = [folder / f"{kind}.jsonl" for kind in sorted(lines)]
        written = [file for file in files if _write_lines(file, lines[file.stem])]
        if not kept.exists():
            shutil.copy(path, kept)
            written.append(kept)
    return written


def _write_lines(file: Path, lines: list[bytes]) -> bool:
    if file.exists():
        return False
    file.write_bytes(b"".join(line + b"\n" for line in lines))
    return True


def _by_office(work: UnitOfWork, kind: str, body: msgspec.Struct, member_id: MemberId) -> Draft:
    make = partial(Draft, op=OperationId(work.new_id()), by=HEAD_OFFICE)
    return make(kind=kind, body=body, member_id=member_id)


if __name__ == "__main__":
    sys.exit(main())
