"""Buyers over arrays are what the domain says of each member, from real sales to the group."""

from datetime import UTC, date, datetime
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.analytics.churn import churn_risk
from db.domain.analytics.habits import frequency_of, value_of
from db.domain.analytics.lifecycle import LifecycleDays, stage_of
from db.domain.analytics.quantiles import fifths, median, quantile
from db.domain.analytics.rfm import rfm_group, rfm_scores
from db.domain.ids import MemberId
from db.queries.analytics.buyers import buyers
from db.queries.analytics.groups import (
    BANDS,
    FREQUENCIES,
    GROUPS,
    STAGES,
    VALUES,
    bands,
    frequencies,
    rfm_groups,
    rfm_table,
    stages,
    values,
)
from db.queries.analytics.scores import fifths_of, rank_scores, scores_of
from db.queries.analytics.visits import VisitDays, visit_days
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.analytics_vectors import days_of as visits_of
from tests.support.analytics_vectors import facts, number_of, purchases
from tests.support.makers import a_member, a_return, a_sale, a_void, an_undo

TODAY = date(2026, 11, 21)
DAYS = LifecycleDays()
REFERENCE = date(2011, 12, 10)
OPENING = date(2010, 12, 1)
histories = st.lists(
    st.lists(st.tuples(st.integers(0, 900), st.integers(-500, 20_000)), min_size=1, max_size=7),
    min_size=1,
    max_size=30,
)


def days_of(history: list[list[tuple[int, int]]]) -> VisitDays:
    """Return the table of members who bought (or, below zero, returned) so many days ago."""
    rows = [
        (who, TODAY.toordinal() - ago, amount)
        for who, acts in enumerate(history)
        for ago, amount in acts
    ]
    members = tuple(MemberId(bytes([who] * 16)) for who in range(len(history)))
    return visits_of(members, rows)


