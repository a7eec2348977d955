"""Registering a member: what is kept, what is refused, and that a repeat is the same act."""

import pytest

from db.domain.birthday import BirthdayInvalid
from db.domain.consent import MARKETING, MEMBERSHIP, ConsentFact
from db.domain.ids import MemberId, OperationId
from db.domain.lookup.member_number import parse_number
from db.domain.lookup.phone import PhoneInvalid
from db.domain.members import FieldInvalid, NoSuchMember, PhoneTaken
from db.domain.staff import Actor, NotPermitted, Role
from db.services.consents import RecordConsent, record_consent
from db.services.members import EnrollMember, active_member, enroll_member, spoken_consent
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows, value
from tests.support.makers import a_member

WRITTEN = ("member", "operation", "personal", "consent", "member_gram", "counter_day")


def counts(storage: Storage) -> list[int]:
    return [value(storage, f"SELECT count(*) FROM {table}") for table in WRITTEN]


def test_a_phone_is_kept_in_e164_however_it_was_typed(storage: Storage) -> None:
    a_member(storage, phone=" 138-1234　5678 ", name="  张  小芳 ")

    assert rows(storage, "SELECT phone, name FROM member") == [("+8613812345678", "张 小芳")]


def test_a_member_gets_a_number_with_its_check_character(storage: Storage) -> None:
    member = a_member(storage)

    assert parse_number(member.number)
    assert value(storage, "SELECT number FROM member") == member.number


def test_a_counter_with_a_block_gives_the_blocks_numbers_each_once(storage: Storage) -> None:
    with storage.begin() as work:
        work.sql.run("UPDATE counter SET number_block = '7K'")
        work.forget()

    numbers = {a_member(storage, phone=f"1380000{i:04d}").number for i in range(40)}

    assert len(numbers) == 40
    assert {number[:3] for number in numbers} == {"M7K"}


def test_a_taken_phone_names_its_holder_and_writes_nothing(storage: Storage) -> None:
    holder = a_member(storage)
    before = counts(storage)

    with pytest.raises(PhoneTaken) as refusal:
        a_member(storage, phone="+86 138 1234 5678", name="别人")

    assert (refusal.value.member_id, refusal.value.state) == (holder.member_id, "active")
    assert counts(storage) == before


def test_the_phone_of_a_frozen_member_is_taken_too(storage: Storage) -> None:
    holder = a_member(storage)
    with storage.begin() as work:
        work.members.set_state(holder.member_id, "frozen")

    with pytest.raises(PhoneTaken) as refusal:
        a_member(storage)

    assert refusal.value.state == "frozen"


def test_the_phone_of_an_erased_member_is_free(storage: Storage) -> None:
    holder = a_member(storage)
    with storage.begin() as work:
        work.members.set_state(holder.member_id, "erased")

    assert a_member(storage).member_id != holder.member_id


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"phone": "138 1234 567"}, PhoneInvalid),
        ({"phone": ""}, PhoneInvalid),
        ({"phone": "l3812345678"}, PhoneInvalid),
        ({"channel": "telepathy"}, FieldInvalid),
        ({"gender": "x"}, FieldInvalid),
        ({"name": "张" * 201}, FieldInvalid),
        ({"note": "a\x00b"}, FieldInvalid),
        ({"birthday": "02-30"}, BirthdayInvalid),
        ({"joined_on": "yesterday"}, FieldInvalid),
        ({"by": Actor(None, Role.AUDITOR)}, NotPermitted),
    ],
)
def test_what_may_not_be_is_refused_and_writes_nothing(
    storage: Storage, wrong: dict[str, object], refused: type[Exception]
) -> None:
    before = counts(storage)

    with pytest.raises(refused):
        a_member(storage, **wrong)

    assert counts(storage) == before


def test_a_member_of_a_former_system_needs_no_phone(storage: Storage) -> None:
    a_member(storage, phone="", external_id="A-17")

    assert rows(storage, "SELECT phone, external_id FROM member") == [(None, "A-17")]


