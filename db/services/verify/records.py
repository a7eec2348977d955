"""Records proved that nothing is summed from: members, levels, consents, shifts, days of lots.

A wrong last day or a wrong level costs nobody a point today and pays for it tomorrow: each is what
the operations say, as balances are.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from db.domain.consent import ConsentFact
from db.domain.ids import LotId, MemberId, parse_id, text_of
from db.domain.members import RegisterBody
from db.domain.operations import Operation
from db.domain.sales import ReversalBody
from db.domain.shifts import ShiftCloseBody, ShiftOpenBody
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.sales import raises_of
from db.storage.stamps import stamp_of

Canonical = Callable[[bytes], bytes]
"""Tells the id that a branch goes by now."""

_LOTS = """
SELECT lot_id, available_on, CASE WHEN idle IS NULL THEN expires_on END, opened_at FROM lot
WHERE member_id = ? AND op = ? ORDER BY lot_id
"""
_VALUE_LOTS = """
SELECT lot_id, member_id, opened_on, expires_on, opened_at FROM value_lot WHERE lot_id = ?
"""
_MEMBER = """
SELECT number, channel, referrer_id, first_tier, joined_on, registered_at, home_branch_id
FROM member WHERE member_id = ?
"""
_CONSENTS = """
SELECT purpose, member_id, granted, basis, text_version, text_hash, channel, staff_id, counter_id,
       given_at, hlc
FROM consent WHERE op = ? ORDER BY purpose
"""
_OPENED = """
SELECT number, counter_id, staff_id, business_day, opened_at, opening_float, branch_id
FROM shift WHERE shift_id = ?
"""
_CLOSED = "SELECT closed_at, closed_by, counted, till_total FROM shift WHERE shift_id = ?"
_REVERSAL = """
SELECT sale_id, manner, reason, counter_id, staff_id, approver_id, shift_id, reversed_at,
       business_day, kept_tier, kept_rank
FROM reversal WHERE op = ?
"""
_ENTRY = """
SELECT reason, counter_id, staff_id, approver_id, shift_id, entered_at FROM points_entry
WHERE op = ?
"""
_LEVELS = """
SELECT member_id, tier, tier_rank, first_tier FROM member
WHERE (tier, tier_rank) <> (first_tier, 0)
   OR member_id IN (SELECT member_id FROM sale WHERE raised_rank IS NOT NULL)
   OR member_id IN (SELECT member_id FROM reward_entry WHERE raised_rank IS NOT NULL)
"""


def check_records(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str, branch: Canonical
) -> None:
    """Compare what an operation says with the records that it made."""
    if any(operation.envelope.b.get(name) for name in ("awards", "renewed")):
        _check_lots(reader, problems, operation, where=where)
    _check_value_lots(reader, problems, operation, where=where)
    match operation.envelope.t:
        case "member_register":
            _check_member(reader, problems, operation, where=where, branch=branch)
            _check_consents(reader, problems, operation, where=where)
        case "consent":
            _check_consents(reader, problems, operation, where=where)
        case "shift_open":
            _check_opening(reader, problems, operation, where=where, branch=branch)
        case "shift_close":
            _check_closing(reader, problems, operation, where=where)
        case "reversal":
            _check_reversal(reader, problems, operation, where=where)
        case "redeem" | "adjust":
            _check_entry(reader, problems, operation, where=where)


def check_levels(reader: Reader, problems: ProblemList) -> None:
    """Find members who stand at another level than their acts and reviews give them."""
    for member_id, tier, rank, first_tier in reader.each(_LEVELS):
        raises = raises_of(reader, MemberId(member_id))
        best = max((each[1] for each in raises), default=0)
        levels = {each[0] for each in raises if each[1] == best} or {first_tier}
        if rank != best or tier not in levels:
            detail = f"{tier} {rank} kept, {sorted(levels)} {best} folded"
            problems.add("member_level_differs", text_of(member_id), detail)


def _check_lots(reader: Reader, problems: ProblemList, operation: Operation, *, where: str) -> None:
    """Compare the days of the lots an act opened; an idle one's last day is folded elsewhere."""
    body, wall = operation.envelope.b, operation.envelope.wall
    awards = [award for name in ("awards", "renewed") for award in body.get(name, ())]
    expected = sorted(
        (
            parse_id(award["lot"]),
            award["available_on"],
            None if award.get("idle") else award.get("expires_on"),
            wall,
        )
        for award in awards
    )
    if reader.all(_LOTS, (operation.member, operation.op)) != expected:
        problems.add("lot_days_differ", where)


