"""Every report as JSON, CSV, a workbook and paper: the same figures, and none of them is run."""

import csv
import re
from collections.abc import Mapping
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desktop.reports.book import Field, Kind, ReportForm
from desktop.reports.member_forms import MEMBER_FORMS
from desktop.reports.shop_forms import SHOP_FORMS
from desktop.reports.value_form import VALUE_FORM
from tests.support.imported_shops import imported
from tests.support.teller import told

FORMS: Mapping[str, ReportForm] = {**MEMBER_FORMS, **SHOP_FORMS}
UNTIL = ("--to", "2011-12-10")


@pytest.fixture(scope="module")
def retail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("retail"), "online_retail_300")


def in_file(home: Path, out: Path, *words: str) -> bytes:
    assert told(home, "report", *words, "--out", str(out)).code == 0
    return out.read_bytes()


def book_in(raw: bytes) -> list[list[list[Any]]]:
    """Return every sheet's rows as they are kept, the summary first."""
    return [
        [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in load_workbook(BytesIO(raw)).worksheets
    ]


def words_in(raw: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages)


def as_number(field: Field, value: Any) -> Any:
    if value is None or (field.kind is Kind.TEXT and value == ""):
        return None
    if field.kind is Kind.MOMENT:
        return value[:16].replace("T", " ")
    return str(value) if field.kind is Kind.TEXT else pytest.approx(float(value))


def on_paper(field: Field, value: Any) -> str:
    """Return how paper writes a figure, made here and not by what is tested."""
    if value is None:
        return "–"
    wanted = {
        Kind.MONEY: lambda: f"¥{float(value):,.2f}",
        Kind.COUNT: lambda: f"{value:,}",
        Kind.SHARE: lambda: f"{float(value):.1%}",
        Kind.NUMBER: lambda: f"{float(value):,.1f}",
        Kind.MOMENT: lambda: value[:16].replace("T", " "),
        Kind.TEXT: lambda: str(value),
    }[field.kind]()
    if field.kind in (Kind.TEXT, Kind.MOMENT):
        return wanted
    return wanted.replace("¥-", "-¥").replace("-", "−")


@pytest.mark.parametrize("name", list(FORMS))
def test_workbook_paper_and_csv_hold_the_figures_of_the_document(
    retail: Path, tmp_path: Path, name: str
) -> None:
    until = () if name == "freshness" else UNTIL
    document = told(retail, "report", name, *until).document
    form = FORMS[name]

    sheets = book_in(in_file(retail, tmp_path / "x.xlsx", name, *until))
    paper = words_in(in_file(retail, tmp_path / "x.pdf", name, *until))
    lines = in_file(retail, tmp_path / "x.csv", name, *until).decode("utf-8-sig")
    plain = list(csv.DictReader(StringIO(lines)))

    shown = [table for table in form.tables if document[table.rows]]
    assert len(sheets) == len(shown) + 1
    for table, sheet in zip(shown, sheets[1:], strict=True):
        for row, kept in zip(document[table.rows], sheet[1:], strict=True):
            at = 0
            for field in table.fields:
                value = row[field.name]
                values = value if isinstance(value, list) else [value]
                assert kept[at : at + len(values)] == [as_number(field, each) for each in values]
                at += len(values)
                if field.kind is not Kind.TEXT:
                    assert all(on_paper(field, each) in paper for each in values)
    for field in form.facts:
        assert as_number(field, document[field.name]) in [row[1] for row in sheets[0]]
        assert on_paper(field, document[field.name]) in paper
    rows = document[form.tables[0].rows]
    assert len(plain) == len(rows)
    for row, read in zip(rows, plain, strict=True):
        for key, value in row.items():
            values = value if isinstance(value, list) else [value]
            assert read[key] == " ".join("" if each is None else str(each) for each in values)


def test_what_is_owed_for_stored_value_is_the_same_everywhere(home: Path, tmp_path: Path) -> None:
    document = told(home, "report", "stored-value").document

    sheets = book_in(in_file(home, tmp_path / "x.xlsx", "stored-value"))
    paper = words_in(in_file(home, tmp_path / "x.pdf", "stored-value"))

    (branch,) = document["branches"]
    figures = [float(each) for each in branch["principal"].values()]
    assert sheets[1][1] == [branch["branch"], "本金", *figures]
    assert len(sheets[1][0]) == len(VALUE_FORM.tables[0].fields)
    assert branch["branch"] in paper


def test_the_day_as_a_workbook_has_its_figures(home: Path, tmp_path: Path) -> None:
    told(home, "sale", "add", "--amount", "128.00")
    document = told(home, "report", "day").document

    sheets = book_in(in_file(home, tmp_path / "day.xlsx", "day"))

    facts = {row[0]: row[1] for row in sheets[0]}
    assert facts["消费额"] == float(document["figures"]["amount"]) == 128
    assert facts["消费笔数"] == document["figures"]["sales"] == 1


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "-1-1"])
def test_what_a_name_says_is_never_run(home: Path, tmp_path: Path, evil: str) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text(
        f"sku,name,category,unit_price,quantity\nA1,茶,{evil},3.00,2\n", encoding="utf-8"
    )
    assert told(home, "sale", "add", "--lines", str(lines)).code == 0

    raw = in_file(home, tmp_path / "x.xlsx", "category")
    text = in_file(home, tmp_path / "x.csv", "category").decode("utf-8-sig")

    cell = load_workbook(BytesIO(raw)).worksheets[1]["A2"]
    assert (cell.value, cell.data_type) == (evil, "s")
    assert f"\n'{evil}," in text


@pytest.mark.parametrize("name", [*FORMS, "day", "stored-value"])
@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_a_shop_without_sales_gets_a_file_too(
    home: Path, tmp_path: Path, name: str, ending: str
) -> None:
    raw = in_file(home, tmp_path / f"x.{ending}", name)

    assert raw.startswith(b"PK" if ending == "xlsx" else b"%PDF")


def test_a_counters_own_shop_has_every_report_about_it(home: Path) -> None:
    number = told(home, "member", "add", "--phone", "13812345678").document["number"]
    assert told(home, "sale", "add", "--amount", "300.00", "--member", number).code == 0
    held = told(home, "member", "show", number).document["points"]

    owed = told(home, "report", "points-liability", "--expected", "0.5").document
    fresh = told(home, "report", "freshness").document
    moved = told(home, "report", "tier-migration").document

    assert owed["opening"] == 0
    assert owed["closing"] == owed["held_now"] == held["available"] + held["pending"]
    assert float(owed["value"]) == owed["closing"] * float(owed["point_value"]) / 2
    assert [row["silent"] for row in fresh["counters"]] == [False]
    assert moved["new"] == 1
    assert told(home, "report", "points-liability", "--expected", "2").code == 2
    names = {each["name"] for each in told(home, "report", "list").document["reports"]}
    assert names == {"day", "stored-value", *FORMS}


def test_a_file_needs_a_place(home: Path) -> None:
    found = told(home, "report", "rfm", "--format", "xlsx")

    assert found.code == 2
    assert re.search("out_required", str(found.document))
