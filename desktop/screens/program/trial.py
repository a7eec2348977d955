"""Trying a basket on the program: the counter's own evaluation, for a customer who is made up."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from db.domain.basket import Basket, BasketLine, MemberFacts
from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.program.document import Condition
from db.domain.program.program import Program
from db.domain.program.walk import walk
from desktop.wording.typing import AmountTyping

JOINED_DAYS = 100
VISITS = 5
_GOODS = ("category", "sku", "brand")
KINDS_MAX = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """Goods that a rule speaks of: one leaf of a condition."""

    leaf: str
    name: str

    def line(self, price: int) -> BasketLine:
        """Return one piece of it at a price in 分."""
        match self.leaf:
            case "category":
                return BasketLine(unit_price=price, category=self.name)
            case "sku":
                return BasketLine(unit_price=price, sku=self.name)
            case _:
                return BasketLine(unit_price=price, brand=self.name)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being tried: typed amount, lines laid in, and who buys (None is no member)."""

    amount: AmountTyping = field(default_factory=AmountTyping)
    lines: tuple[tuple[str, BasketLine], ...] = ()
    buyer: str | None = None

    def press(self, key: str) -> "Draft":
        """Return the draft after a key."""
        return replace(self, amount=self.amount.press(key))

    def with_line(self, kind: Kind | None) -> "Draft":
        """Return the draft with the typed amount laid in as one piece of these goods."""
        price = self.amount.minor
        line = BasketLine(unit_price=price) if kind is None else kind.line(price)
        name = "" if kind is None else kind.name
        return replace(self, amount=AmountTyping(), lines=(*self.lines, (name, line)))

    @property
    def basket(self) -> Basket | None:
        """Return the basket: the lines, and what is typed as one more of no kind."""
        lines = [line for _, line in self.lines]
        if self.amount.minor:
            lines.append(BasketLine(unit_price=self.amount.minor))
        return Basket(tuple(lines)) if lines else None


def kinds_of_goods(program: Program) -> tuple[Kind, ...]:
    """Return the goods that the program's rules name, categories first, each once."""
    found: dict[Kind, None] = {}
    for _path, part in walk(program.document, "$"):
        if isinstance(part, Condition):
            for leaf in _GOODS:
                names = getattr(part, leaf)
                found |= {Kind(leaf, name): None for name in (names or ())}
    ordered = sorted(found, key=lambda kind: (_GOODS.index(kind.leaf), kind.name))
    return tuple(ordered)[:KINDS_MAX]


def tried(program: Program, draft: Draft, *, on: date, at_ms: int) -> SaleResult | None:
    """Return what the draft comes to for a member of some visits; None while there is nothing."""
    basket = draft.basket
    if basket is None:
        return None
    member = None
    if draft.buyer is not None:
        joined_on = on - timedelta(days=JOINED_DAYS)
        member = MemberFacts(joined_on=joined_on, tier=draft.buyer, visits=VISITS)
    return evaluate_sale(program, basket, member, on=on, at_ms=at_ms)
