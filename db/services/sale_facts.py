"""A sale written down: its lines and tenders, and the row that its operation is kept as."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.domain.basket import Basket
from db.domain.evaluation import SaleResult
from db.domain.ids import BatchId, MemberId, SaleId, parse_id
from db.domain.operations import Operation
from db.domain.refusals import Refusal
from db.domain.sales import TENDERS, LineFact, SaleBody
from db.storage.sales import SaleRow


@dataclass(eq=False)
class TendersDoNotMatch(Refusal):
    """The tenders do not add up to what is due, in 分, or one is unknown."""

    due_minor: int
    tendered_minor: int


def line_facts(basket: Basket, names: tuple[str, ...], result: SaleResult) -> tuple[LineFact, ...]:
    """Return the lines of a basket as sold; without `names` they have none."""
    called = names or ("",) * len(basket.lines)
    return tuple(
        LineFact(
            sku=line.sku,
            name=name,
            category=line.category,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount=part.discount,
            amount=part.paid,
            earned=part.earned,
            redeemed=part.redeemed_points,
            redeemed_value=part.redeemed_value,
            brand=line.brand,
            kind=line.kind,
        )
        for line, name, part in zip(basket.lines, called, result.per_line, strict=True)
    )


def sale_row(operation: Operation, body: SaleBody) -> SaleRow:
    """Return the row that a sale operation is kept as."""
    envelope, tenders = operation.envelope, body.tenders
    member = operation.member
    return SaleRow(
        sale_id=SaleId(operation.op),
        member_id=None if member is None else MemberId(member),
        branch_id=parse_id(envelope.store),
        counter_id=parse_id(envelope.dev),
        staff_id=None if envelope.staff is None else parse_id(envelope.staff),
        shift_id=None if body.shift is None else parse_id(body.shift),
        sold_at=envelope.wall,
        business_day=envelope.bd,
        items=sum(line.quantity for line in body.lines),
        gross=body.gross,
        discount=body.discount,
        redeemed=body.redeemed,
        redeemed_value=body.redeemed_value,
        due=body.due,
        paid_cash=tenders.get("cash", 0),
        paid_card=tenders.get("card", 0),
        paid_wechat=tenders.get("wechat", 0),
        paid_alipay=tenders.get("alipay", 0),
        paid_stored_value=tenders.get("stored_value", 0),
        paid_other=tenders.get("other", 0),
        earned=body.earned,
        tier=body.tier,
        raised_to=body.raised_to,
        raised_rank=body.raised_rank,
        program=envelope.rule or "",
        till_receipt=body.till_receipt,
        source=body.source,
        batch_id=None if body.batch is None else BatchId(parse_id(body.batch)),
        reversed_by=None,
    )


def tenders_of(tenders: Mapping[str, int], due: int) -> dict[str, int]:
    """Return the tenders (分) as given, or cash for the whole due; raises `TendersDoNotMatch`."""
    if not tenders:
        return {"cash": due} if due else {}
    tendered = sum(tenders.values())
    known = all(name in TENDERS and amount > 0 for name, amount in tenders.items())
    if tendered != due or not known:
        raise TendersDoNotMatch(due, tendered)
    return dict(tenders)