def _check_value_lots(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> None:
    envelope, member = operation.envelope, operation.member
    if envelope.t == "top_up":
        lots = envelope.b.get("bonus", ())
    else:
        value = envelope.b.get("value")
        lots = value.get("renewed", ()) if isinstance(value, dict) else ()
    for lot in lots:
        lot_id = LotId(parse_id(lot["lot"]))
        expected = (lot_id, member, envelope.bd, lot.get("expires_on"), envelope.wall)
        if reader.one(_VALUE_LOTS, (lot_id,)) != expected:
            problems.add("value_lot_days_differ", where)


def _check_member(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str, branch: Canonical
) -> None:
    envelope = operation.envelope
    body = msgspec.convert(envelope.b, RegisterBody)
    expected = (
        body.number,
        body.channel,
        _id(body.referrer),
        body.tier,
        body.joined_on,
        envelope.wall,
        branch(parse_id(envelope.store)),
    )
    row = reader.one(_MEMBER, (operation.member,))
    if row is None or (*row[:-1], branch(row[-1])) != expected:
        problems.add("member_row_differs", where)


def _check_consents(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> None:
    envelope, stamp = operation.envelope, stamp_of(reader, operation)
    facts = msgspec.convert(envelope.b.get("consents", ()), tuple[ConsentFact, ...])
    expected = sorted(
        (
            fact.purpose,
            operation.member,
            int(fact.granted),
            fact.basis,
            fact.text_version,
            fact.text_hash,
            fact.channel,
            _id(envelope.staff),
            parse_id(envelope.dev),
            envelope.wall,
            stamp,
        )
        for fact in facts
    )
    if reader.all(_CONSENTS, (operation.op,)) != expected:
        problems.add("consents_differ", where)


def _check_opening(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str, branch: Canonical
) -> None:
    envelope = operation.envelope
    body = msgspec.convert(envelope.b, ShiftOpenBody)
    expected: tuple[Any, ...] = (
        body.number,
        parse_id(envelope.dev),
        _id(envelope.staff),
        envelope.bd,
        envelope.wall,
        body.opening_float,
        branch(parse_id(envelope.store)),
    )
    row = reader.one(_OPENED, (operation.op,))
    if row is None or (*row[:-1], branch(row[-1])) != expected:
        problems.add("shift_differs", where)


def _check_closing(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> None:
    envelope = operation.envelope
    body = msgspec.convert(envelope.b, ShiftCloseBody)
    expected = (envelope.wall, _id(envelope.staff), body.counted, body.till_total)
    row = reader.one(_CLOSED, (parse_id(body.shift),))
    if row is not None and row != expected:
        problems.add("shift_differs", where)


def _check_reversal(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> None:
    envelope = operation.envelope
    body = msgspec.convert(envelope.b, ReversalBody)
    expected = (
        _id(envelope.ref),
        body.manner,
        body.reason,
        parse_id(envelope.dev),
        _id(envelope.staff),
        _id(body.approver),
        _id(body.shift),
        envelope.wall,
        envelope.bd,
        body.kept,
        body.kept_rank,
    )
    if reader.one(_REVERSAL, (operation.op,)) != expected:
        problems.add("reversal_differs", where)


def _check_entry(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> None:
    envelope, body = operation.envelope, operation.envelope.b
    expected = (
        "" if envelope.t == "redeem" else body.get("reason", ""),
        parse_id(envelope.dev),
        _id(envelope.staff),
        _id(body.get("approver")),
        _id(body.get("shift")),
        envelope.wall,
    )
    if reader.one(_ENTRY, (operation.op,)) != expected:
        problems.add("points_entry_differs", where)


def _id(text: str | None) -> bytes | None:
    return None if text is None else parse_id(text)
