"""What receipts have in common: whose shop, which counter, which copy, the member's standing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.domain.lookup.names import mask_name
from db.domain.lookup.phone_masks import mask_phone
from db.queries.member_card import MemberCard
from desktop.receipts.receipt import Align, Block, Pair, Rule, Text
from desktop.receipts.words import ReceiptVoice, points


@dataclass(frozen=True, slots=True)
class Slip:
    """The circumstances of one piece of paper; `copy` 0 is the first print, then 1, 2 and on."""

    voice: ReceiptVoice
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """A member after the act, masked: points, since when they are known, and what ends next."""

    number: str
    name: str
    phone: str
    tier: str
    available: int
    as_of_ms: int
    next_expiry: tuple[date, int] | None


def balance_of(card: MemberCard, voice: ReceiptVoice) -> Balance:
    """Return what a receipt says of a member's card."""
    return Balance(
        number=card.number,
        name=mask_name(card.name),
        phone=mask_phone(card.phone or ""),
        tier=voice.speech(card.tier_name_zh, card.tier_name_en),
        available=card.available,
        as_of_ms=card.as_of_ms,
        next_expiry=card.next_expiry,
    )


def head(slip: Slip, *, branch: str, title: str) -> Iterator[Block]:
    """Yield the shop's name, what this paper is, and which copy."""
    yield Text(branch, Align.CENTRE, big=True)
    yield Text(slip.voice(title), Align.CENTRE, bold=True)
    if slip.copy:
        yield Text(slip.voice("copy", count=slip.copy), Align.CENTRE, bold=True)


def place(voice: ReceiptVoice, *, at_ms: int, counter: str, staff: str) -> Iterator[Block]:
    """Yield when, where and by whom."""
    yield Pair(voice.moment(at_ms), counter)
    if staff:
        yield Text(voice("cashier", name=staff))


def standing(voice: ReceiptVoice, balance: Balance) -> Iterator[Block]:
    """Yield the member's balance, as of when, and the next points that end."""
    if balance.available < 0:
        yield Pair(voice("owed"), points(-balance.available), bold=True)
    else:
        yield Pair(voice("balance"), points(balance.available), bold=True)
    yield Text(voice("as_of", at=voice.moment(balance.as_of_ms)))
    if balance.next_expiry is not None:
        day, ending = balance.next_expiry
        yield Pair(voice("expires", day=day.isoformat()), points(ending))


def who(voice: ReceiptVoice, balance: Balance) -> Iterator[Block]:
    """Yield who the member is, masked."""
    yield Rule()
    tier = f" {balance.tier}" if balance.tier else ""
    yield Pair(voice("member"), f"{balance.name or balance.number}{tier}")
    if balance.phone:
        yield Pair(voice("phone"), balance.phone)
