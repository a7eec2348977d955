"""Lots that end for want of a sale: their last day follows from the member's standing sales.

It is worked out anew from all of them, so it does not matter in which order they arrive or go.
"""

from db.domain.expiry import idle_end
from db.domain.ids import MemberId, parse_id
from db.domain.operations import Operation
from db.domain.sales import AwardFact
from db.storage.lot_ends import SET_END, SET_IDLE, has_idle, idle_lots, sale_days
from db.storage.unit_of_work import UnitOfWork


def carry_idle(work: UnitOfWork, operation: Operation, awards: tuple[AwardFact, ...]) -> None:
    """Keep the terms of the lots that an act opened, where they end for want of a sale."""
    for award in awards:
        if award.idle:
            work.sql.run(SET_IDLE, (award.idle, operation.member, parse_id(award.lot)))


def restart_idle(work: UnitOfWork, member_id: MemberId) -> None:
    """Set the last days of a member's idle lots after a sale of his came or went."""
    if not has_idle(work.sql, member_id):
        return
    days = sale_days(work.sql, member_id)
    for lot_id, terms, available_on in idle_lots(work.sql, member_id):
        end = idle_end(terms, available_on, days)
        work.sql.run(SET_END, (None if end is None else end.isoformat(), member_id, lot_id))
