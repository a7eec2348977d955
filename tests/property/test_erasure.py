"""Laws of forgetting and of last words: whatever arrives first, the same ones stand."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain import hlc
from db.domain.ids import MemberId, OperationId, StreamId
from db.domain.members import MemberNotActive, NoSuchMember
from db.domain.operations import Operation, Personal, read_operation
from db.domain.profiles import NotMerged, SameMember
from db.services.enrollment import start_stream
from db.services.replication import receive
from db.services.restamps import put_right
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book, value
from tests.support.histories import a_counter, an_empty_storage
from tests.support.makers import a_member, a_sale
from tests.support.profile_makers import a_change, a_merge, an_unmerging
from tests.support.storage_fixtures import NOW_MS, MadeHome
from tests.support.wish_makers import an_erasure

MEMBERS = 3
NAMED = (
    "SELECT count(*) FROM member AS m WHERE m.member_id = ?1 AND (m.state <> 'erased'"
    " OR m.phone IS NOT NULL OR m.name || m.city || m.note || m.email <> '')"
)
KEPT = "SELECT count(*) FROM personal WHERE member_id = ?"
WORDS = "SELECT hlc, op FROM member_change WHERE member_id = ? AND field = 'name'"
steps = st.lists(
    st.tuples(
        st.sampled_from(["name", "sell", "merge", "unmerge", "sell"]),
        st.integers(0, MEMBERS - 1),
        st.integers(0, MEMBERS - 1),
    ),
    max_size=14,
)
Told = list[tuple[Operation, Personal | None]]


def told_by(storage: Storage, personal: dict[bytes, Personal]) -> Told:
    """Return what was written, each with the person beside it as it was when it was written."""
    with storage.begin() as work:
        found = work.all("SELECT op, raw FROM operation ORDER BY sequence")
    return [(read_operation(raw), personal.get(op)) for op, raw in found]


def remember(storage: Storage, personal: dict[bytes, Personal]) -> None:
    """Remember personal data before somebody is erased: another counter may still send it."""
    with storage.begin() as work:
        for op, nonce, payload in work.all("SELECT op, nonce, payload FROM personal"):
            personal[op] = Personal(nonce, payload)


def hear(storage: Storage, told: Told) -> set[str]:
    with storage.begin() as work:
        return {receive(work, each, personal, received_at=NOW_MS) for each, personal in told}


@settings(max_examples=25)
@given(before=steps, after=steps, whom=st.integers(0, MEMBERS - 1), chance=st.randoms())
def test_whoever_is_erased_is_nobody_in_whatever_order_it_is_heard(
    made_home: MadeHome,
    before: list[tuple[str, int, int]],
    after: list[tuple[str, int, int]],
    whom: int,
    chance: Random,
) -> None:
    with (
        a_counter(made_home) as counter,
        an_empty_storage(made_home) as (heard, _),
    ):
        storage, personal = counter.storage, dict[bytes, Personal]()
        members = [
            a_member(storage, phone=f"1360000000{index}", name=f"李{index}").member_id
            for index in range(MEMBERS)
        ]
        play(storage, members, before)
        remember(storage, personal)
        erased = an_erasure(storage, members[whom]).members
        play(storage, members, after)
        remember(storage, personal)
        told = told_by(storage, personal)

        assert hear(heard, chance.sample(told, len(told))) == {"applied"}

        for replica in (storage, heard):
            for member in erased:
                assert value(replica, NAMED, member) == 0
                assert value(replica, KEPT, member) == 0
            assert verify_home(replica).problems == ()
            check_ledger(replica)
        assert the_book(heard) == the_book(storage)


def play(storage: Storage, members: list[MemberId], history: list[tuple[str, int, int]]) -> None:
    for kind, one, other in history:
        try:
            match kind:
                case "name":
                    a_change(storage, members[one], name=f"王{other}")
                case "sell":
                    a_sale(storage, members[one], amount=1_000 * (other + 1))
                case "merge":
                    a_merge(storage, members[one], members[other])
                case _:
                    an_unmerging(storage, members[one])
        except (MemberNotActive, NoSuchMember, SameMember, NotMerged):
            continue


@settings(max_examples=25)
@given(history=steps)
def test_merging_and_unmerging_move_no_point(
    made_home: MadeHome, history: list[tuple[str, int, int]]
) -> None:
    with a_counter(made_home) as counter:
        storage = counter.storage
        members = [
            a_member(storage, phone=f"1360000000{index}", name=f"李{index}").member_id
            for index in range(MEMBERS)
        ]
        by_id = "SELECT member_id, sum(remaining) FROM lot GROUP BY member_id ORDER BY member_id"
        for step in history:
            before = rows(storage, by_id)
            play(storage, members, [step])
            if step[0] in {"merge", "unmerge"}:
                assert rows(storage, by_id) == before


@settings(max_examples=25)
@given(
    clocks=st.lists(st.integers(-3_600_000, 400_000_000_000), min_size=1, max_size=8),
    chance=st.randoms(),
)
def test_the_last_word_is_the_latest_stamp_and_none_is_two_minutes_ahead(
    made_home: MadeHome, clocks: list[int], chance: Random
) -> None:
    """I13: the name that stands is the argmax of (stamp that counts, id) over all its words."""
    with a_counter(made_home) as counter, an_empty_storage(made_home) as (heard, _):
        member = a_member(counter.storage, name="李").member_id
        for number, ahead in enumerate(clocks):
            counter.clock.at_ms = NOW_MS + ahead
            a_change(counter.storage, member, name=f"王{number}")
        told = told_by(counter.storage, kept(counter.storage))

        with heard.begin() as work:  # head office writes a stream of its own
            start_stream(work, StreamId(bytes(16)))
        with heard.begin() as work:
            for operation, personal in told[:1] + chance.sample(told[1:], len(told) - 1):
                assert receive(work, operation, personal, received_at=NOW_MS) == "applied"
                put_right(work, operation, received_at=NOW_MS)

        most = (NOW_MS + hlc.AHEAD_MS_MAX + 1) << hlc.COUNTER_BITS
        words = rows(heard, WORDS, member)
        assert all(stamp <= most for stamp, _ in words)
        with heard.begin() as work:
            last = work.operations.personal(OperationId(max(words)[1]))
        assert last is not None
        name = value(heard, "SELECT name FROM member WHERE member_id = ?", member)
        assert name in last.payload.decode()


def kept(storage: Storage) -> dict[bytes, Personal]:
    personal: dict[bytes, Personal] = {}
    remember(storage, personal)
    return personal
