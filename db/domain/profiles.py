"""Profile changes, merges and their undoing as facts, and what they refuse.

A change names its fields; what they say lies beside the operation. The last word on a field stands,
by the hybrid clock and then by the operation's id, so the order of arrival decides nothing
(SYNC.md §2.8). A merge moves nothing: it makes one member answer to another's id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from db.domain.ids import MemberId
from db.domain.refusals import Refusal

EDITABLE = ("phone", "name", "gender", "birthday", "email", "city", "note")
"""The fields of a profile that a change may say anew."""
FROZEN = "frozen"
YES = "1"
NO = "0"
UNMERGE_MS_MAX = 90 * 86_400_000


class UpdateBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `member_update`: which fields are said anew; empty ones are in no payload.

    `recycled` says that the phone went to somebody else (号码换人了).
    """

    fields: tuple[str, ...]
    reason: str = ""
    recycled: bool = False
    approver: str | None = None


class FreezeBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `member_freeze`: frozen, or free again."""

    frozen: bool
    reason: str
    approver: str | None = None


class MergeBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `member_merge`: `m` in the envelope stays, `source` answers to it."""

    source: str
    reason: str = ""
    automatic: bool = False
    approver: str | None = None


class UnmergeBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `member_unmerge`: `ref` in the envelope names the merge."""

    source: str
    reason: str = ""
    approver: str | None = None


class Word(NamedTuple):
    """What one act said of one field."""

    hlc: int
    op: bytes
    text: str


class Merge(NamedTuple):
    """A merge that stands, by the time of its clock."""

    hlc: int
    op: bytes
    source: MemberId
    target: MemberId


@dataclass(eq=False)
class SameMember(Refusal):
    """Both ids lead to one member already."""

    member_id: MemberId


@dataclass(eq=False)
class NotMerged(Refusal):
    """The member stands for himself."""

    member_id: MemberId


@dataclass(eq=False)
class UnmergeTooLate(Refusal):
    """A merge can be undone for 90 days; `merged_at` is UTC ms."""

    member_id: MemberId
    merged_at: int


def last_word(words: Iterable[Word]) -> Word | None:
    """Return the word that stands: the latest by the clock, then by the operation's id."""
    return max(words, key=lambda word: word[:2], default=None)


def standing_target(merges: Iterable[Merge]) -> MemberId | None:
    """Return whom a member answers to, of the merges of which he is the source."""
    latest = max(merges, key=lambda merge: merge[:2], default=None)
    return None if latest is None else latest.target


def root_of(member_id: MemberId, targets: dict[MemberId, MemberId]) -> MemberId:
    """Return who stands for a member; of a ring, which only passes, the smallest id."""
    path = [member_id]
    while (target := targets.get(path[-1])) is not None:
        if target in path:
            return min(path[path.index(target) :])
        path.append(target)
    return path[-1]
