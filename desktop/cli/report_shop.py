"""`guitai report points-liability | tier-migration | cashier-audit | freshness`: about the shop.

Each is a query of `db.queries.reports`, told as JSON, as a page or in a file with the same figures.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from db.domain.exact import MINOR_PER_UNIT
from db.domain.ids import BranchId
from db.domain.program.program import Program
from db.queries.programs import program_on
from db.queries.reports.cashier_audit import cashier_audit
from db.queries.reports.freshness import freshness as counters_freshness
from db.queries.reports.points_liability import points_liability as liability_of_points
from db.queries.reports.tier_migration import tier_migration as moves_between_tiers
from desktop.cli.answers import Document
from desktop.cli.asked import branch_asked, first_day, last_day, open_figures, today_of
from desktop.cli.home import Home
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.pages.book import form_page
from desktop.cli.reading import form_of
from desktop.cli.report_files import FILE_FORMS, tell_document
from desktop.cli.report_members import FORMS, QUARTER_DAYS, Branch, Format, From, Out, To
from desktop.cli.shop_report_answers import (
    audit_document,
    freshness_document,
    liability_document,
    tiers_document,
)
from desktop.reports.shop_forms import SHOP_FORMS
from desktop.wording.speech import Speech

WEEK_DAYS = 7
FRESH_DAYS = 31
"""A counter's newest sale is looked for so many days back; before that it is silent anyway."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """An open home, what of it is asked about, and how the answer is to look."""

    home: Home
    first: date | None
    last: date
    branch: str | None
    branch_id: BranchId | None
    form: str
    out: Path | None

    @property
    def say(self) -> Speech:
        """Return the caller's language with the program's names."""
        return Speech(self.home.call.language, self.home.names)

    def since(self, days: int) -> date:
        """Return the first day that is asked about, else so many days with the last."""
        return self.first or self.last - timedelta(days=days - 1)

    def tell(self, document: Document, *, since: date | None, rows: str) -> None:
        """Answer with a document."""
        form = SHOP_FORMS[document["report"]]
        tell_document(self.home, document, form_page(form), form=form, rows=rows,
                      days=(since, self.last), branch=self.branch, asked=self.form,
                      out=self.out)  # fmt: skip


def points_liability(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    expected: Annotated[str, typer.Option()] = "1",
    asked: Format = None,
    out: Out = None,
) -> None:
    """What the shop owes in points: opening, what moved, closing, and when it ends."""
    used = _share(expected)
    with _asked(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        since, today = what.first or what.last.replace(day=1), today_of(what.home)
        with what.home.storage.reading() as reader:
            report = liability_of_points(
                reader,
                branch_id=what.branch_id,
                day_from=since,
                day_to=what.last,
                today=today,
                calendar=what.home.identity.calendar,
            )
            point = _point(program_on(reader, what.last))
        document = liability_document(report, point=point, expected=used, say=what.say)
        what.tell(document, since=since, rows="branches")


def tier_migration(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """Which levels members had at the beginning and at the end."""
    with _asked(ctx.obj, (day_from, day_to), None, form=(asked, out)) as what:
        since, calendar = what.since(QUARTER_DAYS), what.home.identity.calendar
        with what.home.storage.reading() as reader:
            ladder = program_on(reader, what.last).ladder
            ranks = {level.code: place for place, level in enumerate(ladder.levels)}
            report = moves_between_tiers(
                reader, day_from=since, day_to=what.last, ranks=ranks, calendar=calendar
            )
        what.tell(tiers_document(report, what.say), since=since, rows="moves")


def audit(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """What cashiers did beside selling, against the others of their branch."""
    with _asked(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        since = what.since(WEEK_DAYS)
        with what.home.storage.reading() as reader:
            report = cashier_audit(
                reader, day_from=since, day_to=what.last, branch_id=what.branch_id
            )
        what.tell(audit_document(report, what.say), since=since, rows="acts")


def freshness(
    ctx: typer.Context, branch: Branch = None, asked: Format = None, out: Out = None
) -> None:
    """When each counter was last heard of, and what waits here."""
    with _asked(ctx.obj, (None, None), branch, form=(asked, out)) as what:
        with what.home.storage.reading() as reader:
            report = counters_freshness(
                reader,
                now_ms=what.home.storage.clock.wall_ms(),
                since=what.since(FRESH_DAYS).isoformat(),
                branch_id=what.branch_id,
            )
        document = freshness_document(report, timezone=what.home.timezone, say=what.say)
        what.tell(document, since=None, rows="counters")


def add_shop_reports(app: typer.Typer) -> None:
    """Give these reports their words."""
    app.command("points-liability")(points_liability)
    app.command("tier-migration")(tier_migration)
    app.command("cashier-audit")(audit)
    app.command("freshness")(freshness)


@contextmanager
def _asked(
    call: Invocation,
    days: tuple[str | None, str | None],
    branch: str | None,
    *,
    form: tuple[str | None, Path | None],
) -> Iterator[_Asked]:
    told = form_of(*form, allowed=FORMS)
    if told in FILE_FORMS and form[1] is None:
        raise InvalidInput("out_required")
    with open_figures(call) as home:
        last = last_day(home, days[1])
        first = first_day(days[0], last=last)
        yield _Asked(home, first, last, branch, branch_asked(home, branch), told, form[1])


def _point(program: Program) -> Fraction:
    """Return what one point pays in 元; nothing where points pay nothing."""
    money = program.money
    if money is None:
        return Fraction(0)
    return Fraction(money.value_per_step) / MINOR_PER_UNIT / money.points_per_step


def _share(text: str) -> Fraction:
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise InvalidInput("unknown_value", option="--expected", allowed="0 - 1")
    return share
