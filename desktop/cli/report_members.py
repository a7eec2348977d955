"""`guitai report rfm | lifecycle | cohort | activity | churn | category | profile`: about members.

Each is a query of `db.queries.reports`, told as JSON, as a page or in a file with the same figures.
"""

from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Annotated, Any

import typer

from desktop.cli.answers import Document
from desktop.cli.asked import stages_asked
from desktop.cli.member_report_answers import (
    activity_document,
    category_document,
    churn_document,
    cohort_document,
    lifecycle_document,
    profile_document,
    rfm_document,
    with_members,
)
from desktop.cli.pages.member_reports import (
    activity_page,
    category_page,
    churn_page,
    cohort_page,
    lifecycle_page,
    profile_page,
    rfm_page,
)
from desktop.cli.reading import member_named, one_of
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
from desktop.cli.report_files import Page, tell_document
from desktop.wording.speech import Speech

MEMBERS_SHOWN = 20
Stages = Annotated[str | None, typer.Option()]
_EARLIEST = date(1900, 1, 1)


def rfm(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    stages: Stages = None,
    counting: Annotated[str, typer.Option()] = "days",
    spend: Annotated[str, typer.Option()] = "net",
    scoring: Annotated[str, typer.Option()] = "edges",
    edges: Annotated[str, typer.Option()] = "auto",
    limit: Annotated[int, typer.Option(min=0)] = 0,
    member: Annotated[str | None, typer.Option()] = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """Recency, frequency and money of every buyer, and ten groups."""
    counted: Any = one_of("--counting", counting, ("days", "sales"))
    spent: Any = one_of("--spend", spend, ("net", "gross"))
    scored: Any = one_of("--scoring", scoring, ("edges", "ranks"))
    fifths = {"auto": None, "fifths": True, "fixed": False}[
        one_of("--edges", edges, ("auto", "fifths", "fixed"))
    ]
    with asked_of(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        settings = stages_asked(stages)
        from db.queries.analytics.buyers import buyers
        from db.queries.analytics.groups import rfm_table
        from db.queries.reports.points_held import points_held
        from db.queries.reports.rfm import rfm_members, rfm_report

        people = buyers(_days(what), today=what.last, since=what.first)
        table = rfm_table(people, counting=counted, spend=spent, scoring=scored, fifths=fifths)
        wanted = None if member is None else member_named(what.home, member)
        with what.home.storage.reading() as reader:
            report = rfm_report(people, table, settings=settings, points=points_held(reader))
            everyone = rfm_members(people, table, settings=settings)
            chosen = (
                islice(everyone, limit)
                if wanted is None
                else (each for each in everyone if each.member_id == wanted)
            )
            document = rfm_document(report, Speech(what.home.call.language))
            document["members"] = with_members(reader, chosen)
        _tell(what, document, rfm_page, rows="groups")


def lifecycle(
    ctx: typer.Context,
    day_to: To = None,
    branch: Branch = None,
    stages: Stages = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """New, active, dormant, lost and never bought: how many, and who moved."""
    with asked_of(ctx.obj, (None, day_to), branch, form=(asked, out)) as what:
        settings = stages_asked(stages)
        from db.queries.reports.lifecycle import lifecycle_report

        days = _days(what)
        with what.home.storage.reading() as reader:
            report = lifecycle_report(reader, days, today=what.last, settings=settings)
        document = lifecycle_document(report, Speech(what.home.call.language))
        _tell(what, document, lifecycle_page, rows="stages")


def cohort(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """Members by the month of their first purchase, and who came again since."""
    with asked_of(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        from db.queries.reports.cohort import cohorts

        found = cohorts(_days(what), today=what.last, month_from=what.first)
        _tell(what, cohort_document(found, what.last), cohort_page, rows="cohorts")


def activity(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    by: Annotated[str, typer.Option()] = "week",
    asked: Format = None,
    out: Out = None,
) -> None:
    """Who came, who was new and who came again, by week or month."""
    period: Any = one_of("--by", by, ("week", "month"))
    with asked_of(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        from db.queries.reports.activity import activity_report

        first = what.since(QUARTER_DAYS)
        days = _days(what)
        with what.home.storage.reading() as reader:
            report = activity_report(reader, days, day_from=first, day_to=what.last, by=period)
        _tell(what, activity_document(report, by), activity_page, rows="periods")


def churn(
    ctx: typer.Context,
    day_to: To = None,
    branch: Branch = None,
    limit: Annotated[int, typer.Option(min=0)] = MEMBERS_SHOWN,
    asked: Format = None,
    out: Out = None,
) -> None:
    """Who stays away longer than he used to, who spent most first."""
    with asked_of(ctx.obj, (None, day_to), branch, form=(asked, out)) as what:
        from db.queries.reports.churn import churn_list

        days = _days(what)
        with what.home.storage.reading() as reader:
            found = churn_list(reader, days, today=what.last)
            shown = with_members(reader, islice(found.members, limit or None))
        _tell(what, churn_document(found, shown), churn_page, rows="members")


def category(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    level: Annotated[int, typer.Option(min=1, max=3)] = 1,
    asked: Format = None,
    out: Out = None,
) -> None:
    """What categories came to: sales, lines, purchases, members, growth."""
    with asked_of(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        from db.queries.reports.goods import category_report

        with what.home.storage.reading() as reader:
            report = category_report(
                reader,
                day_from=what.first or _EARLIEST,
                day_to=what.last,
                branch_id=what.branch_id,
                level=level,
            )
        _tell(what, category_document(report), category_page, rows="categories")


def profile(
    ctx: typer.Context,
    day_from: From = None,
    day_to: To = None,
    branch: Branch = None,
    asked: Format = None,
    out: Out = None,
) -> None:
    """How much the book holds: purchases, returns, lines, members, money."""
    with asked_of(ctx.obj, (day_from, day_to), branch, form=(asked, out)) as what:
        from db.queries.reports.goods import book_profile

        with what.home.storage.reading() as reader:
            found = book_profile(
                reader,
                day_from=what.first or _EARLIEST,
                day_to=what.last,
                branch_id=what.branch_id,
            )
        _tell(what, profile_document(found, what.first, what.last), profile_page, rows="figures")


def add_member_reports(app: typer.Typer) -> None:
    """Give these reports their words."""
    for name, function in _REPORTS.items():
        app.command(name)(function)


def _days(what: Asked) -> Any:
    """Return the days of purchase up to the last day."""
    from db.queries.analytics.visits import visit_days

    with what.home.storage.reading() as reader:
        return visit_days(reader, day_from=None, day_to=what.last, branch_id=what.branch_id)


def _tell(what: Asked, document: Document, page: Page, *, rows: str) -> None:
    """Answer with a document: on the terminal, or as a file; CSV holds its `rows`."""
    from desktop.reports.member_forms import MEMBER_FORMS

    form = MEMBER_FORMS[document["report"]]
    begun = document.get("from")
    days = (None if begun is None else date.fromisoformat(begun), what.last)
    tell_document(what.home, document, page, form=form, rows=rows, days=days,
                  branch=what.branch, asked=what.form, out=what.out)  # fmt: skip


_REPORTS: dict[str, Callable[..., None]] = {
    "rfm": rfm,
    "lifecycle": lifecycle,
    "cohort": cohort,
    "activity": activity,
    "churn": churn,
    "category": category,
    "profile": profile,
}
