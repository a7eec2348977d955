"""Laws of promotions and coupons: nothing below zero, parts add up, the best lane is the best.

Programs are drawn as documents, so that what is checked is what a shop can write.
"""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.basket import DELIVERY, GOODS, Basket, BasketLine, MemberFacts
from db.domain.conditions import Moment
from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.offers.coupons import HeldCoupon, OfferFacts
from db.domain.offers.promotions import give, run_lane
from db.domain.offers.targets import Scene
from db.domain.offers.units import Pool
from db.domain.program.program import Program, load_program
from tests.support.programs import DAY, NOON_MS, a_document, told

SKUS = ("a", "b", "c")
money = st.integers(1, 30_000).map(lambda minor: f"{minor // 100}.{minor % 100:02d}")
share = st.integers(1, 100).map(lambda percent: f"{percent / 100:.2f}")
which = st.sampled_from([{"sku": ["a"]}, {"sku": ["b", "c"]}, {"category": ["x"]}])
small = st.integers(1, 4)


def one_of_effects() -> st.SearchStrategy[dict[str, Any]]:
    bands = st.lists(money, min_size=1, max_size=3, unique=True).map(
        lambda starts: [
            {"from": start, "percent_off": "0.10"} for start in sorted(starts, key=float)
        ]
    )
    items = st.lists(st.sampled_from(SKUS), min_size=1, max_size=3, unique=True).map(
        lambda skus: [{"sku": sku, "quantity": 2} for sku in skus]
    )
    return st.one_of(
        st.fixed_dictionaries({"percent_off": share}),
        st.fixed_dictionaries({"amount_off": money, "per": st.sampled_from(["order", "unit"])}),
        st.fixed_dictionaries({"fixed_price": money}),
        st.fixed_dictionaries({"buy": st.integers(0, 3), "get": small, "of": which, "free": which}),
        st.fixed_dictionaries({"buy": small, "get": small}),
        st.fixed_dictionaries(
            {"nth_item": st.fixed_dictionaries({"n": small, "percent_off": share})}
        ),
        st.fixed_dictionaries({"bundle": st.fixed_dictionaries({"items": items, "price": money})}),
        st.fixed_dictionaries({"bands": bands}),
        st.fixed_dictionaries(
            {"every": st.fixed_dictionaries({"amount": money, "amount_off": money})}
        ),
        st.fixed_dictionaries(
            {"group": st.fixed_dictionaries({"size": small, "amount_off": money})}
        ),
        st.just({"delivery": "free"}),
    )


effects = st.builds(
    lambda effect, limits: effect | limits,
    one_of_effects(),
    st.fixed_dictionaries({}, optional={"max_value": money, "max_units": small, "times": small}),
)
targets = st.one_of(st.just("order"), which)
promotions = st.lists(
    st.fixed_dictionaries(
        {
            "lane": st.sampled_from(["item", "order"]),
            "give": st.one_of(effects, st.lists(effects, min_size=2, max_size=2)),
            "target": targets,
            "exclusive": st.sampled_from([False, False, False, True]),
            "priority": st.integers(0, 2),
        }
    ),
    min_size=1,
    max_size=5,
).map(lambda offers: [offer | {"id": f"p{i}"} for i, offer in enumerate(offers)])
lanes = st.fixed_dictionaries(
    {lane: st.sampled_from(["best", "all"]) for lane in ("item", "order", "coupon")}
)
lines = st.builds(
    BasketLine,
    unit_price=st.integers(0, 20_000),
    quantity=st.integers(1, 7),
    discount=st.integers(0, 500),
    sku=st.sampled_from(SKUS),
    category=st.sampled_from(["x", "y"]),
    kind=st.sampled_from([GOODS, GOODS, GOODS, DELIVERY]),
)
baskets = st.builds(
    Basket,
    lines=st.lists(lines, min_size=1, max_size=5).map(tuple),
    order_discount=st.integers(0, 2_000),
)


def loaded(offers: list[dict[str, Any]], how: dict[str, str], **more: Any) -> Program:
    document = a_document(promotions=offers, lanes=how, **more)
    return load_program(json.dumps(document).encode())


def sold(program: Program, basket: Basket, **facts: Any) -> SaleResult:
    return evaluate_sale(program, basket, MemberFacts(), on=DAY, at_ms=NOON_MS, **facts)


@given(promotions, lanes, baskets)
def test_no_line_falls_below_zero_and_the_parts_add_up(
    offers: list[dict[str, Any]], how: dict[str, str], basket: Basket
) -> None:
    result = sold(loaded(offers, how), basket)

    assert all(0 <= line.discount <= line.gross for line in result.per_line)
    assert all(line.paid >= 0 for line in result.per_line)
    assert sum(line.discount for line in result.per_line) == result.discount
    assert sum(line.paid for line in result.per_line) == result.due
    assert result.gross - result.discount == result.due
    assert sum(line.earned for line in result.per_line) == result.earned
    by_hand = sum(min(line.discount, line.gross) for line in basket.lines)
    given_by_rules = sum(used.value for used in result.promotions)
    assert 0 <= result.discount - by_hand - given_by_rules <= basket.order_discount


