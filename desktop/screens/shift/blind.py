"""Whether a cashier counts without seeing what should be there; kept in the home's settings."""

from dataclasses import dataclass

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


def keep_blind(work: UnitOfWork, *, blind: bool) -> BlindKept:
    """Let the drawer be counted blind from now on, or not."""
    work.settings.put("shift_blind", "1" if blind else "0")
    return BlindKept(blind)
