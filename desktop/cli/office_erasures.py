"""`guitai office erase MEMBER` and `office erasures`: forgetting a member, and who has done it."""

from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.ids import MemberId, OperationId, text_of
from db.services.erasure import EraseMember
from db.services.members import registered_member
from desktop.cli.answers import Document, answer
from desktop.cli.office_conflicts import home_of
from desktop.cli.office_home import open_office_home
from desktop.cli.pages.conflicts import erased_page, erasures_page
from desktop.cli.reading import member_named
from sync.server.desk import Desk
from sync.server.erasures import erase
from sync.server.storage.erasure_rows import ErasureRow, erasures

_NUMBER = "SELECT number FROM member WHERE member_id = ?"


def erase_(
    ctx: typer.Context,
    member: Annotated[str, typer.Argument()],
    reason: Annotated[str, typer.Option()] = "",
) -> None:
    """Erase a member everywhere: head office decides it for every counter."""
    with open_office_home(ctx.obj) as office:
        home = home_of(ctx.obj, office)
        by, member_id = home.actor(), member_named(home, member)
        with office.storage.begin() as work:
            op = OperationId(work.new_id())
            command = EraseMember(op=op, member_id=member_id, by=by, reason=reason)
            erased = erase(Desk(work, office.journal), command)
            row = registered_member(work, MemberId(erased.members[0]))
    document: Document = {
        "member_id": text_of(row.member_id),
        "number": row.number,
        "state": row.state,
        "operation": text_of(erased.op),
    }
    answer(ctx.obj, document, erased_page)


def erasures_(ctx: typer.Context, limit: Annotated[int, typer.Option(min=1, max=200)] = 20) -> None:
    """The erasures, the newest first, and which counters have carried them out."""
    with open_office_home(ctx.obj) as office, office.storage.reading() as reader:
        rows = [
            _document(row, reader.value(_NUMBER, (row.member_id,)) or "", ctx.obj.timezone)
            for row in erasures(reader, limit=limit)
        ]
    answer(ctx.obj, {"erasures": rows}, erasures_page)


def _document(row: ErasureRow, number: str, timezone: str) -> Document:
    return {
        "operation": text_of(row.op),
        "member_id": text_of(row.member_id),
        "number": number,
        "erased_at": iso_of(row.erased_at, timezone),
        "devices": [
            {
                "branch": each.branch,
                "counter": each.counter,
                "state": each.state,
                "last_seen_at": iso_of(each.last_seen_at, timezone),
                "done_at": None if each.done_at is None else iso_of(each.done_at, timezone),
            }
            for each in row.devices
        ],
    }
