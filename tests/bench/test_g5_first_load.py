"""G5: a new counter's first load, from an empty folder to a database in which a member is found.

Ours is all of it, as a shop meets it: a new encrypted home, the enrolment, the snapshot over HTTP
from a head office that has it ready, every chunk checked, everything taken over in one durable
transaction. The limit is the same rows, in memory already, put into the same encrypted schema by
`executemany`, indexes made once at the end, in one durable transaction: no line, no head office.
The plain way is peewee's `insert_many` of pages of 500, of a part of those rows, and scaled.

`GUITAI_BENCH_MEMBERS` sets how many (1,000,000 unless set).
"""

import shutil
import statistics
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playhouse.reflection import generate_models

from db.domain.clock import BusinessCalendar
from db.queries.member_search import find_members
from db.services.set_up import InitHome, init_home
from db.storage.database import encrypted_database, transaction
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.migrate import connection_of, migrate
from db.storage.snapshot_image import REPLICATED, indexes_away
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage
from sync.client.device import connect, enroll_with, load_device, new_identity
from sync.client.exchange import exchange_once
from sync.client.http_office import HttpLine
from sync.client.remote_office import RemoteOffice
from sync.client.storage_access import directly_on
from sync.protocol.signing import KEY_BYTES
from sync.server.devices import enroll_code
from sync.server.office import open_office
from sync.server.snapshots import LEAST_SETTING
from tests.bench.book import KEY, Member
from tests.bench.conftest import FOLDER
from tests.bench.measure import LIMIT, OURS, PLAIN, Bar, Figure, Result, table
from tests.bench.office_book import an_office
from tests.bench.shop import Server, serving

pytestmark = pytest.mark.timeout(3_600)
ROUNDS = 3
BAR = Bar(wanted=1.0, ceiling=1.0)
PAGE_ROWS = 500
PLAIN_PART = 50
"""The plain way gets one part in so many of the rows, or it would take an hour."""
_PAUSE_S = 0.2


@pytest.fixture
def office(members: int) -> Iterator[Server]:
    """Return a head office that answers, with its snapshot ready."""
    home = Path(shutil.copytree(an_office(FOLDER, members), FOLDER / "first-load-office"))
    opened = open_office(home)
    with opened.storage.begin() as work:
        work.settings.put(LEAST_SETTING, "1")
    opened.close()
    try:
        with serving(home) as server:
            first = a_counter(FOLDER / "first-load-first", server)
            begun = time.perf_counter()
            while exchange(first).loading:
                time.sleep(_PAUSE_S)
            print(f"\nthe snapshot was made and loaded once in {time.perf_counter() - begun:.1f} s")
            size = sum(each.stat().st_size for each in (home / "snapshots" / "chunks").iterdir())
            print(f"its chunks weigh {size / 1e6:.1f} MB")
            first.close()
            yield server
    finally:
        shutil.rmtree(home)
        shutil.rmtree(FOLDER / "first-load-first", ignore_errors=True)


def test_first_load(office: Server, members: int, results: list[Result]) -> None:
    folder = FOLDER / "first-load"
    taken: dict[str, list[float]] = {OURS: [], LIMIT: []}
    rows: dict[str, list[Any]] = {}
    for number in range(ROUNDS):
        shutil.rmtree(folder, ignore_errors=True)
        code = a_code(office)
        begun = time.perf_counter()
        storage = a_counter(folder / "ours", office, code)
        report = exchange(storage)
        found = search(storage, members)
        taken[OURS].append(time.perf_counter() - begun)
        assert report.loaded == members, report
        assert found
        if not rows:
            rows = rows_of(storage)
        storage.close()
        taken[LIMIT].append(timed_limit(folder / f"limit{number}.db", rows))
    plain = timed_plain(folder / "plain.db", rows)
    result = Result(
        "G5",
        "first load of a new counter, searchable",
        members,
        BAR,
        (
            figure("enrol, fetch, verify, take over", OURS, taken[OURS]),
            figure("executemany of rows in memory, indexes", LIMIT, taken[LIMIT]),
            figure(f"peewee insert_many, 1/{PLAIN_PART} of it, scaled", PLAIN, [plain]),
        ),
    )
    print(table(result), flush=True)
    results.append(result)
    shutil.rmtree(folder)
    assert result.to_limit <= result.bar.ceiling


def a_code(server: Server) -> str:
    """Return a one-time code, as head office's command line makes one beside the server."""
    office = open_office(FOLDER / "first-load-office")
    try:
        return enroll_code(office.storage).code
    finally:
        office.close()


def a_counter(home: Path, server: Server, code: str = "") -> Storage:
    """Return a new counter of that head office, in an empty folder."""
    shutil.rmtree(home, ignore_errors=True)
    code = code or a_code(server)
    home.mkdir(parents=True)
    key = database_key(home, os_store=False, chance=system_chance, create=True)
    storage = Storage(database_path(home), key)
    with storage.begin() as work:
        init_home(work, InitHome(branch="新店", counter="01机", calendar=BusinessCalendar()))
    identity = new_identity(server.address, system_chance(KEY_BYTES))
    line = HttpLine(server.address, clock=storage.clock)
    joining = RemoteOffice(line, private_key=identity.private_key, server_key=None)
    enroll_with(storage, home, identity, office=joining, code=code)
    line.close()
    return storage


def exchange(storage: Storage) -> Any:
    device = load_device(storage.path.parent)
    assert device is not None, "a_counter enrolls it"
    office = connect(storage, device)
    report = exchange_once(directly_on(storage), office, device, renew=False)
    office.close()
    assert report.trouble is None, report
    return report


def search(storage: Storage, members: int) -> object:
    """Find a member by his phone and by his name."""
    member = Member(members // 2)
    with storage.reading() as reader:
        by_name = find_members(reader, member.name)
        return by_name and find_members(reader, member.phone)


def rows_of(storage: Storage) -> dict[str, list[Any]]:
    """Return every row of the tables that a first load fills, in memory."""
    with storage.reading() as reader:
        return {table: reader.all(f"SELECT * FROM {table}") for table in REPLICATED}


def timed_limit(path: Path, rows: dict[str, list[Any]]) -> float:
    """Return the seconds to put the rows into a new file of the same schema."""
    begun = time.perf_counter()
    migrate(path, KEY)
    database = encrypted_database(path, KEY)
    database.connect()
    connection = connection_of(database)
    with transaction(connection):
        for name, some in rows.items():
            if some:
                marks = ", ".join("?" * len(some[0]))
                with indexes_away(connection, "main", name):
                    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", some)
    database.close()
    return time.perf_counter() - begun


def timed_plain(path: Path, rows: dict[str, list[Any]]) -> float:
    """Return the seconds that peewee would take for all rows, by what it takes for a part."""
    migrate(path, KEY)
    database = encrypted_database(path, KEY)
    database.connect()
    models = generate_models(database, table_names=[name for name, some in rows.items() if some])
    begun = time.perf_counter()
    for name, model in models.items():
        fields = model._meta.sorted_fields
        part = islice(rows[name], len(rows[name]) // PLAIN_PART)
        while page := [dict(zip(fields, row, strict=True)) for row in islice(part, PAGE_ROWS)]:
            with database.atomic():
                model.insert_many(page).execute()
    database.close()
    return (time.perf_counter() - begun) * PLAIN_PART


def figure(name: str, role: str, seconds: list[float]) -> Figure:
    us = [each * 1e6 for each in seconds]
    return Figure(name, role, statistics.median(us), min(us), max(us), len(us))
