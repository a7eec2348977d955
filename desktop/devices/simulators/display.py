"""A pole display that is none: reads CD5220 bytes and keeps what its two lines show."""

import re

_COMMAND = re.compile(rb"\x1bQ([AB])([^\r\x1b\x0c]{0,40})\r|(\x0c)")


class DisplayReader:
    """Takes bytes as they arrive; `lines` is what the customer sees."""

    def __init__(self) -> None:
        """Begin with empty lines."""
        self.lines = ["", ""]
        self._waiting = b""

    def feed(self, data: bytes) -> None:
        """Read on; a command cut in two waits for its rest."""
        self._waiting += data
        read = 0
        for command in _COMMAND.finditer(self._waiting):
            read = command.end()
            if command[3]:
                self.lines = ["", ""]
            else:
                self.lines[command[1] == b"B"] = command[2].decode("ascii").rstrip()
        self._waiting = self._waiting[read:]
