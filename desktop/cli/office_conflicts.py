"""`guitai office conflicts [list|show|resolve]`: what counters did that does not fit together."""

from typing import Annotated

import typer

from db.domain.conflicts import NoSuchConflict
from db.queries.conflicts import conflict, conflicts
from db.services.conflicts import OFFICE
from db.storage.home import read_home
from desktop.cli.answers import Document, answer
from desktop.cli.conflict_answers import ACTIONS, conflict_document, conflict_named
from desktop.cli.home import Home, home_path
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.office_home import open_office_home
from desktop.cli.pages.conflicts import conflict_page, conflicts_page
from desktop.cli.reading import one_of
from sync.server.conflicts import resolve
from sync.server.desk import Desk
from sync.server.office import Office

ROOM = {"room": "office"}


def conflicts_(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument()] = "list",
    conflict_id: Annotated[str | None, typer.Argument()] = None,
    choice: Annotated[str | None, typer.Option()] = None,
    *,
    everything: Annotated[bool, typer.Option("--all")] = False,
) -> None:
    """The inbox of conflicts: list them, show one, decide one."""
    one_of("ACTION", action, ACTIONS)
    if action == "list":
        with open_office_home(ctx.obj) as office, office.storage.reading() as reader:
            rows = conflicts(reader, with_resolved=everything)
        told = [conflict_document(row, ctx.obj.timezone) for row in rows]
        document: Document = {"conflicts": told} | ROOM
        answer(ctx.obj, document, conflicts_page)
        return
    if conflict_id is None or (action == "resolve" and choice is None):
        raise InvalidInput("one_of", options="CONFLICT, --choice")
    wanted = conflict_named(conflict_id)
    with open_office_home(ctx.obj) as office:
        if action == "resolve":
            assert choice is not None, "it was looked at above"
            by = OFFICE if ctx.obj.staff is None else home_of(ctx.obj, office).actor()
            with office.storage.begin() as work:
                resolve(Desk(work, office.journal), wanted, choice, by=by)
        with office.storage.reading() as reader:
            found = conflict(reader, wanted)
    if found is None:
        raise NoSuchConflict(conflict_id)
    answer(ctx.obj, conflict_document(found, ctx.obj.timezone) | ROOM, conflict_page)


def home_of(call: Invocation, office: Office) -> Home:
    """Return head office's home as commands of a counter know theirs."""
    with office.storage.reading() as reader:
        identity = read_home(reader)
    return Home(home_path(call), office.storage, identity, call)
