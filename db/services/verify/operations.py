"""The log proved: each stream is an unbroken chain, and what it says is what the tables hold.

An operation is read from its bytes alone. Its hash must follow from the one before, its columns
from its envelope, its transfers from its body, and the row of a sale from the sale.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from db.domain.ids import parse_id, text_of
from db.domain.ledger import lease_of
from db.domain.members import RegisterBody
from db.domain.operations import (
    GENESIS,
    MalformedOperation,
    Operation,
    Personal,
    chained,
    read_operation,
)
from db.domain.points import AdjustBody, RedeemBody
from db.domain.sales import SaleBody
from db.domain.upcasts import upcast
from db.services.movements import NOT_DERIVED, movements_of
from db.services.sale_facts import sale_row
from db.services.verify.conflicts import check_conflict
from db.services.verify.drawer import check_drawer
from db.services.verify.holds import HoldsSaid, check_holds
from db.services.verify.leases import LeasesSaid, check_floor, note_lease
from db.services.verify.offers import check_offers
from db.services.verify.problems import ProblemList
from db.services.verify.profiles import check_profile
from db.services.verify.records import check_records
from db.services.verify.returns import check_beside_sale, with_attached
from db.services.verify.rewards import check_rewards
from db.services.verify.stored_value import check_value
from db.storage.database import Reader, Row

_TOLD_EVERY = 2_000
_WHOLE_STREAMS = ("live", "closed", "revoked")
"""Of other counters' streams, and of one that two machines wrote, a file may hold a part."""
_LOG = """
SELECT o.stream_id, o.sequence, o.op, o.kind, o.hash, o.raw, o.hlc, o.member_id, o.status,
       coalesce(s.status, 'foreign')
FROM (SELECT stream_id, sequence, op, kind, hash, raw, hlc, member_id, status FROM operation
      UNION ALL
      SELECT stream_id, sequence, op, '', hash, raw, 0, NULL, 'repeated' FROM repeated) AS o
LEFT JOIN stream AS s ON s.stream_id = o.stream_id
ORDER BY o.stream_id, o.sequence
"""
_TRANSFERS = """
SELECT entry, debit, credit, points, member_id, lot_id, lease_id, leg
FROM transfer WHERE op = ?1
UNION ALL
SELECT entry, iif(entry = 'give_back', 'redeemed', 'issued'), 'member', awarded, member_id, lot_id,
       NULL, leg
FROM lot WHERE member_id = ?2 AND op = ?1
ORDER BY leg
"""
_SALE = """
SELECT sale_id, member_id, branch_id, counter_id, staff_id, shift_id, sold_at, business_day, items,
       gross, discount, redeemed, redeemed_value, due, paid_cash, paid_card, paid_wechat,
       paid_alipay, paid_stored_value, paid_other, earned, tier, raised_to, raised_rank,
       program, till_receipt, source, batch_id
FROM sale WHERE sale_id = ?
"""
_LINE_FIELDS = (
    "sku", "name", "category", "quantity", "unit_price", "discount", "amount", "earned",
    "redeemed", "redeemed_value",
)  # fmt: skip
_LINES = """
SELECT sku, name, category, quantity, unit_price, discount, amount, earned, redeemed, redeemed_value
FROM sale_line WHERE sale_id = ? ORDER BY line
"""
_ENTRY = "SELECT kind, points, value, business_day, member_id FROM points_entry WHERE op = ?"
_PERSONAL = "SELECT nonce, payload FROM personal WHERE op = ?"
_BRANCH_COLUMN = 2
Day = tuple[bytes, bytes, str]


@dataclass(slots=True)
class Evidence:
    """What the log says should be in the tables; counted, not kept."""

    kinds: Counter[str] = field(default_factory=Counter)
    transfers: int = 0
    value_transfers: int = 0
    offers: Counter[str] = field(default_factory=Counter)
    rewards: Counter[str] = field(default_factory=Counter)
    floor: int = 0
    leases: LeasesSaid = field(default_factory=LeasesSaid)
    holds: HoldsSaid = field(default_factory=HoldsSaid)
    profiles: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)
    new_members: Counter[Day] = field(default_factory=Counter)
    aliases: dict[bytes, bytes] = field(default_factory=dict)

    def branch(self, branch_id: bytes) -> bytes:
        """Return the id a branch goes by now."""
        return self.aliases.get(branch_id, branch_id)


