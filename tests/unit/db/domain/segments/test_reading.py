"""Segments as text: what is read, what is refused and where, and what is written back."""

from datetime import date
from fractions import Fraction

import pytest

from db.domain.segments.reading import DEPTH_MAX, SegmentInvalid, read_segment
from db.domain.segments.tree import (
    Compare,
    Compared,
    Consents,
    Every,
    InSegment,
    Is,
    Metric,
    Node,
    Not,
    Some,
    Tagged,
    leaves,
)
from db.domain.segments.writing import segment_text

OFTEN = Compare(Metric("visits", days=90), Compared.AT_LEAST, Fraction(3))
VIP = Tagged("vip")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("visits(days=90) >= 3", OFTEN),
        ("  tag vip  ", VIP),
        ('tag "他说\\"好\\""', Tagged('他说"好"')),
        ("tag 宠物主人", Tagged("宠物主人")),
        ("tag 2026", Tagged("2026")),
        ("everybody", Every()),
        ("nobody", Some()),
        ("segment 老客", InSegment("老客")),
        ("consent marketing", Consents("marketing")),
        ("lifecycle in (active, dormant)", Is("lifecycle", ("active", "dormant"))),
        ("tier = gold", Is("tier", ("gold",))),
        ("tier != gold", Not(Is("tier", ("gold",)))),
        ("not not tag vip", Not(Not(VIP))),
        ("tag vip and not tag vip", Every((VIP, Not(VIP)))),
        (
            "tag vip or tag vip and visits(days=90) >= 3",
            Some((VIP, Every((VIP, OFTEN)))),
        ),
        ("(tag vip or tag vip) and tag vip", Every((Some((VIP, VIP)), VIP))),
        (
            "points between 100 and 2.5",
            Every(
                (
                    Compare(Metric("points"), Compared.AT_LEAST, Fraction(100)),
                    Compare(Metric("points"), Compared.AT_MOST, Fraction(5, 2)),
                )
            ),
        ),
        (
            'spend_share(category="食品/面包", since=2026-01-31) > 40%',
            Compare(
                Metric("spend_share", category="食品/面包", since=date(2026, 1, 31)),
                Compared.ABOVE,
                Fraction(2, 5),
            ),
        ),
        (
            'visit_share(hours="22-2", branch=总店, sku=A1) < -0.5',
            Compare(
                Metric("visit_share", hours=(22, 2), branch="总店", sku="A1"),
                Compared.BELOW,
                Fraction(-1, 2),
            ),
        ),
    ],
)
def test_what_is_written_is_meant(text: str, tree: Node) -> None:
    assert read_segment(text) == tree
    assert read_segment(segment_text(tree)) == tree


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("", "expected_condition", 0),
        ("tag", "expected_name", 3),
        ("tag (", "expected_name", 4),
        ("weather = fine", "unknown_condition", 0),
        ("= 3", "expected_condition", 0),
        ("visits", "expected_comparison", 6),
        ("visits ( 3", "unknown_argument", 9),
        ("visits() > 1", "unknown_argument", 7),
        ("visits(days=90", "expected", 14),
        ("visits(days 90) > 1", "expected", 12),
        ("visits(days=0) > 1", "wrong_argument", 12),
        ("visits(days=soon) > 1", "wrong_argument", 12),
        ("visits(since=2026-02-30) > 1", "wrong_argument", 13),
        ('visits(hours="9") > 1', "wrong_argument", 13),
        ('visits(hours="9-25") > 1', "wrong_argument", 13),
        ("visits(days=1, days=2) > 1", "unknown_argument", 15),
        ("visits(days=1, since=2026-01-01) > 1", "days_and_since", 0),
        ("points(days=1) > 1", "unknown_argument", 7),
        ("visits > many", "expected_number", 9),
        ("visits > 999999999", "too_large", 9),
        ("visits > 1.23456", "unexpected", 8),
        ("visits ~ 1", "unexpected", 6),
        ("tier gold", "expected_comparison", 5),
        ("tier in gold", "expected", 8),
        ("tier in (gold", "expected", 13),
        ("lifecycle = asleep", "unknown_value", 12),
        ("consent everything", "unknown_value", 8),
        ("tag vip tag vip", "unexpected", 8),
        ("(tag vip", "expected", 8),
        ('tag "vip', "unexpected", 3),
        ("points between 1 or 2", "expected", 17),
        ("x" * 5_000, "too_long", 4_000),
        ("not " * (DEPTH_MAX + 1) + "tag vip", "too_deep", 4 * DEPTH_MAX),
        ("(" * 3_000, "too_deep", DEPTH_MAX),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(text: str, reason: str, place: int) -> None:
    with pytest.raises(SegmentInvalid) as refused:
        read_segment(text)

    assert (refused.value.reason, refused.value.place) == (reason, place)


def test_a_number_that_no_decimals_write_is_rounded_for_the_eye() -> None:
    third = Compare(Metric("points"), Compared.ABOVE, Fraction(1, 3))

    assert segment_text(third) == "points > 0.3333"


def test_words_of_the_language_are_quoted_as_names() -> None:
    assert segment_text(Tagged("and")) == 'tag "and"'
    assert segment_text(Every((OFTEN, Some((VIP, VIP))))) == (
        "visits(days=90) >= 3 and (tag vip or tag vip)"
    )


def test_leaves_are_met_from_left_to_right() -> None:
    assert list(leaves(Every((Not(OFTEN), Some((VIP,)))))) == [OFTEN, VIP]
