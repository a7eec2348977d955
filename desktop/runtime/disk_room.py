"""How much room the disk has left, and from when on that is said.

Below `AMBER_BYTES` it is said; below `RED_BYTES` nothing is written but the book itself: no report,
no backup onto this disk. Sales go on to the last byte.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from desktop.runtime.health import free_bytes

AMBER_BYTES = 1_000_000_000
RED_BYTES = 200_000_000
NONE_BYTES = 4_000_000
"""With less than this SQLite cannot keep its log: the next sale is refused."""


class Room(StrEnum):
    """How the disk stands."""

    ENOUGH = "enough"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


class DiskRoom:
    """The room where a home lies."""

    def __init__(self, home: Path, *, free: Callable[[Path], int | None] = free_bytes) -> None:
        """Look at the disk of a home; a disk that does not say has enough."""
        self._home = home
        self.free = free

    def to_spare(self) -> bool:
        """Say whether there is room for more than the book itself."""
        return self.now() in {Room.ENOUGH, Room.AMBER}

    def now(self) -> Room:
        """Return how much room there is now."""
        free = self.free(self._home)
        if free is None or free >= AMBER_BYTES:
            return Room.ENOUGH
        if free >= RED_BYTES:
            return Room.AMBER
        return Room.RED if free >= NONE_BYTES else Room.NONE