@dataclass(slots=True)
class _Place:
    """Where the reading of a stream stands."""

    sequence: int = 0
    head: bytes = GENESIS


def verify_operations(
    reader: Reader, problems: ProblemList, *, total: int, progress: Callable[[int, int], None]
) -> Evidence:
    """Read every stream from its first operation; return what the tables must hold."""
    aliases = reader.all("SELECT alias_id, branch_id FROM branch_alias")
    evidence = Evidence(aliases=dict(aliases))
    places: dict[bytes, _Place] = {}
    for done, row in enumerate(reader.each(_LOG)):
        if done % _TOLD_EVERY == 0:
            progress(done, total)
        place = places.setdefault(row[0], _Place())
        operation = _linked(row, place, problems)
        if operation is not None and row[8] == "applied":
            _Applied(reader, problems, evidence).check(operation)
    progress(total, total)
    _check_heads(reader, problems, places)
    return evidence


def _linked(row: Row, place: _Place, problems: ProblemList) -> Operation | None:
    """Check one operation's place in its chain and its columns; return it if it can be read."""
    stream_id, sequence, op, kind, kept_hash, _raw, hlc, member_id, status, stream_status = row
    where = f"{text_of(stream_id)}#{sequence}"
    if sequence != place.sequence + 1:
        if stream_status in _WHOLE_STREAMS:
            problems.add("chain_gap", where, f"follows {place.sequence}")
        place.head = b""
    before, place.sequence, place.head = place.head, sequence, kept_hash
    operation = _readable(row, before, problems, where=where)
    if operation is None:
        return None
    envelope = operation.envelope
    if operation.hash != kept_hash:
        problems.add("operation_altered", where)
    elif before and bytes.fromhex(envelope.p) != before:
        problems.add("chain_broken", where)
    if status == "repeated":
        return operation
    said = (operation.stream, envelope.q, operation.op, envelope.t, envelope.hlc, operation.member)
    if said != (stream_id, sequence, op, kind, hlc, member_id):
        problems.add("operation_columns_differ", where)
    return operation


def _readable(row: Row, before: bytes, problems: ProblemList, *, where: str) -> Operation | None:
    """Return an operation that can be read; of other bytes check that they are those that came.

    Head office keeps bytes that are no operation in their place, and believes nothing of them.
    """
    kind, kept_hash, raw = row[3:6]
    if kind == "unreadable":
        if before and chained(before, raw) != kept_hash:
            problems.add("operation_altered", where)
        return None
    try:
        return upcast(read_operation(raw))
    except MalformedOperation as fault:
        problems.add("operation_unreadable", where, str(fault))
        return None


def _check_heads(reader: Reader, problems: ProblemList, places: dict[bytes, _Place]) -> None:
    for stream_id, sequence, head in reader.all("SELECT stream_id, sequence, head FROM stream"):
        place = places.get(stream_id, _Place())
        if (place.sequence, place.head) != (sequence, head):
            detail = f"says {sequence}, holds {place.sequence}"
            problems.add("stream_head_differs", text_of(stream_id), detail)


