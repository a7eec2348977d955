"""Lots that end for want of a sale: their last day follows from the member's standing sales.

It is worked out anew from all of them, so it does not matter in which order they arrive or go.
"""

from db.domain.expiry import idle_end, idle_terms
from db.domain.ids import MemberId, parse_id
from db.domain.operations import Operation
from db.domain.sales import AwardFact
from db.storage.lot_ends import SET_END, has_idle, idle_lots, sale_days
from db.storage.unit_of_work import UnitOfWork


def carry_idle(work: UnitOfWork, operation: Operation, awards: tuple[AwardFact, ...]) -> None:
    """Keep the terms of the lots that an act opened, where they end for want of a sale.

    Later sales may be here already: they count for the new lots too.
    """
    idle = [award for award in awards if award.idle and award.expires_on is not None]
    for award in idle:
        terms = idle_terms(award.idle, str(award.expires_on))
        work.ledger.set_idle(terms, member_id=operation.member, lot_id=parse_id(award.lot))
    if idle and operation.member is not None:
        restart_idle(work, MemberId(operation.member))


def restart_idle(work: UnitOfWork, member_id: MemberId) -> None:
    """Set the last days of a member's idle lots after a sale of his came or went.

    Those who turned out to be one have each other's sales, as long as they are one.
    """
    if not work.ledger.any_idle or not has_idle(work.sql, member_id):
        return
    days = sale_days(work.sql, member_id)
    for holder, lot_id, terms, available_on in idle_lots(work.sql, member_id):
        end = idle_end(terms, available_on, days)
        work.sql.run(SET_END, (end.isoformat(), holder, lot_id))
