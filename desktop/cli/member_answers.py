"""What the member commands answer: masked unless a reveal was recorded."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from db.domain.clock import iso_of
from db.domain.ids import MemberId, text_of
from db.domain.lookup.names import mask_email
from db.domain.lookup.phone_masks import mask_phone
from db.domain.members import NoSuchMember
from db.domain.money import amount_text
from db.domain.tiers import TierLadder, progress
from db.queries.conflicts import wishes_for
from db.queries.coupon_list import held_coupons
from db.queries.ledger_history import HistoryRow, member_history
from db.queries.member_candidates import FoundMember
from db.queries.member_card import MemberCard, member_card
from db.queries.member_details import LotState, MemberDetails, member_details
from db.queries.profile_history import ProfileWord, profile_history
from db.queries.programs import program_on
from db.queries.value_history import value_held, value_usable_here
from db.storage.rewards import tags_of
from desktop.cli.answers import Document, plain
from desktop.cli.conflict_answers import wish_document
from desktop.cli.coupon_answers import coupon_document
from desktop.cli.home import Home

HISTORY_ROWS = 20
_MASKS: Final[Mapping[str, Callable[[str], str]]] = {
    "phone": mask_phone,
    "email": mask_email,
    "note": lambda text: "*" if text else "",
}


def member_document(
    home: Home, member_id: MemberId, *, reveal: bool = False, rows: int = HISTORY_ROWS
) -> Document:
    """Return everything about a member as `member show` prints it.

    Raises:
        NoSuchMember: when nobody answers to the id.
    """
    now_ms = home.storage.clock.wall_ms()
    with home.storage.reading() as reader:
        program = program_on(reader, home.identity.calendar.day_of(now_ms))
        card = member_card(reader, member_id, home=home.identity, program=program, now_ms=now_ms)
        if card is None:
            raise NoSuchMember(text_of(member_id))
        details = member_details(reader, card.member_id)
        on = home.identity.calendar.day_of(now_ms)
        coupons = held_coupons(reader, card.member_id, on=on)
        tags = tags_of(reader, card.member_id)
        value = value_held(reader, card.member_id, on=home.identity.calendar.day_of(now_ms))
        usable = value_usable_here(reader, card.member_id, home=home.identity, on=on, now_ms=now_ms)
        elsewhere = {coupon.code for coupon in card.offers.coupons if not coupon.here}
        history = member_history(reader, card.member_id, limit=rows)
        words = profile_history(reader, card.member_id)
        wishes = wishes_for(reader, card.member_id)
    document = _profile(card, details) | {
        "points": _points(home, card),
        "stored_value": {
            "principal": amount_text(value.principal),
            "bonus": amount_text(value.bonus),
            "usable_here": amount_text(usable),
        },
        "coupons": [
            coupon_document(coupon, program.offers.coupons.get(coupon.kind))
            | {"usable_here": coupon.code not in elsewhere}
            for coupon in coupons
        ],
        "tags": list(tags),
        "tier_progress": _progress(program.ladder, card, on),
        "visits": card.visits,
        "spend": amount_text(card.spend),
        "last_visit_on": plain(card.last_on),
        "consents": details.consents,
        "lots": [lot_document(home, lot) for lot in details.lots if lot.remaining or lot.leased],
        "history": [history_document(home, row) for row in history],
        "wishes": [wish_document(wish, home.timezone) for wish in wishes],
        "profile_changes": [_word_document(home, word, reveal=reveal) for word in words],
    }
    if reveal:
        document |= {"phone": card.phone or "", "email": details.email, "note": details.note}
    return document


def found_document(found: FoundMember) -> Document:
    """Return a member in a list."""
    return {
        "member_id": text_of(found.member_id),
        "number": found.number,
        "phone_masked": mask_phone(found.phone or ""),
        "name": found.name,
        "tier": found.tier or None,
        "state": found.state,
        "last_visit_on": found.last_on,
        "matched": found.matched.value,
    }


def history_document(home: Home, row: HistoryRow) -> Document:
    """Return a row of a member's history."""
    return {
        "at": iso_of(row.at_ms, home.timezone),
        "kind": row.kind,
        "amount": amount_text(row.amount),
        "points": row.points,
        "redeemed": row.redeemed,
        "sale_id": plain(row.sale_id),
        "reversed": row.reversed,
        "reason": row.reason,
        "branch": row.branch,
        "counter": row.counter,
        "staff": row.staff,
        "operation": text_of(row.op),
    }


def lot_document(home: Home, lot: LotState) -> Document:
    """Return a lot of points."""
    return {
        "lot_id": text_of(lot.lot_id),
        "awarded": lot.awarded,
        "points": lot.remaining + lot.leased,
        "leased": lot.leased,
        "available_on": lot.available_on,
        "expires_on": lot.expires_on,
        "opened_at": iso_of(lot.opened_at, home.timezone),
    }


def _word_document(home: Home, word: ProfileWord, *, reveal: bool) -> Document:
    """Return what was said of a profile; what names a person is masked unless revealed."""
    said = word.text
    if not reveal and word.field in _MASKS:
        said = _MASKS[word.field](said)
    return {
        "at": iso_of(word.at_ms, home.timezone),
        "field": word.field,
        "said": said,
        "stands": word.stands,
        "reason": word.reason,
        "branch": word.branch,
        "counter": word.counter,
        "staff": word.staff,
    }


def _profile(card: MemberCard, details: MemberDetails) -> Document:
    return {
        "member_id": text_of(card.member_id),
        "number": card.number,
        "phone_masked": mask_phone(card.phone or ""),
        "name": card.name,
        "tier": card.tier or None,
        "state": card.state,
        "gender": card.gender,
        "birthday": card.birthday,
        "email_masked": mask_email(details.email),
        "city": details.city,
        "channel": card.channel,
        "referrer": details.referrer_number or None,
        "external_id": details.external_id or None,
        "joined_on": plain(card.joined_on),
        "branch": card.home_branch,
    }


def _progress(ladder: TierLadder, card: MemberCard, on: date) -> Document | None:
    """Return what is missing to rise and to stay; money where the ladder measures spending."""
    if not ladder.levels:
        return None
    missing = progress(ladder, card.tier, card.standing.measured, on=on, joined_on=card.joined_on)
    shown = amount_text if ladder.measure == "net_spend" else int
    return {
        "next_level": missing.next_level or None,
        "to_upgrade": shown(missing.to_upgrade),
        "to_keep": shown(missing.to_keep),
        "keep_by": plain(missing.keep_by),
    }


def _points(home: Home, card: MemberCard) -> Document:
    return {
        "available": card.available,
        "pending": card.pending,
        "redeemable_here": card.redeemable,
        "as_of": iso_of(card.as_of_ms, home.timezone),
        "next_expiry": None
        if card.next_expiry is None
        else {"on": plain(card.next_expiry[0]), "points": card.next_expiry[1]},
    }
