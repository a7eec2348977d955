"""Who works here, as a manager looks at it: roles, who left, whose PIN waits."""

from dataclasses import dataclass

from db.domain.ids import StaffId
from db.domain.staff import Role
from db.storage.database import Reader

_STAFF = (
    "SELECT staff_id, code, name, role, active, locked_until FROM staff"
    " ORDER BY active DESC, length(code), code"
)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person of the staff; `locked_until` is UTC ms, 0 where his PIN may be tried."""

    staff_id: StaffId
    code: str
    name: str
    role: Role
    active: bool
    locked_until: int


def staff_list(reader: Reader) -> tuple[StaffLine, ...]:
    """Return everyone, those who left behind the others, each by code as people count."""
    return tuple(
        StaffLine(StaffId(staff_id), code, name, Role(role), bool(active), locked_until)
        for staff_id, code, name, role, active, locked_until in reader.all(_STAFF)
    )
