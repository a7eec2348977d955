"""`guitai gift ...`: gifts for points, what is left of them, and gifts that come back."""

from typing import Annotated

import typer

from db.domain.gifts import gift_of
from db.domain.ids import OperationId, text_of
from db.services.gifts import (
    GiftRedeemed,
    GiftStock,
    MoveStock,
    RedeemGift,
    ReturnGift,
    gift_stocks,
    move_stock,
    redeem_gift,
    return_gift,
)
from desktop.cli.answers import Document, answer
from desktop.cli.home import open_home
from desktop.cli.line import lease_for_sale
from desktop.cli.pages.gifts import given_page, list_page, returned_page, stock_page
from desktop.cli.reading import member_named, operation_named, points_of

app = typer.Typer()
Member = Annotated[str, typer.Argument()]
Sku = Annotated[str, typer.Argument()]


@app.command()
def redeem(ctx: typer.Context, member: Member, sku: Sku) -> None:
    """Give a member a gift for points."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            price = gift_of(work.program(work.today).document, sku).points
        unheard = lease_for_sale(home, member_id, points=price, gift=sku)
        with home.storage.begin() as work:
            command = RedeemGift(
                op=OperationId(work.new_id()),
                by=by,
                member_id=member_id,
                sku=sku,
                floor=unheard and by.approver_id is not None,
            )
            given = redeem_gift(work, command)
        answer(ctx.obj, _moved(command.op, given, redeemed=given.points), given_page)


@app.command("return")
def take_back(
    ctx: typer.Context,
    gift: Annotated[str, typer.Argument()],
    reason: Annotated[str, typer.Option()],
) -> None:
    """Take a gift back into stock and give its points back, for a reason."""
    wanted = operation_named(gift)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            command = ReturnGift(op=OperationId(work.new_id()), by=by, gift=wanted, reason=reason)
            back = return_gift(work, command)
        answer(ctx.obj, _moved(command.op, back, redeemed=-back.points), returned_page)


@app.command("list")
def list_gifts(ctx: typer.Context) -> None:
    """The gifts of the program in force, and what is left of each."""
    with open_home(ctx.obj) as home:
        with home.storage.begin() as work:
            stocks = gift_stocks(work)
        answer(ctx.obj, {"gifts": [_gift(stock) for stock in stocks]}, list_page)


@app.command(context_settings={"ignore_unknown_options": True})
def stock(
    ctx: typer.Context,
    sku: Sku,
    change: Annotated[str, typer.Argument()],
    reason: Annotated[str, typer.Option()],
) -> None:
    """Count pieces of a gift in or out, for a reason."""
    moved = points_of(change, signed=True)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            command = MoveStock(
                op=OperationId(work.new_id()), by=by, sku=sku, change=moved, reason=reason
            )
            after = move_stock(work, command)
        document = {"operation": text_of(command.op), "change": moved, **_gift(after)}
        answer(ctx.obj, document, stock_page)


def _gift(stock: GiftStock) -> Document:
    return {"sku": stock.sku, "price": stock.points, "left": stock.left}


def _moved(op: OperationId, moved: GiftRedeemed, *, redeemed: int) -> Document:
    return {
        "operation": text_of(op),
        "member_id": text_of(moved.member_id),
        "sku": moved.sku,
        "left": moved.left,
        "points": {"redeemed": redeemed, "balance": moved.balance},
    }
