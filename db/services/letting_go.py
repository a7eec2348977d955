"""What a counter gives back of a sale that others know: it holds that no more.

Another counter may take the same sale back while neither hears the other. The points go to the
member and not into a lease (`points_back`); stored value and coupons are closed here, and head
office lends them again when it has seen which of the two stands (DECISIONS 11).
"""

from db.domain.ids import SaleId
from db.domain.offers.coupon_facts import OffersBack
from db.domain.operations import Operation
from db.domain.reward_facts import member_of
from db.domain.stored_value.facts import ValueBack
from db.services.holds import close_hold, close_intake, close_issued_coupon
from db.services.journal import trusted_now
from db.storage.holds import coupons_usable_here
from db.storage.offered import never_left
from db.storage.unit_of_work import UnitOfWork

CLOSES_MAX = 50
"""Leases on one coupon, renewed again and again: far more than there are."""


def let_go(
    work: UnitOfWork,
    operation: Operation,
    sale_id: SaleId,
    *,
    value: ValueBack | None,
    offers: OffersBack | None,
) -> None:
    """Close what a reversal or a return of ours gave back, unless only we know of the sale."""
    if value is None and offers is None:
        return
    if work.home.own_authority or never_left(work.sql, sale_id, work.home.stream_id):
        return
    if value is not None:
        close_intake(work, work.home.stream_id, member_of(operation))
    for code in () if offers is None else offers.restored:
        _close_coupon(work, code)


def _close_coupon(work: UnitOfWork, code: str) -> None:
    """Close a coupon that may be used here, whether it was lent to us or issued by us."""
    hours = work.program(work.today).document.offline.lease.hours
    stream_id, now = work.home.stream_id, trusted_now(work)
    for _ in range(CLOSES_MAX):
        found = coupons_usable_here(work.sql, [code], stream_id=stream_id, now_ms=now, hours=hours)
        if code not in found:
            return
        token = found[code]
        closed = (
            close_issued_coupon(work, code)
            if token is None
            else close_hold(work, token.hold_id, (code,))
        )
        assert closed, "what may be used here is open here"
