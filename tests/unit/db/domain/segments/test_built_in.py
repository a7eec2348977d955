"""The built-in segments: each can be written and read, and follows the shop's own levels."""

from datetime import date
from fractions import Fraction

import pytest

from db.domain.segments.built_in import ShopWords, built_in
from db.domain.segments.reading import read_segment
from db.domain.segments.tree import Node
from db.domain.segments.writing import segment_text
from db.domain.tiers import TierLadder, TierLevel

LEVELS = tuple(
    TierLevel(code, start, Fraction(1), Fraction(0))
    for code, start in (("plain", 0), ("silver", 100_000), ("gold", 500_000))
)


def segments(ladder: TierLadder, today: date = date(2026, 11, 21)) -> dict[str, Node]:
    words = ShopWords(today, ladder, 100, ("饮料", 'a"b'), ("wechat",))
    return dict(built_in(words))


def ladder(window: str, **facts: object) -> TierLadder:
    given = {"window": window, "levels": LEVELS, "downgrade": "to_measure"} | facts
    return TierLadder(**given)  # type: ignore[arg-type] # overrides by name


def test_every_built_in_segment_is_a_text_that_reads_back() -> None:
    found = segments(ladder("rolling_12_months"))

    assert len(found) == 10 + 5 + 4 + 4 + 4 + 5 + 2 + 1 + 4
    assert {name: read_segment(segment_text(node)) for name, node in found.items()} == found


def test_near_the_next_level_is_four_fifths_of_it() -> None:
    assert segments(ladder("lifetime"))["tier/near_up"] == read_segment(
        "tier = plain and spend >= 800 and spend < 1000"
        " or tier = silver and spend >= 4000 and spend < 5000"
    )
    by_visits = ladder("calendar_year", measure="visits")
    assert segments(by_visits)["tier/near_up"] == read_segment(
        "tier = plain and purchases(since=2026-01-01) >= 80000"
        " and purchases(since=2026-01-01) < 100000"
        " or tier = silver and purchases(since=2026-01-01) >= 400000"
        " and purchases(since=2026-01-01) < 500000"
    )


def test_near_falling_is_what_thirty_days_without_a_sale_leave() -> None:
    rolling = segments(ladder("rolling_12_months"))["tier/near_down"]
    year = segments(ladder("calendar_year"), date(2026, 12, 2))["tier/near_down"]

    assert rolling == read_segment(
        "tier = silver and spend(since=2025-12-22) < 1000"
        " or tier = gold and spend(since=2025-12-22) < 5000"
    )
    assert year == read_segment(
        "tier = silver and spend(since=2026-01-01) < 1000"
        " or tier = gold and spend(since=2026-01-01) < 5000"
    )


@pytest.mark.parametrize(
    "without",
    [
        ladder("lifetime"),
        ladder("calendar_year"),
        ladder("anniversary"),
        ladder("rolling_12_months", downgrade="none"),
        ladder("rolling_12_months", measure="points_earned"),
        TierLadder(),
    ],
)
def test_where_nobody_can_be_near_falling_there_is_no_such_segment(without: TierLadder) -> None:
    assert "tier/near_down" not in segments(without)


def test_where_no_metric_says_the_measure_nobody_is_near_rising() -> None:
    assert "tier/near_up" not in segments(ladder("anniversary"))
    assert "tier/near_up" not in segments(TierLadder())