@given(histories)
def test_arrays_and_the_domain_put_every_member_into_the_same_groups(
    history: list[list[tuple[int, int]]],
) -> None:
    people = buyers(days_of(history), today=TODAY)
    table = rfm_table(people, fifths=len(history) % 2 == 0)
    groups = rfm_groups(people, table, days=DAYS)
    shop_gap = Fraction(people.twice_shop_gap, 2)
    inside = people.in_window
    dear = (
        quantile(sorted((table.money // np.maximum(table.frequency, 1))[inside].tolist()),
                 Fraction(4, 5))
        if inside.any() else Fraction(0)
    )  # fmt: skip

    for place, who in enumerate(people.who.tolist()):
        acts = history[who]
        bought = sorted({TODAY.toordinal() - ago for ago, amount in acts if amount >= 0})
        year = [day for day in bought if day > TODAY.toordinal() - 365]
        net = sum(amount for ago, amount in acts if ago < 365)
        first, last = (date.fromordinal(bought[at]) for at in (0, -1))
        scores = None
        if year:
            assert table.edges is not None
            recency = (TODAY - last).days
            scores = rfm_scores(recency, len(year), money=net, edges=table.edges)
            assert str(scores) == "".join(
                str(column[place])
                for column in (table.recency_score, table.frequency_score, table.money_score)
            )
        risk = churn_risk(bought, today=TODAY.toordinal(), shop_gap=shop_gap)
        new, lost = (TODAY - first).days <= DAYS.new, (TODAY - last).days > DAYS.lost
        assert GROUPS[groups[place]] is rfm_group(scores, lost=lost, new=new)
        assert STAGES[stages(people, days=DAYS)[place]] is stage_of(
            first, last, today=TODAY, days=DAYS
        )
        assert FREQUENCIES[frequencies(people)[place]] is frequency_of(len(bought), len(year))
        average = net // max(len(year), 1)
        assert VALUES[values(people, table)[place]] is value_of(
            scores, average=average, dear_from=dear
        )
        assert BANDS[bands(people)[place]] is risk.band
        if risk.risk is not None:
            assert people.risk[place] == pytest.approx(float(risk.risk))


@given(st.lists(st.integers(-5, 40), min_size=1, max_size=60))
def test_edges_and_scores_are_exact(figures: list[int]) -> None:
    edges = fifths_of(np.array(figures))

    assert edges == fifths(figures)
    scored = scores_of(np.array(figures), edges)
    assert scored.tolist() == [1 + sum(edge < each for edge in edges) for each in figures]


def test_voids_returns_and_bare_sales_leave_what_stands(
    storage: Storage, clock: FixedClock
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=10_000)
    an_undo(storage, a_sale(storage, member.member_id, amount=5_000).sale_id)
    a_sale(storage, amount=7_000)
    clock.advance(86_400_000)
    whole = a_sale(storage, member.member_id, amount=3_000).sale_id
    a_return(storage, whole)
    late = a_sale(storage, member.member_id, amount=900).sale_id
    clock.advance(180_000)
    a_void(storage, late)

    with storage.reading() as reader:
        days = visit_days(reader)

    assert days.members == (member.member_id,)
    assert days.net.tolist() == [10_000, 0]
    assert days.sales.tolist() == [1, 0]
    assert len(days.visits.who) == 1


def test_what_came_back_of_a_sale_that_was_voided_is_no_negative_spend(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=20_000)
    gone = a_sale(storage, member.member_id, amount=10_000).sale_id
    a_return(storage, gone, amount=3_000)
    a_void(storage, gone)

    with storage.reading() as reader:
        days = visit_days(reader)

    assert (days.sales.tolist(), days.gross.tolist(), days.net.tolist()) == (
        [1],
        [20_000],
        [20_000],
    )


def test_staff_are_left_out_unless_asked_for(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)
    with storage.begin() as work:
        work.sql.run("UPDATE staff SET member_id = ?", (member.member_id,))

    with storage.reading() as reader:
        assert len(visit_days(reader).who) == 0
        assert len(visit_days(reader, with_staff=True).who) == 1


def test_merged_members_are_one(storage: Storage) -> None:
    kept, gone = a_member(storage), a_member(storage, phone="139 0000 1111")
    for member in (kept, gone):
        a_sale(storage, member.member_id, amount=1_000)
    with storage.begin() as work:
        work.sql.run(
            "INSERT INTO member_alias (root_id, alias_id) VALUES (?, ?)",
            (kept.member_id, gone.member_id),
        )

    with storage.reading() as reader:
        days = visit_days(reader)

    assert (days.members, days.sales.tolist(), days.net.tolist()) == (
        (kept.member_id,), [2], [2_000],
    )  # fmt: skip


def test_a_business_day_ends_at_the_cut(storage: Storage, clock: FixedClock) -> None:
    member = a_member(storage)
    night = int(datetime(2026, 11, 21, 19, 59, tzinfo=UTC).timestamp() * 1000)  # 03:59 in Shanghai
    clock.advance(night - clock.wall_ms())
    a_sale(storage, member.member_id)
    clock.advance(60_000)
    a_sale(storage, member.member_id)

    with storage.reading() as reader:
        days = visit_days(reader)

    assert [date.fromordinal(day) for day in days.day.tolist()] == [TODAY, date(2026, 11, 22)]


def test_no_sales_are_no_buyers(storage: Storage) -> None:
    with storage.reading() as reader:
        people = buyers(visit_days(reader), today=TODAY)
    table = rfm_table(people)

    assert len(people) == 0
    assert table.edges is None
    assert rfm_groups(people, table, days=DAYS).tolist() == []
    assert bands(people).tolist() == []


def test_what_comes_later_is_not_seen() -> None:
    days = days_of([[(0, 100), (400, 50)]])

    people = buyers(days, today=date.fromordinal(TODAY.toordinal() - 1))

    assert (people.ever.tolist(), people.in_window.tolist()) == ([1], [False])


def test_the_edges_of_a_public_shop_are_those_that_others_find() -> None:
    (fact,) = facts("halves", "half.retail.rfm.edges")
    people = buyers(purchases("online_retail_300"), today=REFERENCE, since=OPENING)
    inside = people.gross > 0
    found = [fifths_of(column[inside]) for column in (people.recency, people.days, people.gross)]

    wanted = fact["expected"]
    assert [float(each) for each in found[0]] == pytest.approx(wanted["recency"])
    assert [float(each) for each in found[1]] == pytest.approx(wanted["frequency"])
    assert [float(each) / 100 for each in found[2]] == pytest.approx(wanted["monetary"])


def test_the_members_of_a_public_shop_have_the_figures_that_others_find() -> None:
    people = buyers(purchases("online_retail_300"), today=REFERENCE, since=OPENING)
    for fact in facts("halves", "half.retail.rfm.member"):
        number = number_of(purchases("online_retail_300"), fact["input"]["member"])
        place = int(np.flatnonzero(people.who == number)[0])
        found = (people.recency[place], people.sales[place], people.gross[place])
        wanted = fact["expected"]
        assert found == (
            wanted["recency"], wanted["frequency"], round(wanted["monetary"] * 100),
        )  # fmt: skip


def test_the_scores_by_rank_are_those_that_others_find() -> None:
    (fact,) = facts("halves", "half.retail.rfm.scores")
    people = buyers(purchases("online_retail_300"), today=REFERENCE, since=OPENING)
    paid = people.gross > 0
    recency = 6 - rank_scores(people.recency[paid])
    frequency, money = rank_scores(people.sales[paid]), rank_scores(people.gross[paid])

    for name, scores in (("R", recency), ("F", frequency), ("M", money)):
        counts = {str(part): int((scores == part).sum()) for part in range(1, 6)}
        wanted = fact["expected"][f"count_by_{name}"]
        assert {part: count for part, count in counts.items() if count} == wanted
    best = (recency == 5) & (frequency == 5) & (money == 5)
    assert best.sum() == fact["expected"]["members_555"]


def test_the_median_over_arrays_is_the_domains() -> None:
    days = days_of([[(ago, 1) for ago in (0, 3, 10, 11)], [(5, 1), (105, 1)]])

    people = buyers(days, today=TODAY)

    assert people.twice_gap.tolist() == [6, 0]
    assert people.twice_shop_gap == 2 * median([3, 7, 1, 100])
