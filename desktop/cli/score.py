"""`guitai score ...`: what the shop's own history says of members, and how surely.

NumPy and SciPy are imported when a command runs, not with the table of commands.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from db.domain.analytics.survival import Survival, log_rank, survival_of
from db.domain.ids import MemberId, text_of
from db.queries.member_details import member_details
from db.storage.profiles import standing_root
from desktop.cli.answers import Document, answer
from desktop.cli.asked import (
    branch_asked,
    first_day,
    last_day,
    open_figures,
    stages_asked,
)
from desktop.cli.home import Home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.scores import clv_page, member_scores_page, rhythm_page, staying_page
from desktop.cli.reading import day_of, member_named, one_of
from desktop.cli.score_answers import (
    fit_document,
    future_document,
    rhythm_document,
    scores_document,
    survival_document,
)
from desktop.cli.tables import read_rows
from desktop.wording.speech import Speech

WHAT = ("clv", "churn")
MODELS = ("bgnbd", "pareto_nbd")
app = typer.Typer()
From = Annotated[str | None, typer.Option("--from")]
To = Annotated[str | None, typer.Option("--to")]
Until = Annotated[str | None, typer.Option()]
Branch = Annotated[str | None, typer.Option()]
Stages = Annotated[str | None, typer.Option()]
Format = Annotated[str | None, typer.Option("--format")]


@app.command()
def fit(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument()],
    day_from: From = None,
    day_to: To = None,
    until: Until = None,
    model: Annotated[str, typer.Option()] = "bgnbd",
    branch: Branch = None,
    stages: Stages = None,
    asked: Format = None,
) -> None:
    """Fit what is to be known of members: their value to come, or their rhythm."""
    one_of("WHAT", what, WHAT)
    one_of("--model", model, MODELS)
    with open_figures(ctx.obj) as home:
        _as_asked(home, asked)
        last = last_day(home, day_to)
        days = _days(home, first_day(day_from, last=last), branch)
        if what == "churn":
            from db.queries.analytics.rhythm import shop_rhythm

            rhythm = shop_rhythm(days, today=last, settings=stages_asked(stages))
            answer(ctx.obj, rhythm_document(rhythm, last), rhythm_page)
            return
        document = _fitted(days, last, until=_until(until, last), model=model)
        answer(ctx.obj, {"from": day_from, "to": last.isoformat(), **document}, clv_page)


@app.command()
def show(
    ctx: typer.Context,
    member: Annotated[str, typer.Argument()],
    day_from: From = None,
    day_to: To = None,
    until: Until = None,
    branch: Branch = None,
    stages: Stages = None,
    asked: Format = None,
) -> None:
    """One member's groups, risk and value to come, each with the reason."""
    with open_figures(ctx.obj) as home:
        _as_asked(home, asked)
        last = last_day(home, day_to)
        named = member_named(home, member)
        first = first_day(day_from, last=last)
        days = _days(home, first, branch)
        with home.storage.reading() as reader:
            member_id = standing_root(reader, named)
            details = member_details(reader, member_id)
        document: Document = {
            "member_id": text_of(member_id),
            "external_id": details.external_id,
            "from": None if first is None else first.isoformat(),
            "to": last.isoformat(),
        }
        say = Speech(home.call.language)
        document |= _scores(days, member_id, last=last, stages=stages, say=say)
        document["clv"] = _future(days, member_id, last=last, until=_until(until, last), say=say)
        answer(ctx.obj, document, member_scores_page)


@app.command()
def survival(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Option()] = None,
    time: Annotated[str, typer.Option()] = "tenure",
    event: Annotated[str, typer.Option()] = "churn=Yes",
    by: Annotated[str | None, typer.Option()] = None,
    only: Annotated[str | None, typer.Option()] = None,
    day_to: To = None,
    branch: Branch = None,
    stages: Stages = None,
    asked: Format = None,
) -> None:
    """How long members stay: of the shop, or of a table of times and events."""
    if file is not None:
        ctx.obj.as_json = ctx.obj.as_json or asked == "json"
        answer(ctx.obj, _of_table(file, (time, event), by=by, only=only), staying_page)
        return
    with open_figures(ctx.obj) as home:
        from db.queries.analytics.staying import members_staying

        _as_asked(home, asked)
        last = last_day(home, day_to)
        days = _days(home, None, branch)
        curve = members_staying(days, today=last, settings=stages_asked(stages))
        document = {"to": last.isoformat(), "unit": "day", **survival_document(curve)}
        answer(ctx.obj, document, staying_page)


