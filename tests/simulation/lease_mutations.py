"""The wrong functions of leases and holds: who may spend what, and what comes back of it."""

from collections.abc import Callable
from typing import Any

import msgspec

from db.domain.ids import LeaseId, MemberId, StreamId
from db.domain.operations import Operation
from db.services import (
    gifts,
    letting_go,
    lots,
    points,
    points_back,
    replication,
    sales,
    stored_value_sales,
)
from db.services import leases as lease_acts
from db.services.journal import Draft, append
from db.services.leases import LeaseReclaimBody, apply_lease_reclaim
from db.storage import coupons as coupon_rows
from db.storage import leases as lease_rows
from db.storage import member_facts
from db.storage.unit_of_work import UnitOfWork
from sync.client import leasing
from sync.server import holds, office
from sync.server import leases as office_leases
from sync.server.asker import OFFICE
from sync.server.desk import Desk

Put = Callable[[object, str, Any], None]


def redeem_without_grant(put: Put) -> None:
    """A counter spends what was granted to another."""
    put(lease_rows, "_OPEN", lease_rows._OPEN.replace("l.stream_id = ?", "? IS NOT NULL"))


def closed_leases_are_spent(put: Put) -> None:
    """A counter spends leases that it closed."""
    wrong = lease_rows._OPEN.replace("l.state = 'open'", "l.state IN ('open', 'closed')")
    put(lease_rows, "_OPEN", wrong)


def leases_are_spent_again(put: Put) -> None:
    """A counter forgets what it spent of a lease."""
    put(lease_rows.LeaseRepository, "spend", lambda *_said: None)


def leases_never_end(put: Put) -> None:
    """A counter spends leases whose time is over."""
    right = lease_rows.LeaseRepository.open_here

    def wrong(self: Any, member_id: MemberId, stream_id: StreamId, *, at_ms: int) -> Any:
        return right(self, member_id, stream_id, at_ms=min(at_ms, 0))

    put(lease_rows.LeaseRepository, "open_here", wrong)
    put(leasing, "close_expired_leases", lambda _work: None)


def ended_leases_are_redeemable(put: Put) -> None:
    """What may be redeemed counts leases whose time is over."""
    wrong = member_facts._LEASED.replace("l.until_at > ?3", "?3 IS NOT NULL")
    put(member_facts, "_LEASED", wrong)


def others_know_nothing(put: Put) -> None:
    """A counter takes every sale of its own for one that nobody else can take back."""
    put(points_back, "never_left", lambda *_said: True)
    put(letting_go, "never_left", lambda *_said: True)


def reclaim_at_lease_end(put: Put) -> None:
    """Head office takes a lease back when its time is over, spent or not."""
    right = office.answer_pull

    def reclaim(desk: Desk) -> None:
        work = desk.work
        over = "SELECT lease_id, member_id FROM lease WHERE state = 'open' AND until_at < ?"
        for lease_id, member_id in work.all(over, (work.at_ms,)):
            shares = office_leases._what_comes_back(work, LeaseId(lease_id))
            token = work.leases.token(LeaseId(lease_id))
            if not shares or token is None or token.own:
                continue
            draft = Draft(
                op=office_leases.reclaim_id(LeaseId(lease_id)),
                kind="lease_reclaim",
                body=LeaseReclaimBody(lease=token.g, shares=shares),
                by=OFFICE,
                member_id=MemberId(member_id),
            )
            apply_lease_reclaim(work, append(work, draft), None)

    def wrong(desk: Desk, *said: Any) -> Any:
        reclaim(desk)
        return right(desk, *said)

    put(office, "answer_pull", wrong)


def no_escrow(put: Put) -> None:
    """A grant leaves the points in the member's account as well."""
    put(lease_acts, "grant_movements", lambda _token: [])


def device_authored_release(put: Put) -> None:
    """A counter's close gives back by itself, and head office does as well."""
    right = replication.HANDLERS["lease_close"]

    def wrong(work: UnitOfWork, operation: Operation, personal: Any) -> None:
        right(work, operation, personal)
        token = msgspec.convert(operation.envelope.gtok[0], lots.LeaseToken)
        left = work.leases.left(token.lease_id)
        back = tuple(lots.LotShare(lots.text_of(lot), part) for lot, part in left)
        if operation.member is not None and back:
            member_id = MemberId(operation.member)
            moved = lease_acts.reclaim_movements(token.lease_id, member_id, back)
            work.ledger.post(operation.op, moved)

    put(lease_acts, "apply_lease_close", wrong)
    put(replication, "HANDLERS", replication.HANDLERS | {"lease_close": wrong})


def coupons_without_hold(put: Put) -> None:
    """A counter uses any coupon it has heard of, and head office believes it."""
    put(coupon_rows, "_usable_here", lambda *_said, **_more: None)
    put(holds, "_check_uses", lambda *_said: None)


def value_without_hold(put: Put) -> None:
    """A counter spends all stored value it has heard of, and head office believes it."""
    right = stored_value_sales.held_here

    def wrong(work: UnitOfWork, member_id: MemberId, purse: Any) -> Any:
        return type(right(work, member_id, purse))(purse)

    put(stored_value_sales, "held_here", wrong)
    put(holds, "_check_uses", lambda *_said: None)


def spends_before_their_grant_are_lost(put: Put) -> None:
    """What is spent of a lease that was not heard of yet is not counted."""

    def wrong(work: UnitOfWork, operation: Operation) -> None:
        for token in lots.own_tokens(operation):
            work.leases.add(token)

    for module in (sales, points, gifts):
        put(module, "enter_tokens", wrong)


LEASE_MUTATIONS: tuple[Callable[[Put], None], ...] = (
    redeem_without_grant,
    closed_leases_are_spent,
    leases_are_spent_again,
    leases_never_end,
    ended_leases_are_redeemable,
    others_know_nothing,
    reclaim_at_lease_end,
    no_escrow,
    device_authored_release,
    coupons_without_hold,
    value_without_hold,
    spends_before_their_grant_are_lost,
)
