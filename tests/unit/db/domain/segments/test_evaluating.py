"""One member against a segment: metrics at their edges, groups, and names that are followed."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from db.domain.analytics.churn import churn_risk
from db.domain.analytics.habits import frequency_of, value_of
from db.domain.analytics.lifecycle import LifecycleDays, stage_of
from db.domain.analytics.rfm import RfmEdges, fixed_edges, rfm_group, rfm_scores
from db.domain.segments.evaluating import (
    LEAVES_MAX,
    NoSuchSegment,
    SegmentRefersToItself,
    SegmentTooLarge,
    followed,
    matches,
)
from db.domain.segments.groups import ShopFigures, plain
from db.domain.segments.reading import read_segment
from db.domain.segments.record import (
    MemberRecord,
    RecordedLine,
    RecordedReturn,
    RecordedSale,
    until_birthday,
)
from db.domain.segments.tree import GROUPS, Every, InSegment, Is

TODAY = date(2026, 11, 21)
SHOP = ShopFigures(TODAY, edges=fixed_edges(Fraction(10_000)), shop_gap=Fraction(7))
FIFTHS = RfmEdges(
    recency=(Fraction(10), Fraction(20), Fraction(181, 3), Fraction(200)),
    frequency=(Fraction(1), Fraction(1), Fraction(2), Fraction(3)),
    money=(Fraction(0), Fraction(999, 5), Fraction(5_000), Fraction(20_000)),
    fixed=False,
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def sale(days: int, due: int = 1_000, **facts: object) -> RecordedSale:
    return RecordedSale(ago(days), 12, "总店", due, **facts)  # type: ignore[arg-type] # by name


MEMBER = MemberRecord(
    joined_on=ago(400),
    tier="gold",
    birthday="12-01",
    points=120,
    redeemed_on=ago(30),
    tags=frozenset({"vip"}),
    consents=frozenset({"marketing"}),
    sales=(
        sale(300, 3_000),
        sale(
            100, 2_000, lines=(RecordedLine("T1", "饮料/茶", 1_500), RecordedLine("B", "食品", 500))
        ),
        RecordedSale(ago(10), 23, "分店", 4_000),
        sale(10, 1_000),
        sale(5, 9_000, nothing_left=True),
        sale(4, -500),
        sale(-3, 7_777),
    ),
    returns=(
        RecordedReturn(ago(5), "总店", 9_000),
        RecordedReturn(ago(90), "总店", 700, (RecordedLine("T1", "饮料/茶", 700),)),
    ),
)


def asked(text: str, member: MemberRecord = MEMBER, shop: ShopFigures = SHOP) -> bool:
    return matches(plain(read_segment(text), shop), member, shop)


@pytest.mark.parametrize(
    "text",
    [
        "visits = 3",
        "purchases = 4",
        "visits(days=11) = 1",
        "visits(days=10) = 0",
        "visits(days=36600) = 3",
        "visits(since=2026-11-11) = 1",
        "spend = 88.00",
        "spend(days=101) = 58.00",
        "spend(category=饮料) = 8.00",
        "spend(category=饮) = 0",
        "spend(sku=B, days=365) = 5.00",
        "spend(branch=分店) = 40.00",
        "average = 22.00",
        "average_day > 29.33 and average_day < 29.34",
        "visit_share(branch=分店) = 25%",
        'visit_share(hours="22-2") = 0.25',
        'visit_share(hours="12-13") = 0.75',
        "spend_share(category=饮料) > 9% and spend_share(category=饮料) < 9.1%",
        "recency = 10",
        "recency(category=饮料/茶) = 100",
        "age = 300",
        "gap = 145",
        "churn_risk < 0.07 and churn_risk > 0.0689",
        "joined = 400",
        "birthday_in = 10",
        "points between 120 and 120",
        "unredeemed = 30",
        "tier in (silver, gold) and state = active",
        "tag vip and not tag other",
        "consent marketing and not consent membership",
        "everybody and not nobody",
        "visits != 4",
    ],
)
def test_what_a_record_says(text: str) -> None:
    assert asked(text)


@pytest.mark.parametrize(
    "metric",
    ["recency", "age", "gap", "churn_risk", "birthday_in", "average", "visit_share", "rfm_r"],
)
def test_what_is_not_known_is_neither_more_nor_less(metric: str) -> None:
    nobody = MemberRecord(joined_on=TODAY)

    for how in (">= 0", "< 999", "!= 5"):
        assert not asked(f"{metric} {how}", nobody)
        assert asked(f"not {metric} {how}", nobody)


def test_a_window_longer_than_time_begins_with_it() -> None:
    early = ShopFigures(date(1, 2, 1))
    old = MemberRecord(date(1, 1, 1), sales=(RecordedSale(date(1, 1, 1), 9, "", 100),))

    assert matches(read_segment("visits(days=36600) = 1"), old, early)


def test_points_never_used_count_from_joining() -> None:
    assert asked("unredeemed = 400", replace(MEMBER, redeemed_on=None))


def test_a_birthday_is_kept_on_the_28th_where_there_is_no_29th() -> None:
    assert until_birthday("02-29", date(2027, 2, 20)) == 8
    assert until_birthday("1992-02-29", date(2028, 2, 20)) == 9
    assert until_birthday("11-21", TODAY) == 0
    assert until_birthday("11-20", TODAY) == 364
    assert until_birthday("", TODAY) is None


@pytest.mark.parametrize("edges", [SHOP.edges, FIFTHS])
@pytest.mark.parametrize("stages", [LifecycleDays(), LifecycleDays(3, 5, 9)])
def test_groups_are_those_of_the_reports(edges: RfmEdges, stages: LifecycleDays) -> None:
    dear = Fraction(4_000, 3)
    shop = ShopFigures(TODAY, stages, edges, dear_from=dear, shop_gap=Fraction(7))
    days = (0, 2, 8, 20, 60, 61, 180, 181, 200, 370, 700)
    records = [MemberRecord(joined_on=TODAY)]
    records += [
        MemberRecord(joined_on=TODAY, sales=tuple(sale(day, due) for day in days[at : at + n]))
        for at in range(len(days))
        for n in (1, 2, 3, 5)
        for due in (0, 200, 1_334, 9_000)
    ]

    for record in records:
        bought = sorted({each.on for each in record.sales})
        year = [day for day in bought if day > ago(365)]
        net = sum(each.due for each in record.sales if each.on > ago(365))
        first, last = (bought[0], bought[-1]) if bought else (None, None)
        scores = None
        if year and last is not None:
            recency = (TODAY - last).days
            scores = rfm_scores(recency, len(year), money=net, edges=edges)
            for name, wanted in zip("rfm", str(scores), strict=True):
                assert asked(f"rfm_{name} = {wanted}", record, shop)
                assert asked(f"rfm_{name} >= {wanted} and rfm_{name} <= {wanted}", record, shop)
        groups = {
            "lifecycle": stage_of(first, last, today=TODAY, days=stages),
            "frequency": frequency_of(len(bought), len(year)),
            "value": value_of(scores, average=net // max(len(year), 1), dear_from=dear),
        }
        if first is not None and last is not None:
            lost = (TODAY - last).days > stages.lost
            new = (TODAY - first).days <= stages.new
            groups["rfm"] = rfm_group(scores, lost=lost, new=new)
            ordinals = [day.toordinal() for day in bought]
            groups["churn"] = churn_risk(
                ordinals, today=TODAY.toordinal(), shop_gap=shop.shop_gap
            ).band
        for field, wanted in groups.items():
            found = [value for value in GROUPS[field] if asked(f"{field} = {value}", record, shop)]
            assert found == [wanted], (field, record)


def test_a_shop_without_buyers_has_no_scores_to_reach() -> None:
    empty = ShopFigures(TODAY)

    assert not asked("rfm_r >= 2 or rfm_m >= 2", MEMBER, empty)
    assert asked("rfm_f >= 1", MEMBER, empty)


def test_names_are_followed_to_their_conditions() -> None:
    named = {"老客": read_segment("visits >= 3"), "好客": read_segment("segment 老客 and tag vip")}

    tree = followed(read_segment("not segment 好客 or segment 老客"), named)

    assert tree == read_segment("not (visits >= 3 and tag vip) or visits >= 3")


def test_a_segment_that_leads_back_to_itself_is_refused() -> None:
    named = {"a": InSegment("b"), "b": Every((InSegment("a"),))}

    with pytest.raises(SegmentRefersToItself) as refused:
        followed(InSegment("a"), named)
    with pytest.raises(NoSuchSegment):
        followed(InSegment("c"), named)

    assert refused.value.name == "a"


def test_names_that_multiply_are_refused_before_they_are_asked() -> None:
    named = {"s0": Every(tuple(Is("tier", ("x",)) for _ in range(9)))}
    for place in range(1, 9):
        named[f"s{place}"] = Every((InSegment(f"s{place - 1}"), InSegment(f"s{place - 1}")))

    with pytest.raises(SegmentTooLarge):
        followed(InSegment("s8"), named)

    assert LEAVES_MAX < 9 * 2**8


def test_a_name_not_followed_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        matches(InSegment("老客"), MEMBER, SHOP)
