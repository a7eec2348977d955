"""The segments that every shop has: groups, habits, preferences, and who is near something.

Names are paths such as `rfm/lost` and `category/饮料`; what a shop does not have (a level to be
near, a category) has no segment. Each has a text, which a shop may change into one of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from db.domain.analytics.churn import POINTS_UNUSED_DAYS
from db.domain.exact import MINOR_PER_UNIT
from db.domain.segments.reading import read_segment
from db.domain.segments.tree import GROUPS, Compare, Compared, Every, Is, Metric, Node, Some
from db.domain.tiers import TierLadder, window_start

NEAR_SHARE: Final = Fraction(4, 5)
SOON_DAYS: Final = 30
PREFERS_FROM: Final = Fraction(2, 5)
PREFERENCE_VISITS: Final = 3
YEAR_DAYS: Final = 365
_HABITS: Final = (
    ("morning", (6, 11)),
    ("noon", (11, 14)),
    ("afternoon", (14, 17)),
    ("evening", (17, 22)),
    ("night", (22, 6)),
)
_MEASURES: Final = {"net_spend": "spend", "visits": "purchases"}


@dataclass(frozen=True, slots=True)
class ShopWords:
    """What the shop calls things that segments are made of, and how its levels are reached."""

    today: date
    ladder: TierLadder
    least_points: int
    categories: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


def built_in(shop: ShopWords) -> Mapping[str, Node]:
    """Return the built-in segments of a shop by name."""
    segments: dict[str, Node] = {}
    for field in ("rfm", "lifecycle", "frequency", "value", "churn"):
        for group in sorted(GROUPS[field]):
            segments[f"{field}/{group}"] = Is(field, (group,))
    segments |= _habits()
    segments |= {f"category/{path}": _prefers(path) for path in shop.categories}
    segments |= {f"channel/{each}": Is("channel", (each,)) for each in shop.channels}
    unused = f"points >= {shop.least_points} and unredeemed > {POINTS_UNUSED_DAYS}"
    segments["points/unused"] = read_segment(unused)
    segments["birthday/soon"] = read_segment("birthday_in <= 7")
    segments["tier/near_up"] = Some(tuple(_near_up(shop)))
    segments["tier/near_down"] = Some(tuple(_near_down(shop)))
    return {name: node for name, node in segments.items() if node != Some()}


def _habits() -> Iterable[tuple[str, Node]]:
    for name, (first, last) in _HABITS:
        text = f'visits >= 3 and visit_share(hours="{first}-{last}") >= 50%'
        yield f"habit/{name}", read_segment(text)


def _prefers(path: str) -> Node:
    share = Metric("spend_share", days=YEAR_DAYS, category=path)
    return Every(
        (
            Compare(share, Compared.AT_LEAST, PREFERS_FROM),
            Compare(
                Metric("visits", days=YEAR_DAYS), Compared.AT_LEAST, Fraction(PREFERENCE_VISITS)
            ),
        )
    )


def _near_up(shop: ShopWords) -> Iterator[Node]:
    """Yield, for each level but the top, who has four fifths of what the next one needs."""
    measured = _measured(shop.ladder, on=shop.today)
    if measured is None:
        return
    levels = shop.ladder.levels
    for level, above in pairwise(levels):
        needed = _amount(shop.ladder, above.reached_from)
        yield Every(
            (
                Is("tier", (level.code,)),
                Compare(measured, Compared.AT_LEAST, needed * NEAR_SHARE),
                Compare(measured, Compared.BELOW, needed),
            )
        )


def _near_down(shop: ShopWords) -> Iterator[Node]:
    """Yield, for each level but the lowest, who falls within 30 days if he buys nothing more.

    A rolling window moves on by 30 days; a calendar year counts while its last 30 days run.
    """
    ladder = shop.ladder
    soon = shop.today + timedelta(days=SOON_DAYS)
    rolling = ladder.window == "rolling_12_months"
    ends = ladder.window == "calendar_year" and soon.year > shop.today.year
    measured = _measured(ladder, on=soon if rolling else shop.today)
    if ladder.downgrade == "none" or measured is None or not (rolling or ends):
        return
    for level in ladder.levels[1:]:
        yield Every(
            (
                Is("tier", (level.code,)),
                Compare(measured, Compared.BELOW, _amount(ladder, level.reached_from)),
            )
        )


def _measured(ladder: TierLadder, *, on: date) -> Metric | None:
    """Return the metric that a ladder measures; nothing where no metric says it."""
    name = _MEASURES.get(ladder.measure)
    if name is None or ladder.window == "anniversary":
        return None
    first = window_start(ladder, on, None)
    return Metric(name) if first == date.min else Metric(name, since=first)


def _amount(ladder: TierLadder, reached_from: int) -> Fraction:
    """Return what reaches a level, in 元 where it is money."""
    return Fraction(reached_from, MINOR_PER_UNIT if ladder.measure == "net_spend" else 1)
