"""A segment: conditions about a member, joined by and, or, not: one tree for one and for all.

Leaves compare a metric, name a property, a tag, a consent or another segment. What a metric knows
nothing about (the days since the last visit of who never came) makes its leaf false, never true and
never an error; `not` of it is true. Money is 元 in the text and 分 in records.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Compared(StrEnum):
    """How a metric is compared."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EQUAL = "="
    UNEQUAL = "!="


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure about a member, and what of his history it looks at.

    `days` are the last so many business days, today among them; `since` a first day instead.
    `category` is a path: `food` holds `food/snack`. `hours` are from and before, by the shop's
    clock; 22 to 2 crosses midnight.
    """

    name: str
    days: int | None = None
    since: date | None = None
    category: str | None = None
    sku: str | None = None
    branch: str | None = None
    hours: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """A metric against a number."""

    metric: Metric
    how: Compared
    value: Fraction


@dataclass(frozen=True, slots=True)
class Is:
    """A property that is one of some values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """He holds a tag."""

    tag: str


@dataclass(frozen=True, slots=True)
class Consents:
    """He agrees to a purpose, such as marketing."""

    purpose: str


@dataclass(frozen=True, slots=True)
class InSegment:
    """He is in another segment, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; of no parts, everybody."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """One part holds; of no parts, nobody."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Node"


Leaf = Compare | Is | Tagged | Consents | InSegment
Node = Leaf | Every | Some | Not

HISTORY: Final = frozenset({"days", "since", "category", "sku", "branch"})
METRICS: Final[dict[str, frozenset[str]]] = {
    "visits": HISTORY | {"hours"},
    "purchases": HISTORY | {"hours"},
    "spend": HISTORY,
    "average": HISTORY,
    "average_day": HISTORY,
    "visit_share": HISTORY | {"hours"},
    "spend_share": HISTORY,
    "recency": HISTORY | {"hours"},
    "age": HISTORY | {"hours"},
    "gap": frozenset(),
    "churn_risk": frozenset(),
    "joined": frozenset(),
    "birthday_in": frozenset(),
    "points": frozenset(),
    "unredeemed": frozenset(),
    "rfm_r": frozenset(),
    "rfm_f": frozenset(),
    "rfm_m": frozenset(),
}
"""Every metric with the arguments it takes. `visits` are days of purchase, `purchases` sales;
`average` is spend a purchase and `average_day` a visit; the shares are of the same days without
category, sku, branch and hours; `recency` and `age` are days since the last and first visit,
`gap` his median days between visits, `joined` days since enrolment, `unredeemed` days since points
were last used (or he joined)."""
MONEY: Final = frozenset({"spend", "average", "average_day"})
FIELDS: Final = frozenset({"tier", "gender", "city", "channel", "home", "state"})
GROUPS: Final[dict[str, frozenset[str]]] = {
    "rfm": frozenset(
        {
            "lost", "new", "important_value", "important_develop", "important_keep",
            "important_win_back", "common_value", "common_develop", "common_keep",
            "common_win_back",
        }
    ),
    "lifecycle": frozenset({"new", "active", "dormant", "lost", "never_bought"}),
    "frequency": frozenset({"never_bought", "one_off", "occasional", "regular"}),
    "value": frozenset({"never_bought", "vip", "potential", "ordinary"}),
    "churn": frozenset({"none", "warn", "high", "too_few_visits"}),
}  # fmt: skip
"""Groups that follow from metrics by the shop's own edges (`db.domain.segments.groups`)."""


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield every leaf of a tree, from left to right."""
    match node:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield node
