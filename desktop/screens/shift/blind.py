"""Whether a cashier counts without seeing what should be there; kept in the home's settings."""

from dataclasses import dataclass

from db.domain.staff import Actor, Leave, Permission, Role, leave_of, require
from db.storage.database import Reader
from db.storage.unit_of_work import UnitOfWork

_SETTING = "SELECT value FROM setting WHERE name = 'shift_blind'"


@dataclass(frozen=True, slots=True)
class BlindKept:
    """It will be so tomorrow."""

    blind: bool


def counts_blind(reader: Reader) -> bool:
    """Say whether the drawer is counted blind here."""
    row = reader.one(_SETTING)
    return row is not None and row[0] == "1"


def sees_expected(role: Role) -> bool:
    """Say whether a role closes anybody's shift, and so sees what should lie in a blind drawer."""
    return leave_of(role, Permission.SHIFT_OF_OTHERS) is Leave.ALLOWED


def keep_blind(work: UnitOfWork, *, blind: bool, by: Actor) -> BlindKept:
    """Let the drawer be counted blind from now on, or not; refuses who counts blind himself."""
    require(by, Permission.SHIFT_OF_OTHERS)
    work.settings.put("shift_blind", "1" if blind else "0")
    return BlindKept(blind)
