"""The first command on a fresh checkout, as a person meets it when something is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "installer"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a checkout in which nothing is set up yet."""
    root = tmp_path / "clone"
    shutil.copytree(INSTALLER, root / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(INSTALLER.parent / name, root / name)
    return root


def run_dev(clone: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the clone's dev.py as a person would."""
    command = [sys.executable, str(clone / "installer" / "dev.py"), *arguments]
    env = {**os.environ, **environ}
    return subprocess.run(command, check=False, capture_output=True, text=True, env=env)


def test_a_folder_that_cannot_be_written_is_named(clone: Path) -> None:
    (clone / ".venv").write_text("a file stands where the environment should")

    ran = run_dev(clone, "check")

    assert ran.returncode == 2
    assert ran.stderr.startswith(f"dev.py: cannot write {clone / '.venv'} (")
    assert ran.stderr.count("\n") == 1


def test_a_machine_without_a_registry_hears_what_to_do_and_can_try_again(clone: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull}
    nowhere |= {"PIP_RETRIES": "0", "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}

    first, second = (run_dev(clone, "check", **nowhere) for _ in range(2))

    for ran in (first, second):
        assert ran.returncode == 2
        assert ran.stderr.startswith("dev.py: cannot reach a package registry")
        assert ran.stderr.count("\n") == 1
