"""Imports of a former system's data, as a manager looks at them: what came, what can go back."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.domain.ids import BatchId
from db.storage.database import Reader

_PHONES_AT_ONCE = 500
_BATCHES = """
SELECT batch_id, kind, source, started_at, added, skipped, reverted_at FROM import_batch
ORDER BY started_at DESC LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import; `kind` is members or history, times are UTC ms."""

    batch_id: BatchId
    kind: str
    source: str
    started_at: int
    added: int
    skipped: int
    reverted_at: int | None


def import_batches(reader: Reader) -> tuple[ImportLine, ...]:
    """Return the newest fifty imports."""
    return tuple(ImportLine(BatchId(row[0]), *row[1:]) for row in reader.all(_BATCHES))


def phones_known(reader: Reader, phones: Sequence[str]) -> frozenset[str]:
    """Return which of these phones (E.164) belong to members who are here already."""
    known: set[str] = set()
    for start in range(0, len(phones), _PHONES_AT_ONCE):
        part = tuple(phones[start : start + _PHONES_AT_ONCE])
        marks = ", ".join("?" * len(part))
        rows = reader.all(
            f"SELECT phone FROM member WHERE state IN ('active', 'frozen') AND phone IN ({marks})",  # noqa: S608 - marks only
            part,
        )
        known.update(phone for (phone,) in rows)
    return frozenset(known)
