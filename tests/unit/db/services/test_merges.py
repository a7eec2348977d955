"""Members that turn out to be one: everything follows the one who stays, and comes back."""

from dataclasses import replace
from datetime import date

import pytest

from db.domain.consent import ConsentFact
from db.domain.ids import MemberId, OperationId, text_of
from db.domain.members import MemberNotActive, PhoneTaken
from db.domain.profiles import UNMERGE_MS_MAX, NotMerged, SameMember, UnmergeTooLate
from db.domain.staff import Actor, NotPermitted, Role
from db.queries.member_card import MemberCard, member_card
from db.queries.member_details import member_details
from db.queries.member_search import find_members
from db.queries.members_export import exported_members
from db.queries.programs import program_on
from db.queries.value_history import value_held
from db.services.consents import RecordConsent, record_consent
from db.services.coupons import IssueCoupons, issue_coupons
from db.services.expiry import NotTheAuthority
from db.services.stored_value import TopUpValue, top_up_value
from db.services.tags import TagMember, tag_member
from db.services.verify.book import verify_home
from db.storage.home import OFFICE, read_home
from db.storage.rewards import tags_of
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import (
    NOBODY,
    a_basket,
    a_member,
    a_redemption,
    a_sale,
    a_void,
    an_adjustment,
    an_undo,
)
from tests.support.profile_makers import a_change, a_freezing, a_merge, an_unmerging
from tests.support.publishing import LADDER, publish
from tests.support.storage_fixtures import NOW_MS

TODAY = date(2026, 11, 21)
COUPONS = [{"code": "TEN", "kind": "amount", "value": "10.00"}]


def two(storage: Storage) -> tuple[MemberId, MemberId]:
    source = a_member(storage, phone="139 0000 1111", name="张小芳").member_id
    return source, a_member(storage).member_id


def the_card(storage: Storage, member_id: MemberId) -> MemberCard:
    with storage.reading() as reader:
        home = read_home(reader)
        card = member_card(
            reader, member_id, home=home, program=program_on(reader, TODAY), now_ms=NOW_MS
        )
    assert card is not None
    return card


def test_points_visits_and_history_follow_the_one_who_stays(storage: Storage) -> None:
    source, target = two(storage)
    a_sale(storage, source, amount=30_000)
    a_sale(storage, target, amount=10_000)

    a_merge(storage, source, target)

    for either in (source, target):
        card = the_card(storage, either)
        assert (card.member_id, card.available, card.redeemable) == (target, 400, 400)
        assert (card.visits, card.spend) == (2, 40_000)
    assert verify_home(storage).problems == ()


def test_both_codes_and_both_phones_lead_to_the_one_who_stays(storage: Storage) -> None:
    source, target = two(storage)
    with storage.begin() as work:
        row = work.members.by_id(source)
    assert row is not None

    a_merge(storage, source, target)

    with storage.reading() as reader:
        for query in (row.number, "13900001111", "13812345678"):
            found = find_members(reader, query, limit=5, region="CN").members
            assert [each.member_id for each in found] == [target]
    with pytest.raises(PhoneTaken) as refused:
        a_member(storage, phone="139 0000 1111", name="王五")
    assert refused.value.member_id == target


def test_what_is_unmerged_has_again_what_was_its_own(storage: Storage) -> None:
    source, target = two(storage)
    a_sale(storage, source, amount=30_000)
    a_sale(storage, target, amount=10_000)
    before = the_card(storage, source), the_card(storage, target)

    a_merge(storage, source, target)
    an_unmerging(storage, source)

    assert (the_card(storage, source), the_card(storage, target)) == before
    assert verify_home(storage).problems == ()


def test_a_redemption_takes_the_points_of_both(storage: Storage) -> None:
    source, target = two(storage)
    a_sale(storage, source, amount=30_000)
    a_sale(storage, target, amount=10_000)
    a_merge(storage, source, target)

    a_redemption(storage, target, 400)

    assert the_card(storage, target).available == 0
    assert verify_home(storage).problems == ()
    an_unmerging(storage, source)
    assert the_card(storage, source).available == 0
    assert the_card(storage, target).available == 0


def test_an_undone_sale_gives_the_points_back_to_their_own_lots(storage: Storage) -> None:
    source, target = two(storage)
    a_sale(storage, source, amount=30_000)
    a_merge(storage, source, target)
    sold = a_sale(storage, target, amount=5_000, redeem_points=200)

    an_undo(storage, sold.sale_id)

    assert the_card(storage, target).available == 300
    assert verify_home(storage).problems == ()
    an_unmerging(storage, source)
    assert the_card(storage, source).available == 300
    assert the_card(storage, target).available == 0


def test_an_adjustment_downwards_takes_from_both(storage: Storage) -> None:
    source, target = two(storage)
    a_sale(storage, source, amount=30_000)
    a_merge(storage, source, target)

    an_adjustment(storage, target, -120)

    assert the_card(storage, target).available == 180
    assert verify_home(storage).problems == ()


def test_a_sale_of_the_source_from_before_can_be_voided(storage: Storage) -> None:
    source, target = two(storage)
    sold = a_sale(storage, source, amount=30_000)
    a_merge(storage, source, target)

    a_void(storage, sold.sale_id)

    card = the_card(storage, target)
    assert (card.available, card.visits, card.spend) == (0, 0, 0)
    assert verify_home(storage).problems == ()


def test_the_higher_level_counts_and_goes_with_its_member(storage: Storage) -> None:
    publish(storage, tiers=LADDER)
    source, target = two(storage)
    a_sale(storage, source, amount=900_000)
    higher = the_card(storage, source).tier
    lower = the_card(storage, target).tier
    assert higher != lower

    a_merge(storage, source, target)
    assert the_card(storage, target).tier == higher
    assert a_sale(storage, target, amount=100).tier == higher

    an_unmerging(storage, source)
    assert the_card(storage, target).tier == lower
    assert verify_home(storage).problems == ()


