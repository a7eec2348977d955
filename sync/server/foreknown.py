"""What head office asks about every operation of a batch, asked once for the whole batch.

Without `foresee` each question is asked when it comes up; the answers are the same.
"""

from collections.abc import Sequence

from db.domain.operations import Operation
from db.storage.database import Statements, in_lists

_HOMES = "SELECT member_id, home_branch_id FROM member WHERE member_id IN"
_HOME = "SELECT home_branch_id FROM member WHERE member_id = ?"
_HAVE_ACTED = "SELECT DISTINCT member_id FROM operation WHERE member_id IN"
_OWING = "SELECT DISTINCT member_id FROM lot WHERE remaining < 0 AND member_id IN"
_OWES = "SELECT 1 FROM lot WHERE remaining < 0 AND member_id = ? LIMIT 1"
_ANY_AWAITED = "SELECT 1 FROM awaited LIMIT 1"


class Foreknown:
    """Answers about members and about what waits, through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql
        self._homes: dict[bytes, bytes] = {}
        self._strangers: set[bytes] = set()
        """Members who are registered in this batch and of whom nothing was here before it."""
        self._nothing_awaited = False
        self._owing: set[bytes] | None = None
        """Members of this batch who owed points before it."""

    def foresee(self, operations: Sequence[Operation]) -> None:
        """Ask at once about the operations of a batch, before the first of them is applied."""
        members = {each.member for each in operations if each.member is not None}
        self._homes = {row[0]: row[1] for row in in_lists(self._sql, _HOMES, list(members))}
        new = {
            each.member
            for each in operations
            if each.member is not None and each.envelope.t == "member_register"
        }
        self._strangers = new.difference(
            row[0] for row in in_lists(self._sql, _HAVE_ACTED, list(new))
        )
        self._nothing_awaited = self._sql.one(_ANY_AWAITED) is None
        self._owing = {row[0] for row in in_lists(self._sql, _OWING, list(members))}

    def owes(self, member_id: bytes, *, changed: bool) -> bool:
        """Say whether a member owes points; `changed` by what has just been applied, maybe."""
        if self._owing is not None and not changed and member_id not in self._owing:
            return False
        owes = self._sql.one(_OWES, (member_id,)) is not None
        if self._owing is not None and owes:
            self._owing.add(member_id)
        return owes

    def home_of(self, member_id: bytes) -> bytes | None:
        """Return a member's home branch, which is the bucket of what concerns him."""
        home = self._homes.get(member_id)
        if home is None and (row := self._sql.one(_HOME, (member_id,))) is not None:
            home = self._homes[member_id] = row[0]
        return home

    def acted_before(self, member_id: bytes) -> bool:
        """Say whether something of a member may be here that waits for his registration."""
        return member_id not in self._strangers

    def note_early(self, member_id: bytes) -> None:
        """Note that something of a member came before his registration."""
        self._strangers.discard(member_id)

    def any_awaiting(self) -> bool:
        """Say whether an operation may wait for a sale."""
        return not self._nothing_awaited

    def note_awaiting(self) -> None:
        """Note that an operation waits for a sale from now on."""
        self._nothing_awaited = False
