"""Erasing a member (PIPL article 47): the person goes, the figures stay under a number.

Personal data lies beside the chain, so it can be taken away while every hash still verifies. What
arrives late of somebody erased is taken without it. Wins over everything: nothing brings him back;
the same phone is a new member.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

import msgspec

from db.domain.refusals import Refusal

PHONE_KEPT_MS: Final = 366 * 86_400_000
"""How long head office keeps the keyed hash of an erased member's phone (DECISIONS 13)."""


class EraseBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of an `erase`: the member of the envelope and everybody he stood for."""

    members: tuple[str, ...]
    reason: str = ""
    approver: str | None = None


@dataclass(eq=False)
class ErasedBefore(Refusal):
    """The member was erased; `erased_at` is UTC ms."""

    erased_at: int


def phone_hash(phone: str, key: bytes) -> bytes:
    """Return the keyed hash of an E.164 phone: without the key it cannot be tried out."""
    return hmac.new(key, b"erased phone " + phone.encode(), hashlib.sha256).digest()
