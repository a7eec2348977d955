"""Who has to look again after a commit.

Outcomes say what they touched; here that becomes three plain questions, which each screen answers
for itself. An outcome that nobody listed here touches everything: a redraw too many is cheap.
"""

from dataclasses import dataclass

from db.domain.ids import MemberId
from db.domain.staff import PinLocked, WrongPin
from db.services.badges import BadgeGiven, PinGiven
from db.services.members import MemberEnrolled
from db.services.points import PointsAdjusted, PointsRedeemed
from db.services.reversals import SaleReversed
from db.services.sales import Sold
from db.services.shifts import ShiftClosed, ShiftOpened
from db.services.staff import SignedIn, StaffMember
from db.services.stored_value import ValueMoved
from desktop.config import PreferencesKept
from desktop.runtime.paper_numbers import Numbered
from sync.client.exchange import ExchangeReport


@dataclass(frozen=True, slots=True)
class Changes:
    """What an outcome touched; `members` is None where it may be any of them."""

    members: frozenset[MemberId] | None = frozenset()
    day: bool = False
    desk: bool = True

    def touch(self, member_id: MemberId | None) -> bool:
        """Say whether this member's figures may be others now."""
        if member_id is None:
            return False
        return self.members is None or member_id in self.members


EVERYTHING = Changes(members=None, day=True)


def changes_of(outcome: object) -> Changes:
    """Return what a service's outcome touched."""
    match outcome:
        case Sold(member_id=member_id) | SaleReversed(member_id=member_id):
            touched = frozenset[MemberId]() if member_id is None else frozenset({member_id})
            return Changes(members=touched, day=True)
        case MemberEnrolled(member_id=member_id):
            return Changes(members=frozenset({member_id}), day=True)
        case PointsRedeemed(member_id=member_id) | PointsAdjusted(member_id=member_id):
            return Changes(members=frozenset({member_id}), day=True)
        case ValueMoved(member_id=member_id):
            return Changes(members=frozenset({member_id}), day=True)
        case ShiftOpened() | ShiftClosed():
            return Changes(day=True)
        case SignedIn() | WrongPin() | PinLocked() | PreferencesKept() | Numbered(copy=0):
            return Changes(desk=False)
        case (
            BadgeGiven()
            | PinGiven()
            | StaffMember()
            | Numbered()
            | ExchangeReport(pulled=0, leased=0, rehomed=0, loaded=0)
        ):
            return Changes()
        case _:
            return EVERYTHING
