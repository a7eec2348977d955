"""The first load over a line that does everything to it: whole, or not at all, and in the end."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.services.verify.book import verify_home
from db.storage.errors import StorageUnavailable
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.first_load import FOLDER, MANIFESTS_MAX, LoadProgress, load_progress
from sync.client.storage_access import directly_on
from sync.protocol import snapshot as protocol
from sync.protocol.messages import ChunkRequest, SnapshotReply, SnapshotRequest
from sync.protocol.office import OfficeRefused, OfficeUnreachable
from sync.protocol.signing import KEY_BYTES
from sync.server.office import Office
from sync.server.snapshots import LEAST_SETTING
from tests.support.checkers import the_book
from tests.support.makers import a_member, a_sale

MEMBERS = 6
ACTS = 2 * MEMBERS


@dataclass
class Touched:
    """Head office behind a line that changes what it says of snapshots."""

    office: Any
    snapshot_: Callable[[SnapshotReply], SnapshotReply] = lambda reply: reply
    chunk_: Callable[[int, bytes], bytes] = lambda _number, chunk: chunk
    asked: list[bytes] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.office, name)

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        return self.snapshot_(self.office.snapshot(request))

    def chunk(self, request: ChunkRequest) -> bytes:
        self.asked.append(request.digest)
        return self.chunk_(len(self.asked), self.office.chunk(request))


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the image page by page, so that a small book has many chunks."""
    monkeypatch.setattr("sync.server.snapshots.PAGES_IN_CHUNK", 1)


@pytest.fixture
def full(office: Office) -> Office:
    """Return a head office with a book of its own."""
    for number in range(MEMBERS):
        member = a_member(office.storage, phone=f"1392000000{number}").member_id
        a_sale(office.storage, member, amount=10_000 + number)
    offer(office)
    return office


@pytest.fixture
def counter(full: Office, joining: Any, storage: Storage) -> Iterator[Any]:
    """Return a counter that joined and has loaded nothing; its book is whole at the end."""
    joining.join()
    yield joining
    assert verify_home(storage).problems == ()


def offer(office: Office, least: int = 1) -> None:
    with office.storage.begin() as work:
        work.settings.put(LEAST_SETTING, str(least))


def build(office: Office) -> None:
    order = office.snapshots.take_order()
    assert order is not None, "nobody asked for one"
    assert office.snapshots.build(order)


def exchange(counter: Any, office: Any = None, **more: Any) -> ExchangeReport:
    run = directly_on(counter.storage)
    return exchange_once(run, office or counter.remote(), counter.device(), renew=False, **more)


def ready(counter: Any) -> Touched:
    """Let the snapshot be built; return head office on a line to be touched."""
    assert exchange(counter).loading
    build(counter.office)
    return Touched(counter.remote())


def check_same(counter: Any) -> None:
    assert the_book(counter.storage) == the_book(counter.office.storage)
    assert not (counter.folder / FOLDER).exists()


def test_everything_comes_at_once(counter: Any) -> None:
    report = exchange(counter, ready(counter))
    assert (report.loaded, report.pulled, report.trouble) == (ACTS, 0, None)
    check_same(counter)


def test_the_next_exchange_asks_for_no_snapshot(counter: Any) -> None:
    office = ready(counter)
    exchange(counter, office)
    office.snapshot_ = None  # type: ignore[assignment]  # to be called is to fail
    assert exchange(counter, office).trouble is None


def test_a_small_book_comes_through_the_feed(counter: Any) -> None:
    offer(counter.office, 1_000)
    report = exchange(counter)
    assert (report.loaded, report.pulled) == (0, ACTS)
    assert the_book(counter.storage) == the_book(counter.office.storage)


def test_how_far_it_is_is_told(counter: Any) -> None:
    told: list[LoadProgress] = []
    exchange(counter, tell=told.append)
    build(counter.office)
    exchange(counter, tell=told.append)

    stages = list(dict.fromkeys(progress.stage for progress in told))
    assert stages == ["preparing", "fetching", "taking"]
    for stage in stages[1:]:
        done = [progress.done for progress in told if progress.stage == stage]
        assert done == sorted(done)
        assert done[-1] <= told[-1].total


@pytest.mark.parametrize("reason", ["offline", "timeout"])
def test_a_line_that_breaks_loses_nothing_of_what_came(counter: Any, reason: str) -> None:
    office = ready(counter)

    def breaking(number: int, chunk: bytes) -> bytes:
        if number == 4:
            raise OfficeUnreachable(reason)
        return chunk

    office.chunk_ = breaking
    assert exchange(counter, office).trouble == reason
    with counter.storage.reading() as reader:
        under_way = load_progress(reader, counter.folder)
    assert under_way is not None
    assert 0 < under_way.percent < 100
    office.chunk_ = lambda _number, chunk: chunk
    report = exchange(counter, office)

    assert report.loaded
    assert len(office.asked) == len(set(office.asked)) + 1, "only the broken one came again"
    with counter.storage.reading() as reader:
        assert load_progress(reader, counter.folder) is None
    check_same(counter)


def test_a_chunk_that_rotted_on_the_disk_is_fetched_again(counter: Any) -> None:
    office = ready(counter)

    def breaking(number: int, chunk: bytes) -> bytes:
        if number == 4:
            raise OfficeUnreachable("offline")
        return chunk

    office.chunk_ = breaking
    exchange(counter, office)
    rotten = min((counter.folder / FOLDER).iterdir())
    rotten.write_bytes(rotten.read_bytes()[:-1] + b"x")
    office.chunk_ = lambda _number, chunk: chunk
    assert exchange(counter, office).loaded
    assert office.asked.count(bytes.fromhex(rotten.name)) == 2
    check_same(counter)


