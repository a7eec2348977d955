"""A pole display with two lines of 20 characters, in the CD5220 command set.

`ESC Q A text CR` writes the upper line, `ESC Q B text CR` the lower one, and 0C clears both. Such a
display has ASCII only, so it shows figures and short English words whatever the language is.
"""

from dataclasses import dataclass
from typing import Protocol

from db.domain.money import amount_text
from desktop.devices.channel import Address, ChannelError, channel

COLUMNS = 20
CLEAR = b"\x0c"
_UPPER, _LOWER, _END = b"\x1bQA", b"\x1bQB", b"\r"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the customer reads: both lines ASCII, at most 20 characters."""

    upper: str = ""
    lower: str = ""


class CustomerDisplay(Protocol):
    """What shows the customer two lines."""

    def show(self, shown: Shown) -> bool:
        """Show two lines; false when the display is not there. Never raises, never waits long."""
        ...


@dataclass(frozen=True, slots=True)
class Cd5220Display:
    """A CD5220 display at an address, usually a serial port at 9600 8N1."""

    address: Address

    def show(self, shown: Shown) -> bool:
        """Write both lines."""
        try:
            with channel(self.address) as line:
                line.write(shown_bytes(shown))
        except ChannelError:
            return False
        return True


def amount_due(due: int, points: int | None = 0) -> Shown:
    """Return what is to be paid in 分, and the points that it gives; none without a member."""
    lower = "" if points is None else _spread("POINTS", f"+{points}")
    return Shown(_spread("TOTAL", amount_text(due)), lower)


def welcome(shop: str = "") -> Shown:
    """Return what a display shows when nobody is served; a Chinese name is left out."""
    name = shop if shop.isascii() else ""
    return Shown(_centred("WELCOME"), _centred(name))


def thanks(due: int) -> Shown:
    """Return what was paid, in 分, and a word behind it."""
    return Shown(_spread("PAID", amount_text(due)), _centred("THANK YOU"))


def points_after(earned: int, balance: int) -> Shown:
    """Return the points of the sale that was recorded, and those after it."""
    return Shown(_spread("EARNED", f"+{earned}"), _spread("BALANCE", str(balance)))


def shown_bytes(shown: Shown) -> bytes:
    """Return the commands; what is not ASCII becomes `?`, what is too long is cut off."""
    if not (shown.upper or shown.lower):
        return CLEAR
    upper, lower = (
        text.encode("ascii", errors="replace")[:COLUMNS].ljust(COLUMNS)
        for text in (shown.upper, shown.lower)
    )
    return _UPPER + upper + _END + _LOWER + lower + _END


def _centred(text: str) -> str:
    return text[:COLUMNS].center(COLUMNS).rstrip()


def _spread(name: str, figure: str) -> str:
    return name + figure.rjust(COLUMNS - len(name))
