"""What becomes of a code when scanner and computer disagree about the keyboard, and the way back.

A wedge scanner presses the keys of a US keyboard. Our codes are of A-Z and 0-9 only, so what
another layout makes of them can be undone without a doubt. Facts: `de` and `fr` of Windows and X.
"""

from enum import StrEnum
from typing import Final


class Layout(StrEnum):
    """The layouts that shops have."""

    US = "us"
    QWERTZ = "qwertz"
    AZERTY = "azerty"


_US_KEYS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_US_SHIFTED: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TYPED: Final = {
    Layout.QWERTZ: ("abcdefghijklmnopqrstuvwxzy0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXZY"),
    Layout.AZERTY: ("qbcdefghijkl,noparstuvzxywà&é\"'(-è_ç", "QBCDEFGHIJKL?NOPARSTUVZXYW"),
}
_BACK: Final = {
    layout: str.maketrans(keys + shifted, _US_KEYS + _US_SHIFTED)
    for layout, (keys, shifted) in _TYPED.items()
}
_MISTYPED: Final = {
    layout: str.maketrans(_US_KEYS + _US_SHIFTED, keys + shifted)
    for layout, (keys, shifted) in _TYPED.items()
}


def repaired(text: str, layout: Layout) -> str:
    """Return what was on the code, of what a computer of this layout took in."""
    return text if layout is Layout.US else text.translate(_BACK[layout])


def mistyped(code: str, layout: Layout) -> str:
    """Return what a computer of this layout takes in; for simulators and tests."""
    return code if layout is Layout.US else code.translate(_MISTYPED[layout])
