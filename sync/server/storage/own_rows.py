"""What head office wrote itself, read out of the committed book for its grant journal."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from db.storage.database import Reader

_HEAD = """
SELECT s.stream_id, s.sequence FROM setting AS x JOIN stream AS s ON s.stream_id = unhex(x.value)
WHERE x.name = 'stream_id'
"""
_PART = """
SELECT sequence, op FROM operation WHERE stream_id = ? AND sequence > ? AND sequence <= ?
  AND kind NOT IN ('member_register', 'member_update', 'conflict_open', 'offers_back', 'restamp')
ORDER BY sequence
"""
"""Whatever counters go by once they have heard of it. Not what lies beside a person's data, which
goes into no journal, and not what head office finds again when the acts come that it found it in:
they may come in another order, and then it is something else."""
_RAW = "SELECT raw FROM operation WHERE op = ?"


class OwnHead(NamedTuple):
    """How far head office has written the stream that it writes."""

    stream_id: bytes
    sequence: int


NOWHERE: Final = OwnHead(b"", 0)


def own_head(reader: Reader) -> OwnHead:
    """Return how far head office has written."""
    row = reader.one(_HEAD)
    assert row is not None, "a home writes a stream"
    return OwnHead(*row)


def own_decisions(reader: Reader, head: OwnHead, *, after: int) -> Iterator[bytes]:
    """Yield what it decided behind `after` and up to a head, in its order."""
    for _, op in reader.all(_PART, (head.stream_id, after, head.sequence)):
        yield reader.value(_RAW, (op,))
