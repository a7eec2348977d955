"""Conflicts, wishes, stamps and erasures proved: a row for each operation, as its bytes say it.

And nobody is named whom an erasure took away.
"""

from collections import Counter
from typing import Any, Final

import msgspec

from db.domain.clock_facts import RestampBody
from db.domain.erasure import EraseBody
from db.domain.ids import parse_id, text_of
from db.domain.operations import Operation
from db.services.conflicts import close_row, conflict_row
from db.services.verify.problems import ProblemList
from db.services.wishes import wish_row
from db.storage.conflicts import CloseRow, ConflictRow, WishRow
from db.storage.database import Reader

_CONFLICT = f"SELECT {', '.join(ConflictRow._fields)} FROM conflict WHERE conflict_id = ?"  # noqa: S608 - constant columns
_CLOSE = f"SELECT {', '.join(CloseRow._fields)} FROM conflict_close WHERE op = ?"  # noqa: S608 - constant columns
_WISH = f"SELECT {', '.join(WishRow._fields)} FROM wish WHERE op = ?"  # noqa: S608 - constant columns
_RESTAMP = "SELECT act, hlc FROM restamp WHERE op = ?"
_ERASED = "SELECT member_id, erased_at FROM erasure WHERE op = ? ORDER BY member_id"
_OFFERS_BACK = "SELECT sale_id FROM offers_back WHERE op = ?"
CONFLICT_TABLES: Final = (
    "conflict", "conflict_close", "wish", "restamp", "erasure", "offers_back",
)  # fmt: skip
_STILL_NAMED = """
SELECT m.member_id FROM member AS m WHERE m.member_id IN (SELECT member_id FROM erasure)
  AND (m.state <> 'erased' OR m.phone IS NOT NULL OR m.external_id IS NOT NULL
       OR m.name || m.gender || m.birthday || m.email || m.city || m.note <> ''
       OR EXISTS (SELECT 1 FROM member_gram AS g WHERE g.member_row = m.member_row))
UNION
SELECT member_id FROM personal WHERE member_id IN (SELECT member_id FROM erasure)
"""


def check_conflict(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> Counter[str]:
    """Compare what an operation says of conflicts, wishes and erasures with its rows."""
    expected = _rows_said(operation)
    if expected is None:
        return Counter()
    table, sql, rows = expected
    if [tuple(row) for row in reader.all(sql, (operation.op,))] != rows:
        problems.add("conflict_differs", where)
    return Counter({table: len(rows)})


def check_erased(reader: Reader, problems: ProblemList, said: Counter[str]) -> None:
    """Find rows nobody said, and what still names somebody who was erased."""
    for table in CONFLICT_TABLES:
        kept = reader.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - the names above
        if kept != said[table]:
            problems.add("rows_differ", table, f"{kept} kept, {said[table]} said")
    for (member_id,) in reader.all(_STILL_NAMED):
        problems.add("erased_still_named", text_of(member_id))


def _rows_said(operation: Operation) -> tuple[str, str, list[tuple[Any, ...]]] | None:
    """Return the table that an operation writes, the question for its rows, and the rows."""
    envelope = operation.envelope
    reference = None if envelope.ref is None else parse_id(envelope.ref)
    match envelope.t:
        case "conflict_open":
            return "conflict", _CONFLICT, [tuple(conflict_row(operation))]
        case "conflict_close":
            return "conflict_close", _CLOSE, [tuple(close_row(operation))]
        case "wish":
            return "wish", _WISH, [tuple(wish_row(operation))]
        case "restamp":
            stamp = msgspec.convert(envelope.b, RestampBody).hlc
            return "restamp", _RESTAMP, [(reference, stamp)]
        case "erase":
            members = sorted(map(parse_id, msgspec.convert(envelope.b, EraseBody).members))
            return "erasure", _ERASED, [(each, envelope.wall) for each in members]
        case "offers_back":
            return "offers_back", _OFFERS_BACK, [(reference,)]
    return None
