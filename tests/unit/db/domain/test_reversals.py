"""What a reversal does to the ledger, entry by entry, and how long an undo is open."""

from typing import Any

import pytest

from db.domain.ids import LeaseId, LotId, MemberId, SaleId, text_of
from db.domain.leases import LotShare, LotSpend
from db.domain.ledger import (
    ISSUED,
    REDEEMED,
    EntryKind,
    Movement,
    fold,
    lease_account,
    member_account,
)
from db.domain.operations import Envelope, Operation, seal
from db.domain.return_facts import ReturnBody
from db.domain.reversals import UNDO_MS, Reversing, UndoTooLate, check_undo, reversal_movements
from db.domain.sales import AwardFact, ReversalBody

SALE = SaleId(b"\x01" * 16)
MEMBER = MemberId(b"\x02" * 16)
LOT, SPENT, NEW = (LotId(bytes([n]) * 16) for n in (3, 4, 5))
LEASE = LeaseId(b"\x06" * 16)


def an_operation(kind: str, member: MemberId | None = MEMBER) -> Operation:
    told: dict[str, Any] = {
        "v": 1, "t": kind, "tv": 1, "crit": 1, "op": text_of(SALE), "s": text_of(SALE), "q": 1,
        "p": "00" * 32, "hlc": 1, "wall": 1, "mono": 1, "boot": "b", "bd": "2026-06-01",
        "tz": "Asia/Shanghai", "store": text_of(SALE), "dev": text_of(SALE), "b": {},
    }  # fmt: skip
    return seal(Envelope(**told, m=None if member is None else text_of(member)))


TAKEN = (LotShare(text_of(LOT), 7), LotShare(text_of(NEW), 2))
RESTORED = (LotSpend(text_of(SPENT), text_of(LEASE), 30), LotSpend(text_of(SPENT), "", 20))
RENEWED = (AwardFact(lot=text_of(NEW), points=4, available_on="2026-06-01"),)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            "reversal",
            ReversalBody(manner="undo", taken=TAKEN, restored=RESTORED, renewed=RENEWED),
        ),
        ("return", ReturnBody(lines=(), taken=TAKEN, restored=RESTORED, renewed=RENEWED)),
    ],
)
def test_a_reversal_moves_every_point_the_way_it_came(kind: str, body: Reversing) -> None:
    movements = reversal_movements(an_operation(kind), body)

    mine, lease = member_account(MEMBER), lease_account(LEASE)
    assert movements == [
        Movement(EntryKind.TAKE_BACK, mine, ISSUED, 7, MEMBER, LOT),
        Movement(EntryKind.TAKE_BACK, mine, ISSUED, 2, MEMBER, NEW),
        Movement(EntryKind.GIVE_BACK, REDEEMED, lease, 30, MEMBER, SPENT),
        Movement(EntryKind.GIVE_BACK, REDEEMED, mine, 20, MEMBER, SPENT),
        Movement(EntryKind.GIVE_BACK, REDEEMED, mine, 4, MEMBER, NEW),
    ]
    assert fold(movements) == {mine: 15, lease: 30, ISSUED: 9, REDEEMED: -54}


def test_the_reversal_of_a_sale_without_points_moves_nothing() -> None:
    assert reversal_movements(an_operation("reversal"), ReversalBody(manner="undo")) == []


def test_the_reversal_of_nobodys_sale_moves_nothing() -> None:
    body = ReversalBody(manner="void", reason="错单")

    assert reversal_movements(an_operation("reversal", None), body) == []


@pytest.mark.parametrize("elapsed", [-5_000, 0, 1, UNDO_MS])
def test_an_undo_is_open_for_two_minutes_to_the_millisecond(elapsed: int) -> None:
    check_undo(SALE, sold_at=1_000_000, at_ms=1_000_000 + elapsed)


def test_an_undo_a_millisecond_later_is_refused_with_the_time_that_has_passed() -> None:
    with pytest.raises(UndoTooLate) as refused:
        check_undo(SALE, sold_at=1_000_000, at_ms=1_120_001)

    assert refused.value.details == {"sale_id": SALE, "elapsed_ms": 120_001}
