"""A shop in which every condition of a segment is true of somebody, and trees to ask it.

Members come, return, merge, agree, use points and grow old over two years of a seeded history.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from db.domain.basket import BasketLine
from db.domain.ids import MemberId, OperationId
from db.domain.refusals import Refusal
from db.domain.segments.tree import (
    FIELDS,
    GROUPS,
    METRICS,
    MONEY,
    Compare,
    Compared,
    Consents,
    Every,
    Is,
    Metric,
    Node,
    Not,
    Some,
    Tagged,
)
from db.services.members import spoken_consent
from db.services.tags import TagMember, tag_member
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.histories import an_empty_storage
from tests.support.makers import (
    NOBODY,
    a_basket,
    a_member,
    a_redemption,
    a_return,
    a_sale,
    a_void,
    an_adjustment,
)
from tests.support.profile_makers import a_freezing, a_merge
from tests.support.storage_fixtures import MadeHome

MEMBERS = 24
DAY_MS = 86_400_000
GOODS = (
    ("A1", "饮料/茶", 600),
    ("A2", "饮料", 300),
    ("B1", "食品/面包", 1_200),
    ("C1", "运动", 9_900),
)
TAGS = ("员工", "vip", '他说"好"')


@contextmanager
def a_segment_shop(made_home: MadeHome, *, seed: int = 5) -> Iterator[Storage]:
    """Hand out the book of the shop; its clock stands two years after the first day."""
    with an_empty_storage(made_home, seed=seed) as (storage, clock):
        rng = random.Random(seed)
        members = [_member(storage, rng, place) for place in range(MEMBERS)]
        for _ in range(300):
            clock.advance(rng.randrange(DAY_MS * 5))
            _act(storage, clock, rng=rng, members=members)
        for source, target in ((1, 2), (3, 4), (5, 2)):
            a_merge(storage, members[source], members[target])
        a_sale(storage, members[2], amount=700)
        a_freezing(storage, members[6])
        _with_staff(storage, members[7])
        yield storage


def _member(storage: Storage, rng: random.Random, place: int) -> MemberId:
    return a_member(
        storage,
        phone=f"138{place:08d}",
        name=f"会员{place}",
        gender=rng.choice(["", "female", "male"]),
        city=rng.choice(["", "上海", "北京"]),
        birthday=rng.choice(["", "02-29", "12-31", "1990-11-21", "01-05"]),
        channel=rng.choice(["walk_in", "wechat", "referral"]),
        joined_on=rng.choice(["2026-11-21", "2026-01-01", "2025-06-30"]),
        consents=spoken_consent(marketing=rng.random() < 0.5),
    ).member_id


def _act(
    storage: Storage, clock: FixedClock, *, rng: random.Random, members: list[MemberId]
) -> None:
    """Do one thing to one member; the rules may say no."""
    member = rng.choice(members[: rng.randrange(2, MEMBERS - 2)])
    try:
        match rng.randrange(10):
            case 0:
                a_redemption(storage, member, 100)
            case 1:
                an_adjustment(storage, member, rng.choice([500, 200, -50]))
            case 2:
                with storage.begin() as work:
                    command = TagMember(
                        op=OperationId(work.new_id()), by=NOBODY, member_id=member, tag="员工"
                    )
                    tag_member(
                        work, replace(command, tag=rng.choice(TAGS), held=rng.random() < 0.7)
                    )
            case _:
                _sell(storage, clock, rng=rng, member=member)
    except Refusal:
        return


def _sell(storage: Storage, clock: FixedClock, *, rng: random.Random, member: MemberId) -> None:
    if rng.random() < 0.3:
        sold = a_sale(storage, member, amount=rng.choice([100, 5_000, 60_000]))
    else:
        chosen = [rng.choice(GOODS) for _ in range(rng.randrange(1, 4))]
        lines = tuple(
            BasketLine(unit_price=price, sku=sku, category=category)
            for sku, category, price in chosen
        )
        redeem = rng.choice([0, 0, 100])
        sold = a_sale(storage, member, basket=a_basket(*lines), redeem_points=redeem)
    chance = rng.random()
    if chance < 0.15:
        clock.advance(rng.randrange(DAY_MS * 2))
        a_return(storage, sold.sale_id, lines=((1, 1),) if chance < 0.08 else ())
        if rng.random() < 0.4:
            a_void(storage, sold.sale_id)
    elif chance < 0.2:
        clock.advance(180_000)
        a_void(storage, sold.sale_id)


def _with_staff(storage: Storage, member: MemberId) -> None:
    with storage.begin() as work:
        work.sql.run("UPDATE staff SET member_id = ?", (member,))


VALUES = {
    "tier": ("", "basic", "gold"),
    "gender": ("", "female", "male"),
    "city": ("", "上海", "北京"),
    "channel": ("walk_in", "wechat", "referral", "x'y"),
    "home": ("南京东路店", "别处"),
    "state": ("active", "frozen"),
}
_ARGUMENTS = {
    "days": st.integers(1, 900),
    "since": st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    "category": st.sampled_from(["饮料", "饮料/茶", "食品", "饮", 'a"b\\']),
    "sku": st.sampled_from(["A1", "C1", "Z9"]),
    "branch": st.sampled_from(["南京东路店", "别处"]),
    "hours": st.tuples(st.integers(0, 23), st.integers(0, 24)),
}
_NUMBERS = {
    "money": st.integers(-100, 100_000).map(lambda minor: Fraction(minor, 100)),
    "share": st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1)]),
    "days": st.integers(-5, 900).map(Fraction) | st.just(Fraction(5, 2)),
    "count": st.integers(-1, 9).map(Fraction) | st.just(Fraction(3, 2)),
}
_KINDS = {
    "visits": "count", "purchases": "count", "rfm_r": "count", "rfm_f": "count", "rfm_m": "count",
    "visit_share": "share", "spend_share": "share", "churn_risk": "count",
}  # fmt: skip


@st.composite
def metrics(draw: st.DrawFn) -> Metric:
    """Draw a metric with the arguments it takes."""
    name = draw(st.sampled_from(sorted(METRICS)))
    taken = sorted(METRICS[name])
    given = draw(st.sets(st.sampled_from(taken), max_size=2)) if taken else set()
    if {"days", "since"} <= given:
        given = {"days"}
    return Metric(name, **{each: draw(_ARGUMENTS[each]) for each in sorted(given)})


@st.composite
def comparisons(draw: st.DrawFn) -> Compare:
    """Draw a metric compared with a number of its kind."""
    metric = draw(metrics())
    kind = "money" if metric.name in MONEY else _KINDS.get(metric.name, "days")
    return Compare(metric, draw(st.sampled_from(list(Compared))), draw(_NUMBERS[kind]))


@st.composite
def properties(draw: st.DrawFn) -> Is:
    """Draw a property, or a group by the shop's edges."""
    field = draw(st.sampled_from(sorted(FIELDS | set(GROUPS))))
    values = VALUES.get(field) or sorted(GROUPS[field])
    some = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
    return Is(field, tuple(draw(some)))


leaves_drawn = st.one_of(
    comparisons(),
    comparisons(),
    properties(),
    st.sampled_from(TAGS).map(Tagged),
    st.sampled_from(["marketing", "membership"]).map(Consents),
)


def _parts(children: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(children, min_size=2, max_size=3).map(tuple)


trees: st.SearchStrategy[Node] = st.recursive(
    leaves_drawn,
    lambda children: _parts(children).map(Every) | _parts(children).map(Some) | children.map(Not),
    max_leaves=5,
)
"""Trees as a text writes them: no `Every` or `Some` of one part."""
