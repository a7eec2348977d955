"""Laws of rewards beyond the sale: events once, gifts within stock, one book in any order."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import CounterId, MemberId, OperationId, SaleId, StreamId
from db.domain.operations import Operation, Personal, read_operation
from db.domain.refusals import Refusal
from db.services.replication import receive
from db.services.tags import TagMember, tag_member
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book, value
from tests.support.histories import an_empty_storage
from tests.support.makers import NOBODY, a_member, a_return, a_sale, a_void, an_adjustment
from tests.support.publishing import publish
from tests.support.reward_makers import (
    SPEND,
    a_gift,
    a_gift_return,
    an_event,
    expiries,
    on,
    review,
)
from tests.support.storage_fixtures import NOW_MS, MadeHome

DAY_MS = 86_400_000
STOCK = 1
EVENTS = ("signup", "birthday", "survey", "attended:E1", "profile_completed")
PROGRAM: dict[str, Any] = {
    "points": {"expiry": {"kind": "inactivity", "months": 1}, "caps": {"per_month": 900}},
    "earning": [
        SPEND,
        on("signup", [{"points": 20}, {"tag": "new"}]),
        on("birthday", {"points": 88}),
        on("survey", {"points": 7}),
        on("attended:E1", {"points": 30}),
        {"id": "big", "when": {"spend": {"min": "100.00"}}, "give": {"tag": "big"}},
        {"id": "twice", "when": {"tag": ["big"]}, "give": {"multiply": "2"}},
    ],
    "redemption": {
        "money": {"points_per_step": 100, "value_per_step": "1.00"},
        "gifts": [{"sku": "CUP", "points": 5, "stock": STOCK}],
    },
    "tiers": {
        "measure": "points_earned",
        "window": "rolling_12_months",
        "levels": [
            {"code": "basic"},
            {
                "code": "gold",
                "from": "150",
                "benefits": [{"kind": "upgrade", "award": [{"points": 30}, {"tag": "golden"}]}],
            },
            {"code": "top", "from": "400"},
        ],
        "downgrade": "one_step",
    },
    "referral": {"referrer": {"points": 200}, "friend": {"points": 50}},
    "debt": {"repay_share": "1/2", "write_off_days": 20},
}
Step = tuple[str, int, int]
_two = st.integers(min_value=0, max_value=1)
_which = st.integers(min_value=0, max_value=4)
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("sell"), _two, st.integers(min_value=1_000, max_value=30_000)),
    st.tuples(st.just("event"), _two, _which),
    st.tuples(st.just("gift"), _two, st.just(0)),
    st.tuples(st.just("gift back"), _two, st.just(0)),
    st.tuples(st.just("tag"), _two, _two),
    st.tuples(st.just("take"), _two, st.integers(min_value=1, max_value=200)),
    st.tuples(st.just("void"), _which, st.just(0)),
    st.tuples(st.just("return"), _which, st.just(0)),
    st.tuples(st.just("expire"), st.just(0), st.just(0)),
    st.tuples(st.just("review"), st.just(0), st.just(0)),
    st.tuples(st.just("wait"), st.integers(min_value=1, max_value=40), st.just(0)),
)
histories = st.lists(steps, max_size=16)
Written = tuple[Operation, Personal | None]


@dataclass(slots=True)
class Shop:
    """A counter whose second member was brought by the first, and what it sold."""

    storage: Storage
    clock: FixedClock
    members: list[MemberId]
    sales: list[SaleId] = field(default_factory=list)

    def play(self, history: list[Step]) -> None:
        """Do one step after another; a refused one changes nothing."""
        for step in history:
            with suppress(Refusal):
                self._do(*step)

    def _do(self, kind: str, subject: int, amount: int) -> None:
        member_id = self.members[subject % len(self.members)]
        match kind:
            case "sell":
                self.sales.append(a_sale(self.storage, member_id, amount=amount).sale_id)
            case "event":
                an_event(self.storage, member_id, EVENTS[amount])
            case "gift":
                a_gift(self.storage, member_id)
            case "tag":
                self._tag(member_id, held=bool(amount))
            case "take":
                an_adjustment(self.storage, member_id, points=-amount)
            case _:
                self._further(kind, subject)

    def _further(self, kind: str, subject: int) -> None:
        match kind:
            case "gift back" if value(self.storage, "SELECT count(*) FROM gift_move"):
                a_gift_return(self.storage)
            case "void" if self.sales:
                a_void(self.storage, self.sales[-1 - subject % len(self.sales)])
            case "return" if self.sales:
                a_return(self.storage, self.sales[-1 - subject % len(self.sales)])
            case "expire":
                expiries(self.storage)
            case "review":
                review(self.storage)
            case "wait":
                self.clock.advance(subject * DAY_MS)

    def _tag(self, member_id: MemberId, *, held: bool) -> None:
        with self.storage.begin() as work:
            op = OperationId(work.new_id())
            command = TagMember(op=op, by=NOBODY, member_id=member_id, tag="vip", held=held)
            tag_member(work, command)


def opened(storage: Storage, clock: FixedClock) -> Shop:
    """Put the program in force and register both members."""
    publish(storage, **PROGRAM)
    first = a_member(storage, phone="13800000001").member_id
    second = a_member(storage, phone="13800000002", referrer_id=first).member_id
    return Shop(storage, clock, [first, second])


@settings(max_examples=40)
@given(history=histories)
def test_events_award_once_gifts_stay_within_stock_and_everything_is_proved(
    made_home: MadeHome, history: list[Step]
) -> None:
    with an_empty_storage(made_home) as (storage, clock):
        shop = opened(storage, clock)

        shop.play(history)

        twice = (
            "SELECT occurrence, count(*) FROM reward_entry WHERE occurrence IS NOT NULL"
            " AND undone_by IS NULL GROUP BY member_id, occurrence HAVING count(*) > 1"
        )
        assert rows(storage, twice) == []
        out = value(storage, "SELECT coalesce(-sum(change), 0) FROM gift_move")
        assert 0 <= out <= STOCK
        check_ledger(storage)
        assert verify_home(storage).problems == ()


@settings(max_examples=40)
@given(history=histories)
def test_voiding_every_sale_leaves_nothing_that_only_sales_led_to(
    made_home: MadeHome, history: list[Step]
) -> None:
    with an_empty_storage(made_home) as (storage, clock):
        shop = opened(storage, clock)
        shop.play(history)

        for sale_id in shop.sales:
            with suppress(Refusal):
                a_void(storage, sale_id)

        standing = (
            "SELECT detail FROM reward_entry AS e JOIN sale AS s ON s.sale_id = e.reference"
            " WHERE e.kind = 'event_award' AND e.undone_by IS NULL"
        )
        assert rows(storage, standing) == []
        assert (
            rows(storage, "SELECT tag FROM member_tag WHERE tag = 'big' AND undone_by IS NULL")
            == []
        )
        assert verify_home(storage).problems == ()


@settings(max_examples=20)
@given(here=histories, there=histories, turns=st.lists(st.booleans(), max_size=30))
def test_whatever_the_order_of_arrival_rewards_are_the_same(
    made_home: MadeHome, here: list[Step], there: list[Step], turns: list[bool]
) -> None:
    with (
        an_empty_storage(made_home, seed=3) as (one, clock),
        an_empty_storage(made_home, seed=4) as (other, other_clock),
        an_empty_storage(made_home) as (heard, _),
        an_empty_storage(made_home) as (heard_otherwise, _),
    ):
        shop = opened(one, clock)
        publish(other, **PROGRAM)
        known = _written(one)
        _hear(other, known)
        _become_the_second(other)
        shop.play(here)
        Shop(other, other_clock, shop.members).play(there)
        mine, yours = _written(one)[len(known) :], _written(other)

        _hear(heard, known + mine + yours)
        _hear(heard_otherwise, known + _shuffled(mine, yours, turns))

        assert the_book(heard) == the_book(heard_otherwise)
        check_ledger(heard)


def _written(storage: Storage) -> list[Written]:
    with storage.begin() as work:
        return [
            (read_operation(raw), work.operations.personal(op))
            for op, raw in work.all(
                "SELECT op, raw FROM operation WHERE stream_id = ? ORDER BY sequence",
                (work.home.stream_id,),
            )
        ]


def _hear(storage: Storage, operations: list[Written]) -> None:
    with storage.begin() as work:
        statuses = [
            receive(work, operation, personal, received_at=NOW_MS)
            for operation, personal in operations
        ]
    assert set(statuses) <= {"applied"}


def _become_the_second(storage: Storage) -> None:
    second = bytes([2] * 16)
    with storage.begin() as work:
        work.branches.put_counter(CounterId(second), work.home.branch_id, "02机", number_block=None)
        work.operations.open_stream(StreamId(second), CounterId(second), epoch=0)
        work.settings.put("counter_id", second.hex())
        work.settings.put("stream_id", second.hex())
        work.forget()


def _shuffled(mine: list[Written], yours: list[Written], turns: list[bool]) -> list[Written]:
    """Return both lists as one, each in its own order."""
    one, other = list(mine), list(yours)
    mixed: list[Written] = []
    for turn in turns:
        side = one if turn else other
        if side:
            mixed.append(side.pop(0))
    return [*mixed, *other, *one]
