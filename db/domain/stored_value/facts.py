"""Stored value as facts: what operations hold, and what they do to the two value ledgers.

Principal and bonus are ledgers of their own, each double entry: the sum over its accounts is 0.
An operation names the bonus lots it took, so the fold depends on no order of arrival
(DECISIONS 9). What is refunded leaves principal; the bonus that is void with it leaves bonus.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec

from db.domain.ids import LotId, MemberId, parse_id, text_of
from db.domain.operations import Operation
from db.domain.stored_value.purse import LotShares, ValuePayment
from db.domain.stored_value.terms import PROPORTIONAL

TOP_UP_TENDERS = ("cash", "card", "wechat", "alipay", "other")
"""What stored value is paid in with, and paid out in."""


class PurseName(StrEnum):
    """Which of the two ledgers."""

    PRINCIPAL = "principal"
    BONUS = "bonus"


class ValueAccount(StrEnum):
    """What an account of a purse stands for; only `member` is somebody's."""

    ISSUED = "issued"
    """Minus all that was ever paid in, or given as bonus."""
    MEMBER = "member"
    SPENT = "spent"
    REFUNDED = "refunded"
    """Principal that was paid out; bonus that became void with it."""


class ValueEntry(StrEnum):
    """Why value moved."""

    TOP_UP = "top_up"
    SPEND = "spend"
    GIVE_BACK = "give_back"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class ValueMovement:
    """So many 分 of a member's purse from one account to another; bonus moves by lot."""

    entry: ValueEntry
    purse: PurseName
    debit: ValueAccount
    credit: ValueAccount
    amount: int
    member_id: MemberId
    lot_id: LotId | None = None

    def __post_init__(self) -> None:
        """Hold programmers to what is a movement."""
        assert self.amount > 0, "a movement moves at least one 分"
        assert (self.lot_id is not None) == (self.purse is PurseName.BONUS), "bonus moves by lot"


class ValueShare(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """So many 分 of one bonus lot."""

    lot: str
    amount: int


class BonusFact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A bonus lot that the act opened; its last day is inclusive, without one it never ends."""

    lot: str
    amount: int
    expires_on: str | None = None


class HoldSpend(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What of a payment came out of one hold, in 分; the rest was the stream's own intake."""

    hold: str
    principal: int = 0
    bonus: tuple[ValueShare, ...] = ()


class ValueUse(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What of a sale stored value paid, in 分; the order it was taken in tells what comes back."""

    principal: int = 0
    bonus: tuple[ValueShare, ...] = ()
    order: str = PROPORTIONAL
    holds: tuple[HoldSpend, ...] = ()

    @property
    def payment(self) -> ValuePayment:
        """Return it as the rules know it."""
        return ValuePayment(self.principal, _shares(self.bonus), self.order)


class ValueBack(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What goes back: principal, bonus into its lots, and new lots for those that had run out."""

    principal: int = 0
    restored: tuple[ValueShare, ...] = ()
    renewed: tuple[BonusFact, ...] = ()


class TopUpBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `top_up`: 分 paid in with a tender, and the bonus on them."""

    pay: int
    bonus: tuple[BonusFact, ...] = ()
    tender: str = "cash"
    shift: str | None = None
    approver: str | None = None


class RefundBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `refund`: principal paid out in a tender, and the bonus void with it."""

    principal: int
    voided: tuple[ValueShare, ...] = ()
    tender: str = "cash"
    reason: str = ""
    shift: str | None = None
    approver: str | None = None
    holds: tuple[HoldSpend, ...] = ()


def value_use(paid: ValuePayment, holds: tuple[HoldSpend, ...] = ()) -> ValueUse:
    """Return a payment as the sale keeps it, with what of it came out of holds."""
    return ValueUse(
        principal=paid.principal, bonus=value_shares(paid.lots), order=paid.order, holds=holds
    )


def value_shares(lots: LotShares) -> tuple[ValueShare, ...]:
    """Return shares of lots as facts."""
    return tuple(ValueShare(lot=text_of(lot_id), amount=amount) for lot_id, amount in lots)


def bonus_fact(lot_id: LotId, amount: int, expires_on: date | None) -> BonusFact:
    """Return a new bonus lot as a fact."""
    last_day = None if expires_on is None else expires_on.isoformat()
    return BonusFact(lot=text_of(lot_id), amount=amount, expires_on=last_day)


def top_up_movements(operation: Operation, body: TopUpBody) -> list[ValueMovement]:
    """Return what a top-up does: the shop owes the money, and its bonus."""
    move = _Mover(operation, ValueEntry.TOP_UP, ValueAccount.ISSUED, ValueAccount.MEMBER)
    return [*move.principal(body.pay), *move.bonus(body.bonus)]


def refund_movements(operation: Operation, body: RefundBody) -> list[ValueMovement]:
    """Return what a refund does: principal is paid out, bonus is void."""
    move = _Mover(operation, ValueEntry.REFUND, ValueAccount.MEMBER, ValueAccount.REFUNDED)
    return [*move.principal(body.principal), *move.bonus(body.voided)]


def spending_movements(operation: Operation, use: ValueUse) -> list[ValueMovement]:
    """Return what paying for a sale does."""
    move = _Mover(operation, ValueEntry.SPEND, ValueAccount.MEMBER, ValueAccount.SPENT)
    return [*move.principal(use.principal), *move.bonus(use.bonus)]


def giving_back_movements(operation: Operation, back: ValueBack) -> list[ValueMovement]:
    """Return what giving back does, for a reversal as for a return."""
    move = _Mover(operation, ValueEntry.GIVE_BACK, ValueAccount.SPENT, ValueAccount.MEMBER)
    return [
        *move.principal(back.principal),
        *move.bonus(back.restored),
        *move.bonus(back.renewed),
    ]


def fold_value(
    movements: Iterable[ValueMovement],
) -> Counter[tuple[PurseName, ValueAccount, MemberId | None]]:
    """Return every account's balance in 分, in any order; only members' accounts have an owner."""
    balances: Counter[tuple[PurseName, ValueAccount, MemberId | None]] = Counter()
    for movement in movements:
        for account, amount in (
            (movement.debit, -movement.amount),
            (movement.credit, movement.amount),
        ):
            owner = movement.member_id if account is ValueAccount.MEMBER else None
            balances[movement.purse, account, owner] += amount
    return balances


@dataclass(frozen=True, slots=True)
class _Mover:
    """Makes an operation's movements, all in one direction."""

    operation: Operation
    entry: ValueEntry
    debit: ValueAccount
    credit: ValueAccount

    def principal(self, amount: int) -> list[ValueMovement]:
        return [self._move(PurseName.PRINCIPAL, amount, None)] if amount else []

    def bonus(self, shares: Iterable[ValueShare | BonusFact]) -> list[ValueMovement]:
        return [
            self._move(PurseName.BONUS, share.amount, LotId(parse_id(share.lot)))
            for share in shares
        ]

    def _move(self, purse: PurseName, amount: int, lot_id: LotId | None) -> ValueMovement:
        member = self.operation.member
        assert member is not None, "stored value is somebody's"
        return ValueMovement(
            self.entry, purse, self.debit, self.credit, amount, MemberId(member), lot_id
        )


def _shares(shares: tuple[ValueShare, ...]) -> LotShares:
    return tuple((LotId(parse_id(share.lot)), share.amount) for share in shares)
