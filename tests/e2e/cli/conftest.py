"""A shop's home for each test, and the command that works on it."""

import shutil
from pathlib import Path

import pytest

from tests.support.command_line import Ended, Guitai, run


@pytest.fixture(scope="session")
def made_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sandbox that every test's home is a copy of."""
    home = tmp_path_factory.mktemp("cli") / "sandbox"
    assert run("init", "--home", str(home), "--sandbox", "--branch", "南京东路店").code == 0
    return home


@pytest.fixture
def home(made_sandbox: Path, tmp_path: Path) -> Path:
    """Return a sandbox of this test's own."""
    return Path(shutil.copytree(made_sandbox, tmp_path / "home"))


@pytest.fixture
def guitai(home: Path) -> Guitai:
    """Return the command on this test's home, answering in JSON."""

    def command(*words: str, **variables: str) -> Ended:
        return run(*words, "--home", str(home), "--json", **variables)

    return command
