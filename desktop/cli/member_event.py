"""`guitai member event ...`: something happened to a member, and what the program gives for it."""

from typing import Annotated

import typer

from db.domain.ids import OperationId, text_of
from db.services.events import RecordEvent, record_event
from desktop.cli.answers import answer
from desktop.cli.home import open_home
from desktop.cli.pages.gifts import event_page
from desktop.cli.reading import member_named


def event(
    ctx: typer.Context,
    member: Annotated[str, typer.Argument()],
    event: Annotated[str, typer.Argument()],
) -> None:
    """Record an event, such as birthday or attended:E1, and award what it gives."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            command = RecordEvent(
                op=OperationId(work.new_id()), by=by, member_id=member_id, event=event
            )
            recorded = record_event(work, command)
        document = {
            "operation": text_of(command.op),
            "member_id": text_of(recorded.member_id),
            "event": recorded.event,
            "points": {"earned": recorded.points, "balance": recorded.balance},
            "tags": list(recorded.tags),
            "coupons": list(recorded.coupons),
            "tier": recorded.raised_to,
            "explanation": list(recorded.explanation),
        }
        answer(ctx.obj, document, event_page, names=home.names)
