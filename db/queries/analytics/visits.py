"""Every member's days of purchase as arrays: what all figures about members are counted from.

One row a member and business day, in that order. Voided and undone sales are nothing, and so is
what had come back of them; a sale of which nothing is left is no visit; what came back is taken off
on the day it came back; merged members are one; staff are left out unless asked for. NumPy comes
with this module: import it late.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from db.domain.ids import BranchId, MemberId
from db.storage.database import Reader, Row

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_CHUNK: Final = 50_000
_DAY_BITS: Final = 22
_SALES = """
SELECT member_id, business_day, due, returned_whole FROM sale
WHERE member_id IS NOT NULL AND reversed_by IS NULL
  AND business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
"""
_RETURNS = """
SELECT member_id, business_day, -paid, 1 FROM goods_return AS r
WHERE member_id IS NOT NULL AND business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
  AND NOT EXISTS (SELECT 1 FROM sale AS v WHERE v.sale_id = r.sale_id AND v.reversed_by IS NOT NULL)
"""
_ALIASES = "SELECT alias_id, root_id FROM member_alias"
_STAFF = "SELECT member_id FROM staff WHERE member_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class VisitDays:
    """The rows, by member and then by day.

    `who` is a place in `members`; `day` a date's ordinal; `sales` how many purchases, 0 where
    things only came back; `gross` what they were due and `net` that less what came back that day,
    in 分.
    """

    members: tuple[MemberId, ...]
    who: Ints
    day: Ints
    sales: Ints
    gross: Ints
    net: Ints

    def until(self, day: date) -> "VisitDays":
        """Return the rows up to a day, it included."""
        return self.where(self.day <= day.toordinal())

    def since(self, day: date) -> "VisitDays":
        """Return the rows from a day on."""
        return self.where(self.day >= day.toordinal())

    @property
    def visits(self) -> "VisitDays":
        """Return the rows with a purchase; days on which things only came back are no visits."""
        return self.where(self.sales > 0)

    def spans(self) -> tuple[Ints, Ints]:
        """Return where each member that has rows begins, and how many rows he has."""
        starts = np.flatnonzero(np.diff(self.who, prepend=-1))
        return starts, np.diff(starts, append=len(self.who))

    def where(self, kept: Flags) -> "VisitDays":
        """Return some of the rows."""
        rows = (column[kept] for column in (self.who, self.day, self.sales, self.gross, self.net))
        return VisitDays(self.members, *rows)


def visit_days(
    reader: Reader,
    *,
    day_from: date | None = None,
    day_to: date | None = None,
    branch_id: BranchId | None = None,
    with_staff: bool = False,
) -> VisitDays:
    """Return the days of purchase of every member within some days, both included."""
    numbers = _Numbers(dict(reader.all(_ALIASES)))
    params = (
        (day_from or date.min).isoformat(),
        (day_to or date.max).isoformat(),
        branch_id,
    )
    parts = [_part(rows, numbers) for rows in _chunks(reader, params)]
    key, due, bought = (
        np.concatenate([part[at] for part in parts] or [np.empty(0, dtype=kind)])
        for at, kind in enumerate((np.int64, np.int64, np.bool_))
    )
    del parts
    staff = () if with_staff else tuple(row[0] for row in reader.all(_STAFF))
    excluded = [numbers.roots.get(each, each) for each in staff]
    hidden = [numbers[each] for each in excluded if each in numbers]
    if hidden:
        kept = ~np.isin(key >> _DAY_BITS, hidden)
        key, due, bought = key[kept], due[kept], bought[kept]
    return folded(tuple(map(MemberId, numbers)), key, due=due, bought=bought)


class _Numbers(dict[bytes, int]):
    """Numbers members in the order they are met; an alias has the number of whom he is now."""

    def __init__(self, roots: dict[bytes, bytes]) -> None:
        super().__init__()
        self.roots = roots

    def __missing__(self, member_id: bytes) -> int:
        number = self[member_id] = len(self)
        return number


def _chunks(reader: Reader, params: tuple[object, ...]) -> Iterator[list[Row]]:
    for sql in (_SALES, _RETURNS):
        rows = reader.each(sql, params)
        while chunk := list(islice(rows, _CHUNK)):
            yield chunk


def _part(rows: list[Row], numbers: _Numbers) -> tuple[Ints, Ints, Flags]:
    """Return some rows as keys of member and day, what was due, and whether it was a purchase."""
    ids, days, dues, gone = zip(*rows, strict=True)
    roots = numbers.roots
    met = ids if not roots else tuple(roots.get(each, each) for each in ids)
    ordinals = {day: date.fromisoformat(day).toordinal() for day in set(days)}
    who = np.fromiter(map(numbers.__getitem__, met), np.int64, len(rows))
    day = np.fromiter(map(ordinals.__getitem__, days), np.int64, len(rows))
    due = np.fromiter(dues, np.int64, len(rows))
    bought = (due >= 0) & (np.fromiter(gone, np.int64, len(rows)) == 0)
    return key_of(who, day), due, bought


def key_of(who: Ints, day: Ints) -> Ints:
    """Return one number for a member and a day, which sorts by both."""
    key: Ints = (who << _DAY_BITS) | day
    return key


def folded(members: tuple[MemberId, ...], key: Ints, *, due: Ints, bought: Flags) -> VisitDays:
    """Return the rows of purchases (and of what came back, `due` below zero), day by day.

    Ten million of them take 600 MB while they are sorted.
    """
    if not len(key):
        nothing: Any = np.empty(0, dtype=np.int64)
        return VisitDays(members, nothing, nothing, nothing, nothing, nothing)
    order = np.argsort(key, kind="stable")
    key, due, bought = key[order], due[order], bought[order]
    del order
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    key = key[starts]
    sales = np.add.reduceat(bought, starts, dtype=np.int64)
    net = np.add.reduceat(due, starts)
    gross = np.add.reduceat(np.where(bought, due, 0), starts)
    return VisitDays(members, key >> _DAY_BITS, key & ((1 << _DAY_BITS) - 1), sales, gross, net)
