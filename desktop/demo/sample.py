"""The demo's shop as files for `history import`: as many of its last days as are wanted.

What is shipped ends on a fixed day of the past; every day is shifted by the same number, so that
the history ends yesterday, hours and weekly rhythm as they were to within six days.
"""

import csv
import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop.assets import demo_file

FIRST_DAY = date(2017, 1, 1)
LAST_DAY = date(2017, 12, 31)
DAYS_MAX = (LAST_DAY - FIRST_DAY).days + 1
FILES = ("members", "purchases", "purchase_lines", "products")
_DAY_CHARACTERS = 10

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class SampleMember:
    """One member of the sample, as its file has him."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The unpacked shop: the folder to import, and what is in it."""

    folder: Path
    members: tuple[SampleMember, ...]
    purchases: int
    lines: int


def unpack_sample(folder: Path, *, days: int, last_day: date) -> Sample:
    """Write the four CSV files of the sample's last `days` days, moved to end on `last_day`."""
    folder.mkdir(parents=True, exist_ok=True)
    move = last_day - LAST_DAY
    first = (LAST_DAY - timedelta(days=days - 1)).isoformat()
    last = LAST_DAY.isoformat()
    kept: set[str] = set()
    skus: set[str] = set()

    def purchase(row: Row) -> bool:
        inside = first <= row["purchased_at"][:_DAY_CHARACTERS] <= last
        if inside:
            kept.add(row["purchase_id"])
            row["purchased_at"] = _moved(row["purchased_at"], move)
        return inside

    def line(row: Row) -> bool:
        sold = row["purchase_id"] in kept
        if sold:
            skus.add(row["sku"])
        return sold

    members: list[SampleMember] = []

    def member(row: Row) -> bool:
        row["joined_on"] = _moved(row["joined_on"], move)
        members.append(SampleMember(row["name"], row["phone"]))
        return True

    _copy("members", folder, member)
    purchases = _copy("purchases", folder, purchase)
    lines = _copy("purchase_lines", folder, line)
    _copy("products", folder, lambda row: row["sku"] in skus)
    return Sample(folder, tuple(members), purchases, lines)


def _copy(name: str, folder: Path, keep: Callable[[Row], bool]) -> int:
    """Copy one file's rows that are kept, in their order; return how many."""
    count = 0
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
        rows = _rows(name)
        first = next(rows)
        writer = csv.DictWriter(target, first.keys())
        writer.writeheader()
        for row in _with(first, rows):
            if keep(row):
                writer.writerow(row)
                count += 1
    return count


def _rows(name: str) -> Iterator[Row]:
    with lzma.open(demo_file(f"{name}.csv.xz"), "rt", encoding="utf-8", newline="") as packed:
        yield from csv.DictReader(packed)


def _with(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _moved(text: str, move: timedelta) -> str:
    """Move the day of an ISO day or time; the time of day stays."""
    day = date.fromisoformat(text[:_DAY_CHARACTERS]) + move
    return day.isoformat() + text[_DAY_CHARACTERS:]
