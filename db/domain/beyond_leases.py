"""What a counter of a head office may spend beyond its leases, where the program says so.

Two permissions, both off by default (PROGRAM.md §6). `spend_fresh`: points that this very stream
awarded and head office has not leased to anybody yet. `floor`: points that nobody here knows to be
leased, within so many a visit, so many a counter and so many hours since the last exchange, with a
second person's approval. The floor may be wrong, so it is a bound: what all counters together can
overspend is never more than the sum of their limits (SYNC.md §2.9).
"""

from dataclasses import dataclass
from typing import Final

from db.domain.program.offer_document import Floor

FLOOR: Final = "floor"
FRESH: Final = "fresh"
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class FloorUse:
    """What went by the floor: points of one member on this business day, and of all in this spell.

    A visit is a member's business day at a counter, so that a sale cut in two is one visit. A
    spell began with the last exchange that was carried to its end, at `since_ms`.
    """

    visit: int
    spell: int
    since_ms: int


def floor_room(terms: Floor, use: FloorUse, *, now_ms: int) -> int:
    """Return how many points may still go by the floor for this member now."""
    if now_ms - use.since_ms > terms.hours * HOUR_MS:
        return 0
    return max(0, min(terms.per_visit - use.visit, terms.per_counter - use.spell))
