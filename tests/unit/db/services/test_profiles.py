"""Profiles that change: fields, phones, recycled numbers, freezing."""

from dataclasses import replace

import pytest

from db.domain.ids import OperationId
from db.domain.lookup.phone_text import PhoneInvalid
from db.domain.members import FieldInvalid, MemberNotActive, NoSuchMember, PhoneTaken
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, ApprovalNeeded, NotPermitted, Role
from db.queries.member_search import find_members
from db.services.profiles import (
    FreezeMember,
    ReleasePhone,
    UpdateProfile,
    freeze_member,
    release_phone,
    update_profile,
)
from db.services.verify.book import verify_home
from db.storage.members import MemberRow
from db.storage.unit_of_work import Storage
from tests.support.checkers import value
from tests.support.makers import NOBODY, a_member, a_sale
from tests.support.profile_makers import a_change, a_freezing

CASHIER = Actor(None, Role.CASHIER)
OPERATIONS = "SELECT count(*) FROM operation WHERE kind = 'member_update'"


def the_row(storage: Storage, member_id: bytes) -> MemberRow:
    with storage.begin() as work:
        row = work.members.by_id(member_id)
    assert row is not None
    return row


def found(storage: Storage, query: str) -> list[bytes]:
    with storage.reading() as reader:
        return [
            each.member_id for each in find_members(reader, query, limit=9, region="CN").members
        ]


def test_a_changed_name_is_found_and_the_old_one_is_not(storage: Storage) -> None:
    member_id = a_member(storage).member_id

    outcome = a_change(storage, member_id, name="  李  小龙 ", city="上海")

    assert outcome.changed == ("name", "city")
    row = the_row(storage, member_id)
    assert (row.name, row.city, row.phone) == ("李 小龙", "上海", "+8613812345678")
    assert found(storage, "李 小龙") == [member_id]
    assert found(storage, "张小芳") == []
    assert verify_home(storage).problems == ()


def test_what_is_so_already_is_not_said_again(storage: Storage) -> None:
    member_id = a_member(storage).member_id

    outcome = a_change(storage, member_id, name="张小芳", phone="+86 138-1234-5678")

    assert outcome.changed == ()
    assert value(storage, OPERATIONS) == 0


def test_a_change_that_arrives_twice_is_done_once(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    with storage.begin() as work:
        command = UpdateProfile(
            op=OperationId(work.new_id()), member_id=member_id, by=NOBODY, changes={"name": "一"}
        )
        first = update_profile(work, command)
    a_change(storage, member_id, name="二")

    with storage.begin() as work:
        assert update_profile(work, command) == first

    assert the_row(storage, member_id).name == "二"


def test_a_field_can_be_taken_away(storage: Storage) -> None:
    member_id = a_member(storage, email="a@b.cn").member_id

    a_change(storage, member_id, email="")

    assert the_row(storage, member_id).email == ""
    assert verify_home(storage).problems == ()


def test_a_new_phone_finds_the_member_and_the_old_one_is_free(storage: Storage) -> None:
    member_id = a_member(storage).member_id

    a_change(storage, member_id, phone="139 0000 1111")

    assert found(storage, "13900001111") == [member_id]
    assert found(storage, "13812345678") == []
    assert a_member(storage, name="王五").member_id != member_id


def test_a_phone_that_another_member_has_is_refused(storage: Storage) -> None:
    first = a_member(storage).member_id
    second = a_member(storage, phone="139 0000 1111").member_id

    with pytest.raises(PhoneTaken) as refused:
        a_change(storage, second, phone="13812345678")

    assert refused.value.member_id == first
    assert the_row(storage, second).phone == "+8613900001111"


def test_a_recycled_number_leaves_the_one_and_comes_to_the_other(storage: Storage) -> None:
    first = a_member(storage).member_id
    a_sale(storage, first)
    second = a_member(storage, phone="139 0000 1111", name="王五").member_id

    outcome = a_change(storage, second, phone="13812345678", recycled=True)

    assert outcome.released_from == first
    assert the_row(storage, first).phone is None
    assert found(storage, "13812345678") == [second]
    assert found(storage, "张小芳") == [first]
    assert verify_home(storage).problems == ()


def test_a_recycled_number_is_free_for_who_joins_with_it(storage: Storage) -> None:
    first = a_member(storage).member_id
    with storage.begin() as work:
        op = OperationId(work.new_id())
        released = release_phone(work, ReleasePhone(op=op, by=NOBODY, phone="138 1234 5678"))

    second = a_member(storage, name="王五").member_id

    assert released == first
    assert found(storage, "13812345678") == [second]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"phone": "123"}, PhoneInvalid),
        ({"gender": "x"}, FieldInvalid),
        ({"tier": "gold"}, FieldInvalid),
        ({"note": "x" * 201}, FieldInvalid),
        ({"name": "a\x00b"}, FieldInvalid),
    ],
)
def test_a_field_that_is_none_is_refused(
    storage: Storage, changes: dict[str, str], refusal: type[Exception]
) -> None:
    member_id = a_member(storage).member_id

    with pytest.raises(refusal):
        a_change(storage, member_id, **changes)

    assert value(storage, OPERATIONS) == 0


def test_nobody_is_not_changed(storage: Storage) -> None:
    with pytest.raises(NoSuchMember):
        a_change(storage, bytes(16), name="x")


def test_a_cashier_corrects_a_name_and_needs_approval_for_a_phone(storage: Storage) -> None:
    member_id = a_member(storage).member_id

    a_change(storage, member_id, by=CASHIER, name="张小方")

    with pytest.raises(ApprovalNeeded):
        a_change(storage, member_id, by=CASHIER, phone="139 0000 1111")


def test_a_frozen_member_does_not_earn_until_he_is_free(storage: Storage) -> None:
    member_id = a_member(storage).member_id

    assert a_freezing(storage, member_id).frozen
    with pytest.raises(MemberNotActive):
        a_sale(storage, member_id)
    assert verify_home(storage).problems == ()
    assert not a_freezing(storage, member_id, frozen=False).frozen

    assert a_sale(storage, member_id).earned > 0
    assert verify_home(storage).problems == ()


def test_freezing_needs_a_reason_and_a_manager(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    with storage.begin() as work:
        command = FreezeMember(
            op=OperationId(work.new_id()), member_id=member_id, by=NOBODY, reason=" "
        )
        with pytest.raises(ReasonMissing):
            freeze_member(work, command)
        with pytest.raises(NotPermitted):
            freeze_member(work, replace(command, by=CASHIER, reason="x"))


def test_personal_data_stays_beside_the_chain(storage: Storage) -> None:
    member_id = a_member(storage).member_id

    a_change(storage, member_id, name="欧阳娜娜", phone="139 0000 1111")

    raw = value(storage, "SELECT raw FROM operation WHERE kind = 'member_update'").decode()
    assert "欧阳" not in raw
    assert "1390000" not in raw
    assert '"fields":["name","phone"]' in raw
