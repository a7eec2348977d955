"""Real processes for end-to-end tests: commands, a counter under load, a head office.

Nobody sleeps to let something happen: `wait_until` asks again until it is so, or fails loudly with
what the processes said. What a process writes goes to files, which outlive a `kill -9`.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0
_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended: its exit code, its one JSON document, what it told a person."""

    code: int
    document: dict[str, Any]
    told: str


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment, without another home or clock in it, in Chinese."""
    env = {name: text for name, text in os.environ.items() if not name.startswith("GUITAI_")}
    return env | {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"} | more


def guitai(home: Path, *words: str, under: Sequence[str] = (), **env: str) -> Answer:
    """Run one command on a home, as a script would; `under` is put before it (strace, ...)."""
    command = [*under, sys.executable, "-m", "desktop", "--home", str(home), "--json", *words]
    ran = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env=environment(**env),
        timeout=PATIENCE_S * 2,
    )
    document = json.loads(ran.stdout) if ran.stdout.strip() else {}
    return Answer(ran.returncode, document, ran.stderr)


def done(answer: Answer) -> dict[str, Any]:
    """Return what a command answered; fail when it did not do it."""
    assert answer.code == 0, f"exit {answer.code}: {answer.document} {answer.told}"
    return answer.document


def wait_until(true: Callable[[], bool], what: str, *, within_s: float = PATIENCE_S) -> None:
    """Ask again until it is so; fail when it is not so in time."""
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, f"waited {within_s:.0f} s in vain: {what}"
        time.sleep(_POLL_S)


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Say whether somebody listens on a loopback port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class Process:
    """A Python module that runs on its own; what it says lies in `folder`/NAME.out and .err."""

    def __init__(self, folder: Path, name: str, *words: str, under: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.out = folder / f"{name}.out"
        self.err = folder / f"{name}.err"
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self._popen = subprocess.Popen(
                [*under, sys.executable, "-m", *words],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=environment(PYTHONUNBUFFERED="1"),
            )

    @property
    def alive(self) -> bool:
        """Say whether it still runs."""
        return self._popen.poll() is None

    def lines(self) -> list[dict[str, Any]]:
        """Return every whole line it wrote, read as JSON; what a kill cut off is left out."""
        said = self.out.read_bytes()
        whole = said[: said.rfind(b"\n") + 1]
        return [json.loads(line) for line in whole.splitlines()]

    def wait_for(self, true: Callable[[], bool], what: str) -> None:
        """Wait until it is so; fail at once when the process died instead."""

        def so_or_dead() -> bool:
            assert self.alive, f"{self.name} died waiting for {what}: {self.complaints()}"
            return true()

        wait_until(so_or_dead, f"{self.name}: {what}")

    def complaints(self) -> str:
        """Return the end of what it wrote to stderr."""
        return self.err.read_text(encoding="utf-8", errors="replace")[-3_000:]

    def kill(self) -> None:
        """Kill -9; nothing of it runs when this returns."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        return self._end(signal.SIGTERM)

    def wait(self) -> int:
        """Wait until it ends by itself; return its exit code."""
        return self._popen.wait(timeout=PATIENCE_S * 2)

    def _end(self, by: signal.Signals) -> int:
        if self.alive:
            self._popen.send_signal(by)
        return self._popen.wait(timeout=PATIENCE_S)


@contextmanager
def ended(process: Process) -> Iterator[Process]:
    """Hand out a process, and let it not outlive the block."""
    try:
        yield process
    finally:
        process.kill()
