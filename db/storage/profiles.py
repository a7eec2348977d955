"""Profile changes and merges on disk, and the two things that follow from them.

A member's row and `member_alias` are projections: computed anew from all words and all merges
whenever one more arrives, so the order in which they arrive decides nothing.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import msgspec

from db.domain.ids import MemberId
from db.domain.profiles import EDITABLE, FROZEN, YES, Merge, Word, last_word, root_of
from db.domain.profiles import standing_target as _standing_target
from db.storage.database import Reader, Statements

_SAY = "INSERT INTO member_change (member_id, field, hlc, op, value) VALUES (?, ?, ?, ?, ?)"
_WORDS = "SELECT field, hlc, op, value FROM member_change WHERE member_id = ?"
_SAID = """
SELECT o.op, o.kind, p.payload FROM personal AS p JOIN operation AS o ON o.op = p.op
WHERE p.member_id = ? AND o.kind IN ('member_register', 'member_update') AND o.status = 'applied'
"""
_MERGE = (
    "INSERT INTO member_merge (op, source_id, target_id, hlc, merged_at) VALUES (?, ?, ?, ?, ?)"
)
_UNDONE = "NOT EXISTS (SELECT 1 FROM member_unmerge AS u WHERE u.merge_op = m.op)"
_STANDING = f"""
SELECT m.hlc, m.op, m.source_id, m.target_id FROM member_merge AS m
WHERE m.source_id = ? AND {_UNDONE}
"""  # noqa: S608 - constant parts
_SOURCES = f"""
SELECT DISTINCT m.source_id FROM member_merge AS m WHERE m.target_id = ? AND {_UNDONE}
"""  # noqa: S608 - constant parts
_TARGETS_EVER = "SELECT DISTINCT target_id FROM member_merge WHERE source_id = ?"
_MERGE_OF = "SELECT op, source_id, target_id, merged_at FROM member_merge WHERE op = ?"
_ALIASES = "SELECT alias_id FROM member_alias WHERE root_id = ? ORDER BY alias_id"
_TOUCHED = """
SELECT EXISTS (SELECT 1 FROM member_change WHERE member_id = ?1)
    OR EXISTS (SELECT 1 FROM member_merge WHERE source_id = ?1)
"""
_ROOTS = (
    "SELECT root_id FROM member_alias"
    " WHERE alias_id IN (SELECT unhex(j.value) FROM json_each(?) AS j)"
)
_UNDER = (
    "SELECT alias_id FROM member_alias"
    " WHERE root_id IN (SELECT unhex(j.value) FROM json_each(?) AS j)"
)
_ROOT = "SELECT root_id FROM member_alias WHERE alias_id = ?"


class MergeRow(NamedTuple):
    """A merge as stored; `merged_at` is UTC ms."""

    op: bytes
    source: MemberId
    target: MemberId
    merged_at: int


class ProfileRepository:
    """Access to changes and merges through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def say(
        self, member_id: MemberId, op: bytes, hlc: int, *, words: Iterable[tuple[str, str]]
    ) -> None:
        """Keep what an act said of these fields; a value only where it names nobody."""
        self._sql.run_many(_SAY, [(member_id, field, hlc, op, text) for field, text in words])

    def merge(self, merge: Merge, *, merged_at: int) -> None:
        """Keep a merge, and let everybody under its source answer anew."""
        self._sql.run(_MERGE, (merge.op, merge.source, merge.target, merge.hlc, merged_at))
        self.answer_anew(merge.source)

    def unmerge(self, op: bytes, merge_op: bytes) -> None:
        """Keep that a merge is undone, which may be here before the merge itself."""
        self._sql.run("INSERT INTO member_unmerge (op, merge_op) VALUES (?, ?)", (op, merge_op))
        if (merge := self.merge_of(merge_op)) is not None:
            self.answer_anew(merge.source)

    def merge_of(self, op: bytes) -> MergeRow | None:
        """Return the merge that an operation made."""
        row = self._sql.one(_MERGE_OF, (op,))
        return None if row is None else MergeRow(*row)

    def standing_merge(self, source: MemberId) -> MergeRow | None:
        """Return the merge by which a member answers to another now."""
        latest = max(self._sql.all(_STANDING, (source,)), default=None)
        return None if latest is None else self.merge_of(latest[1])

    def answer_anew(self, member_id: MemberId) -> None:
        """Write again who stands for a member and for everybody under him."""
        for each in sorted(_under(self._sql, member_id)):
            self._sql.run("DELETE FROM member_alias WHERE alias_id = ?", (each,))
            root = standing_root(self._sql, each)
            if root != each:
                self._sql.run(
                    "INSERT INTO member_alias (root_id, alias_id) VALUES (?, ?)", (root, each)
                )

    def show(self, member_id: MemberId, fields: dict[str, Any]) -> None:
        """Write a member's profile as its words have it."""
        self._sql.run(
            "UPDATE member SET phone = ?, name = ?, gender = ?, birthday = ?, email = ?, city = ?,"
            " note = ?, state = ?, alias_of = ? WHERE member_id = ?",
            (*(fields[name] for name in EDITABLE), fields["state"], fields["alias_of"], member_id),
        )


