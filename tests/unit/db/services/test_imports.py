"""Members and purchases of a former system, brought in by the services and taken back."""

from collections.abc import Sequence
from datetime import date

import pytest

from db.domain.history import FormerLine, FormerMember, FormerProduct, FormerPurchase
from db.domain.ids import BatchId, MemberId, OperationId
from db.domain.member_sheet import SheetFault, SheetMember
from db.domain.staff import Actor, NotPermitted, Role
from db.queries.member_search import find_members
from db.services.import_history import (
    BringMembers,
    BringSales,
    MembersBrought,
    SalesBrought,
    bring_members,
    bring_products,
    bring_sales,
)
from db.services.import_members import ImportMembers, MembersImported, import_members
from db.services.imports import BatchNotRevertible, RevertBatch, open_batch, revert_batch
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows, the_book, value
from tests.support.makers import NOBODY, a_member, a_sale
from tests.support.storage_fixtures import NOW_MS

DAY_MS = 86_400_000
LIST = (
    SheetMember(row=2, phone="+8613800000011", name="张三", points=120),
    SheetMember(row=3, phone="+8613800000012", points=5, points_expire_on=date(2026, 11, 20)),
    SheetMember(row=4, phone="+8613800000013", points=7, points_expire_on=date(2026, 12, 31)),
)
FORMER = (FormerMember("7", "王五", "13800000014", "2017-01-01"), FormerMember("8"))
GREEN_TEA = FormerProduct("A", "绿茶", "饮料/茶", "", "500ml")
SALES = (
    FormerPurchase("P1", "7", NOW_MS - 40 * DAY_MS, 2, 1000, 0, 1000, (
        FormerLine("A", 2, 400, 0, 800), FormerLine("B", 1, 200, 0, 200),
    )),
    FormerPurchase("P2", "7", NOW_MS - 39 * DAY_MS, -1, -500, 0, -500),
    FormerPurchase("P3", "8", NOW_MS - 38 * DAY_MS, 1, 0, 0, 0),
)  # fmt: skip


def batch(
    storage: Storage, *, kind: str = "members", source: str = "file", by: Actor = NOBODY
) -> BatchId:
    with storage.begin() as work:
        return open_batch(work, kind=kind, source=source, by=by)


def brought_list(
    storage: Storage, batch_id: BatchId, members: Sequence[SheetMember] = LIST
) -> MembersImported:
    with storage.begin() as work:
        command = ImportMembers(by=NOBODY, batch_id=batch_id, members=tuple(members))
        return import_members(work, command)


def brought_members(storage: Storage, batch_id: BatchId) -> MembersBrought:
    with storage.begin() as work:
        return bring_members(work, BringMembers(by=NOBODY, batch_id=batch_id, members=FORMER))


def brought_sales(
    storage: Storage, batch_id: BatchId, members: dict[str, MemberId], *, award: bool = False
) -> SalesBrought:
    with storage.begin() as work:
        bring_products(work, (GREEN_TEA,))
        command = BringSales(
            by=NOBODY,
            batch_id=batch_id,
            purchases=SALES,
            members=members,
            products={"A": GREEN_TEA},
            award=award,
        )
        return bring_sales(work, command)


def reverted(storage: Storage, batch_id: BatchId) -> tuple[int, int]:
    with storage.begin() as work:
        command = RevertBatch(op=OperationId(work.new_id()), batch_id=batch_id, by=NOBODY)
        outcome = revert_batch(work, command)
    return outcome.members, outcome.sales


def found(storage: Storage, query: str) -> list[str]:
    with storage.reading() as reader:
        return [member.name for member in find_members(reader, query).members]


def test_members_come_with_the_points_that_still_count(storage: Storage) -> None:
    imported = brought_list(storage, batch(storage))

    assert (imported.added, imported.points, imported.skipped) == (3, 127, ())
    assert rows(storage, "SELECT awarded, expires_on FROM lot ORDER BY awarded") == [
        (7, "2026-12-31"),
        (120, None),
    ]
    assert found(storage, "张三") == found(storage, "zs") == ["张三"]
    assert value(storage, "SELECT count(*) FROM consent WHERE purpose = 'marketing'") == 0
    assert verify_home(storage).ok


def test_who_is_here_is_skipped_and_never_given_points_twice(storage: Storage) -> None:
    a_member(storage, phone="13800000012")
    first = brought_list(storage, batch(storage))
    before = the_book(storage)
    again = brought_list(storage, batch(storage))

    assert first.skipped == (SheetFault(3, "phone_taken"),)
    assert (again.added, len(again.skipped)) == (0, 3)
    assert the_book(storage) == before


def test_a_field_that_no_member_may_have_is_named(storage: Storage) -> None:
    imported = brought_list(
        storage, batch(storage), [SheetMember(row=9, phone="+8613800000019", note="x" * 500)]
    )

    assert imported.skipped == (SheetFault(9, "note_too_long"),)


def test_a_cashier_brings_nobody(storage: Storage) -> None:
    with pytest.raises(NotPermitted):
        batch(storage, by=Actor(None, Role.CASHIER))


