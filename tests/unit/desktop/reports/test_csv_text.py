"""CSV: it opens with Chinese in it, and no cell of it is run."""

import csv
from io import StringIO

import pytest

from desktop.reports.csv_text import csv_bytes, guarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+86 138", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\r=1", "-", "-1-1"]
)
def test_what_a_spreadsheet_would_run_becomes_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["128.00", "-5.00", "-35", "张小芳", "", "a=b", "¥5.00"])
def test_plain_figures_and_words_stay(cell: str) -> None:
    assert guarded(cell) == cell


def test_a_file_starts_with_a_bom_and_ends_lines_as_rfc_4180_has_it() -> None:
    content = csv_bytes([("姓名", '说"好"'), ("a,b", "c")])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig")))) == [
        ["姓名", '说"好"'],
        ["a,b", "c"],
    ]
