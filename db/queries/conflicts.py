"""The conflicts inbox of head office: what is open, what was decided, whom it is about."""

from dataclasses import dataclass
from typing import Any

import msgspec

from db.domain.conflicts import CHOICES, ConflictKind
from db.storage.database import Reader, Row

PAGE_ROWS_MAX = 200
_COLUMNS = """
SELECT c.conflict_id, c.kind, c.subject, c.other, c.member_id, coalesce(b.name, ''), c.detail,
       c.recommended, c.state, c.choice, c.opened_at, c.resolved_at, c.decision
FROM conflict AS c LEFT JOIN branch AS b ON b.branch_id = c.branch_id
"""
_OPEN = f"{_COLUMNS} WHERE c.state = 'open' ORDER BY c.opened_at, c.conflict_id LIMIT ?"
_ALL = f"{_COLUMNS} ORDER BY c.opened_at DESC, c.conflict_id LIMIT ?"
_ONE = f"{_COLUMNS} WHERE c.conflict_id = ?"
_PERSON = "SELECT member_id, number, phone, name, state FROM member WHERE member_id = ?"


@dataclass(frozen=True, slots=True)
class Concerned:
    """A member in a conflict; phone E.164, masked by whoever shows it."""

    member_id: bytes
    number: str
    phone: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict; times UTC ms, `detail` figures by name, `choices` what may be decided."""

    conflict_id: bytes
    kind: ConflictKind
    subject: bytes
    other: bytes
    branch: str
    detail: dict[str, Any]
    recommended: str
    choices: tuple[str, ...]
    state: str
    choice: str | None
    opened_at: int
    resolved_at: int | None
    decision: bytes | None
    members: tuple[Concerned, ...]


def conflicts(
    reader: Reader, *, with_resolved: bool = False, limit: int = PAGE_ROWS_MAX
) -> tuple[Conflict, ...]:
    """Return what is open, the oldest first; with the resolved, the newest first."""
    rows = reader.all(_ALL if with_resolved else _OPEN, (max(1, min(limit, PAGE_ROWS_MAX)),))
    return tuple(_conflict(reader, row) for row in rows)


def conflict(reader: Reader, conflict_id: bytes) -> Conflict | None:
    """Return one conflict."""
    row = reader.one(_ONE, (conflict_id,))
    return None if row is None else _conflict(reader, row)


def _conflict(reader: Reader, row: Row) -> Conflict:
    kind = ConflictKind(row[1])
    ids = (row[2], row[3]) if kind is ConflictKind.POSSIBLE_DUPLICATE else (row[4],)
    people = [reader.one(_PERSON, (each,)) for each in ids if each is not None]
    return Conflict(
        conflict_id=row[0],
        kind=kind,
        subject=row[2],
        other=row[3],
        branch=row[5],
        detail=msgspec.json.decode(row[6]),
        recommended=row[7],
        choices=CHOICES[kind],
        state=row[8],
        choice=row[9],
        opened_at=row[10],
        resolved_at=row[11],
        decision=row[12],
        members=tuple(
            Concerned(each[0], each[1], each[2] or "", each[3], each[4])
            for each in people
            if each is not None
        ),
    )
