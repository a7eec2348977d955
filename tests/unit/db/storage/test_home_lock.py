"""The home lock: one window per home, let go by death."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.storage.errors import HomeInUse, StorageUnavailable
from db.storage.home_lock import SERVE, home_lock

HOLDER = """
import sys
from pathlib import Path
from db.storage.home_lock import home_lock
with home_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_counter_on_one_home_is_refused(tmp_path: Path) -> None:
    with home_lock(tmp_path), pytest.raises(HomeInUse), home_lock(tmp_path):
        pass


def test_the_lock_is_let_go_at_the_end(tmp_path: Path) -> None:
    with home_lock(tmp_path):
        pass
    with home_lock(tmp_path):
        pass


def test_a_head_office_and_a_counter_do_not_exclude_each_other(tmp_path: Path) -> None:
    with home_lock(tmp_path), home_lock(tmp_path, SERVE):
        pass


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[4],
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(HomeInUse), home_lock(tmp_path):
        pass

    holder.kill()
    holder.communicate()

    with home_lock(tmp_path):
        pass


def test_a_home_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable), home_lock(tmp_path / "nowhere"):
        pass
