"""A report as one book: head, facts, bars and tables, from which paper and workbooks are made.

A form says what of a report's document is shown and how; the document is what scripts read as
JSON, so that no rendering can hold another number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from db.domain.exact import minor
from desktop.reports.cells import NOTHING, Cell, Count, Figure, Money, Ratio
from desktop.reports.day_tables import ReportTable, TableColumn
from desktop.widgets.chart_drawing import Bar
from desktop.wording.speech import Voice

BARS_MAX: Final = 26
MINUTES: Final = len("2026-11-21T15:20")
Pair = tuple[str, str]
Document = Mapping[str, Any]


class Kind(Enum):
    """What a field of a document is."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document: its name there, what it is, and what people call it.

    A field that holds a list becomes as many columns, from `+0` on.
    """

    name: str
    kind: Kind
    title: Pair


@dataclass(frozen=True, slots=True)
class TableForm:
    """Rows of a document as a table; `bars` is the field that is drawn, if any is."""

    rows: str
    title: Pair
    fields: tuple[Field, ...]
    bars: str = ""


@dataclass(frozen=True, slots=True)
class ReportForm:
    """How a report is shown: its title, what it means, its facts and its tables."""

    title: Pair
    definition: Pair
    facts: tuple[Field, ...]
    tables: tuple[TableForm, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a report is of, in words: its days, its branch, as of when, and what is missing."""

    days: str
    branch: str
    as_of: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportBook:
    """A report ready to be written; `bars` may be none."""

    title: str
    definition: str
    heading: Heading
    facts: tuple[tuple[str, Cell], ...]
    bars_title: str
    bars: tuple[Bar, ...]
    tables: tuple[ReportTable, ...]


def book_of(form: ReportForm, document: Document, say: Voice, *, heading: Heading) -> ReportBook:
    """Return the book of a document in the language of `say`."""
    tables = tuple(table_of(each, document, say) for each in form.tables if document.get(each.rows))
    charted = next((each for each in form.tables if each.bars and document.get(each.rows)), None)
    return ReportBook(
        title=say(*form.title),
        definition=say(*form.definition),
        heading=heading,
        facts=tuple((say(*each.title), cell_of(each, document[each.name])) for each in form.facts),
        bars_title="" if charted is None else _bars_title(charted, say),
        bars=() if charted is None else _bars(charted, document),
        tables=tables,
    )


def table_of(form: TableForm, document: Document, say: Voice) -> ReportTable:
    """Return a table of a document's rows."""
    rows: list[Document] = document[form.rows]
    columns: list[TableColumn] = []
    cells: list[list[Cell]] = [[] for _ in rows]
    for place, field in enumerate(form.fields):
        values = [row[field.name] for row in rows]
        numeric = field.kind not in (Kind.TEXT, Kind.MOMENT)
        if isinstance(values[0], list):
            most = max(map(len, values))
            columns += [TableColumn(f"+{month}") for month in range(most)]
            for line, each in zip(cells, values, strict=True):
                line.extend([cell_of(field, value) for value in each])
                line.extend([""] * (most - len(each)))
            continue
        columns.append(TableColumn(say(*field.title), numeric=numeric, stretch=place == 0))
        for line, value in zip(cells, values, strict=True):
            line.append(cell_of(field, value))
    return ReportTable(form.rows, say(*form.title), tuple(columns), tuple(map(tuple, cells)))


def cell_of(field: Field, value: Any) -> Cell:
    """Return a document's value as a cell; money is decimal text there."""
    match field.kind:
        case Kind.TEXT:
            return "" if value is None else str(value)
        case Kind.MOMENT:
            return NOTHING if value is None else str(value)[:MINUTES].replace("T", " ")
        case Kind.COUNT:
            return Figure(None) if value is None else Count(value)
        case Kind.MONEY:
            return Money(None if value is None else minor(value))
        case Kind.SHARE:
            return Ratio(None if value is None else float(value))
        case Kind.NUMBER:
            return Figure(None if value is None else float(value))


def _bars_title(form: TableForm, say: Voice) -> str:
    field = next(each for each in form.fields if each.name == form.bars)
    return say(*field.title)


def _bars(form: TableForm, document: Document) -> tuple[Bar, ...]:
    """Return the bars of a table's first rows: whole 元 where it is money."""
    field = next(each for each in form.fields if each.name == form.bars)
    label = form.fields[0].name
    rows: Iterable[Document] = document[form.rows][-BARS_MAX:]
    heights = [(str(row[label]), _height(cell_of(field, row[form.bars]))) for row in rows]
    if any(height < 0 for _, height in heights):
        return ()  # bars stand on zero
    most = max((height for _, height in heights), default=0)
    return tuple(
        Bar(name, height, f"{_whole(field, height):,}", emphasis=height == most > 0)
        for name, height in heights
    )


def _height(cell: Cell) -> int:
    match cell:
        case Money(int(amount)):
            return amount
        case Count(number):
            return number
    return 0


def _whole(field: Field, height: int) -> int:
    return round(height / 100) if field.kind is Kind.MONEY else height
