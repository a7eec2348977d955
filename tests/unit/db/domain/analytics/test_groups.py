"""RFM, stages of life, rhythm and habits: definitions at their edges."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from db.domain.analytics.churn import ChurnBand, churn_risk
from db.domain.analytics.habits import Frequency, Value, frequency_of, value_of
from db.domain.analytics.lifecycle import LifecycleDays, Stage, proposed_days, stage_of
from db.domain.analytics.quantiles import fifths, median, quantile, score
from db.domain.analytics.rfm import (
    RfmGroup,
    RfmScores,
    fixed_edges,
    rfm_edges,
    rfm_group,
    rfm_scores,
)

TODAY = date(2026, 11, 21)
DAYS = LifecycleDays()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_quantile_lies_between_neighbours_exactly() -> None:
    assert quantile([1, 2], Fraction(1, 3)) == Fraction(4, 3)
    assert quantile([5], Fraction(4, 5)) == 5
    assert median([9, 1, 4]) == 4
    assert fifths([0, 10]) == (2, 4, 6, 8)


def test_equal_values_share_a_score_and_an_edge_belongs_below() -> None:
    edges = fifths(list(range(0, 110, 10)))

    assert [score(value, edges) for value in (0, 20, 21, 40, 80, 81)] == [1, 1, 2, 2, 4, 5]


def test_few_buyers_are_scored_by_fixed_edges() -> None:
    edges = rfm_edges([1] * 499, [1] * 499, money=[10_000] * 499)

    assert edges == fixed_edges(Fraction(10_000))
    assert str(rfm_scores(7, 1, money=5_000, edges=edges)) == "511"
    assert rfm_scores(8, 2, money=5_001, edges=edges) == RfmScores(4, 2, 2)
    assert rfm_scores(181, 9, money=40_001, edges=edges) == RfmScores(1, 5, 5)


def test_from_500_buyers_on_the_edges_are_fifths() -> None:
    days = list(range(500))

    edges = rfm_edges(days, days, money=days)

    assert not edges.fixed
    assert edges.recency == fifths(days)
    assert rfm_scores(0, 499, money=499, edges=edges) == RfmScores(5, 5, 5)


def test_a_shop_to_which_more_came_back_than_it_sold_still_has_edges() -> None:
    edges = fixed_edges(Fraction(-500))

    assert rfm_scores(1, 1, money=-500, edges=edges).money == 1
    assert rfm_scores(1, 1, money=1, edges=edges).money == 5
    assert rfm_edges([], [], money=[]).money == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("scores", "group"),
    [
        ((5, 5, 5), RfmGroup.IMPORTANT_VALUE),
        ((4, 3, 4), RfmGroup.IMPORTANT_DEVELOP),
        ((3, 4, 4), RfmGroup.IMPORTANT_KEEP),
        ((1, 1, 5), RfmGroup.IMPORTANT_WIN_BACK),
        ((4, 4, 3), RfmGroup.COMMON_VALUE),
        ((5, 1, 1), RfmGroup.COMMON_DEVELOP),
        ((3, 5, 3), RfmGroup.COMMON_KEEP),
        ((3, 3, 3), RfmGroup.COMMON_WIN_BACK),
    ],
)
def test_the_eight_cells(scores: tuple[int, int, int], group: RfmGroup) -> None:
    assert rfm_group(RfmScores(*scores), lost=False, new=False) is group


def test_lost_comes_before_new_and_new_before_the_cells() -> None:
    best = RfmScores(5, 5, 5)

    assert rfm_group(best, lost=True, new=True) is RfmGroup.LOST
    assert rfm_group(None, lost=False, new=True) is RfmGroup.LOST
    assert rfm_group(best, lost=False, new=True) is RfmGroup.NEW


@pytest.mark.parametrize(
    ("first", "last", "stage"),
    [
        (None, None, Stage.NEVER),
        (30, 30, Stage.NEW),
        (31, 31, Stage.ACTIVE),
        (400, 60, Stage.ACTIVE),
        (400, 61, Stage.DORMANT),
        (400, 180, Stage.DORMANT),
        (400, 181, Stage.LOST),
    ],
)
def test_stages_change_on_their_day(first: int | None, last: int | None, stage: Stage) -> None:
    first_on = None if first is None else ago(first)
    last_on = None if last is None else ago(last)

    assert stage_of(first_on, last_on, today=TODAY, days=DAYS) is stage


def test_a_shop_proposes_its_own_days() -> None:
    assert proposed_days(list(range(1, 101)), now=DAYS) == LifecycleDays(30, 81, 96)
    assert proposed_days([1] * 200, now=DAYS) == LifecycleDays(1, 1, 2)
    assert proposed_days([1] * 99, now=DAYS) is None


def test_risk_is_measured_by_the_longer_of_both_rhythms() -> None:
    mine = churn_risk([0, 10, 20, 60], today=100, shop_gap=Fraction(7))
    shops = churn_risk([0, 10, 20, 60], today=100, shop_gap=Fraction(20))

    assert (mine.own_gap, mine.risk, mine.band) == (10, 4, ChurnBand.HIGH)
    assert (shops.usual_gap, shops.risk, shops.band) == (20, 2, ChurnBand.WARN)
    assert churn_risk([0, 10, 20], today=39, shop_gap=Fraction(1)).band is ChurnBand.NONE


def test_two_visits_are_no_rhythm() -> None:
    risk = churn_risk([0, 10], today=400, shop_gap=Fraction(7))

    assert (risk.days_since, risk.risk, risk.band) == (390, None, ChurnBand.TOO_FEW)


def test_how_often_in_a_word() -> None:
    found = [frequency_of(ever, year) for ever, year in ((0, 0), (1, 1), (2, 2), (9, 3), (9, 4))]

    assert found == [
        Frequency.NEVER, Frequency.ONE_OFF, Frequency.OCCASIONAL, Frequency.OCCASIONAL,
        Frequency.REGULAR,
    ]  # fmt: skip


def test_how_dear_in_a_word() -> None:
    def value(scores: RfmScores | None, average: int) -> Value:
        return value_of(scores, average=average, dear_from=Fraction(5_000))

    assert value(None, 0) is Value.NEVER
    assert value(RfmScores(1, 4, 5), 0) is Value.VIP
    assert value(RfmScores(4, 1, 5), 5_001) is Value.POTENTIAL
    assert value(RfmScores(4, 1, 5), 5_000) is Value.ORDINARY
    assert value(RfmScores(3, 1, 5), 9_999) is Value.ORDINARY
