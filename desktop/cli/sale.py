"""`guitai sale ...`: record a purchase, look at it, take it back."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from db.domain.basket import Basket
from db.domain.clock import iso_of
from db.domain.ids import OperationId, text_of
from db.domain.money import amount_text, parse_amount
from db.domain.offers.coupon_codes import read_coupon_code
from db.domain.staff import Actor
from db.queries.programs import program_marked
from db.queries.sale_detail import SaleDetail, sale_detail
from db.services.reversals import NoSuchSale, SaleReversed, UndoSale, VoidSale, undo_sale, void_sale
from db.services.sales import Sell, Sold, sell
from db.services.shifts import OpenShift, open_shift
from db.storage.unit_of_work import UnitOfWork
from desktop.cli.answers import Document, answer, plain
from desktop.cli.basket_file import read_basket
from desktop.cli.goods import goods
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.line import lease_for_sale
from desktop.cli.pages.receipt import receipt_page
from desktop.cli.pages.sales import reversed_page, sale_page, sold_page
from desktop.cli.reading import member_named, points_of, sale_named
from desktop.cli.sale_return import attach, return_document, return_goods
from desktop.cli.tenders import tenders_of, till_receipt_of
from desktop.wording.program_names import program_names

app = typer.Typer()
app.command("return")(return_goods)
app.command()(attach)
app.command()(goods)


@app.command()
def add(
    ctx: typer.Context,
    amount: Annotated[str | None, typer.Option()] = None,
    lines: Annotated[Path | None, typer.Option()] = None,
    member: Annotated[str | None, typer.Option()] = None,
    till_receipt: Annotated[str | None, typer.Option()] = None,
    redeem: Annotated[str, typer.Option()] = "0",
    coupon: Annotated[list[str] | None, typer.Option()] = None,
    code: Annotated[list[str] | None, typer.Option()] = None,
    tender: Annotated[list[str] | None, typer.Option()] = None,
) -> None:
    """Record a purchase with its points; opens a shift when none is open."""
    if (amount is None) == (lines is None):
        raise InvalidInput("one_of", options="--amount, --lines")
    tenders = tenders_of(tender or [])
    points = points_of(redeem)
    receipt = None if till_receipt is None else till_receipt_of(till_receipt)
    with open_home(ctx.obj) as home:
        branch = text_of(home.identity.branch_id)
        if lines is not None:
            basket, names = read_basket(lines, branch=branch)
        else:
            basket, names = Basket.of_amount(parse_amount(amount or ""), branch=branch), ()
        basket = replace(
            basket,
            coupons=tuple(read_coupon_code(text) for text in coupon or []),
            codes=tuple(code or []),
        )
        by = home.actor()
        member_id = None if member is None else member_named(home, member)
        value = tenders.get("stored_value", 0)
        unheard = lease_for_sale(home, member_id, points=points, codes=basket.coupons, value=value)
        with home.storage.begin() as work:
            _open_shift(work, by)
            command = Sell(
                op=OperationId(work.new_id()),
                by=by,
                basket=basket,
                names=names,
                member_id=member_id,
                redeem_points=points,
                tenders=tenders,
                till_receipt=receipt,
                floor=unheard and by.approver_id is not None,
            )
            sold = sell(work, command)
        answer(ctx.obj, _sold(home, sold), sold_page, names=home.names)


@app.command()
def show(
    ctx: typer.Context,
    sale: Annotated[str, typer.Argument()],
    receipt: Annotated[bool, typer.Option()] = False,
) -> None:
    """Show a sale with its lines and tenders, and how its points came about."""
    sale_id = sale_named(sale)
    with open_home(ctx.obj) as home:
        with home.storage.reading() as reader:
            detail = sale_detail(reader, sale_id)
            if detail is None:
                raise NoSuchSale(sale)
            program = program_marked(reader, detail.program)
        names = home.names if program is None else program_names(program)
        page = receipt_page if receipt else sale_page
        answer(ctx.obj, _detail(home, detail), page, names=names)


@app.command()
def undo(ctx: typer.Context, sale: Annotated[str, typer.Argument()]) -> None:
    """Take a sale back within two minutes."""
    sale_id = sale_named(sale)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            command = UndoSale(op=OperationId(work.new_id()), sale_id=sale_id, by=by)
            reversed_sale = undo_sale(work, command)
        answer(ctx.obj, _reversed(reversed_sale, "undo"), reversed_page)


@app.command()
def void(
    ctx: typer.Context,
    sale: Annotated[str, typer.Argument()],
    reason: Annotated[str, typer.Option()],
) -> None:
    """Take a sale back later, for a reason."""
    sale_id = sale_named(sale)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            command = VoidSale(op=OperationId(work.new_id()), sale_id=sale_id, by=by, reason=reason)
            reversed_sale = void_sale(work, command)
        answer(ctx.obj, _reversed(reversed_sale, "void"), reversed_page)


def _open_shift(work: UnitOfWork, by: Actor) -> None:
    """Open a shift with nothing in the drawer: a script has no cash to count (DECISIONS 32)."""
    if work.shifts.open_here(work.home.counter_id) is None:
        open_shift(work, OpenShift(op=OperationId(work.new_id()), by=by))


def _sold(home: Home, sold: Sold) -> Document:
    return {
        "sale_id": text_of(sold.sale_id),
        "member_id": plain(sold.member_id),
        "sold_at": iso_of(sold.sold_at, home.timezone),
        "due": amount_text(sold.due),
        "paid": amount_text(sold.due),
        "points": {
            "earned": sold.earned,
            "redeemed": sold.redeemed,
            "redeemed_value": amount_text(sold.redeemed_value),
            "balance": sold.balance,
        },
        "tier": sold.tier or None,
        "raised_to": sold.raised_to,
        "coupons": [
            {"code": coupon.kind, "id": coupon.code, "valid_to": coupon.valid_to}
            for coupon in sold.issued
        ],
        "explanation": list(sold.explanation),
    }


def _reversed(outcome: SaleReversed, manner: str) -> Document:
    return {
        "sale_id": text_of(outcome.sale_id),
        "member_id": plain(outcome.member_id),
        "reversed": manner,
        "due": amount_text(outcome.due),
        "points": {"taken_back": outcome.earned, "given_back": outcome.redeemed},
    }


def _detail(home: Home, detail: SaleDetail) -> Document:
    at = detail.reversed_at
    reversal = None
    if detail.reversed_by is not None:
        reversal = {
            "manner": detail.reversed_by,
            "at": None if at is None else iso_of(at, home.timezone),
            "reason": detail.reversal_reason or "",
        }
    return {
        "sale_id": text_of(detail.sale_id),
        "member_id": plain(detail.member_id),
        "member_number": detail.member_number,
        "branch": detail.branch,
        "counter": detail.counter,
        "staff": detail.staff,
        "sold_at": iso_of(detail.sold_at, home.timezone),
        "business_day": detail.business_day,
        "gross": amount_text(detail.gross),
        "discount": amount_text(detail.discount),
        "due": amount_text(detail.due),
        "paid": amount_text(sum(detail.tenders.values())),
        "tenders": {name: amount_text(amount) for name, amount in detail.tenders.items()},
        "points": {
            "earned": detail.earned,
            "redeemed": detail.redeemed,
            "redeemed_value": amount_text(detail.redeemed_value),
        },
        "tier": detail.tier or None,
        "program": detail.program,
        "till_receipt": detail.till_receipt,
        "source": detail.source,
        "batch": plain(detail.batch_id),
        "reversed": reversal,
        "explanation": list(detail.explanation),
        "attached_at": None
        if detail.attached_at is None
        else iso_of(detail.attached_at, home.timezone),
        "returned_tenders": {
            name: amount_text(amount) for name, amount in detail.returned_tenders.items()
        },
        "whole": detail.returned_whole,
        "returns": [return_document(home, each, detail) for each in detail.returns],
        "lines": _lines(detail),
    }


def _lines(detail: SaleDetail) -> list[Document]:
    return [
        {
            "line": line.line,
            "sku": line.sku,
            "name": line.name,
            "category": line.category,
            "quantity": line.quantity,
            "unit_price": amount_text(line.unit_price),
            "discount": amount_text(line.discount),
            "amount": amount_text(line.amount),
            "earned": line.earned,
        }
        for line in detail.lines
    ]
