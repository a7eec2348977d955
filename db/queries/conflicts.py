"""The conflicts inbox: what is open, what was decided, the facts of both sides, who asks for what.

The same at head office and at every counter. Figures and sides are as they were found; names of
members, people and branches are as they are known here now.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from db.domain.conflicts import CHOICES, ConflictKind, SideFact
from db.domain.ids import MemberId, parse_id
from db.storage.database import Reader, Row

PAGE_ROWS_MAX = 200
_COLUMNS = """
SELECT c.conflict_id, c.kind, c.subject, c.other, c.member_id, coalesce(b.name, ''), c.detail,
       c.recommended, c.opened_at, x.choice, x.closed_at, x.decision
FROM conflict AS c
LEFT JOIN conflict_close AS x ON x.conflict_id = c.conflict_id
LEFT JOIN branch AS b ON b.branch_id = c.branch_id
"""
_OPEN = f"{_COLUMNS} WHERE x.op IS NULL ORDER BY c.opened_at, c.conflict_id LIMIT ?"
_ALL = f"{_COLUMNS} ORDER BY c.opened_at DESC, c.conflict_id LIMIT ?"
_ONE = f"{_COLUMNS} WHERE c.conflict_id = ?"
_COUNT = """
SELECT count(*) FROM conflict AS c
WHERE NOT EXISTS (SELECT 1 FROM conflict_close AS x WHERE x.conflict_id = c.conflict_id)
"""
_PERSON = "SELECT member_id, number, phone, name, state FROM member WHERE member_id = ?"
_POINTS = "SELECT coalesce(sum(remaining), 0) FROM lot WHERE member_id = ?"
_VISITS = "SELECT visits, spend FROM member_total WHERE member_id = ?"
_BRANCH = "SELECT name FROM branch WHERE branch_id = ?"
_BRANCH_OF_ALIAS = """
SELECT b.name FROM branch_alias AS a JOIN branch AS b ON b.branch_id = a.branch_id
WHERE a.alias_id = ?
"""
_COUNTER = "SELECT name FROM counter WHERE counter_id = ?"
_STAFF = "SELECT name FROM staff WHERE staff_id = ?"
_WISHES = """
SELECT op, act, branch_id, counter_id, staff_id, reason, wished_at FROM wish
WHERE conflict_id = ? OR op = ? ORDER BY wished_at, op
"""
_WAITING = """
SELECT w.op, w.act, w.branch_id, w.counter_id, w.staff_id, w.reason, w.wished_at
FROM wish AS w
LEFT JOIN conflict AS c ON c.subject = w.op
LEFT JOIN conflict_close AS x ON x.conflict_id = coalesce(w.conflict_id, c.conflict_id)
WHERE x.op IS NULL AND (w.member_id = ? OR w.other = ?)
ORDER BY w.wished_at, w.op
"""
_TWO_MEMBERS = frozenset(
    {ConflictKind.POSSIBLE_DUPLICATE, ConflictKind.MERGE_ASKED, ConflictKind.UNMERGE_ASKED}
)


@dataclass(frozen=True, slots=True)
class Concerned:
    """A member in a conflict; phone E.164, masked by whoever shows it; spend in 分."""

    member_id: bytes
    number: str
    phone: str
    name: str
    state: str
    points: int
    visits: int
    spend: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that do not fit, with names; `amount` in 分, `at_ms` UTC."""

    act: str
    at_ms: int
    branch: str
    counter: str
    staff: str
    amount: int
    points: int
    text: str
    op: str
    member: str


@dataclass(frozen=True, slots=True)
class WishShown:
    """What a counter asks for: `act` is a choice, or merge, unmerge, erase."""

    op: bytes
    act: str
    branch: str
    counter: str
    staff: str
    reason: str
    wished_at: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict; times UTC ms, `detail` figures by name, `choices` what may be decided."""

    conflict_id: bytes
    kind: ConflictKind
    subject: bytes
    other: bytes
    member_id: bytes | None
    branch: str
    detail: dict[str, Any]
    sides: tuple[Side, ...]
    recommended: str
    choices: tuple[str, ...]
    state: str
    choice: str | None
    opened_at: int
    resolved_at: int | None
    decision: bytes | None
    members: tuple[Concerned, ...]
    wishes: tuple[WishShown, ...]


class _Found(msgspec.Struct, frozen=True):
    figures: dict[str, Any]
    sides: tuple[SideFact, ...] = ()


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


def open_conflicts(reader: Reader) -> int:
    """Return how many wait for a decision."""
    return int(reader.value(_COUNT))


def wishes_for(reader: Reader, member_id: MemberId) -> tuple[WishShown, ...]:
    """Return what was asked for a member and is not answered yet."""
    return tuple(_wish(reader, row) for row in reader.all(_WAITING, (member_id, member_id)))


def _conflict(reader: Reader, row: Row) -> Conflict:
    kind = ConflictKind(row[1])
    found = msgspec.json.decode(row[6], type=_Found)
    closed = row[9] is not None
    return Conflict(
        conflict_id=row[0],
        kind=kind,
        subject=row[2],
        other=row[3],
        member_id=row[4],
        branch=row[5],
        detail=found.figures,
        sides=tuple(_side(reader, side) for side in found.sides),
        recommended=row[7],
        choices=CHOICES[kind],
        state="resolved" if closed else "open",
        choice=row[9],
        opened_at=row[8],
        resolved_at=row[10],
        decision=row[11],
        members=_members(reader, kind, row),
        wishes=tuple(_wish(reader, each) for each in reader.all(_WISHES, (row[0], row[2]))),
    )


def _members(reader: Reader, kind: ConflictKind, row: Row) -> tuple[Concerned, ...]:
    """Return whom a conflict is about: of two, who was there first in front."""
    ids = [row[4]]
    if kind is ConflictKind.POSSIBLE_DUPLICATE:
        ids = [row[2], row[3]]
    elif kind in _TWO_MEMBERS:
        ids = [row[4], row[3]]
    found = [None if each is None else reader.one(_PERSON, (each,)) for each in ids]
    return tuple(_concerned(reader, each) for each in found if each is not None)


def _concerned(reader: Reader, row: Row) -> Concerned:
    visits = reader.one(_VISITS, (row[0],)) or (0, 0)
    points = int(reader.value(_POINTS, (row[0],)))
    return Concerned(row[0], row[1], row[2] or "", row[3], row[4], points, visits[0], visits[1])


def _side(reader: Reader, side: SideFact) -> Side:
    return Side(
        act=side.act,
        at_ms=side.at,
        branch=_branch(reader, _id(side.branch)),
        counter=_name(reader, _COUNTER, _id(side.counter)),
        staff=_name(reader, _STAFF, _id(side.staff)),
        amount=side.amount,
        points=side.points,
        text=side.text,
        op=side.op,
        member=side.member,
    )


def _wish(reader: Reader, row: Row) -> WishShown:
    return WishShown(
        op=row[0],
        act=row[1],
        branch=_branch(reader, row[2]),
        counter=_name(reader, _COUNTER, row[3]),
        staff=_name(reader, _STAFF, row[4]),
        reason=row[5],
        wished_at=row[6],
    )


def _branch(reader: Reader, branch_id: bytes | None) -> str:
    return _name(reader, _BRANCH, branch_id) or _name(reader, _BRANCH_OF_ALIAS, branch_id)


def _name(reader: Reader, sql: str, key: bytes | None) -> str:
    return "" if key is None else reader.value(sql, (key,)) or ""


def _id(text: str) -> bytes | None:
    return parse_id(text) if text else None