def test_stored_value_and_coupons_follow_and_come_back(storage: Storage) -> None:
    publish(storage, coupons=COUPONS, stored_value={"ladder": [{"pay": "100.00", "bonus": "5.00"}]})
    source, target = two(storage)
    with storage.begin() as work:
        op = OperationId(work.new_id())
        top_up_value(work, TopUpValue(op=op, member_id=source, by=NOBODY, pay=10_000))
        op = OperationId(work.new_id())
        issued = issue_coupons(
            work,
            IssueCoupons(op=op, by=NOBODY, kind="TEN", member_id=source, count=1, reason="周年"),
        )
    a_merge(storage, source, target)
    code = issued.coupons[0].code

    sold = a_sale(
        storage,
        target,
        basket=replace(a_basket(amount=5_000), coupons=(code,)),
        tenders={"stored_value": 4_000},
    )

    assert sold.due == 4_000
    with storage.reading() as reader:
        held = value_held(reader, target, on=TODAY)
        assert held.principal + held.bonus == 10_500 - 4_000
    assert verify_home(storage).problems == ()


def test_the_strictest_consent_counts_until_he_is_asked_again(
    storage: Storage, clock: FixedClock
) -> None:
    source, target = two(storage)
    yes = (ConsentFact(purpose="marketing", granted=True, basis="spoken"),)

    def agree(member_id: MemberId) -> bool:
        clock.advance(1_000)
        with storage.begin() as work:
            op = OperationId(work.new_id())
            record_consent(work, RecordConsent(op=op, member_id=member_id, by=NOBODY, consents=yes))
        return marketing()

    def marketing() -> bool:
        with storage.reading() as reader:
            return member_details(reader, target).consents["marketing"]

    assert agree(target)
    clock.advance(1_000)
    a_merge(storage, source, target)
    assert not marketing()

    assert agree(target)


def test_tags_follow_and_a_tag_can_be_taken_off(storage: Storage) -> None:
    source, target = two(storage)
    with storage.begin() as work:
        op = OperationId(work.new_id())
        tag_member(work, TagMember(op=op, by=NOBODY, member_id=source, tag="vip"))
    a_merge(storage, source, target)
    with storage.begin() as work:
        assert tags_of(work.sql, target) == ("vip",)
        op = OperationId(work.new_id())
        tag_member(work, TagMember(op=op, by=NOBODY, member_id=target, tag="vip", held=False))
        assert tags_of(work.sql, target) == ()


def test_merges_follow_each_other(storage: Storage) -> None:
    source, target = two(storage)
    third = a_member(storage, phone="137 0000 1111", name="三").member_id
    a_sale(storage, source, amount=10_000)
    a_sale(storage, target, amount=20_000)

    a_merge(storage, source, target)
    a_merge(storage, source, third)

    assert the_card(storage, source).member_id == third
    assert the_card(storage, third).available == 300
    with pytest.raises(SameMember):
        a_merge(storage, source, third)
    an_unmerging(storage, target)
    assert the_card(storage, source).member_id == target
    assert the_card(storage, target).available == 300
    assert the_card(storage, third).available == 0
    assert verify_home(storage).problems == ()


def test_a_frozen_member_is_not_merged(storage: Storage) -> None:
    source, target = two(storage)
    a_freezing(storage, source)

    with pytest.raises(MemberNotActive):
        a_merge(storage, source, target)


def test_a_merge_can_be_undone_for_ninety_days(storage: Storage, clock: FixedClock) -> None:
    source, target = two(storage)
    with pytest.raises(NotMerged):
        an_unmerging(storage, source)
    a_merge(storage, source, target)

    clock.advance(UNMERGE_MS_MAX + 1)

    with pytest.raises(UnmergeTooLate):
        an_unmerging(storage, source)


def test_only_the_authority_and_a_manager_merge(storage: Storage) -> None:
    source, target = two(storage)
    with pytest.raises(NotPermitted):
        a_merge(storage, source, target, by=Actor(None, Role.CASHIER))
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()

    with pytest.raises(NotTheAuthority):
        a_merge(storage, source, target)


def test_the_export_has_one_row_for_both(storage: Storage) -> None:
    source, target = two(storage)
    a_sale(storage, source, amount=30_000)
    a_sale(storage, target, amount=10_000)
    a_merge(storage, source, target)

    with storage.reading() as reader:
        (row,) = exported_members(reader)

    assert (row.member_id, row.visits, row.spend, row.points) == (text_of(target), 2, 40_000, 400)
    assert row.consent_marketing is False


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("UPDATE member SET name = '别人' WHERE name = '李四'", "member_differs"),
        ("UPDATE member SET state = 'active' WHERE state = 'merged'", "member_differs"),
        ("DELETE FROM member_alias", "alias_differs"),
        ("UPDATE member_change SET hlc = hlc + 1", "member_changes_differ"),
        ("DELETE FROM member_change", "member_changes_differ"),
        ("UPDATE member_merge SET target_id = source_id", "member_merge_differs"),
        (
            "INSERT INTO member_unmerge (op, merge_op) VALUES (zeroblob(16), zeroblob(16))",
            "rows_differ",
        ),
    ],
)
def test_a_member_who_is_not_what_was_said_of_him_is_found(
    storage: Storage, damage: str, problem: str
) -> None:
    source, target = two(storage)
    a_change(storage, target, name="李四")
    a_merge(storage, source, target)
    assert verify_home(storage).problems == ()

    with storage.begin() as work:
        work.sql.run(damage)

    assert problem in {each.name for each in verify_home(storage).problems}
