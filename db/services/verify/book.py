"""Proof that a home says the truth: the file is whole, and every row follows from the operations.

Everything maintained (balances, lots, leases, totals, days) is a fold of what was confirmed; here
it is folded again and compared. It reads one snapshot beside a counter that goes on selling, one
operation at a time, so a million of them need no more memory than a thousand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from db.domain.ids import text_of
from db.services.verify.operations import verify_operations
from db.services.verify.problems import Problem, ProblemList
from db.services.verify.rows import verify_rows
from db.storage.database import Reader
from db.storage.errors import StorageUnavailable
from db.storage.unit_of_work import Storage

_COUNTS = "SELECT (SELECT count(*) FROM operation), (SELECT count(*) FROM movement)"
Progress = Callable[[int, int], None]
"""Told (done, of how many) operations, now and then."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and the first problems by name; `problem_count` counts all of them."""

    operations: int
    transfers: int
    streams: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
    problem_count: int

    @property
    def ok(self) -> bool:
        """Say whether everything is proved."""
        return self.problem_count == 0


def verify_home(storage: Storage, *, progress: Progress | None = None) -> Verification:
    """Prove a home, or name what is wrong with it; nothing is changed.

    A file that is damaged is not read to its end: what stands in it means little.
    """
    problems = ProblemList()
    try:
        storage.check()
    except StorageUnavailable as trouble:
        problems.add("file_damaged", storage.path.name, trouble.detail)
        return Verification(0, 0, (), problems.first, problems.count)
    with storage.reading() as reader:
        return verify_book(reader, problems=problems, progress=progress)


def verify_book(
    reader: Reader, *, problems: ProblemList | None = None, progress: Progress | None = None
) -> Verification:
    """Prove what one snapshot of a file holds, counter's or head office's alike."""
    problems = problems or ProblemList()
    row = reader.one(_COUNTS)
    assert row is not None, "counts always answer"
    operations, transfers = row
    evidence = verify_operations(reader, problems, total=operations, progress=progress or _silent)
    verify_rows(reader, problems, evidence=evidence)
    streams = reader.all("SELECT stream_id, sequence FROM stream ORDER BY stream_id")
    return Verification(
        operations=operations,
        transfers=transfers,
        streams=tuple((text_of(stream_id), sequence) for stream_id, sequence in streams),
        problems=problems.first,
        problem_count=problems.count,
    )


def _silent(_done: int, _total: int) -> None:
    return
