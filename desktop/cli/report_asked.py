"""What every report is asked: its days, its branch, its form and its file, read in one way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from db.domain.ids import BranchId
from desktop.cli.asked import branch_asked, first_day, last_day, open_figures
from desktop.cli.home import Home
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.reading import form_of
from desktop.cli.report_files import FILE_FORMS

FORMS = ("table", "json", "csv", "xlsx", "pdf")
QUARTER_DAYS = 90
From = Annotated[str | None, typer.Option("--from")]
To = Annotated[str | None, typer.Option("--to")]
Branch = Annotated[str | None, typer.Option()]
Format = Annotated[str | None, typer.Option("--format")]
Out = Annotated[Path | None, typer.Option()]


@dataclass(frozen=True, slots=True)
class Asked:
    """An open home, what of it is asked about, and how the answer is to look."""

    home: Home
    first: date | None
    last: date
    branch: str | None
    branch_id: BranchId | None
    form: str
    out: Path | None

    def since(self, days: int) -> date:
        """Return the first day that is asked about, else so many days with the last."""
        return self.first or self.last - timedelta(days=days - 1)


def report_form(asked: str | None, out: Path | None) -> str:
    """Return the form of a report that was asked for, or that its file's name says.

    Raises:
        InvalidInput: for no such form, or for one that needs a file where there is none.
    """
    form = form_of(asked, out, allowed=FORMS)
    if form in FILE_FORMS and out is None:
        raise InvalidInput("out_required")
    return form


@contextmanager
def asked_of(
    call: Invocation,
    days: tuple[str | None, str | None],
    branch: str | None,
    *,
    form: tuple[str | None, Path | None],
) -> Iterator[Asked]:
    """Read what a report is asked, and open the home for it."""
    told = report_form(*form)
    with open_figures(call) as home:
        last = last_day(home, days[1])
        first = first_day(days[0], last=last)
        yield Asked(home, first, last, branch, branch_asked(home, branch), told, form[1])
