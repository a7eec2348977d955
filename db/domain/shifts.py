"""The shift as facts: what opening and closing write, and who may close one."""

import msgspec

from db.domain.ids import StaffId
from db.domain.staff import Actor, Leave, Permission, leave_of


class ShiftOpenBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `shift_open`; the float is in 分."""

    number: int
    opening_float: int = 0


class ShiftCloseBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `shift_close`: counted cash and the till's Z total in 分, if given.

    `approver` let a drawer be closed that is far from what it should hold.
    """

    shift: str
    counted: int | None = None
    till_total: int | None = None
    approver: str | None = None


def may_close(by: Actor, opener_id: StaffId | None) -> bool:
    """Say whether someone may close a shift: his own, nobody's, or with leave anybody's."""
    if leave_of(by.role, Permission.SHIFT) is not Leave.ALLOWED:
        return False
    own = opener_id is None or opener_id == by.staff_id
    return own or leave_of(by.role, Permission.SHIFT_OF_OTHERS) is Leave.ALLOWED