def test_the_same_source_goes_on_in_its_batch_until_it_is_taken_back(storage: Storage) -> None:
    first = batch(storage)

    assert batch(storage) == first
    assert batch(storage, source="another") != first
    assert batch(storage, kind="history") != first
    reverted(storage, first)
    assert batch(storage) != first


def test_purchases_keep_their_day_their_lines_and_their_sign(storage: Storage) -> None:
    batch_id = batch(storage, kind="history")
    members = brought_members(storage, batch_id)
    sales = brought_sales(storage, batch_id, members.ids)

    assert (members.added, sales) == (2, SalesBrought(added=3, returns=1, earned=0))
    assert rows(storage, "SELECT business_day, due, items, source FROM sale ORDER BY sold_at") == [
        ("2026-10-12", 1000, 3, "import"),
        ("2026-10-13", -500, -1, "import"),
        ("2026-10-14", 0, 1, "import"),
    ]
    assert rows(storage, "SELECT name, category, amount FROM sale_line ORDER BY amount DESC")[
        0
    ] == (
        "绿茶",
        "饮料/茶",
        800,
    )
    assert rows(storage, "SELECT visits, spend FROM member_total ORDER BY spend") == [
        (1, 0),
        (2, 500),
    ]
    assert verify_home(storage).ok


def test_a_run_that_was_cut_off_brings_nothing_twice(storage: Storage) -> None:
    batch_id = batch(storage, kind="history")
    members = brought_members(storage, batch_id)
    brought_sales(storage, batch_id, members.ids, award=True)
    before = the_book(storage)

    again = brought_members(storage, batch(storage, kind="history"))
    sales = brought_sales(storage, batch_id, again.ids, award=True)

    assert (again.ids, again.added) == (members.ids, 0)
    assert sales == SalesBrought(0, 0, 0)
    assert the_book(storage) == before


def test_two_former_systems_may_have_numbered_their_members_alike(storage: Storage) -> None:
    first, second = (batch(storage, kind="history", source=name) for name in "ab")

    ours, theirs = brought_members(storage, first), brought_members(storage, second)

    assert ours.ids["7"] == theirs.ids["7"], "one telephone is one person"
    assert ours.ids["8"] != theirs.ids["8"], "a number alone is nobody"


def test_a_member_list_and_its_history_meet_by_the_card_number(storage: Storage) -> None:
    brought_list(
        storage, batch(storage), [SheetMember(row=2, phone="+8613800000018", external_id="8")]
    )

    members = brought_members(storage, batch(storage, kind="history"))

    card = value(storage, "SELECT member_id FROM member WHERE phone = '+8613800000018'")
    assert members.ids["8"] == card


def test_a_phone_that_is_none_is_dropped_and_the_member_stays(storage: Storage) -> None:
    batch_id = batch(storage, kind="history")
    with storage.begin() as work:
        command = BringMembers(
            by=NOBODY, batch_id=batch_id, members=(FormerMember("9", "", "12345"),)
        )
        brought = bring_members(work, command)

    assert (brought.added, brought.phones_dropped) == (1, 1)


def test_what_an_import_brought_leaves_whole(storage: Storage) -> None:
    empty = the_book(storage, "counter_day", "account")
    batch_id = batch(storage, kind="history")
    members = brought_members(storage, batch_id)
    brought_sales(storage, batch_id, members.ids, award=True)

    assert reverted(storage, batch_id) == (2, 3)
    assert found(storage, "王五") == found(storage, "13800000014") == []
    assert rows(storage, "SELECT count(*) FROM member_gram") == [(0,)]
    assert the_book(storage, "account") == {"account": empty["account"]}
    assert (
        value(storage, "SELECT sum(abs(sales) + abs(amount) + abs(earned)) FROM counter_day") == 0
    )
    assert verify_home(storage).ok
    with pytest.raises(BatchNotRevertible) as again:
        reverted(storage, batch_id)
    assert again.value.reason == "reverted"


def test_what_happened_at_the_counter_keeps_an_import_in_place(
    storage: Storage, clock: FixedClock
) -> None:
    mine, late = batch(storage), batch(storage, source="late")
    brought_list(storage, mine)
    member_id = value(storage, "SELECT member_id FROM member WHERE phone = '+8613800000011'")
    a_sale(storage, member_id)

    with pytest.raises(BatchNotRevertible) as active:
        reverted(storage, mine)
    clock.advance(8 * DAY_MS)
    with pytest.raises(BatchNotRevertible) as too_late:
        reverted(storage, late)

    assert (active.value.reason, active.value.members) == ("members_active", 1)
    assert too_late.value.reason == "too_late"


def test_taking_an_import_back_leaves_no_personal_data(storage: Storage) -> None:
    batch_id = batch(storage)
    brought_list(storage, batch_id)
    assert value(storage, "SELECT count(*) FROM personal") == len(LIST)

    reverted(storage, batch_id)

    assert value(storage, "SELECT count(*) FROM personal") == 0
    assert verify_home(storage).ok
