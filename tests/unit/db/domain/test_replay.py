"""A program over past purchases: points, levels, limits and money as they would have been."""

from datetime import date, timedelta
from typing import Any

from db.domain.basket import Basket, BasketLine
from db.domain.evaluation import SaleResult
from db.domain.program.program import Program
from db.domain.replay import Course, PastMember, PastSale, changes
from db.domain.replay_figures import Bucket, Change, spread_of
from db.domain.tiers import Qualifier
from tests.support.programs import DAY, NOON_MS, a_program

ANNA, BEN = b"anna", b"ben"
JOINED = date(2026, 1, 1)
LEVELS = [
    {"code": "plain", "from": "0"},
    {"code": "gold", "from": "100.00", "multiplier": "2", "discount": "0.10"},
]


def members(**facts: Any) -> dict[bytes, PastMember]:
    return {ANNA: PastMember(JOINED, **facts), BEN: PastMember(JOINED)}


def bought(amount: int, *, day: int = 0, member: bytes | None = ANNA, **facts: Any) -> PastSale:
    basket = facts.pop("basket", Basket.of_amount(amount))
    at_ms = NOON_MS + day * 86_400_000
    return PastSale(basket, DAY + timedelta(days=day), at_ms, member=member, **facts)


def run(course: Course, *sales: PastSale) -> list[SaleResult]:
    return [course.take(sale) for sale in sales]


def tiered(**tiers: Any) -> Program:
    ladder = {"measure": "net_spend", "window": "rolling_12_months", "levels": LEVELS} | tiers
    return a_program(tiers=ladder)


def test_a_level_reached_in_the_replay_counts_from_the_next_sale_on() -> None:
    course = Course(tiered(), members())

    first, second = run(course, bought(10_000), bought(10_000, day=1))

    assert (first.tier, first.earned) == ("plain", 100)
    assert (second.tier, second.discount, second.earned) == ("gold", 1_000, 180)
    assert course.levels() == {"plain": 0, "gold": 1}


def test_a_level_of_before_is_kept_where_the_program_knows_it() -> None:
    held = run(Course(tiered(), members(tier="gold")), bought(1_000))[0]
    unknown = run(Course(tiered(), members(tier="diamond")), bought(1_000))[0]

    assert (held.tier, unknown.tier) == ("gold", "plain")


def test_what_was_spent_before_counts_while_its_window_lasts() -> None:
    early = Qualifier(DAY - timedelta(days=364), 10_000, 1, 100)
    course = Course(tiered(), members(before=(early,)))

    first, later = run(course, bought(100), bought(100, day=30))

    assert (first.tier, later.tier) == ("gold", "gold")
    assert run(Course(tiered(window="calendar_year"), members(before=(early,))), bought(1))[
        0
    ].tier == ("plain")


def test_a_window_moves_on_under_a_member() -> None:
    course = Course(tiered(measure="visits", levels=LEVELS[:1]), members())

    run(course, bought(100), bought(100, day=400))

    assert course._lives[ANNA].measure == 1


def test_the_first_day_of_a_window_still_counts() -> None:
    year = {"measure": "visits", "window": "rolling_12_months"}
    levels = [{"code": "plain"}, {"code": "gold", "from": "3"}]
    last, beyond = (Course(tiered(**year, levels=levels), members()) for _ in range(2))

    run(last, bought(100), bought(100, day=1), bought(100, day=364))
    run(beyond, bought(100), bought(100, day=1), bought(100, day=365))

    assert (last.levels()["gold"], beyond.levels()["gold"]) == (1, 0)


def test_the_first_purchase_is_the_first_in_the_members_life() -> None:
    rules = [{"id": "first", "when": {"first_purchase": True}, "give": {"points": 50}}]
    program = a_program(earning=rules)

    new = [result.earned for result in run(Course(program, members()), bought(1), bought(1))]
    known = run(Course(program, members(visits=3)), bought(1))[0].earned

    assert (new, known) == ([50, 0], 0)


def test_caps_look_at_what_this_program_awarded() -> None:
    program = a_program(points={"caps": {"per_day": 150, "per_month": 200}})
    course = Course(program, members())

    earned = [
        result.earned
        for result in run(
            course, bought(10_000), bought(10_000), bought(10_000, day=1), bought(100, day=40)
        )
    ]

    assert earned == [100, 50, 50, 1]


def test_a_new_day_has_its_own_cap() -> None:
    course = Course(a_program(points={"caps": {"per_day": 150}}), members())

    days = [0, 1, 1, 2]
    earned = [result.earned for result in run(course, *(bought(10_000, day=d) for d in days))]

    assert earned == [100, 100, 50, 100]


