"""Cells: the same figure with commas for people and plain for machines."""

import pytest

from desktop.reports.cells import (
    Cell,
    Count,
    Money,
    PerMille,
    change_per_mille,
    per_mille,
    plain,
    shown,
    weight,
)


@pytest.mark.parametrize(
    ("cell", "for_people", "for_machines"),
    [
        ("现金", "现金", "现金"),
        (Money(128_000), "¥1,280.00", "1280.00"),
        (Money(-500), "−¥5.00", "-5.00"),
        (Money(500, signed=True), "+¥5.00", "5.00"),
        (Money(0, signed=True), "¥0.00", "0.00"),
        (Money(None), "–", ""),
        (Count(1_408), "1,408", "1408"),
        (Count(-35), "−35", "-35"),
        (Count(12, signed=True), "+12", "12"),
        (PerMille(274), "27.4%", "0.274"),
        (PerMille(1_000), "100.0%", "1.000"),
        (PerMille(-45), "−4.5%", "-0.045"),
    ],
)
def test_a_cell_reads_for_people_and_for_machines(
    cell: Cell, for_people: str, for_machines: str
) -> None:
    assert shown(cell) == for_people
    assert plain(cell) == for_machines


def test_columns_sort_by_size_and_not_by_their_text() -> None:
    amounts = [Money(90_300), Money(140_800), Money(None), Money(-1)]

    assert [cell.minor for cell in sorted(amounts, key=weight)] == [-1, None, 90_300, 140_800]


def test_a_change_is_against_something() -> None:
    assert change_per_mille(150, 100) == 500
    assert change_per_mille(50, 100) == -500
    assert change_per_mille(50, 0) is None


def test_shares_are_rounded_and_not_cut_off() -> None:
    assert [per_mille(part, 264_701) for part in (254_701, 10_000)] == [962, 38]
    assert change_per_mille(3_645, 3_687) == -11
