"""Reading ESC/POS back: what stands on the paper after a stream of bytes.

Written from Epson's command reference and not from our writer, so that tests and the demo see what
a printer would print. Commands it does not know by length are an error, never skipped silently.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.devices.bitmap import Bitmap

ESC, FS, GS, DLE = 0x1B, 0x1C, 0x1D, 0x10
_LF, _FF, _CR, _HT = 0x0A, 0x0C, 0x0D, 0x09
_PLAIN_LENGTHS = {
    **dict.fromkeys((b"\x1b@", b"\x1b2", b"\x1bL", b"\x1bS", b"\x1c&", b"\x1c."), 0),
    **dict.fromkeys(
        (
            *(bytes((ESC, code)) for code in b"!-3EGJMRVadrt{%e ct"),
            *(bytes((GS, code)) for code in b"!BHbfhwrIa/"),
            *(bytes((FS, code)) for code in b"!-WC"),
        ),
        1,
    ),
    **dict.fromkeys((b"\x1b$", b"\x1b\\", b"\x1dL", b"\x1dW", b"\x1dP", b"\x1d$", b"\x1cS"), 2),
    b"\x1bp": 3,
    b"\x1bc": 2,
}
_TWO_BYTES_FROM = 0x81
_ALIGNED = ("left", "centre", "right")
_DOUBLE = 0x11
_COUNTED_BARCODE = 65
_QUESTION = 3


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text as it stands on the paper."""

    text: str
    align: str = "left"
    bold: bool = False
    big: bool = False


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A QR code that the printer drew by itself."""

    payload: str
    module_dots: int


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """Dots."""

    bitmap: Bitmap


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a piece of paper."""


Printed = PrintedLine | PrintedCode | PrintedPicture | Cut


class UnknownCommandError(ValueError):
    """A command whose length is not known: what follows cannot be read."""


@dataclass(slots=True)
class Strip:
    """What has been printed so far, and the pulses (pin 2 or 5) that the drawer got."""

    printed: list[Printed] = field(default_factory=list)
    pulses: list[int] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)
    """Status questions in the order of arrival."""

    @property
    def text(self) -> list[str]:
        """Return the lines of text alone."""
        return [piece.text for piece in self.printed if isinstance(piece, PrintedLine)]

    @property
    def cuts(self) -> int:
        """Return how many pieces of paper have been cut off."""
        return sum(isinstance(piece, Cut) for piece in self.printed)

    @property
    def codes(self) -> list[str]:
        """Return what the QR codes say."""
        return [piece.payload for piece in self.printed if isinstance(piece, PrintedCode)]


