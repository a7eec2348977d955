"""The stored value of a member at the counter: what he has, and what may be spent here of it.

A counter of a head office may spend only what it holds (`storage/holds.py`); the sale that follows
is decided by the same two purses (`db.services.stored_value_sales`).
"""

from dataclasses import dataclass
from datetime import date

from db.domain.ids import MemberId
from db.domain.stored_value.purse import Purse
from db.storage.database import Reader
from db.storage.holds import value_here
from db.storage.home import HomeIdentity
from db.storage.stored_value import member_purse


@dataclass(frozen=True, slots=True)
class SpendableValue:
    """Both purses: `whole` is the member's, `here` the part that this counter may spend."""

    whole: Purse
    here: Purse

    def held(self, on: date) -> tuple[int, int]:
        """Return principal and bonus in 分 that the member has on a business day."""
        return self.whole.spendable(on)

    def usable(self, on: date) -> int:
        """Return how many 分 may be spent here on a business day."""
        return sum(self.here.spendable(on))


NO_VALUE = SpendableValue(Purse(), Purse())


def spendable_value(
    reader: Reader, member_id: MemberId, *, home: HomeIdentity, now_ms: int
) -> SpendableValue:
    """Return what a member holds, through merges; `now_ms` is the time that leases end by."""
    whole = member_purse(reader, member_id)
    if home.own_authority:
        return SpendableValue(whole, whole)
    here = value_here(reader, whole, member_id, stream_id=home.stream_id, now_ms=now_ms)
    return SpendableValue(whole, here.purse)
