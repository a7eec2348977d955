"""What the sale on the screen comes to: the same evaluation over the same facts as the service.

Pure and quick (well under a millisecond), so that it runs on every key.
"""

from dataclasses import dataclass
from datetime import date

from db.domain.basket import Basket
from db.domain.coupons import NO_FACTS
from db.domain.evaluation import SaleResult, bill_for, evaluate_sale
from db.domain.program import Program
from db.domain.redemption import Chip, quick_chips
from db.domain.refusals import Refusal
from db.queries.member_card import MemberCard


@dataclass(frozen=True, slots=True)
class Moment:
    """Under which program, and when: the business day and the instant in UTC ms."""

    program: Program
    day: date
    at_ms: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The sale if it were confirmed now; `refusal` says why the points asked for cannot be used."""

    result: SaleResult
    balance_after: int
    chips: tuple[Chip, ...] = ()
    refusal: Refusal | None = None


def preview_sale(
    moment: Moment, basket: Basket, card: MemberCard | None, *, points: int, online: bool
) -> Preview:
    """Return what a basket comes to; points that are refused are left out and said so.

    `online` lets the chips propose all points, for head office would lend them.
    """
    refusal: Refusal | None = None
    try:
        result = _evaluate(moment, basket, card, points=points)
    except Refusal as answer:
        refusal, points = answer, 0
        result = _evaluate(moment, basket, card, points=0)
    if card is None:
        return Preview(result, 0)
    usable = sum(award.points for award in result.awards if award.available_on <= moment.day)
    return Preview(
        result=result,
        balance_after=card.available - points + usable,
        chips=_chips(moment, basket, card, online=online),
        refusal=refusal,
    )


def _evaluate(
    moment: Moment, basket: Basket, card: MemberCard | None, *, points: int
) -> SaleResult:
    return evaluate_sale(
        moment.program,
        basket,
        None if card is None else card.standing.facts,
        on=moment.day,
        at_ms=moment.at_ms,
        redeem_points=points,
        balance=0 if card is None else card.available,
        spendable=0 if card is None else card.redeemable,
        offers=NO_FACTS if card is None else card.offers,
    )


def _chips(moment: Moment, basket: Basket, card: MemberCard, *, online: bool) -> tuple[Chip, ...]:
    return quick_chips(
        moment.program.money,
        balance=card.available,
        spendable=None if online else card.redeemable,
        bill=bill_for(
            moment.program,
            basket,
            card.standing.facts,
            on=moment.day,
            at_ms=moment.at_ms,
            offers=card.offers,
        ),
    )
