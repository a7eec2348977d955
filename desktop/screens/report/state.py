"""The state of the day report's screen."""

from dataclasses import dataclass

from desktop.widgets.banner import Notice
from desktop.widgets.chart_drawing import Bar
from desktop.widgets.data_table import Column, Row


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure: what it is, how much, against what, and what it means."""

    title: str
    value: str
    note: str
    definition: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the report; it stands behind a tab of its name."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None


@dataclass(frozen=True, slots=True)
class ReportState:
    """The screen; without a day read yet there are no figures."""

    day: str
    as_of: str
    may_go_on: bool
    may_export: bool
    headlines: tuple[Headline, ...]
    chart_title: str
    bars: tuple[Bar, ...]
    tables: tuple[Table, ...]
    empty: tuple[str, str]
    warning: Notice | None
    notice: Notice | None
