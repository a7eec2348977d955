"""What a sale uses of coupons and promotions, and what comes back of it: hooks of selling.

A counter of a head office lets only those coupons be used which it holds: those it issued itself
and those head office leased to it (`storage/holds.py`). Nobody else can use them meanwhile. Limits
over all counters are as of the last exchange.
"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from db.domain.evaluation import SaleResult
from db.domain.holds import HoldToken
from db.domain.ids import MemberId, SaleId, parse_id
from db.domain.offers.coupon_codes import COUPON_CHANCE_BYTES, coupon_code
from db.domain.offers.coupon_facts import CouponFact, CouponUse, OffersBack, PromotionUse
from db.domain.offers.coupons import OPEN, OfferFacts
from db.domain.operations import Operation
from db.domain.program.program import Program
from db.domain.sales import SaleBody
from db.domain.stored_value.facts import HoldSpend
from db.services.journal import trusted_now
from db.storage.coupons import CouponRow, find_coupon, offer_facts
from db.storage.holds import coupons_usable_here
from db.storage.unit_of_work import UnitOfWork


def offers_for(
    work: UnitOfWork,
    member_id: MemberId | None,
    *,
    program: Program,
    named: tuple[str, ...] = (),
    floor: bool = False,
) -> OfferFacts:
    """Return what a sale must know of coupons and limits; `named` are the coupons named.

    With `floor` those named are taken as held here, where the program has one.
    """
    now_ms = 0 if work.home.own_authority else trusted_now(work)
    facts = offer_facts(work.sql, member_id, program, named=named, home=work.home, now_ms=now_ms)
    if not floor or program.document.offline.floor is None:
        return facts
    held = [
        replace(each, here=each.here or each.code in named or each.kind in named)
        for each in facts.coupons
    ]
    return msgspec.structs.replace(facts, coupons=tuple(held))


def hold_tokens(
    work: UnitOfWork, program: Program, *, codes: Sequence[str], spends: Sequence[HoldSpend]
) -> tuple[HoldToken, ...]:
    """Return the leases that a sale uses, for its operation to carry."""
    if work.home.own_authority or not (codes or spends):
        return ()
    held = coupons_usable_here(
        work.sql,
        codes,
        stream_id=work.home.stream_id,
        now_ms=trusted_now(work),
        hours=program.document.offline.lease.hours,
    )
    tokens = [held.get(code) for code in codes]
    tokens += [work.holds.token(parse_id(spend.hold)) for spend in spends]
    return tuple({token.g: token for token in tokens if token is not None}.values())


def coupon_uses(result: SaleResult) -> tuple[CouponUse, ...]:
    """Return the coupons that a sale used, as its operation says them."""
    return tuple(
        CouponUse(
            code=used.code,
            kind=used.kind,
            value=used.value,
            lines=tuple(line + 1 for line in used.lines),
        )
        for used in result.coupons
    )


def promotion_uses(result: SaleResult) -> tuple[PromotionUse, ...]:
    """Return the promotions that gave something, as the operation says them."""
    return tuple(PromotionUse(id=used.promotion, value=used.value) for used in result.promotions)


def new_coupons(work: UnitOfWork, kinds: Sequence[str], program: Program) -> tuple[CouponFact, ...]:
    """Return a coupon with a code of its own for each kind, issued today."""
    facts: list[CouponFact] = []
    for kind in kinds:
        first, last = program.offers.coupons[kind].days(work.today)
        facts.append(
            CouponFact(
                code=coupon_code(work.chance(COUPON_CHANCE_BYTES)),
                kind=kind,
                valid_from=None if first is None else first.isoformat(),
                valid_to=None if last is None else last.isoformat(),
            )
        )
    return tuple(facts)


def carry_offers(work: UnitOfWork, operation: Operation, body: SaleBody) -> None:
    """Carry what a sale used and issued into the tables."""
    member_id = None if operation.member is None else MemberId(operation.member)
    if body.coupons or body.promotions:
        work.coupons.use(
            SaleId(operation.op),
            member_id,
            coupons=body.coupons,
            promotions=body.promotions,
            business_day=operation.envelope.bd,
        )
    if body.issued:
        work.coupons.issue(coupon_rows(operation, body.issued))


def coupon_rows(operation: Operation, coupons: Sequence[CouponFact]) -> list[CouponRow]:
    """Return the rows of the coupons that an operation issued, to its member if it has one."""
    envelope, member = operation.envelope, operation.member
    return [
        CouponRow(
            code=coupon.code,
            kind=coupon.kind,
            member_id=None if member is None else MemberId(member),
            op=operation.op,
            counter_id=parse_id(envelope.dev),
            issued_at=envelope.wall,
            issued_on=envelope.bd,
            valid_from=coupon.valid_from,
            valid_to=coupon.valid_to,
            voided_by=None,
        )
        for coupon in coupons
    ]


def offers_back(
    work: UnitOfWork,
    sale_id: SaleId,
    body: SaleBody,
    *,
    whole_lines: Sequence[int],
    whole: bool,
) -> OffersBack | None:
    """Return what comes back of a sale's offers once these lines (from 1) are back whole.

    A coupon that the sale issued is withdrawn with the whole sale, unless it was used since.
    """
    back = set(whole_lines)
    given_back = work.coupons.given_back(sale_id)
    restored = tuple(
        use.code
        for use in body.coupons
        if use.code not in given_back and (whole or set(use.lines) <= back)
    )
    issued = [find_coupon(work.sql, coupon.code) for coupon in body.issued] if whole else []
    withdrawn = tuple(row.code for row in issued if row is not None and row.state == OPEN)
    freed = whole and bool(body.promotions)
    if not (restored or withdrawn or freed):
        return None
    return OffersBack(restored=restored, withdrawn=withdrawn, whole=freed)


def carry_offers_back(
    work: UnitOfWork, operation: Operation, back: OffersBack | None, *, sale_id: SaleId
) -> None:
    """Carry what a return or a reversal gives back into the tables."""
    if back is None:
        return
    work.coupons.give_back(sale_id, operation.op, codes=back.restored, whole=back.whole)
    for code in back.withdrawn:
        work.coupons.void(code, operation.op)
