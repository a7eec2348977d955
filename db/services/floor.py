"""Going beyond a counter's leases: the row it leaves, and the exchange that ends a spell."""

import msgspec

from db.domain.beyond_leases import FLOOR, floor_room
from db.domain.ids import MemberId, parse_id
from db.domain.leases import LeaseToken
from db.domain.offers.coupon_refusals import CouponElsewhere
from db.domain.operations import Operation
from db.domain.sales import SaleBody
from db.domain.staff import Actor, Permission, require_second
from db.services.journal import trusted_now
from db.storage.floor import (
    EXCHANGED_SETTING,
    TOLD_SETTING,
    FloorRow,
    add_floor_row,
    floor_use,
)
from db.storage.holds import coupons_usable_here
from db.storage.member_facts import MemberStanding
from db.storage.profiles import aliases_of
from db.storage.unit_of_work import UnitOfWork


def spendable_with(standing: MemberStanding | None, by: Actor, *, floor: bool) -> int:
    """Return how many points this counter may spend now, with the floor where it was asked for.

    Raises:
        ApprovalNeeded: when the floor was asked for and nobody approves it.
    """
    if standing is None:
        return 0
    if not floor or not standing.floor:
        return standing.redeemable
    require_second(by, Permission.FLOOR)
    return standing.redeemable + standing.floor


def count_coupons(
    work: UnitOfWork,
    body: SaleBody,
    *,
    by: Actor,
    member_id: MemberId | None,
    tokens: tuple[LeaseToken, ...],
) -> SaleBody:
    """Return the sale with what its coupons count for that are under no lease here.

    Raises:
        CouponElsewhere: when the floor has no room for them.
        ApprovalNeeded: when nobody approves it.
    """
    program, now_ms = work.program(work.today), trusted_now(work)
    terms, money = program.document.offline.floor, program.money
    codes = [use.code for use in body.coupons]
    held = coupons_usable_here(
        work.sql,
        codes,
        stream_id=work.home.stream_id,
        now_ms=now_ms,
        hours=program.document.offline.lease.hours,
    )
    missing = [code for code in codes if code not in held]
    if work.home.own_authority or not missing:
        return body
    if terms is None or money is None:
        raise CouponElsewhere(missing[0])
    require_second(by, Permission.FLOOR)
    uses = [
        use if use.code in held else msgspec.structs.replace(use, floor=money.worth(use.value))
        for use in body.coupons
    ]
    counted = sum(use.floor for use in uses) + sum(
        token.n for token in tokens if token.why == FLOOR
    )
    ids = () if member_id is None else (member_id, *aliases_of(work.sql, member_id))
    use = floor_use(
        work.sql, ids, stream_id=work.home.stream_id, counter_id=work.home.counter_id, on=work.today
    )
    if use is None or counted > floor_room(terms, use, now_ms=now_ms):
        raise CouponElsewhere(missing[0])
    return msgspec.structs.replace(body, coupons=tuple(uses))


def floor_row(operation: Operation) -> FloorRow | None:
    """Return the row of an act that went by the floor; nothing for any other.

    Raises:
        AssertionError: when nobody approved it.
    """
    envelope, body = operation.envelope, operation.envelope.b
    by_floor = [fields for fields in envelope.gtok if fields.get("why") == FLOOR]
    points = sum(msgspec.convert(fields, LeaseToken).n for fields in by_floor)
    coupons = sum(use.get("floor", 0) for use in body.get("coupons", ()))
    if not points and not coupons:
        return None
    approver = body.get("approver")
    assert approver, "the floor is approved"
    return FloorRow(
        op=operation.op,
        stream_id=operation.stream,
        sequence=envelope.q,
        member_id=operation.member,
        counter_id=parse_id(envelope.dev),
        points=points,
        coupons=coupons,
        approver_id=parse_id(approver),
        business_day=envelope.bd,
    )


def carry_floor(work: UnitOfWork, operation: Operation) -> None:
    """Carry what an act spent beyond every lease into the table."""
    if not operation.envelope.gtok and not operation.envelope.b.get("coupons"):
        return
    if (row := floor_row(operation)) is not None:
        add_floor_row(work.sql, row)


def end_spell(work: UnitOfWork) -> None:
    """Note that an exchange came to its end: what head office holds counts no more."""
    if work.program(work.today).document.offline.floor is None:
        return
    stream = work.operations.stream(work.home.stream_id)
    assert stream is not None, "a home writes a stream"
    place = f"{stream.stream_id.hex()} {stream.acked_sequence} {trusted_now(work, stream)}"
    work.settings.put(EXCHANGED_SETTING, place)


def tell_acked(work: UnitOfWork) -> int:
    """Return how far head office holds our stream, and remember that we are telling it.

    From then on head office may lease what we awarded up to there, so it is fresh no more, even
    if a restored head office makes us send it again.
    """
    stream = work.operations.stream(work.home.stream_id)
    assert stream is not None, "a home writes a stream"
    told = (work.settings.get(TOLD_SETTING) or "").split()
    before = int(told[1]) if told[:1] == [stream.stream_id.hex()] else 0
    acked = max(before, stream.acked_sequence)
    if acked > before:
        work.settings.put(TOLD_SETTING, f"{stream.stream_id.hex()} {acked}")
    return acked
