"""The drawer counted by its notes and coins: how many of each, and what they come to.

Pure: one key at a time goes to the kind whose turn it is.
"""

from dataclasses import dataclass, replace
from typing import Final

from db.domain.money import amount_shown
from desktop.screens.shift.state import NoteRow
from desktop.widgets.keypad import Key

KINDS: Final = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""The notes and coins of the renminbi that a drawer holds, in 分."""
COUNT_MAX = 9_999
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Notes:
    """How many of each kind, and whose turn it is."""

    counts: tuple[int, ...] = (0,) * len(KINDS)
    at: int = 0

    @property
    def total(self) -> int:
        """Return what they come to, in 分."""
        return sum(kind * count for kind, count in zip(KINDS, self.counts, strict=True))

    def press(self, key: str) -> "Notes":
        """Return the counts after a key; one that no count can grow by changes nothing."""
        count = self.counts[self.at]
        if key == Key.BACKSPACE:
            return self._with(count // 10)
        if key == Key.CLEAR:
            return self._with(0)
        if not key.isdigit():
            return self
        grown = int(f"{count}{key}")
        return self if grown > COUNT_MAX else self._with(grown)

    def go(self, place: int) -> "Notes":
        """Let the digits go to another kind; beyond the ends is the end."""
        return replace(self, at=min(max(place, 0), len(KINDS) - 1))

    def rows(self, *, active: bool) -> tuple[NoteRow, ...]:
        """Return a row for each kind; one is lit while the digits go here."""
        return tuple(
            NoteRow(
                label=_name(kind),
                count=str(count),
                amount=amount_shown(kind * count),
                active=active and place == self.at,
            )
            for place, (kind, count) in enumerate(zip(KINDS, self.counts, strict=True))
        )

    def _with(self, count: int) -> "Notes":
        counts = (*self.counts[: self.at], count, *self.counts[self.at + 1 :])
        return replace(self, counts=counts)


def _name(kind: int) -> str:
    """Return `¥100`, or `¥0.5`."""
    if kind % _WHOLE == 0:
        return amount_shown(kind)[:-3]
    return amount_shown(kind)[:-1]
