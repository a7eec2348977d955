"""One preview in progress: the program, the member's book, and the tier as it stands.

Sales, returns and voids are acted out in `preview.sales`, the rest in `preview.points`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.domain.basket import MemberFacts
from db.domain.explanation import Explained
from db.domain.money import amount_text
from db.domain.preview.book import Book
from db.domain.preview.coupons import CouponBook
from db.domain.preview.scenario import ScenarioMember
from db.domain.preview.value import ValueBook
from db.domain.program.program import Program
from db.domain.tiers import measured_in


@dataclass(frozen=True, slots=True)
class Figures:
    """What a step came to: points, and 分; a return carries them below zero."""

    earned: int = 0
    redeemed: int = 0
    redeemed_value: int = 0
    due: int = 0
    per_line: tuple[dict[str, Any], ...] = ()
    explanation: tuple[Explained, ...] = ()


@dataclass(frozen=True, slots=True)
class Instant:
    """When a step happens: its business day and its instant in UTC ms."""

    on: date
    at_ms: int


@dataclass(slots=True)
class Run:
    """The state between steps."""

    program: Program
    book: Book
    member: ScenarioMember | None
    joined_on: date | None
    tier: str = ""
    kept_tier: str = ""
    reviewed_on: date | None = None
    gifts_out: dict[str, int] = field(default_factory=dict)
    tags: Counter[str] = field(default_factory=Counter)
    happened: set[str] = field(default_factory=set)
    value: ValueBook = field(default_factory=ValueBook)
    coupons: CouponBook = field(default_factory=CouponBook)

    def facts(self, on: date) -> MemberFacts | None:
        """Return what the rules may know of the member before an act on a business day."""
        if self.member is None:
            return None
        return MemberFacts(
            joined_on=self.joined_on,
            birthday=self.member.birthday,
            tier=self.tier,
            tags=frozenset(+self.tags),
            segments=frozenset(self.member.segments),
            referred=bool(self.member.referrer),
            visits=sum(1 for sale in self.book.sales.values() if not sale.reversed_whole),
            awarded_today=self.book.awarded_on(on),
            awarded_this_month=self.book.awarded_in_month(on),
        )

    def measured(self, on: date) -> int:
        """Return what qualifies for a tier on a business day."""
        return measured_in(
            self.program.ladder, self.book.qualifiers(), on=on, joined_on=self.joined_on
        )

    def rise(self, on: date) -> str:
        """Lift the tier to what has been reached; return the new level if it rose, else ''."""
        if self.member is None:
            return ""
        risen = self.program.ladder.risen(self.tier, self.measured(on))
        if risen == self.tier:
            return ""
        self.tier = risen
        return risen

    def settle_tier(self, on: date) -> None:
        """When a sale that raised the level is gone: keep what others gave, or reach now.

        What they reach is kept from then on, as a level that they had raised to (DECISIONS 43).
        """
        ladder = self.program.ladder
        reached = min(ladder.rank(ladder.reached(self.measured(on))), ladder.rank(self.tier))
        if reached > ladder.rank(self.kept_tier):
            self.kept_tier = ladder.levels[reached].code
        rises = [sale.rise for sale in self.book.sales.values() if not sale.reversed_whole]
        self.tier = max([self.kept_tier, *rises], key=ladder.rank)


def line_figures(
    line: int, *, earned: int, redeemed: int, redeemed_value: int, discount: int
) -> dict[str, Any]:
    """Return a line's row in the answer."""
    return {
        "line": line + 1,
        "earned": earned,
        "redeemed": redeemed,
        "redeemed_value": amount_text(redeemed_value),
        "discount": amount_text(discount),
    }
