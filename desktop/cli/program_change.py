"""`guitai program replay|publish|history`: from a proposed program to the one in force."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.exact import rate_text
from db.domain.money import amount_text
from db.domain.program.program import Program, load_program
from db.domain.replay_figures import Figures
from db.domain.staff import Permission, require
from db.queries.program_replay import DAYS_MAX, Outcome, ProgramReplay, program_replay
from db.queries.programs import ProgramVersion, program_on, program_versions
from db.services.programs import PublishProgram, publish_program
from desktop.cli.answers import Document, answer
from desktop.cli.files import read_bytes, write_bytes
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.imports import file_page
from desktop.cli.pages.program_change import history_page, published_page, replay_page
from desktop.cli.progress import progress
from desktop.cli.reading import form_of
from desktop.wording.program_names import program_names
from desktop.wording.speech import Names, Speech

DAYS_DEFAULT = 90
MONEY = ("goods", "discount", "due", "redeemed_value", "worth", "cost")
COUNTS = ("sales", "member_sales", "earned", "redeemed", "coupons")
REBATE_DECIMALS = 4
_File = Annotated[Path, typer.Argument()]


def replay(
    ctx: typer.Context,
    file: _File,
    days: Annotated[int, typer.Option()] = DAYS_DEFAULT,
    asked: Annotated[str | None, typer.Option("--format")] = None,
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Run a proposed program over the last days, beside the program in force."""
    form = form_of(asked, out, allowed=("table", "json", "csv", "pdf"))
    if form in ("csv", "pdf") and out is None:
        raise InvalidInput("out_required")
    if not 1 <= days <= DAYS_MAX:
        raise InvalidInput("days_out_of_range", days=DAYS_MAX)
    proposed = load_program(read_bytes(file))
    with open_home(ctx.obj) as home:
        if not home.identity.sandbox:
            require(home.actor(), Permission.REPORTS)
        result = _replayed(home, proposed, days)
        if form in ("csv", "pdf"):
            assert out is not None, "checked above"
            write_bytes(out, _file(home, result, proposed, form=form))
            answer(ctx.obj, {"file": str(out), "format": form}, file_page)
            return
        ctx.obj.as_json = ctx.obj.as_json or form == "json"
        answer(ctx.obj, _replay(result), replay_page, names=_names(home, proposed))


def publish(ctx: typer.Context, file: _File) -> None:
    """Put a program into force from its day on."""
    raw = read_bytes(file)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            published = publish_program(work, PublishProgram(by=by, document=raw))
        today, mark = _today(home), f"{published.program_id}@{published.version}"
        with home.storage.reading() as reader:
            in_force = program_on(reader, today).mark
        late = published.effective_on <= today and in_force != mark
        document = {
            "program": published.program_id,
            "version": published.version,
            "effective_on": published.effective_on.isoformat(),
            "in_force": in_force == mark,
            "overtaken_by": in_force if late else None,
            "replaces": published.replaces,
        }
        answer(ctx.obj, document, published_page)


def history(ctx: typer.Context) -> None:
    """Every version: from when, and who published it."""
    with open_home(ctx.obj) as home, home.storage.reading() as reader:
        mark = program_on(reader, _today(home)).mark
        versions = program_versions(reader)
    document = {"versions": [_version(home, each, mark) for each in versions]}
    answer(ctx.obj, document, history_page)


def _replayed(home: Home, proposed: Program, days: int) -> ProgramReplay:
    """Run the replay on a snapshot of its own; the counter sells on."""
    with (
        progress(home.call, "试算历史消费", "Replaying sales") as told,
        home.storage.reading() as reader,
    ):
        return program_replay(reader, proposed, today=_today(home), days=days, told=told)


def _file(home: Home, result: ProgramReplay, proposed: Program, *, form: str) -> bytes:
    """Return the comparison as a spreadsheet or as paper has it."""
    say = Speech(home.call.language, _names(home, proposed))
    if form == "csv":
        from desktop.reports.program_replay_csv import program_replay_csv

        return program_replay_csv(result, say)
    from desktop.reports.program_replay_pdf import program_replay_pdf

    return program_replay_pdf(result, say)


def _names(home: Home, proposed: Program) -> Names:
    """Return what both programs call their levels."""
    return {**home.names, **program_names(proposed)}


def _today(home: Home) -> date:
    return home.identity.calendar.day_of(home.storage.clock.wall_ms())


def _version(home: Home, version: ProgramVersion, in_force: str) -> Document:
    at = version.published_at
    return {
        "program": version.program_id,
        "version": version.version,
        "effective_on": version.effective_on,
        "in_force": version.mark == in_force,
        "published_at": None if at is None else iso_of(at, home.timezone),
        "published_by": version.published_by or version.published_by_code,
    }


def _replay(result: ProgramReplay) -> Document:
    """Return the comparison for the edge: money as decimal strings, shares as decimals."""
    now, then = result.now, result.proposed
    return {
        "day_from": result.first_day.isoformat(),
        "day_to": result.last_day.isoformat(),
        "days": result.days,
        "recorded": {
            "earned": result.recorded_earned,
            "redeemed": result.recorded_redeemed,
            "redeemed_value": amount_text(result.recorded_redeemed_value),
        },
        "in_force": _outcome(now),
        "proposed": _outcome(then),
        "difference": _difference(now.figures, then.figures),
        "members": {
            "buying": len(result.changes),
            "gain": result.spread.gain,
            "lose": result.spread.lose,
            "same": result.spread.same,
        },
        "distribution": [
            {
                "least": amount_text(bucket.least),
                "most": amount_text(bucket.most),
                "members": bucket.members,
            }
            for bucket in result.spread.buckets
        ],
    }


def _outcome(outcome: Outcome) -> Document:
    figures = outcome.figures
    return {
        "program": outcome.program,
        **{name: getattr(figures, name) for name in COUNTS},
        **{name: amount_text(getattr(figures, name)) for name in MONEY},
        "rebate": rate_text(round(figures.rebate, REBATE_DECIMALS)),
        "levels": [{"code": code, "members": held} for code, held in outcome.levels.items()],
    }


def _difference(now: Figures, then: Figures) -> Document:
    return {
        **{name: getattr(then, name) - getattr(now, name) for name in COUNTS},
        **{name: amount_text(getattr(then, name) - getattr(now, name)) for name in MONEY},
        "rebate": rate_text(round(then.rebate - now.rebate, REBATE_DECIMALS)),
    }
