"""Bringing in a former system's purchases: each one a `sale` with its own time, in one batch.

Ids are derived from the batch and the former system's ids, so a run that was cut off goes on where
it stopped and nothing is brought twice. Points are given only when asked for. The batch is taken
back whole by `services/imports.py`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from db.domain.attaching import as_sold
from db.domain.basket import Basket, BasketLine
from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.history import FormerMember, FormerProduct, FormerPurchase
from db.domain.ids import (
    CHANCE_BYTES,
    BatchId,
    MemberId,
    OperationId,
    text_of,
    uuid7,
)
from db.domain.lookup.names import tidy_name
from db.domain.lookup.phone_text import PhoneInvalid
from db.domain.members import FieldInvalid, PhoneTaken
from db.domain.sales import LineFact, SaleBody
from db.domain.staff import Actor, Permission, require
from db.services.imports import CARRIED_OVER
from db.services.journal import Draft, append
from db.services.lots import award_facts
from db.services.members import EnrollMember, enroll_member
from db.services.sales import apply_sale, level_raised
from db.storage.imports import ProductRow
from db.storage.member_facts import member_standing
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class BringMembers:
    """An import brings members of a former system; those it finds here are kept as they are."""

    by: Actor
    batch_id: BatchId
    members: tuple[FormerMember, ...]


@dataclass(frozen=True, slots=True)
class MembersBrought:
    """Who each former id is now; `phones_dropped` were no telephone numbers."""

    ids: dict[str, MemberId]
    added: int
    phones_dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BringSales:
    """An import brings purchases, the earliest first; `members` says who each former id is."""

    by: Actor
    batch_id: BatchId
    purchases: tuple[FormerPurchase, ...]
    members: Mapping[str, MemberId]
    products: Mapping[str, FormerProduct]
    award: bool = False


@dataclass(frozen=True, slots=True)
class SalesBrought:
    """So many purchases and returns were new, with so many points given."""

    added: int
    returns: int
    earned: int


def bring_products(work: UnitOfWork, products: tuple[FormerProduct, ...]) -> None:
    """Write products into the catalogue, whatever was known of them."""
    work.imports.put_products(
        [ProductRow(p.sku, p.name, p.category, p.brand, p.size, None) for p in products]
    )


def bring_members(work: UnitOfWork, command: BringMembers) -> MembersBrought:
    """Register the members who are not here yet, each at the day he joined."""
    require(command.by, Permission.IMPORT)
    ids: dict[str, MemberId] = {}
    added = dropped = 0
    for member in command.members:
        known = work.imports.member_of(command.batch_id, member.external_id)
        if known is not None:
            ids[member.external_id] = known
            continue
        try:
            ids[member.external_id] = _enroll(work, command, member)
            added += 1
        except PhoneTaken as taken:
            ids[member.external_id] = taken.member_id
        except (PhoneInvalid, FieldInvalid):
            ids[member.external_id] = _enroll(work, command, replace(member, phone="", name=""))
            added, dropped = added + 1, dropped + 1
    work.imports.count(command.batch_id, added=added, updated=0, skipped=0)
    return MembersBrought(ids, added, dropped)


def bring_sales(work: UnitOfWork, command: BringSales) -> SalesBrought:
    """Record the purchases that are not here yet, each at its own time."""
    require(command.by, Permission.IMPORT)
    added = returns = earned = 0
    for purchase in command.purchases:
        op = OperationId(_derived(command.batch_id, purchase.at_ms, f"p:{purchase.purchase_id}"))
        if work.operations.holds(op):
            continue
        earned += _bring(work, command, op=op, purchase=purchase)
        added += 1
        returns += purchase.total < 0
    work.imports.count(command.batch_id, added=added, updated=0, skipped=0)
    return SalesBrought(added, returns, earned)


def _enroll(work: UnitOfWork, command: BringMembers, member: FormerMember) -> MemberId:
    calendar = work.home.calendar
    joined_on = member.joined_on or work.today.isoformat()
    at_ms = calendar.starts_at(date.fromisoformat(joined_on))
    member_id = MemberId(_derived(command.batch_id, at_ms, f"m:{member.external_id}"))
    enroll_member(
        work,
        EnrollMember(
            op=OperationId(_derived(command.batch_id, at_ms, f"r:{member.external_id}")),
            member_id=member_id,
            by=command.by,
            phone=member.phone,
            name=tidy_name(member.name),
            channel="import",
            consents=(CARRIED_OVER,),
            external_id=member.external_id,
            joined_on=joined_on,
            batch_id=command.batch_id,
            at_ms=at_ms,
        ),
    )
    return member_id


def _bring(
    work: UnitOfWork, command: BringSales, *, op: OperationId, purchase: FormerPurchase
) -> int:
    """Write one purchase; return the points it gave."""
    member_id = command.members.get(purchase.external_member)
    result, raised = None, None
    if command.award and member_id is not None and purchase.total > 0:
        result, raised = _evaluated(work, member_id, purchase, products=command.products)
    body = SaleBody(
        lines=_lines(purchase, command.products),
        gross=purchase.gross,
        discount=purchase.discount,
        due=purchase.total,
        tenders={"other": purchase.total} if purchase.total else {},
        earned=0 if result is None else result.earned,
        awards=() if result is None else award_facts(work, result.awards),
        tier="" if result is None else result.tier,
        raised_to=None if raised is None else raised[0],
        raised_rank=None if raised is None else raised[1],
        explanation=()
        if result is None
        else tuple(msgspec.to_builtins(part) for part in result.explanation),
        source="import",
        batch=text_of(command.batch_id),
    )
    program = work.program(work.home.calendar.day_of(purchase.at_ms)) if result else None
    draft = Draft(
        op=op,
        kind="sale",
        body=body,
        by=command.by,
        member_id=member_id,
        rule=None if program is None else program.mark,
        at_ms=purchase.at_ms,
    )
    apply_sale(work, append(work, draft), None)
    return body.earned


def _lines(purchase: FormerPurchase, products: Mapping[str, FormerProduct]) -> tuple[LineFact, ...]:
    """Return the lines as facts; a purchase without lines is one of its amount."""
    if not purchase.lines:
        line = LineFact(
            quantity=1 if purchase.total >= 0 else -1,
            unit_price=abs(purchase.gross),
            discount=purchase.discount,
            amount=purchase.total,
        )
        return (line,)
    facts = []
    for sold in purchase.lines:
        product = products.get(sold.sku)
        facts.append(
            LineFact(
                sku=sold.sku,
                name="" if product is None else product.name,
                category="" if product is None else product.category,
                quantity=sold.quantity,
                unit_price=sold.unit_price,
                discount=sold.discount,
                amount=sold.amount,
            )
        )
    return tuple(facts)


def _evaluated(
    work: UnitOfWork,
    member_id: MemberId,
    purchase: FormerPurchase,
    *,
    products: Mapping[str, FormerProduct],
) -> tuple[SaleResult, tuple[str, int] | None]:
    """Return what the program of that day gives for what was paid, and the level it lifts to.

    Prices are not touched: the former system has charged them.
    """
    on = work.home.calendar.day_of(purchase.at_ms)
    program = as_sold(work.program(on))
    standing = member_standing(
        work.sql,
        member_id,
        home=work.home,
        program=program,
        on=on,
        now_ms=purchase.at_ms,
    )
    result = evaluate_sale(
        program,
        _basket(work, purchase, products),
        standing.facts,
        on=on,
        at_ms=purchase.at_ms,
        redeem_points=0,
        balance=standing.available,
        spendable=0,
    )
    return result, level_raised(program.ladder, standing, result)


def _basket(
    work: UnitOfWork, purchase: FormerPurchase, products: Mapping[str, FormerProduct]
) -> Basket:
    branch = text_of(work.home.branch_id)
    if not purchase.lines or any(line.amount < 0 for line in purchase.lines):
        return Basket.of_amount(purchase.total, branch=branch)
    lines = []
    for sold in purchase.lines:
        product = products.get(sold.sku)
        lines.append(
            BasketLine(
                unit_price=sold.amount,
                sku=sold.sku,
                category="" if product is None else product.category,
                brand="" if product is None else product.brand,
            )
        )
    return Basket(tuple(lines), branch=branch)


def _derived(batch_id: BatchId, at_ms: int, name: str) -> bytes:
    """Return the id that this name has in this batch, ordered by time like every id."""
    chance = hashlib.sha256(batch_id + name.encode()).digest()[:CHANCE_BYTES]
    return uuid7(at_ms, chance)
