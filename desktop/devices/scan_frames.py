"""Cuts what a serial scanner sends into codes: CR, LF, Tab or ETX ends one, and so does a silence.

Pure: it is told the time of each piece. Half a code is never taken for a whole one: what a cable
that came loose left behind is dropped, and so is a burst longer than any code.
"""

from dataclasses import dataclass, field
from typing import Final

SILENCE_MS: Final = 120
"""How long a scanner without a suffix is silent behind a code; at 9600 baud a byte takes 1 ms."""
CODE_BYTES_MAX: Final = 2_000
_ENDS: Final = b"\r\n\t\x03"


@dataclass(slots=True)
class ScanFrames:
    """The bytes since the last code."""

    _held: bytearray = field(default_factory=bytearray)
    _last_ms: int = 0
    _too_long: bool = False

    @property
    def waiting(self) -> bool:
        """Say whether part of a code is here."""
        return bool(self._held)

    def feed(self, data: bytes, at_ms: int) -> list[str]:
        """Take bytes as they come; return the codes they complete."""
        codes: list[str] = []
        for value in data:
            if value in _ENDS:
                self._end(codes)
            elif len(self._held) < CODE_BYTES_MAX:
                self._held.append(value)
            else:
                self._too_long = True
        self._last_ms = at_ms
        return codes

    def rest(self, at_ms: int) -> list[str]:
        """Return the code that a silence completes, if there was one."""
        codes: list[str] = []
        if at_ms - self._last_ms >= SILENCE_MS:
            self._end(codes)
        return codes

    def drop(self) -> None:
        """Forget half a code: the cable is out."""
        self._held.clear()
        self._too_long = False

    def _end(self, codes: list[str]) -> None:
        if self._held and not self._too_long:
            codes.append(_text(bytes(self._held)))
        self.drop()


def _text(data: bytes) -> str:
    """Read a code: UTF-8 as telephones show it, else the GB18030 of older makers' tools."""
    for charset in ("utf-8", "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
