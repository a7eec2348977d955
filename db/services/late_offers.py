"""What two returns give back together, each of which did not know of the other.

A return gives back the coupons of lines that come back whole, and with the last unit of a sale its
promotions and what the sale led to. Two counters that were cut off each return a part: neither was
the last. Head office, which hears both, gives back what is owed then, in an act of its own.
"""

import msgspec

from db.domain.ids import MemberId, OperationId, SaleId, parse_id
from db.domain.offers.coupon_facts import OffersBack
from db.domain.operations import Operation, Personal
from db.domain.return_facts import OffersBackBody, ReturnBody
from db.domain.reward_facts import following_id
from db.domain.staff import Actor, Role
from db.services.journal import Draft, append
from db.services.offers import carry_offers_back, offers_back
from db.services.sale_rewards import revoke_following
from db.services.sold import SoldSale, read_sold
from db.storage.unit_of_work import UnitOfWork

_OFFICE = Actor(None, Role.HEAD_OFFICE)
_KEEP = "INSERT INTO offers_back (op, sale_id) VALUES (?, ?)"
_STANDING = "SELECT 1 FROM promotion_use WHERE sale_id = ? AND given_back_by IS NULL"


def give_back_late(work: UnitOfWork, cause: Operation) -> Operation | None:
    """Give back what a return that just arrived makes due, if it did not know so itself."""
    reference = cause.envelope.ref
    sold = None if reference is None else read_sold(work.sql, SaleId(parse_id(reference)))
    if sold is None or sold.row.reversed_by is not None:
        return None
    told = None
    if (back := _due(work, sold)) is not None:
        draft = Draft(
            op=following_id(OperationId(cause.op), "offers back"),
            kind="offers_back",
            body=OffersBackBody(offers=back),
            by=_OFFICE,
            member_id=None if sold.row.member_id is None else MemberId(sold.row.member_id),
            reference=sold.row.sale_id,
            rule=sold.row.program or None,
        )
        told = append(work, draft)
        apply_offers_back(work, told, None)
    knew = msgspec.convert(cause.envelope.b, ReturnBody).whole
    if sold.sums.whole and not knew:
        revoke_following(work, told or cause, sold.row.sale_id, by=_OFFICE)
    return told


def apply_offers_back(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry what two returns gave back together into the tables."""
    body = msgspec.convert(operation.envelope.b, OffersBackBody)
    reference = operation.envelope.ref
    assert reference is not None, "it is of a sale"
    sale_id = SaleId(parse_id(reference))
    assert work.sales.by_id(sale_id) is not None, "a sale is known before its offers come back"
    work.sql.run(_KEEP, (operation.op, sale_id))
    carry_offers_back(work, operation, body.offers, sale_id=sale_id)


def _due(work: UnitOfWork, sold: SoldSale) -> OffersBack | None:
    sale_id = sold.row.sale_id
    whole_lines = [
        number for number, line in enumerate(sold.left.lines, start=1) if line.returned >= line.of
    ]
    back = offers_back(work, sale_id, sold.body, whole_lines=whole_lines, whole=sold.sums.whole)
    if back is None:
        return None
    freed = back.whole and work.one(_STANDING, (sale_id,)) is not None
    if not (back.restored or back.withdrawn or freed):
        return None
    return OffersBack(restored=back.restored, withdrawn=back.withdrawn, whole=freed)
