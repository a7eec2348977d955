"""Who may do what: roles, permissions as data, and the rules for a PIN.

Permissions are UX.md §6.5's matrix. An approval is a second person's PIN on the same screen; the
approver is never the requester, and both names go into the record.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from db.domain.ids import StaffId
from db.domain.refusals import Refusal

PIN_DIGITS = 6
PIN_MISSES_FREE = 5
PIN_BACKOFF_MS = (30_000, 60_000, 300_000, 900_000)


class Role(StrEnum):
    """What a person is in the shop."""

    CASHIER = "cashier"
    SHIFT_LEAD = "shift_lead"
    MANAGER = "manager"
    HEAD_OFFICE = "head_office"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What the shop guards; the values are what refusals name."""

    SELL = "sell"
    ENROLL = "enroll"
    REDEEM = "redeem"
    UNDO = "undo"
    VOID = "void"
    RETURN = "return"
    ADJUST = "adjust"
    TOP_UP = "top_up"
    REFUND = "refund"
    REVEAL = "reveal"
    REPORTS = "reports"
    IMPORT = "import"
    EXPORT = "export"
    SHIFT = "shift"
    SHIFT_OF_OTHERS = "shift_of_others"
    SETTINGS = "settings"
    ISSUE_COUPONS = "issue_coupons"
    CHANGE_PHONE = "change_phone"
    FREEZE = "freeze"
    MERGE = "merge"
    FLOOR = "floor"


class Leave(StrEnum):
    """A role's answer to a permission: alone, with a second person, or not at all."""

    ALLOWED = "allowed"
    APPROVAL = "approval"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and who approves; nobody acts alone for two."""

    staff_id: StaffId | None
    role: Role
    approver_id: StaffId | None = None
    approver_role: Role | None = None


@dataclass(eq=False)
class NotPermitted(Refusal):
    """The role may not do this, not even with approval."""

    permission: str
    role: str


@dataclass(eq=False)
class ApprovalNeeded(Refusal):
    """A second person who may do this has to put in his PIN."""

    permission: str
    role: str


@dataclass(eq=False)
class WrongPin(Refusal):
    """The PIN is not this person's; `misses` counts since the last right one."""

    misses: int


@dataclass(eq=False)
class PinLocked(Refusal):
    """Too many wrong PINs; the next try counts after `until_at` (UTC ms)."""

    until_at: int


@dataclass(eq=False)
class WeakPin(Refusal):
    """A PIN must be six digits that nobody guesses: no runs, no repeats, no birthdays."""

    reason: str


_ALL = frozenset(Permission)
_ALONE: dict[Role, frozenset[Permission]] = {
    Role.CASHIER: frozenset(
        {
            Permission.SELL,
            Permission.ENROLL,
            Permission.REDEEM,
            Permission.UNDO,
            Permission.RETURN,
            Permission.TOP_UP,
            Permission.SHIFT,
        }
    ),
    Role.SHIFT_LEAD: frozenset(
        {
            Permission.SELL,
            Permission.ENROLL,
            Permission.REDEEM,
            Permission.UNDO,
            Permission.VOID,
            Permission.RETURN,
            Permission.TOP_UP,
            Permission.SHIFT,
            Permission.SHIFT_OF_OTHERS,
            Permission.REPORTS,
        }
    ),
    Role.MANAGER: _ALL,
    Role.HEAD_OFFICE: _ALL,
    Role.AUDITOR: frozenset({Permission.REPORTS, Permission.EXPORT}),
}
_WITH_APPROVAL: dict[Role, frozenset[Permission]] = {
    Role.CASHIER: frozenset({Permission.VOID, Permission.REFUND, Permission.CHANGE_PHONE}),
    Role.SHIFT_LEAD: frozenset(
        {
            Permission.REVEAL,
            Permission.ADJUST,
            Permission.REFUND,
            Permission.ISSUE_COUPONS,
            Permission.CHANGE_PHONE,
            Permission.FREEZE,
        }
    ),
}


def leave_of(role: Role, permission: Permission) -> Leave:
    """Return what the matrix says."""
    if permission in _ALONE[role]:
        return Leave.ALLOWED
    if permission in _WITH_APPROVAL.get(role, frozenset()):
        return Leave.APPROVAL
    return Leave.NO


def require(actor: Actor, permission: Permission) -> None:
    """Refuse unless the actor may, alone or with the approver he brought."""
    match leave_of(actor.role, permission):
        case Leave.ALLOWED:
            return
        case Leave.APPROVAL if _approved(actor, permission):
            return
        case Leave.APPROVAL:
            raise ApprovalNeeded(permission.value, actor.role.value)
        case _:
            raise NotPermitted(permission.value, actor.role.value)


def require_second(actor: Actor, permission: Permission) -> None:
    """Refuse unless a second person approves who may do it alone, whoever acts."""
    if not _approved(actor, permission):
        raise ApprovalNeeded(permission.value, actor.role.value)


def check_pin(pin: str, *, birthday: str = "") -> None:
    """Refuse a PIN that is not six digits, or that anyone would try first."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        raise WeakPin("not_six_digits")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise WeakPin("run")
    if len(set(pin)) <= 2 or pin[:3] == pin[3:]:  # noqa: PLR2004 - two different digits
        raise WeakPin("repeat")
    digits = birthday.replace("-", "")
    if digits and (pin in digits or digits[-4:] in pin):
        raise WeakPin("birthday")


def locked_until(misses: int, at_ms: int) -> int:
    """Return until when (UTC ms) the next try waits after so many misses; 0 for no wait."""
    over = misses - PIN_MISSES_FREE
    if over < 0:
        return 0
    return at_ms + PIN_BACKOFF_MS[min(over, len(PIN_BACKOFF_MS) - 1)]


def _approved(actor: Actor, permission: Permission) -> bool:
    return (
        actor.approver_id is not None
        and actor.approver_role is not None
        and actor.approver_id != actor.staff_id
        and leave_of(actor.approver_role, permission) is Leave.ALLOWED
    )