def aliases_of(reader: Reader, member_id: MemberId) -> tuple[MemberId, ...]:
    """Return everybody for whom a member stands, himself left out."""
    return tuple(MemberId(row[0]) for row in reader.all(_ALIASES, (member_id,)))


def standing_for(reader: Reader, member_id: MemberId) -> MemberId:
    """Return who stands for a member now: himself, unless he was merged."""
    return MemberId(reader.value(_ROOT, (member_id,)) or member_id)


def same_people(reader: Reader, members: Collection[bytes]) -> set[bytes]:
    """Return members with everybody who is the same person as one of them, merged with him."""
    roots = {row[0] for row in reader.all(_ROOTS, (_listed(members),))}
    people = roots.union(members)
    return people.union(row[0] for row in reader.all(_UNDER, (_listed(people),)))


def _listed(members: Collection[bytes]) -> str:
    return msgspec.json.encode([member.hex() for member in members]).decode()


def stood_for(reader: Reader, member_id: MemberId, alias: MemberId) -> bool:
    """Say whether a member is the other, or stands for him by any merge, undone or not.

    A counter that has not heard of the undoing spends a lease it holds in good faith.
    """
    known, waiting = {alias}, [alias]
    while waiting and member_id not in known:
        for (target,) in reader.all(_TARGETS_EVER, (waiting.pop(),)):
            if target not in known:
                known.add(MemberId(target))
                waiting.append(MemberId(target))
    return member_id in known


def standing_target(reader: Reader, member_id: MemberId) -> MemberId | None:
    """Return whom a member answers to directly, of the merges that stand."""
    rows = reader.all(_STANDING, (member_id,))
    return _standing_target(Merge(*row) for row in rows)


def standing_root(reader: Reader, member_id: MemberId) -> MemberId:
    """Return who stands for a member, followed from merge to merge."""
    targets: dict[MemberId, MemberId] = {}
    here: MemberId | None = member_id
    while here is not None and here not in targets:
        target = standing_target(reader, here)
        if target is not None:
            targets[here] = target
        here = target
    return root_of(member_id, targets)


def touched(reader: Reader, member_id: MemberId) -> bool:
    """Say whether anything was ever said of a member, or he was ever merged into another."""
    return bool(reader.value(_TOUCHED, (member_id,)))


def profile_of(reader: Reader, member_id: MemberId) -> dict[str, Any]:
    """Return a member's profile as his registration and the words after it have it.

    A word whose personal data was erased says nothing: the field is empty.
    """
    words: dict[str, list[Word]] = {}
    for field, hlc, op, text in reader.all(_WORDS, (member_id,)):
        words.setdefault(field, []).append(Word(hlc, op, text))
    target = standing_target(reader, member_id)
    said = {op: (kind, payload) for op, kind, payload in reader.all(_SAID, (member_id,))}
    shown: dict[str, Any] = dict.fromkeys(EDITABLE, "")
    for kind, payload in said.values():
        if kind == "member_register":
            shown |= {name: text for name, text in _texts(payload).items() if name in EDITABLE}
    for field in EDITABLE:
        word = last_word(words.get(field, ()))
        if word is not None:
            shown[field] = _texts(said.get(word.op, ("", b"{}"))[1]).get(field, "")
    frozen = last_word(words.get(FROZEN, ()))
    state = "frozen" if frozen is not None and frozen.text == YES else "active"
    shown["phone"] = shown["phone"] or None
    return shown | {"state": "merged" if target is not None else state, "alias_of": target}


def _texts(payload: bytes) -> dict[str, str]:
    return msgspec.json.decode(payload, type=dict[str, str])


def _under(reader: Reader, member_id: MemberId) -> set[MemberId]:
    """Return a member and everybody who answers to him, over any number of merges."""
    found = {member_id}
    waiting = [member_id]
    while waiting:
        for (source,) in reader.all(_SOURCES, (waiting.pop(),)):
            if source not in found:
                found.add(MemberId(source))
                waiting.append(MemberId(source))
    return found
