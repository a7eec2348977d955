"""`guitai shift ...`: open, close and look at this counter's shift and its drawer."""

from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.ids import OperationId, text_of
from db.domain.money import amount_text, parse_amount
from db.queries.shift_list import ShiftLine, recent_shifts
from db.queries.shift_summary import shift_summary
from db.services.drawer import MoveCash, OpenDrawer, move_cash, open_drawer
from db.services.shifts import CloseShift, OpenShift, close_shift, open_shift
from desktop.cli.answers import Document, answer
from desktop.cli.home import Home, open_home
from desktop.cli.pages.shifts import (
    closed_page,
    drawer_page,
    moved_page,
    opened_page,
    shifts_page,
)

app = typer.Typer()


@app.command("open")
def open_(
    ctx: typer.Context,
    opening_float: Annotated[str, typer.Option("--float")] = "0",
) -> None:
    """Open a shift at this counter."""
    opening = parse_amount(opening_float, zero=True)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            command = OpenShift(op=OperationId(work.new_id()), by=by, opening_float=opening)
            opened = open_shift(work, command)
        document = {"shift_id": text_of(opened.shift_id), "number": opened.number}
        answer(ctx.obj, document, opened_page)


@app.command()
def close(
    ctx: typer.Context,
    counted: Annotated[str | None, typer.Option()] = None,
    till_total: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Close the open shift."""
    cash = None if counted is None else parse_amount(counted, zero=True)
    total = None if till_total is None else parse_amount(till_total, zero=True)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            command = CloseShift(
                op=OperationId(work.new_id()), by=by, counted=cash, till_total=total
            )
            closed = close_shift(work, command)
        with home.storage.reading() as reader:
            summary = shift_summary(reader, closed.shift_id)
        assert summary is not None, "it was closed just now"
        difference = summary.difference
        document = {
            "shift_id": text_of(closed.shift_id),
            "number": closed.number,
            "cash_in": amount_text(summary.cash_in),
            "cash_out": amount_text(summary.cash_out),
            "expected": amount_text(summary.expected),
            "counted": None if summary.counted is None else amount_text(summary.counted),
            "difference": None if difference is None else amount_text(difference),
        }
        answer(ctx.obj, document, closed_page)


@app.command()
def cash(
    ctx: typer.Context,
    reason: Annotated[str, typer.Option()],
    put_in: Annotated[str | None, typer.Option("--in")] = None,
    taken_out: Annotated[str | None, typer.Option("--out")] = None,
) -> None:
    """Put cash into the drawer of the open shift, or take it out."""
    if (put_in is None) == (taken_out is None):
        raise typer.BadParameter("--in / --out")
    amount = parse_amount(put_in) if put_in is not None else -parse_amount(taken_out or "")
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            op = OperationId(work.new_id())
            moved = move_cash(work, MoveCash(op=op, by=by, amount=amount, reason=reason))
        with home.storage.reading() as reader:
            summary = shift_summary(reader, moved.shift_id)
        assert summary is not None, "cash is moved in a shift that is here"
        document = {
            "operation": text_of(op),
            "shift_id": text_of(moved.shift_id),
            "number": summary.number,
            "amount": amount_text(moved.amount),
            "cash_in": amount_text(summary.cash_in),
            "cash_out": amount_text(summary.cash_out),
        }
        answer(ctx.obj, document, moved_page)


@app.command()
def drawer(ctx: typer.Context, reason: Annotated[str, typer.Option()]) -> None:
    """Record that the drawer is opened without a sale."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            op = OperationId(work.new_id())
            opened = open_drawer(work, OpenDrawer(op=op, by=by, reason=reason))
        shift_id = None if opened.shift_id is None else text_of(opened.shift_id)
        answer(ctx.obj, {"operation": text_of(op), "shift_id": shift_id}, drawer_page)


@app.command()
def show(ctx: typer.Context, limit: Annotated[int, typer.Option(min=1, max=500)] = 10) -> None:
    """This counter's latest shifts, the open one first."""
    with open_home(ctx.obj) as home:
        with home.storage.reading() as reader:
            shifts = recent_shifts(reader, home.identity.counter_id, limit=limit)
        rows = [_shift(home, shift) for shift in shifts]
        current = next((row for row in rows if row["closed_at"] is None), None)
        answer(ctx.obj, {"open": current is not None, "shifts": rows}, shifts_page)


def _shift(home: Home, shift: ShiftLine) -> Document:
    return {
        "shift_id": text_of(shift.shift_id),
        "number": shift.number,
        "staff": shift.staff,
        "business_day": shift.business_day,
        "opened_at": iso_of(shift.opened_at, home.timezone),
        "closed_at": None if shift.closed_at is None else iso_of(shift.closed_at, home.timezone),
        "opening_float": amount_text(shift.opening_float),
        "cash_in": amount_text(shift.cash_in),
        "cash_out": amount_text(shift.cash_out),
        "counted": None if shift.counted is None else amount_text(shift.counted),
        "till_total": None if shift.till_total is None else amount_text(shift.till_total),
        "sales": shift.sales,
        "amount": amount_text(shift.amount),
    }