class _Applied:
    """Compares what one applied operation says with the rows it made."""

    def __init__(self, reader: Reader, problems: ProblemList, evidence: Evidence) -> None:
        self._reader = reader
        self._problems = problems
        self._evidence = evidence

    def check(self, operation: Operation) -> None:
        """Check an operation's transfers, its own row, and its personal data."""
        kind = operation.envelope.t
        self._evidence.kinds[kind] += 1
        where = f"{kind} {text_of(operation.op)}"
        try:
            self._check_transfers(operation, where)
            self._check_row(operation, where)
            self._evidence.value_transfers += check_value(
                self._reader, self._problems, operation, where=where, branch=self._evidence.branch
            )
            self._evidence.offers += check_offers(
                self._reader, self._problems, operation, where=where
            )
            self._evidence.rewards += check_rewards(
                self._reader, self._problems, operation, where=where, branch=self._evidence.branch
            )
            self._evidence.floor += check_floor(
                self._reader, self._problems, operation, where=where
            )
            note_lease(operation, self._evidence.leases)
            check_holds(
                self._reader, self._problems, operation, said=self._evidence.holds, where=where
            )
            self._evidence.profiles += check_profile(
                self._reader, self._problems, operation, where=where
            )
            self._evidence.conflicts += check_conflict(
                self._reader, self._problems, operation, where=where
            )
            check_drawer(self._reader, self._problems, operation, where=where)
            check_records(
                self._reader, self._problems, operation, where=where, branch=self._evidence.branch
            )
        except (msgspec.MsgspecError, AssertionError, ValueError) as fault:
            self._problems.add("operation_unreadable", where, str(fault))
        if operation.envelope.pd is not None:
            self._check_personal(operation, where)

    def _check_transfers(self, operation: Operation, where: str) -> None:
        found = self._reader.all(_TRANSFERS, (operation.op, operation.member))
        self._evidence.transfers += len(found)
        if operation.envelope.t in NOT_DERIVED:
            if any(row[0] != "take_back" for row in found):
                self._problems.add("transfers_differ", where)
            return
        derived = [
            (
                movement.entry.value,
                movement.debit.kind.value,
                movement.credit.kind.value,
                movement.points,
                movement.member_id,
                movement.lot_id,
                lease_of(movement),
                leg,
            )
            for leg, movement in enumerate(movements_of(operation))
        ]
        granted_before = operation.envelope.t == "lease_grant" and not found
        if found != derived and not granted_before:
            detail = f"{len(found)} kept, {len(derived)} derived"
            self._problems.add("transfers_differ", where, detail)

    def _check_row(self, operation: Operation, where: str) -> None:
        match operation.envelope.t:
            case "sale":
                self._check_sale(operation, where)
            case "redeem" | "adjust":
                self._check_entry(operation, where)
            case "return" | "attach":
                check_beside_sale(self._reader, self._problems, operation)
            case "member_register":
                self._note_member(operation)

    def _check_sale(self, operation: Operation, where: str) -> None:
        body = msgspec.convert(operation.envelope.b, SaleBody)
        row = self._reader.one(_SALE, (operation.op,))
        if row is None:
            self._problems.add("sale_missing", where)
            return
        told = sale_row(operation, body)
        told, body = with_attached(self._reader, told, body)
        expected = list(told[:-1])
        expected[_BRANCH_COLUMN] = self._evidence.branch(told.branch_id)
        kept = list(row)
        kept[_BRANCH_COLUMN] = self._evidence.branch(row[_BRANCH_COLUMN])
        lines = [tuple(getattr(line, name) for name in _LINE_FIELDS) for line in body.lines]
        if kept != expected:
            self._problems.add("sale_differs", where)
        if self._reader.all(_LINES, (operation.op,)) != lines:
            self._problems.add("sale_lines_differ", where)

    def _check_entry(self, operation: Operation, where: str) -> None:
        envelope = operation.envelope
        if envelope.t == "redeem":
            redeem = msgspec.convert(envelope.b, RedeemBody)
            kind, points, value = "redeem", -redeem.points, redeem.value
        else:
            adjust = msgspec.convert(envelope.b, AdjustBody)
            kind, points, value = adjust.entry, adjust.points, 0
        expected = (kind, points, value, envelope.bd, operation.member)
        if self._reader.one(_ENTRY, (operation.op,)) != expected:
            self._problems.add("points_entry_differs", where)

    def _note_member(self, operation: Operation) -> None:
        envelope = operation.envelope
        if msgspec.convert(envelope.b, RegisterBody).batch is None:
            branch_id = self._evidence.branch(parse_id(envelope.store))
            self._evidence.new_members[branch_id, parse_id(envelope.dev), envelope.bd] += 1

    def _check_personal(self, operation: Operation, where: str) -> None:
        from_beside = self._reader.one(_PERSONAL, (operation.op,))
        if from_beside is not None:
            personal = Personal(*from_beside)
            if personal.digest != operation.envelope.pd:
                self._problems.add("personal_altered", where)
