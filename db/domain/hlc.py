"""The hybrid logical clock that orders operations whatever the wall clocks do.

A value is `(milliseconds << 16) | counter` (Kulkarni et al., "Logical Physical Clocks", 2014).
It is a ratchet: it never goes back, so it also serves as "now" where a lease runs out.
"""

COUNTER_BITS = 16
AHEAD_MS_MAX = 120_000
"""How far before the receiver's own time another clock's stamp may count (SYNC §1)."""


def tick(last: int, wall_ms: int) -> int:
    """Return the next stamp after `last` at this wall time."""
    return max(last + 1, wall_ms << COUNTER_BITS)


def merge(last: int, received: int, wall_ms: int) -> int:
    """Return the ratchet after seeing another clock's stamp, clamped to what is plausible."""
    return max(last, min(received, (wall_ms + AHEAD_MS_MAX) << COUNTER_BITS))


def milliseconds(stamp: int) -> int:
    """Return the UTC milliseconds a stamp stands for."""
    return stamp >> COUNTER_BITS
