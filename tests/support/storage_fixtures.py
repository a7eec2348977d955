"""A counter's home for each test: made and migrated once per run, copied per test.

The clock stands still at `NOW_MS` until a test advances it, and chance comes from a seed, so a
failing test fails again.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.domain.clock import BusinessCalendar
from db.domain.staff import Actor, Role
from db.services.set_up import HomeMade, InitHome, init_home
from db.storage.home import HomeIdentity, database_path, read_home
from db.storage.keys import database_key
from db.storage.system import Chance, FixedClock
from db.storage.unit_of_work import Storage

NOW_MS = 1_795_240_800_000
"""2026-11-21T14:00:00+08:00, a Saturday afternoon."""


@dataclass(frozen=True, slots=True)
class MadeHome:
    """A home as `init` leaves it: its folder, its key, and what `init` answered."""

    folder: Path
    key: bytes
    made: HomeMade


def seeded_chance(seed: int) -> Chance:
    """Return a source of bytes that gives the same ones for the same seed."""
    return random.Random(seed).randbytes


@pytest.fixture
def clock() -> FixedClock:
    """Return the clock that the test's storage asks."""
    return FixedClock(NOW_MS)


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> MadeHome:
    """Return the home that every test's home is a copy of; nobody writes to it."""
    folder = tmp_path_factory.mktemp("home")
    chance = seeded_chance(7)
    key = database_key(folder, os_store=False, chance=chance, create=True)
    storage = Storage(database_path(folder), key, clock=FixedClock(NOW_MS), chance=chance)
    command = InitHome(
        branch="南京东路店", counter="01机", calendar=BusinessCalendar(), sandbox=True
    )
    with storage.begin() as work:
        made = init_home(work, command)
    storage.close()
    return MadeHome(folder, key, made)


@pytest.fixture
def home_folder(made_home: MadeHome, tmp_path: Path) -> Path:
    """Return a fresh sandbox home: database and key file, ready to sell."""
    folder = tmp_path / "home"
    shutil.copytree(made_home.folder, folder)
    return folder


@pytest.fixture
def storage(home_folder: Path, made_home: MadeHome, clock: FixedClock) -> Iterator[Storage]:
    """Return the open storage of a fresh home."""
    opened = Storage(
        database_path(home_folder), made_home.key, clock=clock, chance=seeded_chance(11)
    )
    yield opened
    opened.close()


@pytest.fixture
def home(storage: Storage) -> HomeIdentity:
    """Return who the test's counter is."""
    with storage.reading() as reader:
        return read_home(reader)


@pytest.fixture
def manager(made_home: MadeHome) -> Actor:
    """Return the manager whom `init` made; code and PIN are in `made_home.made`."""
    return Actor(made_home.made.staff_id, Role.MANAGER)
