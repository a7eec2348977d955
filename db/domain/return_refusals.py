"""How a return of goods is refused: each refusal names what would be allowed."""

from dataclasses import dataclass

from db.domain.ids import MemberId, SaleId
from db.domain.refusals import Refusal


@dataclass(eq=False)
class UnknownLine(Refusal):
    """The sale has no such line; lines are counted from 1."""

    line: int


@dataclass(eq=False)
class OverReturn(Refusal):
    """More comes back than is left of the line."""

    line: int
    requested: int
    largest: int


@dataclass(eq=False)
class OverReturnedAmount(Refusal):
    """A higher amount comes back than is left of the sale."""

    requested_minor: int
    largest_minor: int


@dataclass(eq=False)
class LinesRequired(Refusal):
    """A sale with lines is returned by lines."""

    sale: str


@dataclass(eq=False)
class QuantityInvalid(Refusal):
    """What comes back is at least one unit, or one 分."""

    line: int
    requested: int


@dataclass(eq=False)
class RefundBeyondTender(Refusal):
    """Money goes back the way it came, and no more of it than came that way."""

    tender: str
    requested_minor: int
    largest_minor: int


@dataclass(eq=False)
class RefundDoesNotMatch(Refusal):
    """What is given back is not what the returned goods had cost, in 分."""

    due_minor: int
    refunded_minor: int


@dataclass(eq=False)
class NotReturnable(Refusal):
    """A former system's return is no sale that could be returned."""

    sale_id: SaleId


@dataclass(eq=False)
class SaleOfAnotherMember(Refusal):
    """The sale is not this member's."""

    sale_id: SaleId
    member_id: MemberId


@dataclass(eq=False)
class SaleElsewhere(Refusal):
    """This counter does not know the sale; its return needs head office."""

    wanted: str
