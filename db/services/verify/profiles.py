"""Profiles and merges proved: words follow from operations, members and aliases from words."""

from collections import Counter
from typing import Any, Final

import msgspec

from db.domain.ids import MemberId, parse_id, text_of
from db.domain.operations import Operation
from db.domain.profiles import EDITABLE, FROZEN, NO, YES, FreezeBody, MergeBody, UpdateBody
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.profiles import profile_of, standing_root
from db.storage.stamps import stamp_of

_WORDS_OF = (
    "SELECT member_id, field, hlc, op, value FROM member_change"
    " WHERE member_id = ? AND op = ? ORDER BY field"
)
_MERGE = "SELECT source_id, target_id, hlc, merged_at FROM member_merge WHERE op = ?"
_UNMERGE = "SELECT merge_op FROM member_unmerge WHERE op = ?"
_TOUCHED = """
SELECT m.member_id, m.state, m.alias_of, m.phone, m.name, m.gender, m.birthday, m.email, m.city,
       m.note
FROM member AS m WHERE m.state <> 'erased' AND (
    m.state <> 'active' OR m.alias_of IS NOT NULL
    OR m.member_id IN (SELECT member_id FROM member_change)
    OR m.member_id IN (SELECT source_id FROM member_merge))
"""
_ALIASES = """
SELECT a.id, b.root_id FROM (
    SELECT source_id AS id FROM member_merge UNION SELECT alias_id FROM member_alias
) AS a LEFT JOIN member_alias AS b ON b.alias_id = a.id
"""
PROFILE_TABLES: Final = ("member_change", "member_merge", "member_unmerge")


def check_profile(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> Counter[str]:
    """Compare what an operation says of a member himself with its rows, and count those."""
    said: Counter[str] = Counter()
    envelope, body = operation.envelope, operation.envelope.b
    match envelope.t:
        case "member_update" | "member_freeze":
            words = _words_said(operation, stamp_of(reader, operation))
            said["member_change"] += len(words)
            if reader.all(_WORDS_OF, (operation.member, operation.op)) != words:
                problems.add("member_changes_differ", where)
        case "member_merge":
            said["member_merge"] += 1
            source = parse_id(msgspec.convert(body, MergeBody).source)
            row = reader.one(_MERGE, (operation.op,))
            if row != (source, operation.member, envelope.hlc, envelope.wall):
                problems.add("member_merge_differs", where)
        case "member_unmerge":
            said["member_unmerge"] += 1
            reference = None if envelope.ref is None else parse_id(envelope.ref)
            if reader.one(_UNMERGE, (operation.op,)) != (reference,):
                problems.add("member_unmerge_differs", where)
    return said


def check_members(reader: Reader, problems: ProblemList, said: Counter[str]) -> None:
    """Find words nobody said, and members and aliases that are not what the words make of them."""
    for table in PROFILE_TABLES:
        kept = reader.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - the names above
        if kept != said[table]:
            problems.add("rows_differ", table, f"{kept} kept, {said[table]} said")
    for member_id, *row in reader.all(_TOUCHED):
        profile = profile_of(reader, MemberId(member_id))
        if tuple(row) != tuple(profile[name] for name in ("state", "alias_of", *EDITABLE)):
            problems.add("member_differs", text_of(member_id))
    for alias, root in reader.all(_ALIASES):
        standing: bytes = standing_root(reader, MemberId(alias))
        if root != (None if standing == alias else standing):
            problems.add("alias_differs", text_of(alias))


def _words_said(operation: Operation, stamp: int) -> list[tuple[Any, ...]]:
    envelope = operation.envelope
    mark = (stamp, operation.op)
    if envelope.t == "member_freeze":
        frozen = msgspec.convert(envelope.b, FreezeBody).frozen
        return [(operation.member, FROZEN, *mark, YES if frozen else NO)]
    fields = msgspec.convert(envelope.b, UpdateBody).fields
    return [(operation.member, field, *mark, "") for field in sorted(fields)]
