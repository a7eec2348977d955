"""`guitai program ...`: check a program, try it on a story, show what is in force."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from db.domain.preview.preview import preview as run_preview
from db.domain.preview.scenario import scenario_schema
from db.domain.program.program import load_program
from db.domain.program.reading import InvalidProgram, program_schema
from db.domain.program.support import load_counter_program
from db.queries.programs import program_on, program_versions
from desktop.cli.answers import answer, write_json
from desktop.cli.files import read_bytes, read_json, write_bytes
from desktop.cli.home import open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.imports import file_page
from desktop.cli.pages.programs import checked_page, program_page, story_page
from desktop.cli.program_change import history, publish, replay
from desktop.cli.program_review import review
from desktop.wording.program_names import program_names

app = typer.Typer()
app.command()(replay)
app.command()(publish)
app.command()(history)
app.command()(review)
File = Annotated[Path, typer.Argument()]


@app.command()
def check(ctx: typer.Context, file: File) -> None:
    """Check a program document; says everything that is wrong, with its path."""
    raw = read_bytes(file)
    program = load_program(raw)
    document = {
        "valid": True,
        "program": program.program_id,
        "version": program.version,
        "effective_on": program.effective_on.isoformat(),
        "rules": len(program.rules),
        "levels": len(program.ladder.levels),
        "not_at_counter_yet": _beyond(raw),
    }
    answer(ctx.obj, document, checked_page)


def _beyond(raw: bytes) -> list[str]:
    """Return the paths of what is right, but what counters cannot carry out yet."""
    try:
        load_counter_program(raw)
    except InvalidProgram as refusal:
        return [problem.path for problem in refusal.problems]
    return []


@app.command()
def preview(
    ctx: typer.Context,
    program: File,
    scenario: Annotated[Path, typer.Argument()],
) -> None:
    """Run a story through a program, by the counter's own functions, without a database."""
    loaded = load_program(read_bytes(program))
    story = read_json(scenario)
    if not isinstance(story, dict):
        raise InvalidInput("not_json", file=str(scenario), problem="an object is expected")
    answer(ctx.obj, run_preview(loaded, story), story_page, names=program_names(loaded))


@app.command()
def show(
    ctx: typer.Context,
    document: Annotated[bool, typer.Option()] = False,
) -> None:
    """The program in force, and every version there is."""
    with open_home(ctx.obj) as home, home.storage.reading() as reader:
        today = home.identity.calendar.day_of(home.storage.clock.wall_ms())
        program = program_on(reader, today)
        versions = program_versions(reader)
    raw = next(
        each.document
        for each in versions
        if (each.program_id, each.version) == (program.program_id, program.version)
    )
    if document:
        write_json(msgspec.json.decode(raw))
        return
    answer(
        ctx.obj,
        {
            "program": program.program_id,
            "version": program.version,
            "effective_on": program.effective_on.isoformat(),
            "versions": [
                {
                    "program": each.program_id,
                    "version": each.version,
                    "effective_on": each.effective_on,
                    "in_force": each.document == raw,
                }
                for each in versions
            ],
            "document": msgspec.json.decode(raw),
        },
        program_page,
        names=program_names(program),
    )


@app.command()
def schema(
    ctx: typer.Context,
    scenario: Annotated[bool, typer.Option("--scenario")] = False,
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """The JSON Schema of a program document or a scenario, as they ship in resources/schemas."""
    document = scenario_schema() if scenario else program_schema()
    text = msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=2)
    if out is None:
        write_json(document)
        return
    write_bytes(out, text + b"\n")
    answer(ctx.obj, {"file": str(out)}, file_page)
