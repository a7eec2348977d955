"""`guitai report ...`: the reports, for people, scripts, spreadsheets and paper."""

from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from db.domain.clock import iso_of
from db.domain.money import amount_text
from db.domain.staff import Permission, require
from db.queries.reports.day import DAYS_MAX, DayReport, day_report
from db.queries.reports.stored_value import stored_value_report
from desktop.cli.answers import Document, answer, plain
from desktop.cli.asked import branch_asked, open_figures, today_of
from desktop.cli.files import write_bytes
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.day import day_page, reports_page
from desktop.cli.pages.imports import file_page
from desktop.cli.pages.value_report import (
    value_report_csv,
    value_report_document,
    value_report_page,
)
from desktop.cli.reading import day_of
from desktop.cli.report_asked import report_form
from desktop.cli.report_files import FILE_FORMS, tell_document
from desktop.cli.report_members import add_member_reports
from desktop.cli.report_shop import add_shop_reports
from desktop.wording.speech import Speech

MONEY = frozenset(
    {
        "amount",
        "average",
        "bonus_given",
        "bonus_void",
        "cash",
        "counted",
        "discounts",
        "member_amount",
        "opening_float",
        "redeemed_value",
        "returned_amount",
        "reversed_amount",
        "spent_bonus",
        "spent_principal",
        "till_total",
        "topped_up",
        "undone_amount",
        "value_cash",
        "value_refunded",
        "voided_amount",
    }
)
"""Which figures of a report are 分; the others are counts or points."""
REPORTS = (
    ("day", "日报 what a business day, or a few of them, came to"),
    ("stored-value", "储值负债 what the shop owes for stored value"),
    ("points-liability", "积分负债 what the shop owes in points"),
    ("tier-migration", "等级变化 who moved between levels"),
    ("cashier-audit", "收银稽核 what cashiers did beside selling"),
    ("freshness", "数据新鲜度 when each counter was last heard of"),
    ("rfm", "RFM 会员分成十组 recency, frequency, money: ten groups of members"),
    ("lifecycle", "生命周期 new, active, dormant, lost, never bought"),
    ("activity", "活跃与复购 who came, who was new, who came again"),
    ("cohort", "首购月留存 by the month of the first purchase"),
    ("churn", "流失预警 who stays away longer than he used to"),
    ("category", "品类 sales, members and growth of categories"),
    ("profile", "数据概况 how much the book holds"),
)
app = typer.Typer()
add_member_reports(app)
add_shop_reports(app)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Which reports there are."""
    reports = [{"name": name, "says": says} for name, says in REPORTS]
    answer(ctx.obj, {"reports": reports}, reports_page)


@app.command()
def day(
    ctx: typer.Context,
    on: Annotated[str | None, typer.Option("--date")] = None,
    day_from: Annotated[str | None, typer.Option("--from")] = None,
    day_to: Annotated[str | None, typer.Option("--to")] = None,
    branch: Annotated[str | None, typer.Option()] = None,
    asked: Annotated[str | None, typer.Option("--format")] = None,
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """What a business day came to; `--from` and `--to` for several."""
    form = report_form(asked, out)
    if on is not None and (day_from is not None or day_to is not None):
        raise InvalidInput("one_of", options="--date, --from/--to")
    with open_home(ctx.obj) as home:
        if not home.identity.sandbox:
            require(home.actor(), Permission.REPORTS)
        first, last = _days(home, on or day_from, on or day_to)
        report = _report(home, first, last, branch=branch)
        if form in FILE_FORMS:
            assert out is not None, "checked above"
            write_bytes(out, _file(home, report, form))
            answer(ctx.obj, {"file": str(out), "format": form}, file_page)
            return
        ctx.obj.as_json = ctx.obj.as_json or asked == "json"
        document: Document = report_document(report, home.timezone)
        document["figures"]["average"] = amount_text(report.figures.average)
        document["net_amount"] = amount_text(report.net_amount)
        if out is None:
            answer(ctx.obj, document, day_page)
            return
        write_bytes(out, msgspec.json.format(msgspec.json.encode(document), indent=2))
        answer(ctx.obj, {"file": str(out), "format": "json"}, file_page)


@app.command("stored-value")
def stored_value(
    ctx: typer.Context,
    day_from: Annotated[str | None, typer.Option("--from")] = None,
    day_to: Annotated[str | None, typer.Option("--to")] = None,
    branch: Annotated[str | None, typer.Option()] = None,
    asked: Annotated[str | None, typer.Option("--format")] = None,
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """What the shop owes for stored value, principal and bonus apart, per branch."""
    form = report_form(asked, out)
    with open_figures(ctx.obj) as home:
        days = first, last = _days(home, day_from, day_to)
        branch_id = branch_asked(home, branch)
        with home.storage.reading() as reader:
            report = stored_value_report(
                reader, branch_id=branch_id, day_from=first, day_to=last, today=today_of(home)
            )
        document = value_report_document(report)
        if form == "csv":
            assert out is not None, "checked above"
            write_bytes(out, value_report_csv(report, home.call.language))
            answer(ctx.obj, {"file": str(out), "format": form}, file_page)
            return
        from desktop.reports.value_form import VALUE_FORM, value_rows

        if form in FILE_FORMS:
            document["rows"] = value_rows(document, Speech(home.call.language))
        tell_document(home, document, value_report_page, form=VALUE_FORM, rows="rows",
                      days=days, branch=branch, asked=form, out=out)  # fmt: skip


def report_document(value: Any, timezone: str, name: str = "") -> Any:
    """Return a report for the edge: money as decimal strings, instants as ISO times."""
    if is_dataclass(value) and not isinstance(value, type):
        document: Document = {}
        for field in fields(value):
            shown = field.name.removesuffix("_ms")
            document[shown] = report_document(getattr(value, field.name), timezone, field.name)
        return document
    if isinstance(value, list | tuple):
        return [report_document(item, timezone) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        if name in MONEY:
            return amount_text(value)
        if name.endswith(("_ms", "_at")):
            return iso_of(value, timezone)
    return plain(value)


def _report(home: Home, first: date, last: date, *, branch: str | None) -> DayReport:
    branch_id = branch_asked(home, branch)
    with home.storage.reading() as reader:
        return day_report(
            reader,
            branch_id=branch_id,
            day_from=first,
            day_to=last,
            calendar=home.identity.calendar,
            now_ms=home.storage.clock.wall_ms(),
        )


def _days(home: Home, first: str | None, last: str | None) -> tuple[date, date]:
    day_to = today_of(home) if last is None else day_of(last)
    day_from = day_to if first is None else day_of(first)
    if not day_from <= day_to < day_from + timedelta(days=DAYS_MAX):
        raise InvalidInput("days_out_of_range", days=DAYS_MAX)
    return day_from, day_to


def _file(home: Home, report: DayReport, form: str) -> bytes:
    """Return the report as the desktop's own files have it."""
    calendar = home.identity.calendar
    language = "en" if home.call.language == "en" else "zh_CN"
    if form == "csv":
        from desktop.reports.day_report_csv import day_report_csv

        return day_report_csv(report, calendar=calendar, language=language)
    if form == "xlsx":
        from desktop.reports.book_xlsx import book_xlsx
        from desktop.reports.day_report_book import day_report_book

        book = day_report_book(report, calendar=calendar, language=language)
        return book_xlsx(book, Speech(home.call.language))
    from desktop.reports.day_report_pdf import day_report_pdf

    return day_report_pdf(report, calendar=calendar, language=language)