class EscPosReader:
    """Takes bytes as they arrive and keeps the paper; a command cut in two waits for its rest."""

    def __init__(self, *, charset: str = "gbk") -> None:
        """Read double-byte text in a charset that Python knows."""
        self.strip = Strip()
        self._charset = charset
        self._waiting = b""
        self._text = bytearray()
        self._align, self._bold, self._size = 0, False, 0
        self._code, self._module = b"", 3
        self._special: dict[bytes, Callable[[bytes], int]] = {
            b"\x10\x04": self._ask,
            b"\x1dr": self._ask,
            b"\x1dV": self._cut,
            b"\x1d(": self._long,
            b"\x1c(": self._long,
            b"\x1dv": self._picture,
            b"\x1d8": self._graphics,
            b"\x1dk": self._barcode,
        }

    def feed(self, data: bytes) -> None:
        """Read on."""
        self._waiting += data
        while self._waiting and (taken := self._take(self._waiting)):
            self._waiting = self._waiting[taken:]

    @property
    def unread(self) -> bytes:
        """Return what is still waiting for its rest."""
        return self._waiting

    def _take(self, data: bytes) -> int:
        """Read one character or command; return how many bytes, 0 when there are too few."""
        first = data[0]
        if first == _LF:
            self._end_line()
            return 1
        if first in (ESC, FS, GS, DLE):
            return self._command(data) if len(data) > 1 else 0
        if first >= _TWO_BYTES_FROM:
            self._text += data[:2]
            return 2 if len(data) > 1 else 0
        if first not in (_CR, _FF, _HT):
            self._text.append(first)
        return 1

    def _command(self, data: bytes) -> int:
        name = data[:2]
        if (special := self._special.get(name)) is not None:
            return special(data)
        if name not in _PLAIN_LENGTHS:
            raise UnknownCommandError(name.hex(" "))
        long = 2 + _PLAIN_LENGTHS[name]
        if len(data) < long:
            return 0
        self._set(name, data[2:long])
        return long

    def _ask(self, data: bytes) -> int:
        if len(data) < _QUESTION:
            return 0
        self.strip.asked.append(data[:_QUESTION])
        return _QUESTION

    def _set(self, name: bytes, values: bytes) -> None:
        match name:
            case b"\x1b@":
                self._align, self._bold, self._size = 0, False, 0
            case b"\x1ba":
                self._align = values[0] % 3
            case b"\x1bE":
                self._bold = bool(values[0] & 1)
            case b"\x1d!":
                self._size = values[0]
            case b"\x1bp":
                self.strip.pulses.append(5 if values[0] & 1 else 2)
            case b"\x1bd":
                for _ in range(values[0]):
                    self._end_line()

    def _cut(self, data: bytes) -> int:
        """Read GS V 0|1|48|49 or GS V 65|66 with its feed."""
        if len(data) < 3:  # noqa: PLR2004
            return 0
        long = 4 if data[2] in b"AB" else 3
        if len(data) < long:
            return 0
        if self._text:
            self._end_line()
        self.strip.printed.append(Cut())
        return long

    def _long(self, data: bytes) -> int:
        """Read GS ( x pL pH and FS ( x pL pH, of which GS ( k draws the QR code."""
        if len(data) < 5:  # noqa: PLR2004
            return 0
        long = 5 + int.from_bytes(data[3:5], "little")
        if len(data) < long:
            return 0
        if data[:3] == b"\x1d(k":
            self._symbol(data[5:long])
        return long

    def _graphics(self, data: bytes) -> int:
        """Read GS 8 L p1 p2 p3 p4: a picture in the printer's memory, not kept."""
        if len(data) < 7:  # noqa: PLR2004
            return 0
        long = 7 + int.from_bytes(data[3:7], "little")
        return long if len(data) >= long else 0

    def _barcode(self, data: bytes) -> int:
        """Read GS k m d1…dk NUL, or GS k m n d1…dn from m = 65 on; bars are not kept."""
        if len(data) < 4:  # noqa: PLR2004
            return 0
        long = 4 + data[3] if data[2] >= _COUNTED_BARCODE else data.find(b"\0", 3) + 1
        return long if len(data) >= long else 0

    def _symbol(self, values: bytes) -> None:
        match values[:2]:
            case b"1C":
                self._module = values[2]
            case b"1P":
                self._code = values[3:]
            case b"1Q":
                self.strip.printed.append(PrintedCode(self._code.decode("ascii"), self._module))

    def _picture(self, data: bytes) -> int:
        """Read GS v 0 m xL xH yL yH d1…dk; pieces below each other are one picture."""
        if len(data) < 8:  # noqa: PLR2004
            return 0
        wide, high = (int.from_bytes(data[at : at + 2], "little") for at in (4, 6))
        long = 8 + wide * high
        if len(data) < long:
            return 0
        self.strip.printed.append(PrintedPicture(Bitmap(wide * 8, high, data[8:long])))
        return long

    def _end_line(self) -> None:
        text = bytes(self._text).decode(self._charset, errors="replace")
        self._text.clear()
        self.strip.printed.append(
            PrintedLine(text, _ALIGNED[self._align], bold=self._bold, big=self._size == _DOUBLE)
        )
