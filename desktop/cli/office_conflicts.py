"""`guitai office conflicts [list|show|resolve]`: what counters did that does not fit together."""

from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.conflicts import NoSuchConflict
from db.domain.ids import parse_id, text_of
from db.domain.lookup.phone_masks import mask_phone
from db.queries.conflicts import Conflict, conflict, conflicts
from desktop.cli.answers import Document, answer, plain
from desktop.cli.invalid import InvalidInput
from desktop.cli.office_home import open_office_home
from desktop.cli.pages.profiles import conflict_page, conflicts_page
from desktop.cli.reading import one_of
from sync.server.conflicts import resolve
from sync.server.desk import Desk

ACTIONS = ("list", "show", "resolve")


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
        document: Document = {"conflicts": [_document(row, ctx.obj.timezone) for row in rows]}
        answer(ctx.obj, document, conflicts_page)
        return
    if conflict_id is None or (action == "resolve" and choice is None):
        raise InvalidInput("one_of", options="CONFLICT, --choice")
    wanted = _wanted(conflict_id)
    with open_office_home(ctx.obj) as office:
        if action == "resolve":
            assert choice is not None, "it was looked at above"
            with office.storage.begin() as work:
                resolve(Desk(work, office.journal), wanted, choice)
        with office.storage.reading() as reader:
            found = conflict(reader, wanted)
    if found is None:
        raise NoSuchConflict(conflict_id)
    answer(ctx.obj, _document(found, ctx.obj.timezone), conflict_page)


def _wanted(text: str) -> bytes:
    try:
        return parse_id(text)
    except ValueError:
        raise NoSuchConflict(text) from None


def _document(found: Conflict, timezone: str) -> Document:
    return {
        "conflict_id": text_of(found.conflict_id),
        "kind": found.kind.value,
        "branch": found.branch,
        "members": [
            {
                "member_id": text_of(each.member_id),
                "number": each.number,
                "phone_masked": mask_phone(each.phone),
                "name": each.name,
                "state": each.state,
            }
            for each in found.members
        ],
        "details": found.detail,
        "choices": list(found.choices),
        "recommended": found.recommended,
        "state": found.state,
        "choice": found.choice,
        "found_at": iso_of(found.opened_at, timezone),
        "resolved_at": None if found.resolved_at is None else iso_of(found.resolved_at, timezone),
        "decision": plain(found.decision),
    }
