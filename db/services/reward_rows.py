"""The row that each reward beyond a sale is kept as, derived from its operation alone."""

from typing import Any

from db.domain.ids import parse_id
from db.domain.operations import Operation
from db.domain.reward_facts import member_of
from db.storage.rewards import GiftMove, RewardRow
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork

REWARD_KINDS = (
    "event_award",
    "event_revoke",
    "gift_redeem",
    "gift_return",
    "expire",
    "debt",
    "tier_review",
)


def reward_row(operation: Operation) -> RewardRow:
    """Return the row that an operation of `REWARD_KINDS` is kept as."""
    envelope, body = operation.envelope, operation.envelope.b
    raised_to, raised_rank = body.get("raised_to"), body.get("raised_rank")
    if envelope.t == "tier_review":
        raised_to, raised_rank = body["after"], body["rank"]
    return RewardRow(
        op=operation.op,
        kind=envelope.t,
        member_id=member_of(operation),
        points=_points(envelope.t, body),
        detail=body.get("event") or body.get("sku") or body.get("after") or "",
        occurrence=body.get("key") or None if envelope.t == "event_award" else None,
        reference=None if envelope.ref is None else parse_id(envelope.ref),
        raised_to=raised_to,
        raised_rank=raised_rank,
        reason=body.get("reason", ""),
        branch_id=parse_id(envelope.store),
        counter_id=parse_id(envelope.dev),
        staff_id=_id(envelope.staff),
        approver_id=_id(body.get("approver")),
        shift_id=_id(body.get("shift")),
        entered_at=envelope.wall,
        business_day=envelope.bd,
    )


def gift_move(operation: Operation) -> GiftMove:
    """Return how many pieces of a gift an operation moves in or out of its branch."""
    envelope, body = operation.envelope, operation.envelope.b
    change = {"gift_redeem": -1, "gift_return": 1}.get(envelope.t) or body["change"]
    return GiftMove(
        op=operation.op,
        sku=body["sku"],
        branch_id=parse_id(envelope.store),
        change=change,
        reason=body.get("reason", ""),
        staff_id=_id(envelope.staff),
        moved_at=envelope.wall,
        business_day=envelope.bd,
        hold_id=_id(body.get("hold") or None),
    )


def count_points(
    work: UnitOfWork, operation: Operation, *, earned: int = 0, redeemed: int = 0
) -> None:
    """Count points of an act beside sales for its day and its member."""
    envelope = operation.envelope
    work.totals.add_day(
        CounterDay(parse_id(envelope.store), parse_id(envelope.dev), envelope.bd),
        DayFigures(earned=earned, redeemed=redeemed),
    )
    work.totals.add_points(member_of(operation), earned=earned, redeemed=redeemed)


def _points(kind: str, body: dict[str, Any]) -> int:
    if kind in {"event_award", "gift_return"}:
        return int(body.get("points", 0))
    if kind in {"event_revoke", "gift_redeem"}:
        return -int(body.get("points", 0))
    if kind == "expire":
        return -sum(int(share["points"]) for share in body["shares"])
    return sum(int(share["points"]) for share in body.get("forgiven", ()))


def _id(text: str | None) -> bytes | None:
    return None if text is None else parse_id(text)
