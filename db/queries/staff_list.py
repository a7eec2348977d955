"""Who works here, as a manager looks at it: roles, who left, whose PIN waits."""

from dataclasses import dataclass

from db.domain.ids import StaffId
from db.domain.staff import Role
from db.storage.database import Reader

_STAFF = (
    "SELECT s.staff_id, s.code, s.name, s.role, s.active, s.locked_until, d.signed_in_at,"
    " coalesce(d.pin_once, 0), d.badge_digest IS NOT NULL FROM staff AS s"
    " LEFT JOIN staff_desk AS d ON d.staff_id = s.staff_id"
    " ORDER BY s.active DESC, length(s.code), s.code"
)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person of the staff; times are UTC ms, `locked_until` is 0 where his PIN may be tried.

    The last three are of this counter alone: the last sign-in, a PIN that counts once, a badge.
    """

    staff_id: StaffId
    code: str
    name: str
    role: Role
    active: bool
    locked_until: int
    signed_in_at: int | None = None
    pin_once: bool = False
    has_badge: bool = False


def staff_list(reader: Reader) -> tuple[StaffLine, ...]:
    """Return everyone, those who left behind the others, each by code as people count."""
    return tuple(
        StaffLine(
            staff_id=StaffId(row[0]),
            code=row[1],
            name=row[2],
            role=Role(row[3]),
            active=bool(row[4]),
            locked_until=row[5],
            signed_in_at=row[6],
            pin_once=bool(row[7]),
            has_badge=bool(row[8]),
        )
        for row in reader.all(_STAFF)
    )
