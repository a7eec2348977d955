"""Consent as a fact: for what, in which words, through whom and when.

Consent to marketing is separate from membership and off by default. A withdrawal is one act,
works offline, and wins: of two facts about one purpose the later stamp counts, and where clocks
cannot tell which was later, the withdrawal (PIPL articles 14-17; SYNC.md §2.8).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from db.domain import hlc

MEMBERSHIP = "membership"
MARKETING = "marketing"
PURPOSES = (MEMBERSHIP, MARKETING)
UNSURE = hlc.AHEAD_MS_MAX << hlc.COUNTER_BITS
"""How far apart two counters' stamps must be for the later one to be later surely."""

NOTICE_VERSION = "3"
NOTICE_ZH = "登记手机号用于积分和售后，可随时注销，可以吗？"
NOTICE_EN = (
    "We keep your phone number for points and after-sales service; you can leave any time. May we?"
)


class ConsentFact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One answer: `basis` is spoken, screen, paper or none; `channel` where it was given."""

    purpose: str
    granted: bool
    basis: str
    text_version: str = NOTICE_VERSION
    text_hash: str = ""
    channel: str = "counter"


class ConsentBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `consent` operation."""

    consents: tuple[ConsentFact, ...]


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """A consent as it stands in the book."""

    purpose: str
    granted: bool
    hlc: int
    counter: bytes = b""


def notice_hash(text: str) -> str:
    """Return the first 16 hex digits of SHA-256 of the words that were said or shown."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def in_force(records: Iterable[ConsentRecord], purpose: str) -> bool:
    """Say whether consent to `purpose` stands: the latest counts, and in doubt a withdrawal.

    Two counters' clocks may differ by `UNSURE`; what one counter wrote is in order.
    """
    about = [record for record in records if record.purpose == purpose]
    if not about:
        return False
    latest = max(about, key=lambda record: (record.hlc, not record.granted))
    return latest.granted and not any(
        not record.granted and record.counter != latest.counter and record.hlc > latest.hlc - UNSURE
        for record in about
    )


def strictest(
    answers: Sequence[Sequence[ConsentRecord]], purpose: str, *, asked_since: int
) -> bool:
    """Say whether consent stands for members who turned out to be one.

    `answers` are those of each id, his own first. What he answered after the last merge
    (`asked_since`, its HLC) counts; before that, one who did not agree is enough for no.
    """
    later = [record for record in answers[0] if record.hlc > asked_since]
    if any(record.purpose == purpose for record in later):
        every = [record for records in answers for record in records]
        return in_force(every, purpose)
    return all(in_force(records, purpose) for records in answers)
