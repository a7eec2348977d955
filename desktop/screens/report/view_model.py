"""The day report on screen: one business day, read while it is looked at, put into files."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.domain.staff import Leave, Permission, leave_of
from db.domain.trouble import Trouble
from db.queries.reports.day import DayReport, day_report
from desktop.reports.cells import Cell, shown, weight
from desktop.reports.day_tables import (
    ReportTable,
    chart_bars,
    chart_title,
    day_tables,
    figure_cards,
    report_warnings,
)
from desktop.reports.words import Words
from desktop.runtime.changes import changes_of
from desktop.runtime.desk import Desk
from desktop.runtime.papers import Papers
from desktop.runtime.runner import Series
from desktop.screens.report.state import Headline, ReportState, Table
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.data_table import Column, Row
from desktop.wording.people import speaks_chinese


class ReportViewModel(QObject):
    """The report's screen.

    Signals:
        changed: the state to draw.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk, papers: Papers | None, parent: QObject | None = None) -> None:
        """Start at today, reading nothing until somebody looks."""
        super().__init__(parent)
        self._desk = desk
        self._papers = papers
        self._day: date | None = None
        self._report: DayReport | None = None
        self._looked_at = False
        self._notice: Notice | None = None
        self._series = Series()
        desk.runner.committed.connect(self._on_committed)
        desk.staffed.connect(self.redraw)
        desk.changed.connect(self._on_desk)

    @property
    def day(self) -> date:
        """Return the business day that is shown."""
        return self._day or self._desk.facts.day

    def state(self) -> ReportState:
        """Return what the screen shows now."""
        report, words = self._report, _words()
        calendar = self._desk.facts.home.calendar
        tables = () if report is None else day_tables(report, words, calendar=calendar)
        return ReportState(
            day=words.day(self.day),
            as_of=""
            if report is None
            else words("as_of", at=f"{calendar.local(report.as_of_ms):%m-%d %H:%M}"),
            may_go_on=self.day < self._desk.facts.day,
            may_export=report is not None and self._may_export(),
            headlines=() if report is None else _headlines(report, words),
            chart_title="" if report is None else chart_title(report, words),
            bars=() if report is None else chart_bars(report),
            tables=tuple(_table(table, self._tab(table)) for table in tables),
            empty=(words("empty"), words("empty_hint"))
            if report is not None and report.empty
            else ("", ""),
            warning=None if report is None else _warning(report, words),
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def look(self) -> None:
        """Read the day, and read it again after every act, while somebody looks."""
        self._looked_at = True
        self._ask()

    def leave(self) -> None:
        """Nobody looks any more."""
        self._looked_at = False
        self._notice = None

    def go_back(self) -> None:
        """Show the day before."""
        self._go(self.day - timedelta(days=1))

    def go_on(self) -> None:
        """Show the day after, up to today."""
        if self.day < self._desk.facts.day:
            self._go(self.day + timedelta(days=1))

    def explain(self, place: int) -> None:
        """Say what a figure means; asked again, say nothing."""
        if self._report is None:
            return
        card = figure_cards(self._report, _words())[place]
        said = Notice(ChipKind.NEUTRAL, f"{card.title}：{card.definition}")
        self._notice = None if self._notice == said else said
        self.redraw()

    def save_pdf(self) -> None:
        """Put the report on paper."""
        if self._papers is not None and self._report is not None:
            self._papers.save_report_pdf(
                self._report, done=self._on_saved, failed=self._on_not_saved
            )

    def save_csv(self) -> None:
        """Put the report into a spreadsheet's file."""
        if self._papers is not None and self._report is not None:
            self._papers.save_report_csv(
                self._report, done=self._on_saved, failed=self._on_not_saved
            )

    def _tab(self, table: ReportTable) -> str:
        """Return a table's name, short enough for its tab."""
        names = {
            "tenders": self.tr("付款方式"),
            "categories": self.tr("分类"),
            "cashiers": self.tr("收银员"),
            "counters": self.tr("柜台"),
            "shifts": self.tr("班次"),
            "points": self.tr("积分"),
        }
        return names.get(table.key, table.title)

    def _go(self, day: date) -> None:
        self._day = None if day == self._desk.facts.day else day
        self._notice = None
        self._ask()

    def _ask(self) -> None:
        home, day, now_ms = self._desk.facts.home, self.day, self._desk.now_ms
        self._desk.runner.read(
            lambda reader: day_report(
                reader,
                branch_id=home.branch_id,
                day_from=day,
                day_to=day,
                calendar=home.calendar,
                now_ms=now_ms,
            ),
            done=self._on_report,
            failed=self._on_failed,
            series=self._series,
        )

    def _on_failed(self, _trouble: Trouble) -> None:
        """Keep the last good figures, which say as of when they are."""
        key = "nothing_read" if self._report is None else "read_failed"
        self._notice = Notice(ChipKind.ERROR, _words()(key))
        self.redraw()

    def _on_report(self, report: DayReport) -> None:
        self._report = report
        self.redraw()

    def _on_committed(self, outcome: object) -> None:
        if self._looked_at and changes_of(outcome).day:
            self._ask()

    def _on_desk(self) -> None:
        """Read the day again when less waits for head office, for the report says how much does."""
        if self._looked_at:
            self._ask()

    def _may_export(self) -> bool:
        staff = self._desk.staff
        allowed = staff is not None and (leave_of(staff.role, Permission.EXPORT) is Leave.ALLOWED)
        return allowed and self._papers is not None

    def _on_saved(self, path: Path) -> None:
        self._notice = Notice(ChipKind.OK, self.tr("已存到 {path}").format(path=path))
        self.redraw()

    def _on_not_saved(self) -> None:
        self._notice = Notice(ChipKind.WARN, self.tr("文件没有存成，请看磁盘是否已满"))
        self.redraw()


def _words() -> Words:
    return Words("zh_CN" if speaks_chinese() else "en")


def _headlines(report: DayReport, words: Words) -> tuple[Headline, ...]:
    return tuple(
        Headline(card.title, shown(card.value), card.note, card.definition)
        for card in figure_cards(report, words)
    )


def _warning(report: DayReport, words: Words) -> Notice | None:
    warnings = report_warnings(report, words)
    return Notice(ChipKind.WARN, "　".join(warnings)) if warnings else None


def _table(table: ReportTable, title: str) -> Table:
    """Return a table as the screen has it: without the columns that are for paper."""
    places = [place for place, column in enumerate(table.columns) if not column.paper_only]

    def row(cells: tuple[Cell, ...]) -> Row:
        kept = [cells[place] for place in places]
        return Row(tuple(shown(cell) for cell in kept), tuple(weight(cell) for cell in kept))

    return Table(
        title=title,
        columns=tuple(
            Column(column.title, numeric=column.numeric, stretch=column.stretch)
            for column in (table.columns[place] for place in places)
        ),
        rows=tuple(row(cells) for cells in table.rows),
        total=None if table.total is None else row(table.total),
    )
