"""What a sale takes of stored value, and what goes back of it: hooks of selling and returning.

A counter of a head office lets only that be spent which it holds (`storage/holds.py`): what it
took in itself, and what head office leased to it. Nobody else can spend that meanwhile.
"""

from datetime import date, timedelta

from db.domain.holds import ValueHere, spent_of_holds
from db.domain.ids import LotId, MemberId, SaleId, parse_id
from db.domain.lots import Lot
from db.domain.operations import Operation
from db.domain.redemption_refusals import MemberRequired
from db.domain.returns import GRACE_DAYS
from db.domain.stored_value.facts import (
    BonusFact,
    ValueBack,
    ValueUse,
    bonus_fact,
    giving_back_movements,
    spending_movements,
    value_shares,
    value_use,
)
from db.domain.stored_value.purse import Purse, pay_from, stored_value_given_back
from db.domain.stored_value.refusals import StoredValueElsewhere, StoredValueNotOffered
from db.domain.stored_value.terms import PROPORTIONAL
from db.services.journal import trusted_now
from db.storage.holds import value_here
from db.storage.stored_value import Place, member_purse
from db.storage.unit_of_work import UnitOfWork


def use_value(work: UnitOfWork, member_id: MemberId | None, amount: int) -> ValueUse | None:
    """Return which purse and lots pay so many 分 of a sale; nothing for nothing.

    What a member has stays good for paying when a later program keeps no stored value.

    Raises:
        MemberRequired, StoredValueNotOffered, InsufficientStoredValue, StoredValueElsewhere.
    """
    if amount == 0:
        return None
    if member_id is None:
        raise MemberRequired(requested=0)
    terms = work.program(work.today).stored_value
    purse = member_purse(work.sql, member_id)
    here = held_here(work, member_id, purse)
    balance, held = (sum(each.spendable(work.today)) for each in (purse, here.purse))
    if terms is None and max(balance, held) == 0:
        raise StoredValueNotOffered
    if amount > held and (amount <= balance or held > balance):
        raise StoredValueElsewhere(
            requested_minor=amount, largest_minor=held, balance_minor=max(balance, held)
        )
    order = PROPORTIONAL if terms is None else terms.spend_order
    paying = here.purse if amount <= held else purse
    paid = pay_from(paying, amount, order=order, on=work.today)
    return value_use(paid, spent_of_holds(here.holds, paid.principal, paid.lots))


def held_here(work: UnitOfWork, member_id: MemberId, purse: Purse) -> ValueHere:
    """Return what this counter may spend of a member's purse now; all of it without an office."""
    if work.home.own_authority:
        return ValueHere(purse)
    return value_here(
        work.sql,
        purse,
        member_id,
        stream_id=work.home.stream_id,
        now_ms=trusted_now(work),
    )


def value_back(
    work: UnitOfWork, sale_id: SaleId, use: ValueUse | None, *, due: int, returned: int
) -> ValueBack | None:
    """Return what goes back of a sale's stored value once `returned` 分 of its `due` came back.

    `returned` counts this return and all before it; what those gave back is taken off. Bonus whose
    lot has run out comes back in a new one that lives 30 days (DECISIONS 44).
    """
    if use is None:
        return None
    back = stored_value_given_back(
        use.payment, due=due, returned=returned, already=work.values.given_back(sale_id)
    )
    if back.total == 0:
        return None
    living = [(lot, part) for lot, part in back.lots if not _has_lapsed(work, lot)]
    ended = back.bonus - sum(part for _, part in living)
    grace = work.today + timedelta(days=GRACE_DAYS)
    return ValueBack(
        principal=back.principal,
        restored=value_shares(tuple(living)),
        renewed=(bonus_fact(LotId(work.new_id()), ended, grace),) if ended else (),
    )


def carry_use(work: UnitOfWork, operation: Operation, use: ValueUse | None) -> None:
    """Carry what a sale took of stored value into the ledgers."""
    if use is not None:
        place = place_of(operation, sale_id=SaleId(operation.op))
        work.values.post(place, spending_movements(operation, use))
        work.holds.spend(operation.op, use.holds)


def carry_back(
    work: UnitOfWork, operation: Operation, back: ValueBack | None, *, sale_id: SaleId
) -> None:
    """Carry what a reversal or a return gives back into the ledgers."""
    if back is None:
        return
    open_bonus_lots(work, operation, back.renewed)
    movements = giving_back_movements(operation, back)
    work.values.post(place_of(operation, sale_id=sale_id), movements)


def place_of(operation: Operation, *, sale_id: SaleId | None) -> Place:
    """Return where and when an operation moves value."""
    envelope = operation.envelope
    return Place(
        op=operation.op,
        sale_id=sale_id,
        branch_id=parse_id(envelope.store),
        counter_id=parse_id(envelope.dev),
        business_day=envelope.bd,
    )


def open_bonus_lots(work: UnitOfWork, operation: Operation, lots: tuple[BonusFact, ...]) -> None:
    """Open the bonus lots of an act, empty until its movements fill them."""
    for fact in lots:
        lot = Lot(
            lot_id=LotId(parse_id(fact.lot)),
            points=0,
            available_on=date.fromisoformat(operation.envelope.bd),
            expires_on=None if fact.expires_on is None else date.fromisoformat(fact.expires_on),
            opened_at=operation.envelope.wall,
        )
        work.values.open_lot(
            lot, member_id=owner_of(operation), op=operation.op, granted=fact.amount
        )


def owner_of(operation: Operation) -> MemberId:
    """Return whose value an operation moves."""
    member = operation.member
    assert member is not None, "stored value is somebody's"
    return MemberId(member)


def _has_lapsed(work: UnitOfWork, lot_id: LotId) -> bool:
    last_day = work.values.last_day(lot_id)
    return last_day is not None and last_day < work.today
