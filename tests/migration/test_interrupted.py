"""A migration that does not come to its end: the shop's file is whole at any moment."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.storage import migrate
from db.storage.errors import StorageUnavailable
from db.storage.migrate import latest_version
from db.storage.unit_of_work import Storage
from tests.support.golden import KEY, ROOT, live

NEXT = latest_version() + 1
ADDED = (NEXT, "CREATE TABLE later (later_id INTEGER PRIMARY KEY) STRICT;")
BROKEN = (NEXT, "CREATE TABLE later (later_id INTEGER PRIMARY KEY) STRICT; SELECT nonsense;")
DANGLING_SQL = """
COMMIT; PRAGMA foreign_keys = OFF; BEGIN;
INSERT INTO counter VALUES (randomblob(16), randomblob(16), 'x', NULL);
"""
DANGLING = (NEXT, DANGLING_SQL)
DYING = """
import os, shutil, sys
from pathlib import Path
from db.storage import migrate
from tests.migration.moments import MOMENTS
from tests.support.golden import KEY
migrations = migrate.migrations()
migrate.migrations = lambda: [*migrations, (int(sys.argv[3]), sys.argv[4])]
MOMENTS[sys.argv[2]](lambda: os._exit(9))
migrate.migrate(Path(sys.argv[1]), KEY)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file of the present schema with a life in it."""
    path = tmp_path / "guitai.db"
    live(path).close()
    return path


def sales_in(path: Path) -> int:
    storage = Storage(path, KEY)
    with storage.reading() as reader:
        count = int(reader.value("SELECT count(*) FROM sale"))
    storage.close()
    return count


def with_next(monkeypatch: pytest.MonkeyPatch, migration: tuple[int, str]) -> None:
    """Let there be one more migration."""
    standing = migrate.migrations()
    monkeypatch.setattr(migrate, "migrations", lambda: [*standing, migration])


def test_an_older_file_is_migrated_and_kept_under_its_number(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_next(monkeypatch, ADDED)

    storage = Storage(path, KEY)

    with storage.reading() as reader:
        assert reader.value("SELECT count(*) FROM later") == 0
        assert reader.value("PRAGMA user_version") == NEXT
    storage.close()
    monkeypatch.undo()
    assert sales_in(path.with_name(f"{path.name}.schema-{latest_version()}")) == 5


def test_a_migration_that_fails_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_next(monkeypatch, BROKEN)

    with pytest.raises(Exception, match="nonsense"):
        Storage(path, KEY)

    monkeypatch.undo()
    assert sales_in(path) == 5


def test_a_copy_that_does_not_check_out_is_not_switched_in(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_next(monkeypatch, DANGLING)

    with pytest.raises(StorageUnavailable):
        Storage(path, KEY)

    monkeypatch.undo()
    assert sales_in(path) == 5


@pytest.mark.parametrize("moment", ["copied", "applied", "checked", "kept", "switched"])
def test_a_process_killed_at_any_moment_leaves_a_file_that_opens(path: Path, moment: str) -> None:
    number, script = ADDED
    command = [sys.executable, "-c", DYING, str(path), moment, str(number), script]

    died = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)

    assert died.returncode == 9, died.stderr.decode()
    if moment == "switched":
        return  # the new schema is in, which this version rightly refuses
    assert sales_in(path) == 5
