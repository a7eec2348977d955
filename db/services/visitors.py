"""Members whom this counter does not hold: what head office tells of them, and forgetting it again.

What happened to a visitor is taken in like any pulled page, so his points and leases are whole. Of
what names him nothing is kept beyond a day, unless he bought here and so became a guest: his acts
stay under his bare id, and `verify` finds them as it finds those of somebody erased.
"""

from collections.abc import Iterable

from db.domain.ids import MemberId
from db.domain.operations import Operation, Personal
from db.services.profile_rows import refresh_member
from db.services.replication import receive
from db.storage.erasures import erased_at
from db.storage.unit_of_work import UnitOfWork
from db.storage.visitors import VisitorRepository

KEPT_MS = 24 * 3_600_000
"""How long a visitor's name and phone stay on a counter that does not hold him."""
FORGOTTEN_AT_ONCE = 100


def take_visitor(
    work: UnitOfWork,
    members: Iterable[MemberId],
    facts: Iterable[tuple[Operation, Personal | None]],
) -> int:
    """Take in what head office tells of members that are not held here; return how many acts."""
    taken = 0
    for operation, personal in facts:
        if receive(work, operation, personal, received_at=work.at_ms) != "duplicate":
            taken += 1
        elif personal is not None and operation.envelope.pd == personal.digest:
            _name_again(work, operation, personal)
    visitors = VisitorRepository(work.sql)
    for member_id in members:
        refresh_member(work, member_id)
        visitors.came(member_id, at_ms=work.at_ms)
    return taken


def forget_visitors(work: UnitOfWork) -> int:
    """Take away what names visitors of more than a day ago; return of how many."""
    visitors = VisitorRepository(work.sql)
    forgotten = 0
    for member_id in visitors.since_before(work.at_ms - KEPT_MS, limit=FORGOTTEN_AT_ONCE):
        visitors.gone(member_id)
        if not visitors.stays(member_id, work.home.counter_id):
            with work.sql.overwriting():
                visitors.unname(member_id)
                refresh_member(work, member_id)
            forgotten += 1
    return forgotten


def _name_again(work: UnitOfWork, operation: Operation, personal: Personal) -> None:
    """Keep again what names a visitor who was forgotten; not of somebody who was erased."""
    member = operation.member
    if member is not None and erased_at(work.sql, MemberId(member)) is None:
        work.operations.keep_personal(operation.op, MemberId(member), personal)