def test_marketing_is_asked_for_apart_from_membership(storage: Storage) -> None:
    a_member(storage, consents=spoken_consent(marketing=False))
    a_member(storage, phone="13800000001", consents=spoken_consent(marketing=True))

    asked = rows(storage, "SELECT purpose, granted, basis FROM consent ORDER BY given_at, purpose")
    assert sorted(asked) == [
        (MARKETING, 1, "spoken"),
        (MEMBERSHIP, 1, "spoken"),
        (MEMBERSHIP, 1, "spoken"),
    ]


def test_registering_twice_with_one_command_registers_once(
    storage: Storage, manager: Actor
) -> None:
    with storage.begin() as work:
        command = EnrollMember(
            op=OperationId(work.new_id()),
            member_id=MemberId(work.new_id()),
            by=manager,
            phone="13812345678",
            consents=spoken_consent(marketing=True),
        )
        first = enroll_member(work, command)
    before = counts(storage)

    with storage.begin() as work:
        again = enroll_member(work, command)

    assert again == first
    assert counts(storage) == before


def test_what_names_a_person_is_beside_the_chain_and_never_in_it(storage: Storage) -> None:
    a_member(storage, name="张小芳", email="zhang@example.com")

    raw = value(storage, "SELECT raw FROM operation")
    payload = value(storage, "SELECT payload FROM personal")
    assert b"13812345678" not in raw
    assert "张小芳".encode() not in raw
    assert b"zhang@example.com" in payload
    assert b"+8613812345678" in payload


def test_a_new_member_is_counted_in_the_day_he_came(storage: Storage) -> None:
    a_member(storage)

    assert rows(storage, "SELECT business_day, new_members FROM counter_day") == [("2026-11-21", 1)]


def test_a_merged_member_answers_as_his_survivor(storage: Storage) -> None:
    survivor = a_member(storage)
    merged = a_member(storage, phone="13800000001")
    with storage.begin() as work:
        work.sql.run(
            "UPDATE member SET state = 'merged', alias_of = ? WHERE member_id = ?",
            (survivor.member_id, merged.member_id),
        )

    with storage.begin() as work:
        assert active_member(work, merged.member_id).member_id == survivor.member_id


def test_consent_can_be_taken_back_and_again_is_the_same_act(
    storage: Storage, manager: Actor
) -> None:
    member = a_member(storage, consents=spoken_consent(marketing=True))
    with storage.begin() as work:
        withdrawal = RecordConsent(
            op=OperationId(work.new_id()),
            member_id=member.member_id,
            by=manager,
            consents=tuple(
                fact.__class__(purpose=fact.purpose, granted=False, basis="screen")
                for fact in spoken_consent(marketing=True)
                if fact.purpose == MARKETING
            ),
        )
        record_consent(work, withdrawal)
        record_consent(work, withdrawal)

    answers = rows(storage, "SELECT granted FROM consent WHERE purpose = ? ORDER BY hlc", MARKETING)
    assert answers == [(1,), (0,)]


def test_an_answer_for_a_stranger_or_to_no_purpose_of_ours_is_refused(
    storage: Storage, manager: Actor
) -> None:
    member = a_member(storage)
    yes = ConsentFact(purpose=MARKETING, granted=True, basis="spoken")

    for member_id, fact, refused in (
        (MemberId(bytes(16)), yes, NoSuchMember),
        (member.member_id, ConsentFact(purpose="resale", granted=True, basis="none"), FieldInvalid),
    ):
        with storage.begin() as work, pytest.raises(refused):
            record_consent(
                work,
                RecordConsent(
                    op=OperationId(work.new_id()),
                    member_id=member_id,
                    by=manager,
                    consents=(fact,),
                ),
            )


def test_who_brought_the_member_is_kept(storage: Storage) -> None:
    friend = a_member(storage, phone="13800000001")

    a_member(storage, referrer_id=friend.member_id)

    assert rows(storage, "SELECT referrer_id FROM member WHERE referrer_id IS NOT NULL") == [
        (friend.member_id,)
    ]