def test_a_strangers_manifest_loads_nothing(counter: Any) -> None:
    office = ready(counter)
    stranger = b"s" * KEY_BYTES

    def forged(reply: SnapshotReply) -> SnapshotReply:
        manifest = msgspec.json.decode(reply.manifest, type=protocol.Manifest)
        raw, signature = protocol.signed_manifest(manifest, private=stranger)
        return msgspec.structs.replace(reply, manifest=raw, signature=signature)

    office.snapshot_ = forged
    report = exchange(counter, office)
    assert (report.trouble, report.loaded, office.asked) == ("wrong_signature", 0, [])


def test_a_wrong_key_takes_nothing_over(counter: Any) -> None:
    office = ready(counter)
    before = the_book(counter.storage)
    office.snapshot_ = lambda reply: msgspec.structs.replace(reply, key=bytes(32))
    report = exchange(counter, office)

    assert (report.trouble, report.loaded) == ("not_ours", 0)
    assert the_book(counter.storage) == before
    office.snapshot_ = lambda reply: reply
    assert exchange(counter, office).loaded
    check_same(counter)


def test_a_newer_snapshot_meanwhile_changes_nothing_for_who_has_begun(counter: Any) -> None:
    office = ready(counter)

    def breaking(number: int, chunk: bytes) -> bytes:
        if number == 3:
            raise OfficeUnreachable("offline")
        return chunk

    office.chunk_ = breaking
    exchange(counter, office)
    a_member(counter.office.storage, phone="13930000001")
    again(counter.office)
    office.chunk_ = lambda _number, chunk: chunk
    report = exchange(counter, office)

    assert report.loaded == ACTS
    assert report.pulled == 1, "who came since"
    check_same(counter)


def test_a_snapshot_that_is_gone_begins_with_the_next(counter: Any) -> None:
    office = ready(counter)

    def breaking(number: int, chunk: bytes) -> bytes:
        if number == 3:
            raise OfficeUnreachable("offline")
        if number == 4:
            a_member(counter.office.storage, phone="13930000001")
            again(counter.office)
            again(counter.office)
            raise OfficeRefused("gone")
        return chunk

    office.chunk_ = breaking
    exchange(counter, office)
    gone = exchange(counter, office)
    loaded = exchange(counter, office)

    assert gone.loading
    assert loaded.loaded == ACTS + 1
    check_same(counter)


def test_one_that_never_finishes_reads_the_feed_in_the_end(counter: Any) -> None:
    office = ready(counter)

    def gone(_number: int, _chunk: bytes) -> bytes:
        a_member(counter.office.storage, phone=f"1394000{len(office.asked):04}")
        again(counter.office)
        raise OfficeRefused("gone")

    office.chunk_ = gone
    reports = [exchange(counter, office) for _ in range(MANIFESTS_MAX + 2)]

    assert all(report.loading for report in reports[:MANIFESTS_MAX])
    assert reports[-1].pulled or reports[-2].pulled
    assert the_book(counter.storage) == the_book(counter.office.storage)


def test_a_full_disk_ends_it_and_room_lets_it_go_on(
    counter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = ready(counter)
    before = the_book(counter.storage)
    usage = shutil.disk_usage(counter.folder)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000))
        with pytest.raises(StorageUnavailable, match="disk_full"):
            exchange(counter, office)
    assert the_book(counter.storage) == before
    assert exchange(counter, office).loaded
    check_same(counter)


@pytest.mark.parametrize("step", range(6))
def test_a_process_that_dies_between_two_steps_leaves_a_whole_book(
    counter: Any, step: int, tmp_path: Path
) -> None:
    """Every step of storage is followed by a death; then another process goes on."""
    office = ready(counter)
    done = 0

    class Died(Exception):
        pass

    def run(service: Callable[[UnitOfWork], Any]) -> Any:
        nonlocal done
        if done >= step:
            raise Died
        with counter.storage.begin() as work:
            outcome = service(work)
        done += 1
        return outcome

    with pytest.raises(Died):
        exchange_once(run, office, counter.device(), renew=False)
    assert verify_home(counter.storage).problems == ()
    key = counter.storage.key
    counter.storage.close()
    reopened = Storage(counter.storage.path, key, clock=counter.storage.clock)
    counter.storage = reopened
    assert exchange(counter, office).loaded
    check_same(counter)


@pytest.mark.expects_log
def test_head_office_cannot_build_where_its_disk_is_full(
    counter: Any, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    assert exchange(counter).loading
    order = counter.office.snapshots.take_order()
    usage = shutil.disk_usage(counter.folder)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000))
        assert not counter.office.snapshots.build(order)
    assert exchange(counter).pulled == ACTS, "the feed is the way"
    assert the_book(counter.storage) == the_book(counter.office.storage)


def test_another_schema_is_not_loaded(counter: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("sync.client.first_load.latest_version", lambda: 1)
        report = exchange(counter)
    assert (report.loading, report.pulled) == (False, ACTS)


def test_head_office_keeps_the_last_two_snapshots_and_no_more(counter: Any) -> None:
    ready(counter)
    folder = counter.office.journal.folder / "snapshots"
    for number in range(4):
        a_member(counter.office.storage, phone=f"1395000{number:04}")
        again(counter.office)
    kept = [msgspec.json.decode((folder / name).read_bytes()) for name in ("current.json",)]
    chunks = {path.name for path in (folder / "chunks").iterdir()}
    assert kept
    assert not (folder / "building.db").exists()
    assert len(chunks) <= 2 * 60


def again(office: Office) -> None:
    """Build another snapshot, as head office does of one that is stale."""
    with office.storage.begin() as work:
        from sync.server.desk import Desk
        from sync.server.snapshots import _order

        order = _order(Desk(work, office.journal))
    assert office.snapshots.build(order)
