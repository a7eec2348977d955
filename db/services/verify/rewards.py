"""Rewards beyond the sale proved: rows follow from operations, and what is maintained from rows."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from db.domain.expiry import idle_end
from db.domain.ids import MemberId, text_of
from db.domain.operations import Operation
from db.domain.reward_facts import TagBody
from db.services.event_awards import tag_rows
from db.services.reward_rows import REWARD_KINDS, gift_move, reward_row
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.lot_ends import sale_days
from db.storage.rewards import GiftMove, RewardRow, TagRow
from db.storage.stamps import stamp_of

Canonical = Callable[[bytes], bytes]
"""Tells the id that a branch goes by now."""

_ENTRY = f"SELECT {', '.join(RewardRow._fields)} FROM reward_entry WHERE op = ?"  # noqa: S608 - constant columns
_MOVE = f"SELECT {', '.join(GiftMove._fields)} FROM gift_move WHERE op = ?"  # noqa: S608 - constant columns
_TAGS = f"SELECT {', '.join(TagRow._fields)} FROM member_tag WHERE op = ? ORDER BY tag"  # noqa: S608 - constant columns
_UNDONE = """
SELECT hex(e.op), 1, 0 FROM reward_entry AS e
WHERE e.undone_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM reward_entry AS u
    WHERE u.op = e.undone_by AND u.reference = e.op AND u.kind IN ('event_revoke', 'gift_return'))
UNION ALL
SELECT hex(u.op), 0, 1 FROM reward_entry AS u
WHERE u.kind IN ('event_revoke', 'gift_return') AND NOT EXISTS (
    SELECT 1 FROM reward_entry AS e WHERE e.op = u.reference AND e.undone_by = u.op)
"""
_UNTAGGED = """
SELECT hex(op), 1, 0 FROM member_tag WHERE undone_by IS NOT NULL AND undone_by NOT IN (
    SELECT op FROM operation
    WHERE status = 'applied'
      AND kind IN ('reversal', 'return', 'event_revoke', 'batch_revert'))
"""
REWARD_FOLDS: Final = (("reward_undone_differs", _UNDONE), ("tag_undone_differs", _UNTAGGED))
"""Each answers (where, kept, folded) for a row that is not the fold of what lies below it."""
REWARD_TABLES: Final = ("reward_entry", "gift_move", "member_tag")
_MOVING: Final = ("gift_redeem", "gift_return", "gift_stock")
_IDLE = """
SELECT member_id, lot_id, idle, available_on, expires_on FROM lot WHERE idle IS NOT NULL
ORDER BY member_id
"""


def check_rewards(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str, branch: Canonical
) -> Counter[str]:
    """Compare what an operation says of rewards with its rows, and count those."""
    said: Counter[str] = Counter()
    kind = operation.envelope.t
    if kind in REWARD_KINDS:
        said["reward_entry"] += 1
        told = reward_row(operation)
        row = reader.one(_ENTRY, (operation.op,))
        kept = None if row is None else RewardRow(*row)
        expected = told._replace(branch_id=branch(told.branch_id))
        if kept is None or kept._replace(branch_id=branch(kept.branch_id)) != expected:
            problems.add("reward_entry_differs", where)
    if kind in _MOVING:
        said["gift_move"] += 1
        move = gift_move(operation)
        row = reader.one(_MOVE, (operation.op,))
        moved = None if row is None else GiftMove(*row)
        expected_move = move._replace(branch_id=branch(move.branch_id))
        if moved is None or moved._replace(branch_id=branch(moved.branch_id)) != expected_move:
            problems.add("gift_move_differs", where)
    if tags := _tags_said(operation, reader):
        said["member_tag"] += len(tags)
        if [tuple(row) for row in reader.all(_TAGS, (operation.op,))] != sorted(tags):
            problems.add("member_tags_differ", where)
    return said


def check_reward_counts(reader: Reader, problems: ProblemList, said: Counter[str]) -> None:
    """Find rows that no operation stands for."""
    for table in REWARD_TABLES:
        kept = reader.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - the names above
        if kept != said[table]:
            problems.add("rows_differ", table, f"{kept} kept, {said[table]} said")


def check_idle_lots(reader: Reader, problems: ProblemList) -> None:
    """Find lots whose last day is not what their member's standing sales make of it."""
    known: tuple[bytes, list[date]] = (b"", [])
    for member_id, lot_id, terms, available_on, expires_on in reader.each(_IDLE):
        if known[0] != member_id:
            known = (member_id, sale_days(reader, MemberId(member_id)))
        try:
            end = idle_end(terms, date.fromisoformat(available_on), known[1]).isoformat()
        except ValueError as fault:
            problems.add("idle_lot_differs", text_of(lot_id), str(fault))
            continue
        if expires_on != end:
            problems.add("idle_lot_differs", text_of(lot_id), f"{expires_on} kept, {end} folded")


def _tags_said(operation: Operation, reader: Reader) -> list[tuple[Any, ...]]:
    """Return the words that an operation says on tags, by the stamp that it counts by."""
    envelope = operation.envelope
    rows: list[TagRow] = []
    if envelope.t == "tag":
        word = TagBody(**envelope.b)
        rows = tag_rows(operation, (word.tag,), held=word.held)
    elif envelope.t in {"sale", "attach", "event_award"} and operation.member is not None:
        rows = tag_rows(operation, tuple(envelope.b.get("tags", ())))
    if not rows:
        return []
    stamp = stamp_of(reader, operation)
    return [tuple(row._replace(hlc=stamp)) for row in rows]
