"""`guitai points ...`: spend points without a sale, correct them by hand, look at them."""

from typing import Annotated

import typer

from db.domain.ids import OperationId, text_of
from db.domain.money import amount_text, parse_amount
from db.queries.ledger_history import PAGE_ROWS_MAX, member_history
from db.queries.member_details import member_details
from db.services.points import AdjustPoints, RedeemPoints, adjust_points, redeem_points
from desktop.cli.answers import Document, answer
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.line import lease_for
from desktop.cli.member_answers import history_document, lot_document, member_document
from desktop.cli.pages.points import adjusted_page, history_page, lots_page, redeemed_page
from desktop.cli.reading import member_named, points_of

app = typer.Typer()
Member = Annotated[str, typer.Argument()]


@app.command(context_settings={"ignore_unknown_options": True})
def redeem(
    ctx: typer.Context,
    member: Member,
    points: Annotated[str, typer.Argument()],
    amount: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Spend points for money taken off at another till."""
    wanted = points_of(points)
    if wanted == 0:
        raise InvalidInput("not_points", text=points)
    due = None if amount is None else parse_amount(amount)
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        unheard = lease_for(home, member_id, points=wanted)
        with home.storage.begin() as work:
            op = OperationId(work.new_id())
            command = RedeemPoints(
                op=op,
                member_id=member_id,
                by=by,
                points=wanted,
                amount=due,
                floor=unheard and by.approver_id is not None,
            )
            spent = redeem_points(work, command)
        document = {
            "operation": text_of(op),
            "member_id": text_of(spent.member_id),
            "points": {
                "redeemed": spent.points,
                "redeemed_value": amount_text(spent.value),
                "balance": spent.balance,
            },
        }
        answer(ctx.obj, document, redeemed_page)


@app.command(context_settings={"ignore_unknown_options": True})
def adjust(
    ctx: typer.Context,
    member: Member,
    points: Annotated[str, typer.Argument()],
    reason: Annotated[str, typer.Option()],
) -> None:
    """Correct a member's points by hand, up or down, for a reason."""
    change = points_of(points, signed=True)
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            op = OperationId(work.new_id())
            command = AdjustPoints(op=op, member_id=member_id, by=by, points=change, reason=reason)
            adjusted = adjust_points(work, command)
        document = {
            "operation": text_of(op),
            "member_id": text_of(adjusted.member_id),
            "points": {"adjusted": adjusted.points, "balance": adjusted.balance},
        }
        answer(ctx.obj, document, adjusted_page)


@app.command()
def history(
    ctx: typer.Context,
    member: Member,
    limit: Annotated[int, typer.Option(min=1, max=PAGE_ROWS_MAX)] = 100,
) -> None:
    """What happened to a member's points, newest first."""
    with open_home(ctx.obj) as home:
        document = _base(home, member)
        member_id = member_named(home, document["member_id"])
        with home.storage.reading() as reader:
            rows = member_history(reader, member_id, limit=limit)
        document["history"] = [history_document(home, row) for row in rows]
        answer(ctx.obj, document, history_page)


@app.command()
def lots(ctx: typer.Context, member: Member) -> None:
    """Every lot of a member's points, the nearest expiry first."""
    with open_home(ctx.obj) as home:
        document = _base(home, member)
        member_id = member_named(home, document["member_id"])
        with home.storage.reading() as reader:
            details = member_details(reader, member_id)
        document["lots"] = [lot_document(home, lot) for lot in details.lots]
        answer(ctx.obj, document, lots_page)


def _base(home: Home, member: str) -> Document:
    shown = member_document(home, member_named(home, member), rows=1)
    return {name: shown[name] for name in ("member_id", "number", "points")}
