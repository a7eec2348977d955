"""What the demo proves: both books, each read from its own file, and whether they agree.

`summary.json` holds the totals of counter and head office, the steps with their pictures, and the
files that were made. Money is a decimal string, points are integers.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from db.domain.money import amount_text
from db.queries.totals import BookTotals, book_totals
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage
from desktop.demo.album import Step
from desktop.demo.telling import Line, Words

SUMMARY_FILE = "summary.json"
NAMES: dict[str, Words] = {
    "members": ("会员", "members"),
    "sales": ("交易", "sales"),
    "amount": ("金额", "amount"),
    "points_issued": ("发出积分", "points issued"),
    "points_redeemed": ("用掉积分", "points redeemed"),
    "points_available": ("会员持有积分", "points held"),
}


def read_totals(home: Path) -> BookTotals:
    """Return the totals of the book in a home, read from its file."""
    key = database_key(home, os_store=False, chance=system_chance, create=False)
    storage = Storage(database_path(home), key)
    try:
        with storage.reading() as reader:
            return book_totals(reader)
    finally:
        storage.close()


def totals_document(totals: BookTotals) -> dict[str, Any]:
    """Return totals as the summary has them."""
    return {
        "members": totals.members,
        "sales": totals.sales,
        "amount": amount_text(totals.amount),
        "points_issued": totals.issued,
        "points_redeemed": totals.redeemed,
        "points_available": totals.available,
    }


def totals_lines(counter: BookTotals, office: BookTotals) -> list[Line]:
    """Return both totals as the rows of the closing table."""
    left, right = totals_document(counter), totals_document(office)
    return [Line(words, str(left[name]), str(right[name])) for name, words in NAMES.items()]


def write_summary(
    folder: Path, *, counter: BookTotals, office: BookTotals, steps: Sequence[Step]
) -> Path:
    """Write the summary beside the files it lists and return its path."""
    path = folder / SUMMARY_FILE
    files = sorted(
        file.relative_to(folder).as_posix()
        for file in folder.iterdir()
        if file.is_file() and file != path
    )
    document = {
        "counter": totals_document(counter),
        "office": totals_document(office),
        "steps": [asdict(step) for step in steps],
        "files": [*files, SUMMARY_FILE],
    }
    path.write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    return path
