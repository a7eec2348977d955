"""`guitai value ...`: stored value paid in and out, and what became of it."""

from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.ids import OperationId, parse_id, text_of
from db.domain.money import amount_text, parse_amount
from db.domain.staff import Actor
from db.domain.stored_value.facts import TOP_UP_TENDERS
from db.domain.stored_value.refusals import NoSuchTopUp
from db.queries.ledger_history import PAGE_ROWS_MAX
from db.queries.value_history import ValueHeld, ValueRow, value_held, value_history
from db.services.shifts import OpenShift, open_shift
from db.services.stored_value import (
    RefundValue,
    TopUpValue,
    ValueMoved,
    refund_value,
    top_up_value,
)
from db.storage.unit_of_work import UnitOfWork
from desktop.cli.answers import Document, answer, plain
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.line import lease_to_pay_out
from desktop.cli.member_answers import member_document
from desktop.cli.pages.value import history_page, refunded_page, shown_page, topped_up_page
from desktop.cli.reading import member_named

app = typer.Typer()
Member = Annotated[str, typer.Argument()]


@app.command("top-up")
def top_up(
    ctx: typer.Context,
    member: Member,
    amount: Annotated[str, typer.Argument()],
    tender: Annotated[str, typer.Option(metavar="HOW")] = "cash",
) -> None:
    """Take money in; the program's ladder adds its bonus."""
    pay, paid_with = parse_amount(amount), _tender(tender)
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            _open_shift(work, by)
            op = OperationId(work.new_id())
            moved = top_up_value(
                work, TopUpValue(op=op, member_id=member_id, by=by, pay=pay, tender=paid_with)
            )
        document = _moved(op, moved, tender=paid_with) | {
            "paid": amount_text(moved.paid),
            "bonus": amount_text(moved.bonus),
            "bonus_expires_on": plain(moved.bonus_expires_on),
        }
        answer(ctx.obj, document, topped_up_page)


@app.command()
def refund(
    ctx: typer.Context,
    member: Member,
    reason: Annotated[str, typer.Option()],
    amount: Annotated[str | None, typer.Option()] = None,
    mistake: Annotated[str | None, typer.Option("--top-up", metavar="OPERATION")] = None,
    tender: Annotated[str, typer.Option(metavar="HOW")] = "cash",
) -> None:
    """Pay principal back, all of it or an amount; the bonus is void. Or take one top-up back."""
    if amount is not None and mistake is not None:
        raise InvalidInput("one_of", options="--amount, --top-up")
    wanted, paid_with = None if amount is None else parse_amount(amount), _tender(tender)
    taken_back = None if mistake is None else _operation(mistake)
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        lease_to_pay_out(home, member_id)
        with home.storage.begin() as work:
            _open_shift(work, by)
            command = RefundValue(
                op=OperationId(work.new_id()),
                member_id=member_id,
                by=by,
                reason=reason,
                amount=wanted,
                top_up=taken_back,
                tender=paid_with,
            )
            moved = refund_value(work, command)
        document = _moved(command.op, moved, tender=paid_with) | {
            "refunded": amount_text(-moved.paid),
            "voided": amount_text(-moved.bonus),
        }
        answer(ctx.obj, document, refunded_page)


@app.command()
def show(ctx: typer.Context, member: Member) -> None:
    """What a member has of stored value, and when bonus ends."""
    with open_home(ctx.obj) as home:
        answer(ctx.obj, _base(home, member), shown_page)


@app.command()
def history(
    ctx: typer.Context,
    member: Member,
    limit: Annotated[int, typer.Option(min=1, max=PAGE_ROWS_MAX)] = 100,
) -> None:
    """What happened to a member's stored value, newest first."""
    with open_home(ctx.obj) as home:
        document = _base(home, member)
        member_id = member_named(home, document["member_id"])
        with home.storage.reading() as reader:
            rows = value_history(reader, member_id, limit=limit)
        document["history"] = [_row(home, row) for row in rows]
        answer(ctx.obj, document, history_page)


def _tender(name: str) -> str:
    if name not in TOP_UP_TENDERS:
        raise InvalidInput("unknown_value", option="--tender", allowed=", ".join(TOP_UP_TENDERS))
    return name


def _operation(text: str) -> OperationId:
    try:
        return OperationId(parse_id(text))
    except ValueError:
        raise NoSuchTopUp(text) from None


def _open_shift(work: UnitOfWork, by: Actor) -> None:
    """Open a shift with nothing in the drawer, as `sale add` does (DECISIONS 32)."""
    if work.shifts.open_here(work.home.counter_id) is None:
        open_shift(work, OpenShift(op=OperationId(work.new_id()), by=by))


def _moved(op: OperationId, moved: ValueMoved, *, tender: str) -> Document:
    return {
        "operation": text_of(op),
        "member_id": text_of(moved.member_id),
        "tender": tender,
        "stored_value": {
            "principal": amount_text(moved.principal_after),
            "bonus": amount_text(moved.bonus_after),
        },
    }


def _base(home: Home, member: str) -> Document:
    member_id = member_named(home, member)
    shown = member_document(home, member_id, rows=1)
    today = home.identity.calendar.day_of(home.storage.clock.wall_ms())
    with home.storage.reading() as reader:
        held = value_held(reader, member_named(home, shown["member_id"]), on=today)
    return {name: shown[name] for name in ("member_id", "number", "stored_value")} | {
        "bonus_lots": _lots(held)
    }


def _lots(held: ValueHeld) -> list[Document]:
    return [
        {"bonus": amount_text(lot.amount), "expires_on": plain(lot.expires_on)} for lot in held.lots
    ]


def _row(home: Home, row: ValueRow) -> Document:
    return {
        "at": iso_of(row.at_ms, home.timezone),
        "kind": row.kind,
        "principal": amount_text(row.principal),
        "bonus": amount_text(row.bonus),
        "tender": row.tender or None,
        "reason": row.reason,
        "sale_id": plain(row.sale_id),
        "branch": row.branch,
        "counter": row.counter,
        "staff": row.staff,
        "operation": text_of(row.op),
    }
