"""The law of profiles and merges: the same words in any order give the same members."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import MemberId
from db.domain.members import MemberNotActive, PhoneTaken
from db.domain.operations import Operation, Personal, read_operation
from db.domain.profiles import NotMerged, SameMember
from db.domain.redemption_refusals import InsufficientPoints
from db.services.replication import receive
from db.services.verify.book import verify_home
from db.storage.database import Row
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book
from tests.support.histories import Counter, a_counter, an_empty_storage
from tests.support.makers import a_member, a_redemption, a_sale, an_adjustment
from tests.support.profile_makers import a_change, a_freezing, a_merge, an_unmerging
from tests.support.storage_fixtures import NOW_MS, MadeHome

MEMBERS = 4
REFUSALS = (MemberNotActive, PhoneTaken, SameMember, NotMerged, InsufficientPoints)
SHOWN = {
    "members": (
        "SELECT member_id, phone, name, gender, birthday, email, city, note, state, alias_of, tier"
        " FROM member ORDER BY member_id"
    ),
    "aliases": "SELECT root_id, alias_id FROM member_alias ORDER BY alias_id",
    "grams": (
        "SELECT g.gram, g.recency, m.member_id FROM member_gram AS g"
        " JOIN member AS m USING (member_row) ORDER BY g.gram, m.member_id"
    ),
}
steps = st.tuples(
    st.sampled_from(
        ["name", "phone", "recycle", "freeze", "thaw", "merge", "unmerge", "sell", "redeem", "less"]
    ),
    st.integers(0, MEMBERS - 1),
    st.integers(0, MEMBERS - 1),
)
Step = tuple[str, int, int]


def play(counter: Counter, members: list[MemberId], step: Step) -> None:
    storage, (kind, one, other) = counter.storage, step
    member, second = members[one], members[other]
    match kind:
        case "name":
            a_change(storage, member, name=f"王{other}", note="x" * other)
        case "phone" | "recycle":
            a_change(storage, member, phone=f"1370000000{other}", recycled=kind == "recycle")
        case "freeze" | "thaw":
            a_freezing(storage, member, frozen=kind == "freeze")
        case "merge":
            a_merge(storage, member, second)
        case "unmerge":
            an_unmerging(storage, member)
        case "sell":
            a_sale(storage, member, amount=10_000 + 100 * other)
        case "redeem":
            a_redemption(storage, member, 100)
        case _:
            an_adjustment(storage, member, -7)


def told_by(storage: Storage) -> list[tuple[Operation, Personal | None]]:
    with storage.begin() as work:
        found = work.all("SELECT op, raw FROM operation ORDER BY sequence")
        return [(read_operation(raw), work.operations.personal(op)) for op, raw in found]


def hear(storage: Storage, told: list[tuple[Operation, Personal | None]]) -> set[str]:
    with storage.begin() as work:
        return {receive(work, each, personal, received_at=NOW_MS) for each, personal in told}


def shown(storage: Storage) -> dict[str, list[Row]]:
    return {name: rows(storage, sql) for name, sql in SHOWN.items()}


@settings(max_examples=30)
@given(history=st.lists(steps, max_size=24), chance=st.randoms(use_true_random=False))
def test_members_and_their_points_are_the_same_whatever_arrives_first(
    made_home: MadeHome, history: list[Step], chance: Random
) -> None:
    with (
        a_counter(made_home) as counter,
        an_empty_storage(made_home) as (heard, _),
        an_empty_storage(made_home) as (heard_otherwise, _),
    ):
        members = [
            a_member(counter.storage, phone=f"1360000000{index}", name=f"李{index}").member_id
            for index in range(MEMBERS)
        ]
        for step in history:
            counter.clock.advance(1_000)
            try:
                play(counter, members, step)
            except REFUSALS:
                continue
        told = told_by(counter.storage)
        shuffled = chance.sample(told, len(told))

        for storage, order in ((heard, told), (heard_otherwise, shuffled)):
            assert hear(storage, order) == {"applied"}
            check_ledger(storage)
            assert shown(storage) == shown(counter.storage)

        assert the_book(heard) == the_book(heard_otherwise) == the_book(counter.storage)
        assert verify_home(counter.storage).problems == ()


@settings(max_examples=20)
@given(history=st.lists(steps, max_size=24))
def test_a_history_of_profiles_and_merges_is_proved(
    made_home: MadeHome, history: list[Step]
) -> None:
    with a_counter(made_home) as counter, an_empty_storage(made_home) as (heard, _):
        members = [
            a_member(counter.storage, phone=f"1360000000{index}", name=f"李{index}").member_id
            for index in range(MEMBERS)
        ]
        for step in history:
            counter.clock.advance(1_000)
            try:
                play(counter, members, step)
            except REFUSALS:
                continue
        hear(heard, told_by(counter.storage))

        assert verify_home(heard).problems == ()
