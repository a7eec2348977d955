"""What the sale on the screen comes to: the same evaluation over the same facts as the service.

Pure and quick (well under a millisecond), so that it runs on every key. What cannot be used is left
out and said; the sale that is confirmed is the one that was previewed.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from db.domain.basket import Basket
from db.domain.evaluation import SaleResult, bill_for, evaluate_sale
from db.domain.offers.coupons import NO_FACTS, OfferFacts
from db.domain.program.program import Program
from db.domain.redemption import Chip, quick_chips
from db.domain.refusals import Refusal
from db.domain.stored_value.purse import pay_from
from db.domain.stored_value.terms import PROPORTIONAL
from db.queries.member_card import MemberCard
from db.queries.spendable_value import NO_VALUE, SpendableValue

SETTLING_MAX = 3
"""A promotion may ask how one pays: so often is looked what the due is with that."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Under which program, and when: the business day and the instant in UTC ms."""

    program: Program
    day: date
    at_ms: int


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whoever buys: his card, the coupons in reach, his stored value; nobody has none."""

    card: MemberCard | None = None
    offers: OfferFacts = NO_FACTS
    value: SpendableValue = NO_VALUE
    floor: int = 0
    """Points beyond the lease that somebody approved."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What is to pay: a basket with its coupons and codes, points, stored value or not."""

    basket: Basket
    points: int = 0
    by_value: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The sale if it were confirmed now.

    `held` is what of the demand holds; `refusal` says why the points asked for cannot be used,
    `withheld` why coupons and codes cannot, by their names. `by_value` is what stored value pays
    of the due, in 分.
    """

    result: SaleResult
    held: Demand
    balance_after: int
    chips: tuple[Chip, ...] = ()
    refusal: Refusal | None = None
    withheld: tuple[tuple[str, Refusal], ...] = ()
    by_value: int = 0

    @property
    def rest(self) -> int:
        """Return what is left to pay in cash, 分."""
        return self.result.due - self.by_value

    @property
    def tenders(self) -> dict[str, int]:
        """Return how the due is paid, as the sale says it; nothing where it is all cash."""
        if not self.by_value:
            return {}
        return {"stored_value": self.by_value} | ({"cash": self.rest} if self.rest else {})

    def same_sale(self, other: "Preview | None") -> bool:
        """Say whether it takes the same for the same; what is only proposed or greyed may vary."""
        return (
            other is not None
            and self.held == other.held
            and self.tenders == other.tenders
            and self.result.due == other.result.due
        )


@dataclass(slots=True)
class _Refused:
    """What was refused on the way."""

    points: Refusal | None = None
    named: list[tuple[str, Refusal]] = field(default_factory=list)

    def without(self, demand: Demand, refusal: Refusal) -> Demand:
        """Return the demand without what was refused, and note why."""
        name = name_of(refusal)
        if not name:
            self.points = refusal
            assert demand.points, "a sale is refused only for what was asked beyond it"
            return replace(demand, points=0)
        self.named.append((name, refusal))
        basket = demand.basket
        left = replace(
            basket,
            coupons=tuple(code for code in basket.coupons if code != name),
            codes=tuple(code for code in basket.codes if code != name),
        )
        assert left != basket, "only what was named is refused by its name"
        return replace(demand, basket=left)


def name_of(refusal: Refusal) -> str:
    """Return the coupon or the code that a refusal is about; empty where it is about neither."""
    details = refusal.details
    return str(details.get("coupon") or details.get("code_typed") or "")


def preview_sale(moment: Moment, demand: Demand, buyer: Buyer, *, online: bool) -> Preview:
    """Return what a demand comes to.

    `online` lets the chips propose all points, for head office would lend them; without a line they
    propose what the floor lets somebody approve.
    """
    refused = _Refused()
    while True:
        try:
            result, by_value = _settled(moment, demand, buyer)
            break
        except Refusal as refusal:
            demand = refused.without(demand, refusal)
    preview = Preview(
        result=result,
        held=demand,
        balance_after=0,
        refusal=refused.points,
        withheld=tuple(refused.named),
        by_value=by_value,
    )
    if buyer.card is None:
        return preview
    usable = sum(award.points for award in result.awards if award.available_on <= moment.day)
    return replace(
        preview,
        balance_after=buyer.card.available - demand.points + usable,
        chips=_chips(moment, demand.basket, buyer, online=online),
    )


def _settled(moment: Moment, demand: Demand, buyer: Buyer) -> tuple[SaleResult, int]:
    """Return the sale and what stored value pays of it; the due may depend on how one pays."""
    result = _evaluate(moment, demand.basket, buyer, points=demand.points)
    if not demand.by_value:
        return result, 0
    usable = buyer.value.usable(moment.day)
    for _ in range(SETTLING_MAX):
        amount = min(result.due, usable)
        if not amount:
            break
        paid = _paid_by_value(moment, demand.basket, buyer, amount=amount, due=result.due)
        again = _evaluate(moment, paid, buyer, points=demand.points)
        if again.due == result.due:
            return again, amount
        result = again
    return _evaluate(moment, demand.basket, buyer, points=demand.points), 0


def _paid_by_value(
    moment: Moment, basket: Basket, buyer: Buyer, *, amount: int, due: int
) -> Basket:
    terms = moment.program.stored_value
    order = PROPORTIONAL if terms is None else terms.spend_order
    paid = pay_from(buyer.value.here, amount, order=order, on=moment.day)
    return replace(
        basket,
        tenders=("stored_value", "cash") if amount < due else ("stored_value",),
        stored_value_principal=paid.principal,
        stored_value_bonus=paid.bonus,
    )


def _evaluate(moment: Moment, basket: Basket, buyer: Buyer, *, points: int) -> SaleResult:
    card = buyer.card
    return evaluate_sale(
        moment.program,
        basket,
        None if card is None else card.standing.facts,
        on=moment.day,
        at_ms=moment.at_ms,
        redeem_points=points,
        balance=0 if card is None else card.available,
        spendable=0 if card is None else card.redeemable + buyer.floor,
        offers=buyer.offers,
    )


def _chips(moment: Moment, basket: Basket, buyer: Buyer, *, online: bool) -> tuple[Chip, ...]:
    card = buyer.card
    assert card is not None, "points are somebody's"
    return quick_chips(
        moment.program.money,
        balance=card.available,
        spendable=None if online else card.redeemable + card.standing.floor,
        bill=bill_for(
            moment.program,
            basket,
            card.standing.facts,
            on=moment.day,
            at_ms=moment.at_ms,
            offers=buyer.offers,
        ),
    )
