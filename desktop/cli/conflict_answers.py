"""What the conflict commands answer: the same at head office and at a counter, phones masked."""

from db.domain.clock import iso_of
from db.domain.conflicts import NoSuchConflict
from db.domain.ids import parse_id, text_of
from db.domain.lookup.phone_masks import mask_phone
from db.domain.money import amount_text
from db.queries.conflicts import Concerned, Conflict, Side, WishShown
from desktop.cli.answers import Document, plain

ACTIONS = ("list", "show", "resolve")


def conflict_named(text: str) -> bytes:
    """Return the id that a conflict's text is; refuse with `NoSuchConflict` what is none."""
    try:
        return parse_id(text)
    except ValueError:
        raise NoSuchConflict(text) from None


def conflict_document(found: Conflict, timezone: str) -> Document:
    """Return a conflict with the facts of both sides, who asks for what, and the choices."""
    return {
        "conflict_id": text_of(found.conflict_id),
        "kind": found.kind.value,
        "branch": found.branch,
        "members": [_member(each) for each in found.members],
        "sides": [_side(each, timezone) for each in found.sides],
        "details": found.detail,
        "wishes": [wish_document(each, timezone) for each in found.wishes],
        "choices": list(found.choices),
        "recommended": found.recommended,
        "state": found.state,
        "choice": found.choice,
        "found_at": iso_of(found.opened_at, timezone),
        "resolved_at": None if found.resolved_at is None else iso_of(found.resolved_at, timezone),
        "decision": plain(found.decision),
    }


def wish_document(wish: WishShown, timezone: str) -> Document:
    """Return what a counter asks for."""
    return {
        "wish_id": text_of(wish.op),
        "act": wish.act,
        "branch": wish.branch,
        "counter": wish.counter,
        "staff": wish.staff,
        "reason": wish.reason,
        "at": iso_of(wish.wished_at, timezone),
    }


def _member(each: Concerned) -> Document:
    return {
        "member_id": text_of(each.member_id),
        "number": each.number,
        "phone_masked": mask_phone(each.phone),
        "name": each.name,
        "state": each.state,
        "balance": each.points,
        "visits": each.visits,
        "spend": amount_text(each.spend),
    }


def _side(side: Side, timezone: str) -> Document:
    return {
        "act": side.act,
        "at": iso_of(side.at_ms, timezone),
        "branch": side.branch,
        "counter": side.counter,
        "staff": side.staff,
        "amount": amount_text(side.amount),
        "points": side.points,
        "said": side.text,
        "operation": side.op,
    }
