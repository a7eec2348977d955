"""Taking the rows of an act back out of the tables, to the point: the mirror of its applier.

For acts that head office set aside although they stood here. Sums are subtracted, minima and levels
are asked again. Acts on one sale go in the order in which they lie on it: the reversal, then
returns, then the attached member; the caller sees to that.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from db.domain.ids import MemberId, OperationId, SaleId, parse_id
from db.domain.leases import LotSpend
from db.domain.offers.coupon_facts import OffersBack
from db.domain.operations import Operation
from db.domain.return_facts import AttachBody, ReturnBody
from db.domain.reward_facts import EventRevokeBody, GiftReturnBody, member_of
from db.domain.sales import ReversalBody, SaleBody
from db.services.idle import restart_idle
from db.services.levels import lower_level
from db.services.reward_rows import count_points
from db.services.sale_facts import sale_row
from db.services.sale_rewards import led_to
from db.storage.returns import ReturnedSums, returned_sums
from db.storage.sales import SaleRow
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork

_NOT_HIS: Final = (
    "UPDATE sale SET member_id = NULL, earned = ?2, tier = ?3, raised_to = ?4, raised_rank = ?5"
    " WHERE sale_id = ?1"
)
_EARNED: Final = "UPDATE sale_line SET earned = ?3 WHERE sale_id = ?1 AND line = ?2"


def undo(work: UnitOfWork, operation: Operation) -> None:
    """Take back what an applied act did to the tables; its kind is one of `UNDOABLE`."""
    _UNDO[operation.envelope.t](work, operation)
    work.totals.forget_empty(_day(operation))


def _undo_reversal(work: UnitOfWork, operation: Operation) -> None:
    body = msgspec.convert(operation.envelope.b, ReversalBody)
    sale = _sale_of(work, operation)
    assert sale.reversed_by == operation.op, "it is what reversed the sale"
    work.sql.run("DELETE FROM reversal WHERE op = ?", (operation.op,))
    work.sql.run("UPDATE sale SET reversed_by = NULL WHERE sale_id = ?", (sale.sale_id,))
    _take_again(work, operation, sale, restored=body.restored, offers=body.offers)
    _recount(work, sale, kept=body.kept_rank is not None)
    work.totals.add_day(_day(operation), DayFigures(reversed_sales=-1, reversed_amount=-sale.due))
    _rewards_again(work, sale)


def _undo_return(work: UnitOfWork, operation: Operation) -> None:
    body = msgspec.convert(operation.envelope.b, ReturnBody)
    sale = _sale_of(work, operation)
    assert sale.reversed_by is None, "a reversal lies on its returns"
    before = returned_sums(work.sql, sale.sale_id)
    work.returns.remove(operation.op)
    less = ReturnedSums(-body.paid, -body.earned, -body.redeemed, whole=False)
    work.returns.sum_up(sale.sale_id, less)
    _take_again(work, operation, sale, restored=body.restored, offers=body.offers)
    figures = DayFigures(
        returns=-1,
        returned_amount=-body.paid,
        returned_earned=-body.earned,
        returned_redeemed=-body.redeemed,
    )
    work.totals.add_day(_day(operation), figures)
    if sale.member_id is None:
        return
    if before.whole:
        _visit_again(work, sale, returned_sums(work.sql, sale.sale_id), kept=True)
        _rewards_again(work, sale)
    else:
        work.totals.take_off(
            sale.member_id, spend=-body.paid, earned=-body.earned, redeemed=-body.redeemed
        )


def _undo_attach(work: UnitOfWork, operation: Operation) -> None:
    body = msgspec.convert(operation.envelope.b, AttachBody)
    sale, member_id = _sale_of(work, operation), member_of(operation)
    assert sale.reversed_by is None, "a reversal lies on the attached member"
    said = work.operations.find(sale.sale_id)
    assert said is not None, "the sale's operation is kept"
    sold = msgspec.convert(said.envelope.b, SaleBody)
    row = sale_row(said, sold)
    work.sql.run(_NOT_HIS, (sale.sale_id, row.earned, row.tier, row.raised_to, row.raised_rank))
    lines = enumerate(sold.lines, start=1)
    work.sql.run_many(_EARNED, [(sale.sale_id, number, line.earned) for number, line in lines])
    work.sql.run("DELETE FROM sale_attach WHERE op = ?", (operation.op,))
    work.coupons.unissue([coupon.code for coupon in body.issued])
    work.ledger.unpost(operation.op, member_id)
    work.totals.add_day(
        CounterDay(sale.branch_id, sale.counter_id, sale.business_day),
        DayFigures(member_sales=-1, member_amount=-sale.due, earned=-body.earned),
    )
    before = work.totals.last_on(member_id)
    work.totals.remove_visit(member_id, spend=sale.due, earned=body.earned, redeemed=0)
    work.grams.visited(member_id, was_on=before, last_on=work.totals.last_on(member_id))
    work.totals.forget_nothing(member_id)
    work.rewards.forget_tags(operation.op)
    if body.raised_rank is not None:
        lower_level(work, member_id)
    restart_idle(work, member_id)


def _undo_revoke(work: UnitOfWork, operation: Operation) -> None:
    body, reference = (
        msgspec.convert(operation.envelope.b, EventRevokeBody),
        operation.envelope.ref,
    )
    assert reference is not None, "a revocation names its award"
    award, member_id = parse_id(reference), member_of(operation)
    found = work.rewards.find(award)
    assert found is not None, "what it revoked is here"
    work.rewards.redo(award)
    work.rewards.forget(operation.op)
    work.ledger.unpost(operation.op, member_id)
    for code in () if body.offers is None else body.offers.withdrawn:
        work.coupons.unvoid(code, operation.op)
    work.rewards.retag(award)
    count_points(work, operation, earned=body.points)
    if found[0].raised_rank is not None:
        lower_level(work, member_id)


def _undo_gift_return(work: UnitOfWork, operation: Operation) -> None:
    body = msgspec.convert(operation.envelope.b, GiftReturnBody)
    reference = operation.envelope.ref
    assert reference is not None, "a gift that comes back names its redemption"
    work.rewards.redo(parse_id(reference))
    work.rewards.forget(operation.op)
    work.ledger.unpost(operation.op, operation.member)
    count_points(work, operation, redeemed=body.points)


def _take_again(
    work: UnitOfWork,
    operation: Operation,
    sale: SaleRow,
    *,
    restored: tuple[LotSpend, ...],
    offers: OffersBack | None,
) -> None:
    """Take again what a reversal or a return gave back."""
    work.ledger.unpost(operation.op, operation.member)
    work.leases.take_again(restored)
    work.values.unpost(operation.op)
    if offers is not None:
        work.coupons.take_again(sale.sale_id, operation.op)
        for code in offers.withdrawn:
            work.coupons.unvoid(code, operation.op)


def _recount(work: UnitOfWork, sale: SaleRow, *, kept: bool) -> None:
    """Let a sale that is reversed no more count again, and its returns."""
    sums = returned_sums(work.sql, sale.sale_id)
    with_member = sale.member_id is not None
    work.totals.add_day(
        CounterDay(sale.branch_id, sale.counter_id, sale.business_day),
        DayFigures(
            sales=1,
            amount=sale.due,
            member_sales=int(with_member),
            member_amount=sale.due if with_member else 0,
            earned=sale.earned,
            redeemed=sale.redeemed,
        ),
    )
    for day, figures in work.returns.uncounting(sale.sale_id):
        back = DayFigures(
            returns=-figures.returns,
            returned_amount=-figures.returned_amount,
            returned_earned=-figures.returned_earned,
            returned_redeemed=-figures.returned_redeemed,
        )
        work.totals.add_day(day, back)
    if with_member and not sums.whole:
        _visit_again(work, sale, sums, kept=kept)


def _visit_again(work: UnitOfWork, sale: SaleRow, back: ReturnedSums, *, kept: bool) -> None:
    """Count a sale of which something is left for its member; `back` came back of it before."""
    assert sale.member_id is not None, "the caller asked"
    before = work.totals.last_on(sale.member_id)
    work.totals.add_visit(
        sale.member_id,
        spend=sale.due - back.amount,
        earned=sale.earned - back.earned,
        redeemed=sale.redeemed - back.redeemed,
        business_day=sale.business_day,
        sold_at=sale.sold_at,
    )
    after = max(before or "", sale.business_day)
    work.grams.visited(sale.member_id, was_on=before, last_on=after)
    if kept or sale.raised_rank is not None:
        lower_level(work, sale.member_id)


def _rewards_again(work: UnitOfWork, sale: SaleRow) -> None:
    if sale.member_id is not None:
        work.rewards.retag(led_to(work, sale.sale_id))
        restart_idle(work, MemberId(sale.member_id))


def _sale_of(work: UnitOfWork, operation: Operation) -> SaleRow:
    reference = operation.envelope.ref
    assert reference is not None, "it names its sale"
    sale = work.sales.by_id(SaleId(OperationId(parse_id(reference))))
    assert sale is not None, "the sale of an applied act is here"
    return sale


def _day(operation: Operation) -> CounterDay:
    envelope = operation.envelope
    return CounterDay(parse_id(envelope.store), parse_id(envelope.dev), envelope.bd)


_UNDO: Final[dict[str, Callable[[UnitOfWork, Operation], None]]] = {
    "reversal": _undo_reversal,
    "return": _undo_return,
    "attach": _undo_attach,
    "event_revoke": _undo_revoke,
    "gift_return": _undo_gift_return,
}
UNDOABLE: Final = frozenset(_UNDO)