def test_a_customer_wants_as_much_off_as_then_and_gets_what_the_program_lets_him() -> None:
    generous = a_program(redemption={"money": {"points_per_step": 10, "value_per_step": "1.00"}})

    same = run(Course(a_program(), members(points=1_000)), bought(10_000, wanted=250))[0]
    cheaper = run(Course(generous, members(points=1_000)), bought(10_000, wanted=250))[0]
    poor = run(Course(a_program(), members(points=99)), bought(10_000, wanted=250))[0]
    strict = a_program(
        redemption={"money": {"points_per_step": 100, "value_per_step": "1.00", "min_points": 300}}
    )
    few = run(Course(strict, members(points=1_000)), bought(10_000, wanted=250))[0]
    none = run(Course(a_program(redemption={}), members(points=999)), bought(9_900, wanted=250))[0]

    assert (same.redeemed, same.redeemed_value) == (200, 200)
    assert (cheaper.redeemed, cheaper.redeemed_value) == (20, 200)
    assert (poor.redeemed, few.redeemed, none.redeemed) == (0, 0, 0)


def test_points_are_spent_when_they_are_available_and_only_once() -> None:
    program = a_program(points={"pending_days": 2})
    course = Course(program, members())

    results = run(
        course,
        bought(30_000),
        bought(10_000, day=1, wanted=300),
        bought(10_000, day=2, wanted=200),
        bought(10_000, day=2, wanted=200),
    )

    assert [result.redeemed for result in results] == [0, 0, 200, 100]


def test_a_promotions_limits_are_counted_for_all_and_for_each() -> None:
    offer = {
        "id": "ten",
        "lane": "order",
        "give": {"amount_off": "10.00"},
        "limit_per_member": 1,
        "limit_total": 2,
    }
    course = Course(a_program(promotions=[offer]), members())

    results = run(
        course,
        bought(5_000),
        bought(5_000),
        bought(5_000, member=BEN),
        bought(5_000, member=None),
    )

    assert [result.discount for result in results] == [1_000, 0, 1_000, 0]


def test_what_the_cashier_took_off_himself_is_not_the_programs_cost() -> None:
    basket = Basket(
        (BasketLine(unit_price=10_000, discount=1_000), BasketLine(unit_price=500, discount=900)),
        order_discount=99_999,
    )
    course = Course(tiered(), members(tier="gold"))

    result = run(course, bought(0, basket=basket))[0]

    figures = course.finished()
    assert result.due == 0
    assert (figures.goods, figures.discount) == (0, 0)


def test_cost_is_what_was_taken_off_and_what_the_points_are_worth() -> None:
    course = Course(tiered(), members(tier="gold"))

    run(course, bought(10_000), bought(10_000, member=None))
    figures = course.finished()

    assert (figures.sales, figures.member_sales) == (2, 1)
    assert (figures.goods, figures.member_goods) == (20_000, 10_000)
    assert (figures.discount, figures.earned, figures.worth) == (1_000, 180, 180)
    assert figures.cost == 1_180
    assert float(figures.rebate) == 0.118
    assert course.given(ANNA) == 1_180
    assert course.given(BEN) == 0


def test_nobody_gets_anything_back_where_no_member_bought() -> None:
    assert Course(a_program(), {}).finished().rebate == 0


def test_changes_tell_who_gains_and_who_loses() -> None:
    now, then = Course(a_program(), members()), Course(tiered(), members(tier="gold"))
    for sale in (bought(10_000), bought(10_000, member=BEN)):
        now.take(sale)
        then.take(sale)

    assert changes(now, then, members()) == (Change(ANNA, 100, 1_180), Change(BEN, 100, 100))


def test_changes_are_spread_around_nought_in_steps_of_1_2_5() -> None:
    spread = spread_of([Change(b"", 0, by) for by in (-201, -100, 0, 0, 1, 100, 101, 600)])

    assert (spread.gain, spread.lose, spread.same) == (4, 2, 2)
    assert spread.buckets == (
        Bucket(-500, -200, 1),
        Bucket(-200, -100, 0),
        Bucket(-100, 0, 1),
        Bucket(0, 0, 2),
        Bucket(0, 100, 2),
        Bucket(100, 200, 1),
        Bucket(200, 500, 0),
        Bucket(500, 1_000, 1),
    )
    assert sum(bucket.members for bucket in spread.buckets) == 8
