"""Receipts fit their paper: nothing too wide, nothing lost, figures at the right edge."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.receipts.columns import fitted, width_of
from desktop.receipts.layout import Line, Mark, laid_out, row_lines
from desktop.receipts.receipt import Align, Code, Pair, Receipt, Row, Rule, Space, Text

VECTORS = Path(__file__).parents[3] / "vectors"
ROWS = json.loads((VECTORS / "receipt_layout.json").read_text(encoding="utf-8"))["rows"]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=40)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_rows_of_goods_stand_as_another_printer_library_sets_them(row: dict[str, Any]) -> None:
    """Its columns of 4 and 10 have a space before them."""
    lines = row_lines(tuple(row["cells"]), (5, 11), columns=row["columns"])

    assert [line.rstrip() for line in lines] == row["lines"]


@given(name=WORDS, quantity=st.integers(-999, 999), minor=st.integers(-(10**12), 10**12))
def test_no_line_is_wider_and_no_character_is_lost(name: str, quantity: int, minor: int) -> None:
    amount = f"{minor / 100:,.2f}"
    for columns in (24, 32, 42, 48):
        lines = row_lines((name, str(quantity), amount), (5, 10), columns=columns)

        assert all(width_of(line) <= columns for line in lines)
        assert sorted("".join(lines).replace(" ", "")) == sorted(
            f"{name}{quantity}{amount}".replace(" ", "")
        )
        assert any(line.endswith(amount) and width_of(line) == columns for line in lines)


@given(text=WORDS, columns=st.integers(2, 48))
def test_a_broken_text_loses_nothing(text: str, columns: int) -> None:
    lines = fitted(text, columns)

    assert "".join(lines) == text
    assert all(width_of(line) <= columns for line in lines)


def test_latin_words_stay_whole_and_punctuation_does_not_begin_a_line() -> None:
    assert fitted("Tanashi cabbage with salted flavor", 16) == [
        "Tanashi cabbage",
        "with salted",
        "flavor",
    ]
    assert fitted("重庆小面（麻辣味）家庭装", 16) == ["重庆小面（麻辣", "味）家庭装"]


def test_a_word_longer_than_the_paper_is_broken() -> None:
    assert fitted("A" * 20, 8) == ["A" * 8, "A" * 8, "A" * 4]


def test_every_block_becomes_lines() -> None:
    receipt = Receipt(
        "all",
        (
            Text("店", Align.CENTRE, big=True),
            Pair("合计", "1.00", bold=True),
            Row(("茶", "1", "1.00"), (5, 10)),
            Rule(),
            Rule(double=True),
            Space(2),
            Code("M1", "下面的字"),
            Code("M2"),
        ),
    )

    assert laid_out(receipt, columns=24) == [
        Line("店", Align.CENTRE, big=True),
        Line("合计                1.00", bold=True),
        Line("茶           1      1.00"),
        Line("-" * 24),
        Line("=" * 24),
        Line(""),
        Line(""),
        Mark("M1"),
        Line("下面的字", Align.CENTRE),
        Mark("M2"),
    ]


def test_a_figure_that_leaves_no_room_for_the_name_gets_its_own_line() -> None:
    assert row_lines(("茶叶", "12", "1,234,567.89"), (5, 10), columns=24) == [
        "茶叶",
        "         12 1,234,567.89",
    ]


def test_paper_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="12"):
        laid_out(Receipt("narrow", ()), columns=12)
