"""The points ledger: double entry, append-only, and the balances that fold from it.

Every movement takes points out of one account and puts them into another, so the sum over all
accounts is always 0 (TigerBeetle's transfers are the model). A mistake is answered by the opposite
movement. Nothing here depends on the order of arrival: two counters and head office hold the same
movements in any order and agree.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from db.domain.ids import LeaseId, LotId, MemberId


class AccountKind(StrEnum):
    """What an account stands for. A balance is Σ credits − Σ debits."""

    ISSUED = "issued"
    """The shop: minus all points that were ever awarded and not taken back."""
    MEMBER = "member"
    """What one member holds and no counter has under a lease."""
    LEASE = "lease"
    """What one counter may spend of one member's points."""
    REDEEMED = "redeemed"
    """Spent points."""
    EXPIRED = "expired"
    """Points that ran out."""
    DEBT = "debt"
    """Between an award that repays and the lot that was owed; always 0 after an act."""
    LOSS = "loss"
    """What was owed too long and is forgiven."""


class EntryKind(StrEnum):
    """Why points moved."""

    EARN = "earn"
    REDEEM = "redeem"
    TAKE_BACK = "take_back"
    """Earned points that an undo or a return takes back."""
    GIVE_BACK = "give_back"
    """Redeemed points that an undo or a return gives back."""
    ADJUST = "adjust"
    OPENING = "opening"
    LEASE = "lease"
    RECLAIM = "reclaim"
    COVER = "cover"
    """What was spent beyond a lease, out of the member's own account, which may be owed then."""
    EXPIRE = "expire"
    REPAY = "repay"
    """Awarded points that repay what is owed (欠分)."""
    WRITE_OFF = "write_off"


class Account(msgspec.Struct, frozen=True):
    """One account: its kind and whose it is (a member or a lease; nobody for the shop's own)."""

    kind: AccountKind
    owner: bytes = b""


ISSUED = Account(AccountKind.ISSUED)
REDEEMED = Account(AccountKind.REDEEMED)
EXPIRED = Account(AccountKind.EXPIRED)
DEBT = Account(AccountKind.DEBT)
LOSS = Account(AccountKind.LOSS)


class Movement(msgspec.Struct, frozen=True):
    """Points of one lot going from one account to another; never zero, never negative."""

    entry: EntryKind
    debit: Account
    credit: Account
    points: int
    member_id: MemberId
    lot_id: LotId

    def __post_init__(self) -> None:
        """Refuse what is not a movement."""
        assert self.points > 0, "a movement moves at least one point"
        assert self.debit != self.credit, "a movement has two ends"


def member_account(member_id: MemberId) -> Account:
    """Return the account that holds a member's own points."""
    return Account(AccountKind.MEMBER, member_id)


def lease_account(lease_id: LeaseId) -> Account:
    """Return the account that holds what is left of a lease."""
    return Account(AccountKind.LEASE, lease_id)


def lease_of(movement: Movement) -> bytes | None:
    """Return the lease that a movement goes into or out of, if any."""
    for account in (movement.debit, movement.credit):
        if account.kind is AccountKind.LEASE:
            return account.owner
    return None


def fold(movements: Iterable[Movement]) -> Counter[Account]:
    """Return every account's balance: the sum of its credits less its debits, in any order."""
    balances: Counter[Account] = Counter()
    for movement in movements:
        balances[movement.debit] -= movement.points
        balances[movement.credit] += movement.points
    return balances
