"""What a head office that was put back remembers and may not enter yet, on disk."""

from db.storage.unit_of_work import UnitOfWork

_HOLD = """
INSERT INTO pending_grant (lease_id, member_id, token) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
"""
_TAKE = "DELETE FROM pending_grant WHERE lease_id = ? RETURNING token"
_OF_MEMBER = "SELECT token FROM pending_grant WHERE member_id = ? ORDER BY lease_id"
_ANY = "SELECT 1 FROM pending_grant LIMIT 1"


class RememberedRepository:
    """Access to `pending_grant` through one open transaction; its `lease_id` is an operation's."""

    def __init__(self, work: UnitOfWork) -> None:
        self._sql = work.sql
        self._any: bool | None = None

    @property
    def any(self) -> bool:
        """Say whether anything waits at all; nearly always nothing does. Asked once."""
        if self._any is None:
            self._any = self._sql.one(_ANY) is not None
        return self._any

    def hold(self, op: bytes, member_id: bytes, raw: bytes) -> None:
        """Keep a decision until what it is about is here."""
        self._any = True
        self._sql.run(_HOLD, (op, member_id, raw))

    def take(self, op: bytes) -> bytes | None:
        """Return a decision that waits under an id, and keep it no longer."""
        if not self.any:
            return None
        raw: bytes | None = self._sql.value(_TAKE, (op,))
        return raw

    def of_member(self, member_id: bytes) -> list[bytes]:
        """Return what waits and is about a member."""
        if not self.any:
            return []
        return [row[0] for row in self._sql.all(_OF_MEMBER, (member_id,))]
