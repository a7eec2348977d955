"""How a step of a preview is refused, besides the refusals of the rules themselves."""

from dataclasses import dataclass

from db.domain.refusals import Refusal


@dataclass(eq=False)
class UnknownSale(Refusal):
    """The scenario has no such sale before this step."""

    sale: str


@dataclass(eq=False)
class DuplicateSale(Refusal):
    """A sale of that id was made before."""

    sale: str


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    """Nothing is left of that sale."""

    sale: str


@dataclass(eq=False)
class GiftUnknown(Refusal):
    """Points do not buy this."""

    sku: str


@dataclass(eq=False)
class GiftOutOfStock(Refusal):
    """None is left."""

    sku: str


@dataclass(eq=False)
class GiftPrice(Refusal):
    """The gift costs another number of points."""

    sku: str
    requested: int
    points: int
