"""`guitai sync conflicts [list|show|resolve]`: the same inbox at a counter, which asks head office.

A counter that is its own authority decides at once.
"""

from typing import Annotated

import typer

from db.domain.conflicts import NoSuchConflict
from db.domain.ids import OperationId
from db.domain.wishes import WishAct
from db.queries.conflicts import conflict, conflicts
from db.services.conflict_choices import resolve_conflict
from db.services.wishes import AskOffice, ask_office
from desktop.cli.answers import Document, answer
from desktop.cli.conflict_answers import ACTIONS, conflict_document, conflict_named
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.conflicts import conflict_page, conflicts_page
from desktop.cli.reading import one_of

ROOM = {"room": "sync"}


def conflicts_(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument()] = "list",
    conflict_id: Annotated[str | None, typer.Argument()] = None,
    choice: Annotated[str | None, typer.Option()] = None,
    *,
    everything: Annotated[bool, typer.Option("--all")] = False,
) -> None:
    """The inbox of conflicts here: list them, show one, decide one or ask for it."""
    one_of("ACTION", action, ACTIONS)
    with open_home(ctx.obj) as home:
        if action == "list":
            with home.storage.reading() as reader:
                rows = conflicts(reader, with_resolved=everything)
            told = [conflict_document(row, home.timezone) for row in rows]
            document: Document = {"conflicts": told} | ROOM
            answer(ctx.obj, document, conflicts_page)
            return
        if conflict_id is None or (action == "resolve" and choice is None):
            raise InvalidInput("one_of", options="CONFLICT, --choice")
        wanted = conflict_named(conflict_id)
        if choice is not None and action == "resolve":
            _decide(home, wanted, choice)
        with home.storage.reading() as reader:
            found = conflict(reader, wanted)
        if found is None:
            raise NoSuchConflict(conflict_id)
        answer(ctx.obj, conflict_document(found, home.timezone) | ROOM, conflict_page)


def _decide(home: Home, wanted: bytes, choice: str) -> None:
    """Decide where nobody has to be asked, else ask."""
    by = home.actor()
    with home.storage.begin() as work:
        if work.home.own_authority:
            resolve_conflict(work, wanted, choice, by=by)
            return
        op = OperationId(work.new_id())
        command = AskOffice(op=op, act=WishAct.RESOLVE, by=by, conflict=wanted, choice=choice)
        ask_office(work, command)
