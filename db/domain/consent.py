"""Consent as a fact: for what, in which words, through whom and when.

Consent to marketing is separate from membership and off by default. A withdrawal is one act,
works offline, and wins: of two facts about one purpose the later stamp counts, and a withdrawal
wins a tie (PIPL articles 14-17; DECISIONS 12).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

MEMBERSHIP = "membership"
MARKETING = "marketing"
PURPOSES = (MEMBERSHIP, MARKETING)

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


def notice_hash(text: str) -> str:
    """Return the first 16 hex digits of SHA-256 of the words that were said or shown."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def in_force(records: Iterable[ConsentRecord], purpose: str) -> bool:
    """Say whether consent to `purpose` stands: the latest counts, a withdrawal wins a tie."""
    about = [record for record in records if record.purpose == purpose]
    if not about:
        return False
    return max(about, key=lambda record: (record.hlc, not record.granted)).granted


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
