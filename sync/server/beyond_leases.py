"""Points that were spent beyond a lease, at head office: what it believes, covers and takes back.

What went by the floor is believed as the program allowed it. A lease that was overspent (a clone
spent it too, or it came back by time alone and its holder had spent it after all) is covered out of
the member's account, which may be owed then: balances add up, and the loss has a name.
"""

import hashlib
from typing import Final

import msgspec

from db.domain.beyond_leases import FLOOR, FRESH
from db.domain.ids import (
    CHANCE_BYTES,
    LeaseId,
    LotId,
    MemberId,
    OperationId,
    parse_id,
    text_of,
    uuid7,
)
from db.domain.leases import LeaseToken, LotShare
from db.domain.operations import Operation
from db.domain.program.offer_document import Floor
from db.queries.programs import program_marked
from db.services.leases import LeaseCoverBody, LeaseReclaimBody
from db.storage.profiles import stood_for
from sync.server.asker import HOUR_MS
from sync.server.decisions import decide
from sync.server.desk import Desk
from sync.server.remembering import remember_decision

FORCED_SETTING = "forced_at"
FORCE_EVERY_MS = 600_000
"""How often leases are looked at that nobody closed; a day's grace makes no minute matter."""
FORCED_AT_ONCE = 100
"""How many at most, for everybody waits meanwhile: where there are more, the next pull goes on."""
DAY_MS = 24 * HOUR_MS
_SPENDING: Final = frozenset({"sale", "redeem", "gift_redeem"})
_GIVING_BACK: Final = frozenset({"reversal", "return"})
_OPENED_BY = """
SELECT o.stream_id FROM lot AS l JOIN operation AS o ON o.op = l.op
WHERE l.member_id = ? AND l.lot_id = ?
"""


def believes_beyond(desk: Desk, operation: Operation, tokens: list[LeaseToken]) -> None:
    """Raise `ValueError` unless the program let a counter grant itself these leases.

    That is by the version that the act was done by: one that came in force since binds nobody who
    could not hear of it.
    """
    if not tokens:
        return
    program = program_marked(desk.work.sql, operation.envelope.rule or "")
    if program is None or operation.member is None:
        raise ValueError("a lease that no program allows")
    offline = program.document.offline
    for token in tokens:
        _check_token(desk, operation, token)
        if token.why == FRESH and not (offline.spend_fresh and _are_its_own(desk, token)):
            raise ValueError("points that are not fresh")
    by_floor = sum(token.n for token in tokens if token.why == FLOOR)
    if by_floor:
        _check_floor(offline.floor, operation, by_floor)


def _check_token(desk: Desk, operation: Operation, token: LeaseToken) -> None:
    whose = MemberId(operation.member or b"")
    own = stood_for(desk.work.sql, whose, token.member_id)
    if not own or token.stream_id != operation.stream or token.why not in {FLOOR, FRESH}:
        raise ValueError("a lease that this counter cannot grant itself")


def _check_floor(terms: Floor | None, operation: Operation, points: int) -> None:
    if terms is None or points > terms.per_visit:
        raise ValueError("beyond the floor")
    if not operation.envelope.b.get("approver"):
        raise ValueError("the floor without approval")


def believes_coupons(desk: Desk, operation: Operation) -> None:
    """Raise `ValueError` for a coupon used under no lease, unless it went by the floor."""
    uses = [use for use in operation.envelope.b.get("coupons", ()) if use.get("floor")]
    if not uses:
        return
    program = program_marked(desk.work.sql, operation.envelope.rule or "")
    money = None if program is None else program.money
    if program is None or money is None:
        raise ValueError("a coupon beyond the floor")
    if any(use["floor"] < money.worth(use["value"]) for use in uses):
        raise ValueError("a coupon that counts for less than it is worth")
    by_floor = sum(fields["n"] for fields in operation.envelope.gtok if fields.get("why") == FLOOR)
    points = by_floor + sum(use["floor"] for use in uses)
    _check_floor(program.document.offline.floor, operation, points)


def settle_leases(desk: Desk, operation: Operation) -> None:
    """Cover what an act spent beyond a lease, and give back what it left in one that is over."""
    for lease_id in _touched(operation):
        op = _id_of(b"cover", lease_id, operation.op)
        remember_decision(desk, op)
        standing = desk.work.leases.balance(lease_id)
        token = desk.work.leases.token(lease_id)
        if standing is None or token is None or token.own:
            continue
        left, state = standing
        if left < 0:
            shares = _first(desk.work.leases.overspent(lease_id), -left)
            body: msgspec.Struct = LeaseCoverBody(lease=token.g, shares=shares)
            decide(desk, op, body, member_id=token.member_id)
        elif left > 0 and state == "reclaimed":
            shares = _first(desk.work.leases.left(lease_id), left)
            body = LeaseReclaimBody(lease=token.g, shares=shares)
            decide(desk, op, body, member_id=token.member_id)


def force_overdue(desk: Desk) -> bool:
    """Take back by time alone what the program says, so many at once; say if there may be more.

    Their holders may have spent them all the same: that is the risk which the program accepted,
    and head office shows it (`risk`) until they have been heard.
    """
    days = desk.work.program(desk.work.today).document.offline.forced_reclaim_days
    now = desk.work.at_ms
    if days is None or now - int(desk.work.settings.get(FORCED_SETTING) or 0) < FORCE_EVERY_MS:
        return False
    overdue = desk.work.leases.overdue(before_ms=now - days * DAY_MS, limit=FORCED_AT_ONCE)
    more = len(overdue) == FORCED_AT_ONCE
    if not more:
        desk.work.settings.put(FORCED_SETTING, str(now))
    for lease_id, member_id in overdue:
        left = desk.work.leases.balance(lease_id)
        assert left is not None, "it was just found"
        shares = _first(desk.work.leases.left(lease_id), left[0])
        body = LeaseReclaimBody(lease=text_of(lease_id), shares=shares, forced=True)
        op = _id_of(b"force", lease_id, msgspec.json.encode(shares))
        decide(desk, op, body, member_id=member_id)
    return more


def _touched(operation: Operation) -> list[LeaseId]:
    """Return the leases that an act spent from, or gave points back into."""
    kind, body = operation.envelope.t, operation.envelope.b
    names = []
    if kind in _SPENDING:
        names = [spend["lease"] for spend in body.get("spends", ())]
    elif kind in _GIVING_BACK:
        names = [spend["lease"] for spend in body.get("restored", ()) if spend.get("lease")]
    return [LeaseId(parse_id(name)) for name in dict.fromkeys(names)]


def _are_its_own(desk: Desk, token: LeaseToken) -> bool:
    """Say whether the stream that spends these lots opened them."""
    opened = [
        desk.work.one(_OPENED_BY, (token.member_id, parse_id(share.lot))) for share in token.lots
    ]
    return all(row is not None and row[0] == token.stream_id for row in opened)


def _first(lots: list[tuple[LotId, int]], points: int) -> tuple[LotShare, ...]:
    """Return so many of these points, lot by lot."""
    shares = []
    for lot_id, held in lots:
        part = min(held, points)
        if part > 0:
            shares.append(LotShare(text_of(lot_id), part))
            points -= part
    return tuple(shares)


def _id_of(what: bytes, lease_id: LeaseId, because: bytes) -> OperationId:
    """Return the id of a decision: the same wherever it is decided for the same reason."""
    chance = hashlib.sha256(what + lease_id + because).digest()[:CHANCE_BYTES]
    return OperationId(uuid7(int.from_bytes(lease_id[:6], "big"), chance))
