"""The day report as files: every figure of the query is in them, in both languages."""

import csv
import re
from datetime import date, timedelta
from io import BytesIO, StringIO

import pypdfium2
import pytest
from pypdf import PdfReader

from db.domain.basket import Basket, BasketLine
from db.domain.clock import BusinessCalendar
from db.domain.staff import Actor
from db.queries.reports.day import DayReport, day_report
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from desktop.reports.day_report_csv import day_report_csv
from desktop.reports.day_report_pdf import day_report_pdf
from desktop.reports.words import Words, word_keys
from tests.support.makers import (
    a_closing,
    a_member,
    a_sale,
    a_shift,
    a_void,
    an_adjustment,
)

SATURDAY = date(2026, 11, 21)
CALENDAR = BusinessCalendar()


@pytest.fixture
def report(storage: Storage, clock: FixedClock, manager: Actor) -> DayReport:
    """Return the report of a Saturday with a bit of everything."""
    a_shift(storage, by=manager)
    member = a_member(storage, by=manager)
    lines = (
        BasketLine(unit_price=1_234_500, sku="A1", category="家电"),
        BasketLine(unit_price=990, quantity=3, sku="B2", category="=食品/零食"),
    )
    a_sale(storage, member.member_id, by=manager, basket=Basket(lines), names=("电视", "薯片"))
    a_void(storage, a_sale(storage, by=manager, amount=777).sale_id, by=manager)
    an_adjustment(storage, member.member_id, -45, by=manager)
    a_closing(storage, by=manager, counted=1_287_000, till_total=1_237_470)
    return the_report(storage)


def the_report(storage: Storage, day: date = SATURDAY, days: int = 1) -> DayReport:
    with storage.reading() as reader:
        return day_report(
            reader,
            branch_id=None,
            day_from=day,
            day_to=day + timedelta(days=days - 1),
            calendar=CALENDAR,
            now_ms=storage.clock.wall_ms(),
        )


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_pdf_holds_headline_tables_and_where_it_is_from(report: DayReport) -> None:
    text = text_of(day_report_pdf(report, calendar=CALENDAR, language="zh_CN", made_by="店长"))

    for expected in (
        "日报", "2026-11-21 星期六", "南京东路店", "截至 2026-11-21 14:00", "店长 导出",
        "消费额", "¥12,374.70", "客单价", "100.0%", "撤销与作废", "¥7.77",
        "家电", "¥12,345.00", "现金", "班次", "−45", "第 1 / ",
    ):  # fmt: skip
        assert expected in text


def test_the_english_pdf_speaks_english_but_for_names(report: DayReport) -> None:
    text = text_of(day_report_pdf(report, calendar=CALENDAR, language="en"))

    chinese = set(re.findall(r"[\u4e00-\u9fff]+", text))
    assert chinese == {"南京东路店", "机", "店长", "家电", "食品"}
    assert "Day report" in text
    assert "Saturday, 2026-11-21" in text


def test_no_page_of_a_pdf_lacks_its_foot_and_every_font_is_embedded(report: DayReport) -> None:
    pdf = PdfReader(BytesIO(day_report_pdf(report, calendar=CALENDAR, language="zh_CN")))

    for number, page in enumerate(pdf.pages, start=1):
        assert f"第 {number} / {len(pdf.pages)} 页" in page.extract_text()
        fonts = page["/Resources"]["/Font"]
        for font in fonts.values():
            described = font.get_object()
            if described["/Subtype"] == "/TrueType":
                assert "/FontFile2" in described["/FontDescriptor"]


def test_a_rare_character_prints(storage: Storage, report: DayReport) -> None:
    with storage.begin() as work:
        work.sql.run("UPDATE staff SET name = '䶮㛃喆'")

    text = text_of(day_report_pdf(the_report(storage), calendar=CALENDAR, language="zh_CN"))

    assert "䶮㛃喆" in text


def test_nothing_is_drawn_outside_the_page(report: DayReport) -> None:
    pdf = pypdfium2.PdfDocument(day_report_pdf(report, calendar=CALENDAR, language="en"))

    for page in pdf:
        width, height = page.get_size()
        for piece in page.get_objects():
            left, bottom, right, top = piece.get_bounds()
            assert left >= -1
            assert bottom >= -1
            assert right <= width + 1
            assert top <= height + 1


def test_a_long_table_goes_on_with_its_head_on_the_next_page(
    storage: Storage, clock: FixedClock, manager: Actor
) -> None:
    for _ in range(60):
        a_shift(storage, by=manager)
        a_closing(storage, by=manager)
        clock.advance(1_000)

    pdf = PdfReader(
        BytesIO(day_report_pdf(the_report(storage), calendar=CALENDAR, language="zh_CN"))
    )

    assert len(pdf.pages) >= 2
    assert all("备用金" in page.extract_text() for page in pdf.pages[1:])


def test_a_day_without_anything_says_so(storage: Storage) -> None:
    pdf = day_report_pdf(the_report(storage), calendar=CALENDAR, language="zh_CN")

    assert "这天没有记录" in text_of(pdf)


def test_several_days_are_one_report_with_a_bar_for_each_day(
    storage: Storage, report: DayReport
) -> None:
    several = the_report(storage, SATURDAY - timedelta(days=2), days=4)

    text = text_of(day_report_pdf(several, calendar=CALENDAR, language="zh_CN"))

    assert "多日汇总" in text
    for day in ("11-19", "11-20", "11-21", "11-22"):
        assert day in text


def test_the_csv_holds_plain_figures_and_no_formula(report: DayReport) -> None:
    content = day_report_csv(report, calendar=CALENDAR, language="zh_CN")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))

    assert ["日报"] in rows
    assert ["消费额", "12374.70", ""] in rows
    assert ["家电", "1", "12345.00", "0.998"] in rows
    assert ["'=食品", "3", "29.70", "0.002"] in rows
    assert ["手工调整", "-45"] in rows


def test_no_phone_and_no_member_s_name_is_in_either_file(report: DayReport) -> None:
    pdf = text_of(day_report_pdf(report, calendar=CALENDAR, language="zh_CN"))
    table = day_report_csv(report, calendar=CALENDAR, language="zh_CN").decode()

    for secret in ("13812345678", "138 1234", "张小芳"):
        assert secret not in pdf
        assert secret not in table


@pytest.mark.parametrize("key", word_keys())
def test_every_word_is_there_in_both_languages_with_the_same_places(key: str) -> None:
    places = [set(re.findall(r"{(\w+)}", _raw(language, key))) for language in ("zh_CN", "en")]

    assert places[0] == places[1]
    assert not re.search(r"[\u4e00-\u9fff]", _raw("en", key))


def _raw(language: str, key: str) -> str:
    text = Words(language)(key)
    assert text
    return text
