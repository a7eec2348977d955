"""A report on A4: what is wider than the page goes on below, and nothing empty is printed."""

from desktop.reports.book_pdf import parts_of
from desktop.reports.cells import Cell, Count
from desktop.reports.day_tables import ReportTable, TableColumn
from desktop.reports.paper import load_pdf_fonts

WIDE = 30


def a_table() -> ReportTable:
    """Return a table of many columns; `short` has figures in its first ones alone."""
    columns = (TableColumn("月", numeric=False), *(TableColumn(f"+{at}") for at in range(WIDE)))
    full: tuple[Cell, ...] = ("long", *(Count(at + 1_000) for at in range(WIDE)))
    short: tuple[Cell, ...] = ("short", Count(7), *("" for _ in range(WIDE - 1)))
    return ReportTable("t", "表", columns, (full, short))


def test_a_wide_table_goes_on_below_itself_with_its_first_column() -> None:
    load_pdf_fonts()

    parts = parts_of(a_table(), 400)

    assert len(parts) > 1
    assert all(part.columns[0].title == "月" for part in parts)
    shown = [column.title for part in parts for column in part.columns[1:]]
    assert shown == [f"+{at}" for at in range(WIDE)]
    assert [cell for part in parts for cell in part.rows[0][1:]] == list(a_table().rows[0][1:])
    assert [len(part.rows) for part in parts] == [2, *(1 for _ in parts[1:])]


def test_a_column_without_a_word_is_left_out() -> None:
    load_pdf_fonts()
    columns = tuple(TableColumn(title, numeric=False) for title in ("号", "姓名", "上次"))
    table = ReportTable("t", "表", columns, (("1", "", "x"), ("2", "", "")))

    (part,) = parts_of(table, 400)

    assert [column.title for column in part.columns] == ["号", "上次"]
    assert part.rows == (("1", "x"), ("2", ""))