def _as_asked(home: Home, asked: str | None) -> None:
    one_of("--format", asked or "table", ("table", "json"))
    home.call.as_json = home.call.as_json or asked == "json"


def _days(home: Home, first: date | None, branch: str | None) -> Any:
    from db.queries.analytics.visits import visit_days

    branch_id = branch_asked(home, branch)
    with home.storage.reading() as reader:
        return visit_days(reader, day_from=first, branch_id=branch_id)


def _until(text: str | None, last: date) -> date | None:
    until = None if text is None else day_of(text)
    if until is not None and until <= last:
        raise InvalidInput("days_reversed")
    return until


def _fitted(days: Any, last: date, *, until: date | None, model: str) -> Document:
    from db.queries.analytics.lifetime_value import fit_lifetime, forecast

    name: Any = model
    fitted = fit_lifetime(days, day_to=last, name=name)
    ahead = None
    if until is not None:
        if model != "bgnbd":
            raise InvalidInput("one_of", options="--until, --model pareto_nbd")
        ahead = forecast(fitted, days, until=until)
    return fit_document(fitted, ahead)


def _scores(
    days: Any, member_id: MemberId, *, last: date, stages: str | None, say: Speech
) -> Document:
    from db.queries.analytics.buyers import buyers
    from db.queries.analytics.groups import rfm_table
    from db.queries.analytics.member_scores import member_scores

    people = buyers(days, today=last)
    scores = member_scores(
        people,
        rfm_table(people),
        days,
        member_id=member_id,
        settings=stages_asked(stages),
    )
    return scores_document(scores, say)


def _future(
    days: Any, member_id: MemberId, *, last: date, until: date | None, say: Speech
) -> Document:
    from db.domain.analytics.bgnbd import DAYS_A_WEEK
    from db.domain.analytics.fitting import FitUnsettled, TooFewBuyers
    from db.queries.analytics.lifetime_value import YEAR_WEEKS, fit_lifetime, member_future

    weeks = YEAR_WEEKS if until is None else (until - last).days / DAYS_A_WEEK
    try:
        fitted = fit_lifetime(days, day_to=last)
    except (TooFewBuyers, FitUnsettled) as refusal:
        return {"refused": {"code": refusal.code, "details": refusal.details}}
    return future_document(member_future(fitted, days, member_id, weeks=weeks), say)


def _of_table(
    file: Path, columns: tuple[str, str], *, by: str | None, only: str | None
) -> Document:
    """Return the curve of a table, or one a group and whether the first two differ."""
    time, (event, _, happened) = columns[0], columns[1].partition("=")
    wanted, _, value = (only or "").partition("=")
    needed = tuple(name for name in (time, event, by, wanted) if name)
    groups: dict[str, list[tuple[float, bool]]] = {}
    for row, cells in read_rows(file, needed=needed, names={}):
        if wanted and cells[wanted] != value:
            continue
        try:
            seen = float(cells[time])
        except ValueError:
            raise InvalidInput("not_a_time_seen", row=row, column=time) from None
        if not 0 <= seen < float("inf"):
            raise InvalidInput("not_a_time_seen", row=row, column=time)
        groups.setdefault(cells[by] if by else "", []).append((seen, cells[event] == happened))
    document: Document = survival_document(
        survival_of([each for group in groups.values() for each in group])
    )
    if by:
        curves: dict[str, Survival] = {name: survival_of(groups[name]) for name in sorted(groups)}
        document["groups"] = [
            {"group": name, **survival_document(curve)} for name, curve in curves.items()
        ]
        document["log_rank"] = [
            {"groups": [one, other], **_compared(groups[one], groups[other])}
            for place, one in enumerate(sorted(groups))
            for other in sorted(groups)[place + 1 :]
        ]
    return document


def _compared(one: list[tuple[float, bool]], other: list[tuple[float, bool]]) -> Document:
    found = log_rank(one, other)
    return {"chi_square": found.chi_square, "p_value": found.p_value}
