"""The drawer's log and the copies proved: each row is what its operation says."""

from collections import Counter

from db.domain.drawer import DRAWER_KINDS
from db.domain.operations import Operation
from db.services.drawer import drawer_row, reprint_row
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.drawer import DrawerRow, ReprintRow

_ENTRY = f"SELECT {', '.join(DrawerRow._fields)} FROM drawer_entry WHERE op = ?"  # noqa: S608 - constant columns
_COPY = f"SELECT {', '.join(ReprintRow._fields)} FROM reprint WHERE op = ?"  # noqa: S608 - constant columns


def check_drawer(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> None:
    """Compare a cash movement, an opening or a copy with its row."""
    kind = operation.envelope.t
    if kind in DRAWER_KINDS and reader.one(_ENTRY, (operation.op,)) != drawer_row(operation):
        problems.add("drawer_entry_differs", where)
    if kind == "reprint" and reader.one(_COPY, (operation.op,)) != reprint_row(operation):
        problems.add("reprint_differs", where)


def drawer_counts(kinds: Counter[str]) -> dict[str, int]:
    """Return how many rows each table must have, of how many operations of each kind there are."""
    return {
        "drawer_entry": sum(kinds[kind] for kind in DRAWER_KINDS),
        "reprint": kinds["reprint"],
    }