@given(promotions, lanes, baskets, st.randoms(use_true_random=False))
def test_the_order_in_which_promotions_are_written_changes_nothing(
    offers: list[dict[str, Any]], how: dict[str, str], basket: Basket, chance: Any
) -> None:
    shuffled = [dict(chance.sample(sorted(offer.items(), key=str), len(offer))) for offer in offers]
    chance.shuffle(shuffled)

    first, second = sold(loaded(offers, how), basket), sold(loaded(shuffled, how), basket)

    assert (first.per_line, first.promotions) == (second.per_line, second.promotions)


@given(promotions, baskets)
def test_nothing_in_the_best_lane_is_worth_more_than_its_winner(
    offers: list[dict[str, Any]], basket: Basket
) -> None:
    compiled = loaded(offers, {}).offers
    pool = Pool.of(basket.lines, [line.gross for line in basket.lines])
    scene = Scene(Moment(on=DAY, minute=0, member=MemberFacts()))

    result = run_lane(pool, (*compiled.item, *compiled.order), how="best", scene=scene)

    best = max(give(pool, each)[0].value for each in (*compiled.item, *compiled.order))
    assert sum(won.value for won in result.given) == best
    assert len(result.given) == int(best > 0)


@given(promotions, baskets)
def test_what_comes_off_the_units_is_what_comes_off_the_lines(
    offers: list[dict[str, Any]], basket: Basket
) -> None:
    compiled = loaded(offers, {}).offers
    pool = Pool.of(basket.lines, [line.gross for line in basket.lines])

    for each in (*compiled.item, *compiled.order):
        taken, cut = give(pool, each)
        after = cut()
        assert [n - p for n, p in zip(pool.nets, taken.parts, strict=True)] == list(after.nets)
        for line, runs in zip(basket.lines, after.runs, strict=True):
            assert sum(run.count for run in runs) == line.quantity
            assert all(run.price >= 0 for run in runs)


@given(
    st.lists(st.sampled_from(["C1", "C2", "P1"]), min_size=1, max_size=3, unique=True),
    lanes,
    baskets,
)
def test_coupons_take_off_what_they_say_and_no_more(
    names: list[str], how: dict[str, str], basket: Basket
) -> None:
    goods = Basket(
        lines=tuple(
            replace(line, kind=GOODS, unit_price=line.unit_price + 2_000) for line in basket.lines
        ),
        coupons=tuple(names),
    )
    kinds = [
        {"code": "C", "kind": "amount", "value": "3.00"},
        {"code": "P", "kind": "percent", "value": "0.10", "max_value": "4.00"},
    ]
    held = OfferFacts(coupons=tuple(HeldCoupon(name, name[0]) for name in ("C1", "C2", "P1")))

    result = sold(loaded([], how, coupons=kinds), goods, offers=held)

    assert sum(used.value for used in result.coupons) == sum(
        line.discount - min(before.discount, before.gross)
        for line, before in zip(result.per_line, goods.lines, strict=True)
    )
    assert len(result.coupons) == (1 if how["coupon"] == "best" else len(names))
    assert all(used.value <= 400 for used in result.coupons)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("award"), st.just(0)),
        st.tuples(st.just("use"), st.just(0)),
        st.tuples(st.just("void"), st.integers(0, 12)),
        st.tuples(st.just("return"), st.integers(0, 12)),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(ACTS)
def test_a_coupon_is_spent_at_most_once_and_comes_back_whole(acts: list[tuple[str, int]]) -> None:
    program = loaded(
        [],
        {},
        earning=[{"id": "g", "when": {"event": ["survey"]}, "give": {"coupon": "C"}}],
        coupons=[{"code": "C", "kind": "amount", "value": "3.00"}],
    )
    steps: list[dict[str, Any]] = []
    for place, (act, which_sale) in enumerate(acts):
        use = {"sale": {"id": f"S{place}", "amount": "10.00", "coupons": ["C"]}}
        back = {act: {"sale": f"S{which_sale}"}}
        steps.append({"award": {"event": "survey"}, "use": use}.get(act, back))

    issued = standing = 0
    for (act, _), answer in zip(acts, told(program, *steps), strict=True):
        if answer["refused"] is None:
            issued += act == "award"
            standing += {"use": 1, "void": -1, "return": -1}.get(act, 0)
        assert len(answer["coupons"]) == issued - standing
        assert 0 <= standing <= issued
