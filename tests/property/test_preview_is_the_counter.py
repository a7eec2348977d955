"""The law of the preview: a story comes to the same at a counter, step by step."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import MemberId, SaleId
from db.domain.refusals import Refusal
from db.storage.member_facts import member_standing
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.property.test_rewards import EVENTS, PROGRAM
from tests.support.histories import an_empty_storage
from tests.support.makers import a_member, a_return, a_sale, a_void
from tests.support.programs import a_program, told
from tests.support.publishing import publish
from tests.support.reward_makers import an_event, expiries, review
from tests.support.storage_fixtures import MadeHome

DAY_MS = 86_400_000
Step = tuple[str, int]
_which = st.integers(min_value=0, max_value=4)
stories = st.lists(
    st.one_of(
        st.tuples(st.just("sale"), st.integers(min_value=100, max_value=30_000)),
        st.tuples(st.just("event"), _which),
        st.tuples(st.just("void"), _which),
        st.tuples(st.just("return"), _which),
        st.tuples(st.just("review"), st.integers(min_value=0, max_value=1)),
        st.tuples(st.just("wait"), st.integers(min_value=1, max_value=40)),
    ),
    max_size=14,
)


def acted(
    storage: Storage, clock: FixedClock, member_id: MemberId, story: list[Step]
) -> tuple[list[dict[str, Any]], list[object]]:
    """Live a story at a counter; return it as a scenario's steps, and what each came to."""
    sales: list[SaleId] = []
    steps: list[dict[str, Any]] = []
    states: list[object] = []
    for kind, number in story:
        step: dict[str, Any] = {}
        with suppress(Refusal):
            match kind:
                case "wait":
                    clock.advance(number * DAY_MS)
                    continue
                case "sale":
                    amount = f"{number // 100}.{number % 100:02}"
                    step = {"sale": {"id": str(len(sales)), "amount": amount}}
                    sales.append(a_sale(storage, member_id, amount=number).sale_id)
                case "event":
                    step = {"event": EVENTS[number]}
                    an_event(storage, member_id, EVENTS[number])
                case "review":
                    step = {"review": ("expiry", "tiers")[number]}
                    (expiries, review)[number](storage)
                case _ if sales:
                    place = number % len(sales)
                    step = {kind: {"sale": str(place)}}
                    (a_void if kind == "void" else a_return)(storage, sales[place])
        if step:
            at = datetime.fromtimestamp(clock.at_ms / 1000, tz=UTC).isoformat()
            steps.append({"at": at} | step)
            states.append(state(storage, member_id))
    return steps, states


def state(storage: Storage, member_id: MemberId) -> object:
    with storage.begin() as work:
        standing = member_standing(
            work.sql,
            member_id,
            home=work.home,
            program=work.program(work.today),
            on=work.today,
            now_ms=work.at_ms,
        )
        lots = [
            (
                lot.points,
                lot.available_on.isoformat(),
                lot.expires_on and lot.expires_on.isoformat(),
            )
            for lot in work.ledger.lots(member_id)
            if lot.points > 0 and (lot.expires_on is None or lot.expires_on >= work.today)
        ]
        return (
            standing.available,
            standing.pending,
            sorted(lots, key=str),
            standing.facts.tier,
            standing.measured,
        )


@settings(max_examples=60)
@given(story=stories, referred=st.booleans())
def test_a_story_comes_to_the_same_in_a_preview_and_at_a_counter(
    made_home: MadeHome, story: list[Step], *, referred: bool
) -> None:
    with an_empty_storage(made_home) as (storage, clock):
        publish(storage, **PROGRAM)
        friend = a_member(storage, phone="13800000001").member_id if referred else None
        member = a_member(storage, referrer_id=friend).member_id
        start = datetime.fromtimestamp(clock.at_ms / 1000, tz=UTC)
        joined_on = "2026-11-21"

        steps, states = acted(storage, clock, member, story)
        answers = told(
            a_program(**PROGRAM),
            {"at": start.isoformat(), "event": "signup"},
            *steps,
            joined_on=joined_on,
            referrer="M1" if referred else "",
        )[1:]

        lived = [
            (
                answer["available"],
                answer["pending"],
                sorted(
                    [
                        (lot["points"], lot["available_on"], lot["expires_on"])
                        for lot in answer["lots"]
                    ],
                    key=str,
                ),
                answer["tier"],
                answer["qualifying"],
            )
            for answer in answers
        ]
        assert lived == states
