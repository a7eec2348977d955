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
