"""Head office as a process of its own on this machine, which can be cut off and come back.

It listens on loopback at one port for its whole life. `cut` kills it without a warning, as a line
or a power supply would; what it had acknowledged must be there when it comes back.
"""

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from desktop.demo.commands import CommandFailed, command_line, last_words, plain_environment

HOST = "127.0.0.1"
END_S_MAX = 10
ANSWER_S_MAX = 1.0

Wait = Callable[[Callable[[], bool], str], None]


class OfficeProcess:
    """`guitai office serve` on a home."""

    def __init__(self, home: Path, log: Path) -> None:
        """Choose a port; nothing is started yet."""
        self._home = home
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    @property
    def url(self) -> str:
        """Return where counters find it."""
        return f"http://{HOST}:{self.port}"

    def start(self, wait: Wait) -> None:
        """Start it and wait until it answers.

        Raises:
            CommandFailed: when it ends instead.
        """
        words = ("office", "serve", "--host", HOST, "--port", str(self.port))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own program, by this very Python
                command_line(self._home, words), stdout=log, stderr=log, env=plain_environment()
            )
        wait(self._answers, "head office answers")

    def cut(self) -> None:
        """End it without a warning."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(END_S_MAX)
            self._process = None

    def close(self) -> None:
        """End it in order."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_S_MAX)
        except subprocess.TimeoutExpired:
            self.cut()
        self._process = None

    def _answers(self) -> bool:
        assert self._process is not None, "started before it is asked"
        if (code := self._process.poll()) is not None:
            raise CommandFailed("office serve", code, last_words(self._log.read_bytes()))
        try:
            with socket.create_connection((HOST, self.port), timeout=ANSWER_S_MAX):
                return True
        except OSError:
            return False


def _free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
