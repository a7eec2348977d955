"""What waits to be sent to head office: how many acts of each kind, and since when."""

from dataclasses import dataclass

from db.domain import hlc
from db.storage.database import Reader

_KINDS = """
SELECT o.kind, count(*), min(o.hlc)
FROM stream AS s JOIN operation AS o ON o.stream_id = s.stream_id AND o.sequence > s.acked_sequence
WHERE s.counter_id = ? GROUP BY o.kind ORDER BY count(*) DESC, o.kind
"""
_ASIDE = "SELECT count(*) FROM operation WHERE status = 'quarantined'"


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """Acts of one kind that wait; `since_ms` is the oldest one's time by the hybrid clock."""

    kind: str
    count: int
    since_ms: int


@dataclass(frozen=True, slots=True)
class WaitingList:
    """What waits, the most in front, and how much of head office's feed could not be applied."""

    kinds: tuple[WaitingKind, ...]
    aside: int

    @property
    def since_ms(self) -> int | None:
        """Return the time of the oldest act that waits."""
        return min((each.since_ms for each in self.kinds), default=None)


def waiting_list(reader: Reader, counter_id: bytes) -> WaitingList:
    """Return what this counter has not been able to send."""
    rows = reader.all(_KINDS, (counter_id,))
    kinds = tuple(WaitingKind(row[0], row[1], hlc.milliseconds(row[2])) for row in rows)
    return WaitingList(kinds, int(reader.value(_ASIDE)))
