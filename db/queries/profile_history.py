"""What was said of a member over time: every word with who said it, where and when.

The word that lost stays: a phone that two counters changed apart is found here with the other.
"""

from dataclasses import dataclass

import msgspec

from db.domain.ids import MemberId
from db.domain.profiles import FROZEN
from db.storage.database import Reader

_CHANGES = """
SELECT c.op, c.field, c.hlc, c.value, o.raw, p.payload
FROM member_change AS c JOIN operation AS o ON o.op = c.op
LEFT JOIN personal AS p ON p.op = c.op
WHERE c.member_id = ? ORDER BY c.hlc DESC, c.op DESC, c.field LIMIT ?
"""
_NAMES = {
    "store": "SELECT name FROM branch WHERE branch_id = unhex(replace(?, '-', ''))",
    "dev": "SELECT name FROM counter WHERE counter_id = unhex(replace(?, '-', ''))",
    "staff": "SELECT name FROM staff WHERE staff_id = unhex(replace(?, '-', ''))",
}
_BY_NUMBER = "SELECT member_id FROM member WHERE number = ? ORDER BY registered_at LIMIT 1"


@dataclass(frozen=True, slots=True)
class ProfileWord:
    """What one act said of one field; `stands` says that nobody has said otherwise since.

    `text` is as it was kept (phone E.164), empty where it was taken away or erased.
    """

    op: bytes
    at_ms: int
    field: str
    text: str
    stands: bool
    reason: str
    branch: str
    counter: str
    staff: str


class _Body(msgspec.Struct):
    reason: str = ""


class _Told(msgspec.Struct):
    wall: int
    store: str
    dev: str
    b: _Body
    staff: str | None = None


def profile_history(
    reader: Reader, member_id: MemberId, *, limit: int = 50
) -> tuple[ProfileWord, ...]:
    """Return what was said of a member himself, the newest first; his registration is not in it."""
    words: list[ProfileWord] = []
    seen: set[str] = set()
    for op, field, _hlc, value, raw, payload in reader.all(_CHANGES, (member_id, limit)):
        told = msgspec.json.decode(raw, type=_Told)
        texts = {} if payload is None else msgspec.json.decode(payload, type=dict[str, str])
        words.append(
            ProfileWord(
                op=op,
                at_ms=told.wall,
                field=field,
                text=value if field == FROZEN else texts.get(field, ""),
                stands=field not in seen,
                reason=told.b.reason,
                branch=_name(reader, "store", told.store),
                counter=_name(reader, "dev", told.dev),
                staff=_name(reader, "staff", told.staff),
            )
        )
        seen.add(field)
    return tuple(words)


def registered_number(reader: Reader, number: str) -> MemberId | None:
    """Return whose member number this is himself, whoever stands for him now."""
    found = reader.value(_BY_NUMBER, (number,))
    return None if found is None else MemberId(found)


def _name(reader: Reader, kind: str, identifier: str | None) -> str:
    return "" if identifier is None else reader.value(_NAMES[kind], (identifier,)) or ""
