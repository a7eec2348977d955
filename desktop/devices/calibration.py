"""Three scans of a known code tell how a scanner is set: its pace, its ending, what garbles it.

Pure. The code holds every letter and digit that layouts move about, and is no code of ours, so that
one scanned at the counter by mistake finds nobody.
"""

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from desktop.devices.burst import GAP_MS
from desktop.devices.keyboard_layout import Layout, repaired

TRIAL_CODE: Final = "GUITAIAQWZYM0123456789"
SCANS: Final = 3
GAP_MS_MIN, GAP_MS_MAX = 20, 50
"""Between two keys: a scanner takes less than 50 ms, a person more than 60."""
LISTEN_GAP_MS: Final = 80
"""While nobody types, a slower scanner is listened to as well, to say that it is too slow."""
_PACE = 3


class Ending(StrEnum):
    """What a scanner sends behind a code."""

    ENTER = "enter"
    TAB = "tab"
    SILENCE = "silence"


class Fault(StrEnum):
    """What is wrong with a scan of the known code."""

    CAPS = "caps"
    LAYOUT = "layout"
    IME = "ime"
    SLOW = "slow"
    CUT = "cut"
    OTHER = "other"


HARMLESS: Final = frozenset({Fault.CAPS, Fault.LAYOUT})
"""What is put right by itself."""


@dataclass(frozen=True, slots=True)
class WedgeScan:
    """A burst of keys as it was taken in: the text with its prefix, the gaps, what ended it."""

    text: str
    gaps_ms: tuple[int, ...]
    ending: Ending = Ending.ENTER


@dataclass(frozen=True, slots=True)
class Heard:
    """One scan of the known code, judged."""

    ending: Ending
    pace_ms: int
    prefix: str = ""
    layout: Layout = Layout.US
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class WedgeSettings:
    """How to listen to the scanner that plays a keyboard."""

    gap_ms: int = GAP_MS
    prefix: str = ""
    layout: Layout = Layout.US


def judged(scan: WedgeScan) -> Heard:
    """Return what a scan of the known code says about the scanner."""
    pace = int(median(scan.gaps_ms)) if scan.gaps_ms else 0
    for layout in Layout:
        text = repaired(scan.text, layout)
        at = text.upper().find(TRIAL_CODE)
        if at >= 0:
            prefix, code = scan.text[:at], text[at : at + len(TRIAL_CODE)]
            return Heard(scan.ending, pace, prefix, layout, _harmless(code, layout, pace))
    return Heard(scan.ending, pace, fault=_broken(scan.text))


def settled(heard: tuple[Heard, ...]) -> WedgeSettings | None:
    """Return how to listen from now on; nothing before enough good scans agree."""
    good = [one for one in heard if one.fault is None or one.fault in HARMLESS]
    if len(good) < SCANS or len({(one.prefix, one.layout) for one in good[-SCANS:]}) > 1:
        return None
    last = good[-SCANS:]
    gap = max(one.pace_ms for one in last) * _PACE
    return WedgeSettings(min(max(gap, GAP_MS_MIN), GAP_MS_MAX), last[0].prefix, last[0].layout)


def _harmless(code: str, layout: Layout, pace_ms: int) -> Fault | None:
    if pace_ms > GAP_MS_MAX:
        return Fault.SLOW
    if layout is not Layout.US:
        return Fault.LAYOUT
    return None if code == TRIAL_CODE else Fault.CAPS


def _broken(text: str) -> Fault:
    if any(ord(character) > 0x2E7F for character in text):  # noqa: PLR2004 - Chinese begins there
        return Fault.IME
    for layout in Layout:
        plain = repaired(text, layout).upper()
        if plain and plain in TRIAL_CODE:
            return Fault.CUT
    return Fault.OTHER
