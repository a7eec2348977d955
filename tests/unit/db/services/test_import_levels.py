"""An awarded history lifts its members as their sales would have, and lets go of them again."""

from db.domain.history import FormerPurchase
from db.domain.ids import MemberId, OperationId
from db.services.import_history import BringSales, bring_sales
from db.services.imports import RevertBatch, open_batch, revert_batch
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY, a_member
from tests.support.publishing import LADDER, publish
from tests.support.storage_fixtures import NOW_MS

HOUR_MS = 3_600_000


def purchases(*totals: int) -> tuple[FormerPurchase, ...]:
    return tuple(
        FormerPurchase(f"P{place}", "E1", NOW_MS + (place - 100) * HOUR_MS, 1, total, 0, total)
        for place, total in enumerate(totals)
    )


def bring(storage: Storage, member_id: MemberId, *totals: int, award: bool = True) -> bytes:
    with storage.begin() as work:
        batch_id = open_batch(work, kind="history", source="old", by=NOBODY)
        command = BringSales(
            by=NOBODY,
            batch_id=batch_id,
            purchases=purchases(*totals),
            members={"E1": member_id},
            products={},
            award=award,
        )
        bring_sales(work, command)
    return batch_id


def level(storage: Storage, member_id: MemberId) -> str:
    with storage.begin() as work:
        member = work.members.by_id(member_id)
    assert member is not None
    return member.tier


def test_an_awarded_history_lifts_its_member_from_the_next_purchase_on(storage: Storage) -> None:
    publish(storage, tiers=LADDER)
    member_id = a_member(storage).member_id

    bring(storage, member_id, 100_000, 10_000)

    with storage.reading() as reader:
        rows = reader.all("SELECT tier, raised_to, earned FROM sale ORDER BY sold_at")
    assert rows == [("silver", "gold", 1_000), ("gold", None, 200)]
    assert level(storage, member_id) == "gold"


def test_a_history_without_points_lifts_nobody(storage: Storage) -> None:
    publish(storage, tiers=LADDER)
    member_id = a_member(storage).member_id

    bring(storage, member_id, 100_000, award=False)

    assert level(storage, member_id) != "gold"


def test_taking_the_import_back_takes_the_rise_back(storage: Storage) -> None:
    publish(storage, tiers=LADDER)
    member_id = a_member(storage).member_id
    before = level(storage, member_id)
    batch_id = bring(storage, member_id, 100_000)

    with storage.begin() as work:
        revert_batch(work, RevertBatch(op=OperationId(work.new_id()), batch_id=batch_id, by=NOBODY))

    assert level(storage, member_id) == before
