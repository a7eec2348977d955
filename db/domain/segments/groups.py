"""Groups as conditions: RFM, stage, frequency, value and churn said in plain metrics.

The edges are the shop's own of the day, so one member and all members are asked the same question.
The definitions are those of `db.domain.analytics`; a test holds the two together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from db.domain.analytics import churn, habits, rfm
from db.domain.analytics.lifecycle import LifecycleDays
from db.domain.analytics.quantiles import FIFTHS
from db.domain.exact import MINOR_PER_UNIT
from db.domain.segments.tree import Compare, Compared, Every, Is, Metric, Node, Not, Some

VISITS: Final = Metric("visits")
VISITS_YEAR: Final = Metric("visits", days=rfm.WINDOW_DAYS)
SPEND_YEAR: Final = Metric("spend", days=rfm.WINDOW_DAYS)
AVERAGE_YEAR: Final = Metric("average_day", days=rfm.WINDOW_DAYS)
RECENCY: Final = Metric("recency")
AGE: Final = Metric("age")
RISK: Final = Metric("churn_risk")


_USUAL: Final = LifecycleDays()
_NO_EDGES: Final = rfm.RfmEdges((), (), (), fixed=True)


@dataclass(frozen=True, slots=True)
class ShopFigures:
    """What the shop as a whole comes to on a day: all that conditions on one member need of it.

    `dear_from` is in 分 a day of purchase; `shop_gap` the median of all gaps between visits, days.
    """

    today: date
    stages: LifecycleDays = _USUAL
    edges: rfm.RfmEdges = _NO_EDGES
    dear_from: Fraction = Fraction(0)
    shop_gap: Fraction = Fraction(0)


def plain(node: Node, shop: ShopFigures) -> Node:
    """Return the tree with every group said in metrics."""
    match node:
        case Every(parts):
            return Every(tuple(plain(part, shop) for part in parts))
        case Some(parts):
            return Some(tuple(plain(part, shop) for part in parts))
        case Not(part):
            return Not(plain(part, shop))
        case Is(field, values) if field in _GROUPS:
            return Some(tuple(_GROUPS[field](value, shop) for value in values))
        case Compare(metric, how, value) if metric.name in _SCORES:
            scores = (each for each in range(1, FIFTHS + 1) if holds(Fraction(each), how, value))
            return Every((_bought(), Some(tuple(_score(metric.name, s, shop) for s in scores))))
        case _:
            return node


def holds(figure: Fraction, how: Compared, value: Fraction) -> bool:
    """Say whether a comparison holds, exactly."""
    match how:
        case Compared.AT_LEAST:
            return figure >= value
        case Compared.AT_MOST:
            return figure <= value
        case Compared.ABOVE:
            return figure > value
        case Compared.BELOW:
            return figure < value
        case Compared.EQUAL:
            return figure == value
        case _:
            return figure != value


def _at_least(metric: Metric, value: Fraction | int) -> Node:
    return Compare(metric, Compared.AT_LEAST, Fraction(value))


def _at_most(metric: Metric, value: Fraction | int) -> Node:
    return Compare(metric, Compared.AT_MOST, Fraction(value))


def _above(metric: Metric, value: Fraction | int) -> Node:
    return Compare(metric, Compared.ABOVE, Fraction(value))


def _bought() -> Node:
    return _at_least(VISITS_YEAR, 1)


def _new(shop: ShopFigures) -> Node:
    return _at_most(AGE, shop.stages.new)


def _lost(shop: ShopFigures) -> Node:
    return Some((_above(RECENCY, shop.stages.lost), Every((_at_least(VISITS, 1), Not(_bought())))))


def _stage(value: str, shop: ShopFigures) -> Node:
    days = shop.stages
    later = _above(AGE, days.new)
    stages: dict[str, Node] = {
        "new": _new(shop),
        "active": Every((later, _at_most(RECENCY, days.active))),
        "dormant": Every((later, _above(RECENCY, days.active), _at_most(RECENCY, days.lost))),
        "lost": Every((later, _above(RECENCY, days.lost))),
        "never_bought": Not(_at_least(VISITS, 1)),
    }
    return stages[value]


def _frequency(value: str, _shop: ShopFigures) -> Node:
    often = _at_least(VISITS_YEAR, habits.REGULAR_FROM)
    classes: dict[str, Node] = {
        "never_bought": Not(_at_least(VISITS, 1)),
        "one_off": Compare(VISITS, Compared.EQUAL, Fraction(1)),
        "occasional": Every((_at_least(VISITS, 2), Not(often))),
        "regular": Every((_at_least(VISITS, 2), often)),
    }
    return classes[value]


def _value(value: str, shop: ShopFigures) -> Node:
    vip = Every((_bought(), _reaches("rfm_m", habits.TOP, shop), _high("rfm_f", shop)))
    # Averages are whole 分, rounded down: above the edge is at least the next whole one.
    dear = Fraction(int(shop.dear_from) + 1, MINOR_PER_UNIT)
    rich = Every((_bought(), _high("rfm_r", shop), _at_least(AVERAGE_YEAR, dear)))
    classes: dict[str, Node] = {
        "never_bought": Not(_bought()),
        "vip": vip,
        "potential": Every((rich, Not(vip))),
        "ordinary": Every((_bought(), Not(vip), Not(rich))),
    }
    return classes[value]


def _churn(value: str, _shop: ShopFigures) -> Node:
    warned, high = _at_least(RISK, churn.WARN_FROM), _at_least(RISK, churn.HIGH_FROM)
    enough = _at_least(VISITS, churn.VISITS_MIN)
    bands: dict[str, Node] = {
        "high": high,
        "warn": Every((warned, Not(high))),
        "none": Every((enough, Not(warned))),
        "too_few_visits": Every((_at_least(VISITS, 1), Not(enough))),
    }
    return bands[value]


def _rfm(value: str, shop: ShopFigures) -> Node:
    lost, new = _lost(shop), _new(shop)
    if value == "lost":
        return Every((_at_least(VISITS, 1), lost))
    if value == "new":
        return Every((_bought(), Not(lost), new))
    cell = rfm.CELLS.index(rfm.RfmGroup(value))
    tests = [
        _high(name, shop) if cell & bit else Not(_high(name, shop))
        for name, bit in (("rfm_m", 4), ("rfm_r", 2), ("rfm_f", 1))
    ]
    return Every((_bought(), Not(lost), Not(new), *tests))


def _high(name: str, shop: ShopFigures) -> Node:
    return _reaches(name, rfm.HIGH_FROM, shop)


def _score(name: str, score: int, shop: ShopFigures) -> Node:
    exactly = _reaches(name, score, shop)
    return Every((exactly, Not(_reaches(name, score + 1, shop)))) if score < FIFTHS else exactly


def _reaches(name: str, score: int, shop: ShopFigures) -> Node:
    """Return the condition of a score of at least so much; who has edges has bought."""
    if score <= 1:
        return Every()
    edges = _SCORES[name](shop.edges)
    if not edges:
        return Some()
    if name == "rfm_r":  # a small recency is good: the score counts down from the last edge
        return _at_most(RECENCY, edges[FIFTHS - score])
    edge = edges[score - 2]
    if name == "rfm_m":
        return _above(SPEND_YEAR, edge / MINOR_PER_UNIT)
    return _above(VISITS_YEAR, edge)


_SCORES: Final[Mapping[str, Callable[[rfm.RfmEdges], tuple[Fraction, ...]]]] = {
    "rfm_r": lambda edges: edges.recency,
    "rfm_f": lambda edges: edges.frequency,
    "rfm_m": lambda edges: edges.money,
}
_GROUPS: Final[Mapping[str, Callable[[str, ShopFigures], Node]]] = {
    "rfm": _rfm,
    "lifecycle": _stage,
    "frequency": _frequency,
    "value": _value,
    "churn": _churn,
}
