"""`guitai coupon ...`: issue coupons, look at them, take one away."""

from datetime import date
from typing import Annotated

import typer

from db.domain.ids import OperationId, text_of
from db.domain.money import amount_text
from db.domain.offers.coupon_codes import read_coupon_code
from db.domain.offers.coupon_refusals import CouponUnknown
from db.queries.coupon_list import STATES, CouponShown, coupon_list, coupon_shown
from db.queries.programs import program_on
from db.services.coupons import (
    COUPONS_MAX,
    IssueCoupons,
    VoidCoupon,
    issue_coupons,
    void_coupon,
)
from desktop.cli.answers import Document, answer, plain
from desktop.cli.coupon_answers import coupon_document
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.coupons import issued_page, list_page, shown_page, voided_page
from desktop.cli.reading import member_named

app = typer.Typer()


@app.command()
def issue(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument()],
    member: Annotated[str | None, typer.Option()] = None,
    count: Annotated[int, typer.Option(min=1, max=COUPONS_MAX)] = 1,
    reason: Annotated[str, typer.Option()] = "",
) -> None:
    """Issue coupons of a kind to a member, or as a batch for whoever brings them."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = None if member is None else member_named(home, member)
        with home.storage.begin() as work:
            command = IssueCoupons(
                op=OperationId(work.new_id()),
                by=by,
                kind=kind,
                member_id=member_id,
                count=count,
                reason=reason,
            )
            issued = issue_coupons(work, command)
        coupons = [_found(home, coupon.code) for coupon in issued.coupons]
        document = {
            "operation": text_of(command.op),
            "member_id": plain(issued.member_id),
            "coupons": [_document(home, coupon) for coupon in coupons],
        }
        answer(ctx.obj, document, issued_page, names=home.names)


@app.command("list")
def list_coupons(
    ctx: typer.Context,
    member: Annotated[str | None, typer.Option()] = None,
    kind: Annotated[str | None, typer.Option()] = None,
    state: Annotated[str | None, typer.Option()] = None,
    limit: Annotated[int, typer.Option(min=1, max=COUPONS_MAX)] = 100,
) -> None:
    """Coupons, newest first: a member's, of a kind, in a state."""
    if state is not None and state not in STATES:
        raise InvalidInput("unknown_value", option="--state", allowed=", ".join(STATES))
    with open_home(ctx.obj) as home:
        member_id = None if member is None else member_named(home, member)
        with home.storage.reading() as reader:
            found = coupon_list(reader, on=_today(home), member_id=member_id, kind=kind)
        shown = [coupon for coupon in found if state in (None, coupon.state)][:limit]
        document = {"coupons": [_document(home, coupon) for coupon in shown]}
        answer(ctx.obj, document, list_page, names=home.names)


@app.command()
def show(ctx: typer.Context, code: Annotated[str, typer.Argument()]) -> None:
    """One coupon: whose it is, how long it is good, where it was used."""
    with open_home(ctx.obj) as home:
        coupon = _found(home, code)
        document = _document(home, coupon) | {
            "sale_id": plain(coupon.sale_id),
            "used_on": plain(coupon.used_on),
            "used_value": None if coupon.sale_id is None else amount_text(coupon.used_value),
        }
        answer(ctx.obj, document, shown_page, names=home.names)


@app.command()
def void(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument()],
    reason: Annotated[str, typer.Option()],
) -> None:
    """Take a coupon away, for a reason."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            command = VoidCoupon(
                op=OperationId(work.new_id()), by=by, code=read_coupon_code(code), reason=reason
            )
            taken = void_coupon(work, command)
        document = {"operation": text_of(command.op), **_document(home, _found(home, taken.code))}
        answer(ctx.obj, document, voided_page, names=home.names)


def _today(home: Home) -> date:
    return home.identity.calendar.day_of(home.storage.clock.wall_ms())


def _found(home: Home, code: str) -> CouponShown:
    with home.storage.reading() as reader:
        found = coupon_shown(reader, read_coupon_code(code), on=_today(home))
    if found is None:
        raise CouponUnknown(code)
    return found


def _document(home: Home, coupon: CouponShown) -> Document:
    with home.storage.reading() as reader:
        program = program_on(reader, _today(home))
    return coupon_document(coupon, program.offers.coupons.get(coupon.kind))
