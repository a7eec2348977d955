"""The law of coupons on disk: each stands used at most once, and every row is proved."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.domain.ids import MemberId, SaleId
from db.domain.refusals import Refusal
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows, value
from tests.support.coupon_makers import COUPONS, a_coupon, a_voided_coupon, some_coupons, states
from tests.support.histories import an_empty_storage
from tests.support.makers import a_basket, a_member, a_return, a_sale, a_void, an_undo
from tests.support.programs import SPEND
from tests.support.publishing import publish
from tests.support.storage_fixtures import MadeHome

TENTH = {"percent_off": "0.10"}
PROMOTIONS = [
    {"id": "once", "lane": "item", "limit_per_member": 1, "give": {"amount_off": "1.00"}},
    {
        "id": "code",
        "lane": "order",
        "code": "HI",
        "limit_total": 2,
        "give": {"percent_off": "0.10"},
    },
]
BONUS = {"id": "bonus", "when": {"spend": {"min": "100.00"}}, "give": {"coupon": "TEN"}}
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.sampled_from(["TEN", "ANY", "ONE"])),
        st.tuples(st.just("sell"), st.integers(5_000, 20_000)),
        st.tuples(st.just("use"), st.integers(0, 7)),
        st.tuples(st.just("code"), st.integers(0, 1)),
        st.tuples(st.sampled_from(["undo", "void", "return", "part"]), st.integers(0, 7)),
        st.tuples(st.just("take away"), st.integers(0, 7)),
    ),
    max_size=14,
)


class Story:
    """Acts on one member's coupons; what is refused changes nothing."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        publish(storage, coupons=COUPONS, promotions=PROMOTIONS, earning=[SPEND, BONUS])
        self.member_id: MemberId = a_member(storage).member_id
        self.sales: list[SaleId] = []

    def act(self, kind: str, what: Any) -> None:
        before = self.book()
        try:
            self._act(kind, what)
        except Refusal:
            assert self.book() == before

    def book(self) -> list[Any]:
        tables = ("coupon", "coupon_use", "promotion_use", "offer_count", "sale", "operation")
        return [value(self.storage, f"SELECT count(*) FROM {name}") for name in tables] + [
            states(self.storage)
        ]

    def _act(self, kind: str, what: Any) -> None:
        storage, codes = self.storage, sorted(states(self.storage))
        if kind == "issue":
            if what == "ANY":
                some_coupons(storage, what)
            else:
                a_coupon(storage, self.member_id, what)
        elif kind in {"sell", "use", "code"}:
            amount = what if kind == "sell" else 6_000
            named = tuple(codes[what : what + 1]) if kind == "use" else ()
            typed = ("HI",) if kind == "code" else ()
            basket = a_basket(amount=amount)
            basket = type(basket)(lines=basket.lines, coupons=named, codes=typed)
            self.sales.append(a_sale(storage, self.member_id, basket=basket).sale_id)
        elif kind == "take away":
            for code in codes[what : what + 1]:
                a_voided_coupon(storage, code)
        elif self.sales:
            sale_id = self.sales[what % len(self.sales)]
            takes = {"undo": an_undo, "void": a_void, "return": a_return}
            if kind == "part":
                a_return(storage, sale_id, amount=100)
            else:
                takes[kind](storage, sale_id)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS)
def test_each_coupon_stands_used_at_most_once_and_every_row_is_proved(
    made_home: MadeHome, acts: list[tuple[str, Any]]
) -> None:
    with an_empty_storage(made_home) as (storage, _):
        story = Story(storage)
        for kind, what in acts:
            story.act(kind, what)

        used = "SELECT count(*) FROM coupon_use WHERE given_back_by IS NULL GROUP BY code"
        assert all(count == 1 for (count,) in rows(storage, used))
        for name, limit in (("once", 1), ("code", 2)):
            uses = "SELECT coalesce(max(uses), 0) FROM offer_count WHERE name = ?"
            assert rows(storage, uses, name)[0][0] <= limit
        assert value(storage, "SELECT coalesce(min(uses), 0) FROM offer_count") >= 0
        assert verify_home(storage).problems == ()
