"""The `guitai` command as a process of its own, without this machine's settings."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


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
    """Return an environment without this machine's own settings."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GUITAI_")}
    return kept | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)} | variables


def run(*words: str, **variables: str) -> Ended:
    """Run one command to its end."""
    done = subprocess.run(
        arguments(words),
        env=surroundings(**variables),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
