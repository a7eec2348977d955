"""What has happened in the gallery's shop before anybody looks: each act through its service.

Every maker is one transaction, as it would be at a counter.
"""

from db.domain.basket import Basket
from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor
from db.services.coupons import IssueCoupons, issue_coupons
from db.services.members import EnrollMember, enroll_member, spoken_consent
from db.services.sales import Sell, sell
from db.services.stored_value import TopUpValue, top_up_value
from db.storage.unit_of_work import Storage


def register(storage: Storage, *, by: Actor, phone: str, name: str) -> MemberId:
    """Register a member who agreed by word of mouth; return him."""
    with storage.begin() as work:
        command = EnrollMember(
            op=OperationId(work.new_id()),
            member_id=MemberId(work.new_id()),
            by=by,
            phone=phone,
            name=name,
            consents=spoken_consent(marketing=False),
        )
        return enroll_member(work, command).member_id


def sell_for(storage: Storage, member_id: MemberId, *, by: Actor, amount: int) -> None:
    """Sell for an amount in 分, paid in cash."""
    with storage.begin() as work:
        command = Sell(
            op=OperationId(work.new_id()),
            by=by,
            basket=Basket.of_amount(amount),
            member_id=member_id,
        )
        sell(work, command)


def issue_coupon(storage: Storage, member_id: MemberId, *, kind: str, by: Actor) -> str:
    """Issue a coupon of a kind to a member; return what is printed on it."""
    with storage.begin() as work:
        command = IssueCoupons(op=OperationId(work.new_id()), by=by, kind=kind, member_id=member_id)
        return issue_coupons(work, command).coupons[0].code


def top_up(storage: Storage, member_id: MemberId, *, pay: int, by: Actor) -> None:
    """Take in cash for a member's stored value, in 分."""
    with storage.begin() as work:
        command = TopUpValue(op=OperationId(work.new_id()), member_id=member_id, by=by, pay=pay)
        top_up_value(work, command)
