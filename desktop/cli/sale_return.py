"""`guitai sale return` and `sale attach`: goods come back, and a member is added to a sale."""

from datetime import date
from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.ids import OperationId, text_of
from db.domain.money import amount_text, parse_amount
from db.queries.sale_detail import SaleDetail, SaleReturn
from db.services.attach import AttachMember, MemberAttached, attach_member
from db.services.return_plan import Asked, ReturnEffect, preview_return
from db.services.returns import TakeReturn, take_return
from db.services.sold import read_sold
from desktop.cli.answers import Document, answer, plain
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.returns import returned_page
from desktop.cli.pages.sales import attached_page
from desktop.cli.reading import member_named, sale_named
from desktop.cli.tenders import tenders_of, till_receipt_of

QUANTITY_MAX = 1_000_000


def return_goods(
    ctx: typer.Context,
    sale: Annotated[str, typer.Argument()],
    line: Annotated[list[str] | None, typer.Option()] = None,
    amount: Annotated[str | None, typer.Option()] = None,
    member: Annotated[str | None, typer.Option()] = None,
    tender: Annotated[list[str] | None, typer.Option()] = None,
    reason: Annotated[str, typer.Option()] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Take goods back: some of a sale's lines, a part of its amount, or all that is left."""
    if line and amount is not None:
        raise InvalidInput("one_of", options="--line, --amount")
    sale_id = sale_named(sale)
    lines = tuple(_line(text) for text in line or [])
    part = None if amount is None else parse_amount(amount)
    tenders = tenders_of(tender or [])
    with open_home(ctx.obj) as home:
        asked = Asked(
            sale_id=sale_id,
            lines=lines,
            amount=part,
            member_id=None if member is None else member_named(home, member),
            tenders=tenders,
        )
        effect = _looked(home, asked) if dry_run else _taken(home, asked, reason=reason)
        document = _returned(effect, dry_run=dry_run, by_amount=_is_amount(home, effect))
        answer(ctx.obj, document, returned_page, names=home.names)


def attach(
    ctx: typer.Context,
    sale: Annotated[str, typer.Argument()],
    member: Annotated[str, typer.Option()],
    till_receipt: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Attach a member to a sale of today that was made without one."""
    sale_id = sale_named(sale)
    receipt = None if till_receipt is None else till_receipt_of(till_receipt)
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            command = AttachMember(
                op=OperationId(work.new_id()),
                by=by,
                sale_id=sale_id,
                member_id=member_id,
                till_receipt=receipt,
            )
            attached = attach_member(work, command)
        answer(ctx.obj, _attached(attached), attached_page, names=home.names)


def return_document(home: Home, each: SaleReturn, detail: SaleDetail) -> Document:
    """Return one return of a sale as `sale show` answers it."""
    lines = detail.lines
    by_amount = len(lines) == 1 and lines[0].quantity == 1
    return {
        "operation": text_of(each.op),
        "at": iso_of(each.returned_at, home.timezone),
        "staff": each.staff,
        "reason": each.reason,
        "returned_amount": amount_text(each.paid),
        "taken_back": each.earned,
        "debt": each.owed,
        "given_back": each.redeemed,
        "given_back_value": amount_text(each.redeemed_value),
        "lines": [
            {
                "line": line.line,
                "quantity": 1 if by_amount else line.quantity,
                "amount": amount_text(line.paid),
                "taken_back": line.earned,
                "given_back": line.redeemed,
            }
            for line in each.lines
        ],
    }


def _line(text: str) -> tuple[int, int]:
    """Return (line, units) of `N=QTY`, or of `N` for one unit."""
    number, equals, units = text.partition("=")
    quantity = units if equals else "1"
    for part in (number, quantity):
        digits = part.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or int(digits) > QUANTITY_MAX:
            raise InvalidInput("return_line_invalid", text=text)
    return int(number), int(quantity)


def _looked(home: Home, asked: Asked) -> ReturnEffect:
    today: date = home.identity.calendar.day_of(home.storage.clock.wall_ms())
    with home.storage.reading() as reader:
        return preview_return(reader, asked, home=home.identity, on=today)


def _taken(home: Home, asked: Asked, *, reason: str) -> ReturnEffect:
    by = home.actor()
    with home.storage.begin() as work:
        op = OperationId(work.new_id())
        return take_return(work, TakeReturn(op=op, by=by, asked=asked, reason=reason))


def _is_amount(home: Home, effect: ReturnEffect) -> bool:
    with home.storage.reading() as reader:
        sold = read_sold(reader, effect.sale_id)
    return sold is not None and sold.left.by_amount


def _returned(effect: ReturnEffect, *, dry_run: bool, by_amount: bool) -> Document:
    return {
        "sale_id": text_of(effect.sale_id),
        "member_id": plain(effect.member_id),
        "dry_run": dry_run,
        "returned_amount": amount_text(effect.paid),
        "tenders": {name: amount_text(part) for name, part in effect.tenders.items()},
        "points": {
            "taken_back": effect.earned,
            "lapsed": effect.lapsed,
            "debt": effect.owed,
            "given_back": effect.redeemed,
            "given_back_value": amount_text(effect.redeemed_value),
            "grace": effect.grace,
            "pending": effect.pending,
        },
        "whole": effect.whole,
        "lines": [
            {
                "line": line.line,
                "quantity": 1 if by_amount else line.quantity,
                "amount": amount_text(line.paid),
                "taken_back": line.earned,
                "given_back": line.redeemed,
            }
            for line in effect.lines
        ],
    }


def _attached(attached: MemberAttached) -> Document:
    return {
        "sale_id": text_of(attached.sale_id),
        "member_id": text_of(attached.member_id),
        "due": amount_text(attached.due),
        "points": {"earned": attached.earned, "balance": attached.balance},
        "tier": attached.tier or None,
        "raised_to": attached.raised_to,
        "explanation": list(attached.explanation),
    }
