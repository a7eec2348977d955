"""`guitai report points-liability | tier-migration | cashier-audit | freshness`: about the shop.

Each is a query of `db.queries.reports`, told as JSON, as a page or in a file with the same figures.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated

import typer

from db.domain.exact import MINOR_PER_UNIT
from db.domain.program.program import Program
from db.queries.programs import program_on
from db.queries.reports.cashier_audit import cashier_audit
from db.queries.reports.freshness import freshness as counters_freshness
from db.queries.reports.points_liability import points_liability as liability_of_points
from db.queries.reports.tier_migration import tier_migration as moves_between_tiers
from desktop.cli.answers import Document
from desktop.cli.asked import today_of
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.book import form_page
from desktop.cli.report_asked import (
    QUARTER_DAYS,
    Asked,
    Branch,
    Format,
    From,
    Out,
    To,
    asked_of,
)
from desktop.cli.report_files import tell_document
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
    with asked_of(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
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
        document = liability_document(report, point=point, expected=used, say=_say(what))
        _tell(what, document, since=since, rows="branches")


def tier_migration(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """Which levels members had at the beginning and at the end."""
    with asked_of(ctx.obj, (day_from, day_to), None, form=(asked, out)) as what:
        since, calendar = what.since(QUARTER_DAYS), what.home.identity.calendar
        with what.home.storage.reading() as reader:
            ladder = program_on(reader, what.last).ladder
            ranks = {level.code: place for place, level in enumerate(ladder.levels)}
            report = moves_between_tiers(
                reader, day_from=since, day_to=what.last, ranks=ranks, calendar=calendar
            )
        _tell(what, tiers_document(report, _say(what)), since=since, rows="moves")


def audit(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """What cashiers did beside selling, against the others of their branch."""
    with asked_of(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        since = what.since(WEEK_DAYS)
        with what.home.storage.reading() as reader:
            report = cashier_audit(
                reader, day_from=since, day_to=what.last, branch_id=what.branch_id
            )
        _tell(what, audit_document(report, _say(what)), since=since, rows="acts")


def freshness(
    ctx: typer.Context, branch: Branch = None, asked: Format = None, out: Out = None
) -> None:
    """When each counter was last heard of, and what waits here."""
    with asked_of(ctx.obj, (None, None), branch, form=(asked, out)) as what:
        with what.home.storage.reading() as reader:
            report = counters_freshness(
                reader,
                now_ms=what.home.storage.clock.wall_ms(),
                since=what.since(FRESH_DAYS).isoformat(),
                branch_id=what.branch_id,
            )
        document = freshness_document(report, timezone=what.home.timezone, say=_say(what))
        _tell(what, document, since=None, rows="counters")


def add_shop_reports(app: typer.Typer) -> None:
    """Give these reports their words."""
    app.command("points-liability")(points_liability)
    app.command("tier-migration")(tier_migration)
    app.command("cashier-audit")(audit)
    app.command("freshness")(freshness)


def _say(what: Asked) -> Speech:
    """Return the caller's language with the program's names."""
    return Speech(what.home.call.language, what.home.names)


def _tell(what: Asked, document: Document, *, since: date | None, rows: str) -> None:
    """Answer with a document."""
    form = SHOP_FORMS[document["report"]]
    tell_document(what.home, document, form_page(form), form=form, rows=rows,
                  days=(since, what.last), branch=what.branch, asked=what.form,
                  out=what.out)  # fmt: skip


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
