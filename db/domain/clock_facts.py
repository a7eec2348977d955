"""Clocks that ran ahead: an act counts at most two minutes later than head office heard of it.

The last word on a field stands, by the hybrid clock. A clock set to 2037 would have the last word
for years, so head office puts such a stamp right in an operation of its own, once for each act.
"""

from typing import Final

import msgspec

from db.domain import hlc

STAMPED: Final = frozenset(
    {"member_register", "member_update", "member_freeze", "consent", "tag", "sale", "attach",
     "event_award"}
)  # fmt: skip
"""Kinds of which the stamp decides something: profiles, consents, tags."""


class RestampBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `restamp`: `ref` names the act, `hlc` is the stamp that it counts by."""

    hlc: int


_ORDER: Final = (1 << hlc.COUNTER_BITS) - 1


def stamp_ahead(stamp: int, *, received_at: int, sequence: int) -> int | None:
    """Return the stamp by which an act counts if its own is too far ahead; None if it is not.

    `sequence` is the act's place in its stream: what one counter said in order stays in order.
    """
    most = (received_at + hlc.AHEAD_MS_MAX) << hlc.COUNTER_BITS
    return most + (sequence & _ORDER) if stamp > most else None
