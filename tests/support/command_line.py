"""What a command says to the letter, for tests that look at its stdout and stderr themselves.

`tests.support.processes.guitai` is the short way for tests that want its answer alone.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.processes import ROOT, environment


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, and what it said."""

    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> Any:
        """Return the one JSON document on stdout; anything else there is a failure."""
        return json.loads(self.stdout)


Guitai = Callable[..., Ended]


def arguments(words: tuple[str, ...]) -> list[str]:
    """Return the command line of `guitai` in this environment."""
    return [sys.executable, "-m", "desktop", *words]


def surroundings(**variables: str) -> dict[str, str]:
    """Return an environment whose language nothing but the home says."""
    return environment(LANG="C.UTF-8") | variables


def run(*words: str, **variables: str) -> Ended:
    """Run one command to its end."""
    done = subprocess.run(
        arguments(words),
        cwd=ROOT,
        env=surroundings(**variables),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
