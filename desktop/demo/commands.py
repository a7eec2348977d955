"""The `guitai` commands as the demo gives them: each a real process with its own exit code.

Head office and counter are set up by the very commands an installer would type, so the demo shows
nothing that a shop does not get.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from db.domain.trouble import Trouble

COMMAND_S_MAX = 300
CHARACTERS_SHOWN_MAX = 400


class CommandFailed(Trouble):
    """A command ended with another exit code than 0; `said` is its last line."""

    code = "demo_command_failed"

    def __init__(self, command: str, exit_code: int, said: str) -> None:
        super().__init__(f"{command}: exit {exit_code}: {said}")
        self.command = command
        self.exit_code = exit_code
        self.said = said


def command_line(home: Path, words: tuple[str, ...]) -> list[str]:
    """Return the process that runs a command on a home."""
    return [sys.executable, "-m", "desktop", "--home", str(home), *words]


def plain_environment() -> dict[str, str]:
    """Return this process's environment without what would point a command elsewhere."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in {"GUITAI_HOME", "GUITAI_NOW"}
    } | {"PYTHONUTF8": "1"}


def last_words(said: bytes) -> str:
    """Return the last line that a process wrote, which is its sentence for people."""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1][:CHARACTERS_SHOWN_MAX] if lines else ""


def run_command(home: Path, *words: str) -> dict[str, Any]:
    """Run a command on a home and return the JSON document it answers.

    Raises:
        CommandFailed: when its exit code is not 0.
    """
    ran = subprocess.run(  # noqa: S603  our own program, by this very Python
        command_line(home, (*words, "--json")),
        check=False,
        capture_output=True,
        env=plain_environment(),
        timeout=COMMAND_S_MAX,
    )
    if ran.returncode != 0:
        raise CommandFailed(" ".join(words[:2]), ran.returncode, last_words(ran.stderr))
    document: dict[str, Any] = msgspec.json.decode(ran.stdout)
    return document
