"""Wishes: what a counter asks head office for and may not do alone (待总部确认).

A wish changes nothing. Head office answers it once, by deciding the conflict that it opens or is
about; the counter shows it as waiting until it hears.
"""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from db.domain.refusals import Refusal


class WishAct(StrEnum):
    """What is asked for."""

    MERGE = "merge"
    UNMERGE = "unmerge"
    ERASE = "erase"
    RESOLVE = "resolve"


class WishBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `wish`: the member in the envelope stays, is told apart from, or is erased.

    `other` is who would be merged or told apart; of `resolve`, `conflict` is what it is about and
    `choice` what the counter would decide.
    """

    act: str
    other: str | None = None
    conflict: str | None = None
    choice: str = ""
    reason: str = ""
    approver: str | None = None


@dataclass(eq=False)
class AskedBefore(Refusal):
    """The same is asked for already, and head office has not answered."""

    act: str
