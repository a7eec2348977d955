"""What a counter alone knows of its people: badges, PINs to be changed, the last sign-in."""

from dataclasses import dataclass

from db.domain.ids import StaffId
from db.storage.database import Statements


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One person here; times UTC ms, `pin_once` says that his PIN is to be changed."""

    has_badge: bool = False
    pin_once: bool = False
    signed_in_at: int | None = None


class StaffDeskRepository:
    """Access to `staff_desk` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def of(self, staff_id: StaffId) -> DeskRow:
        """Return what is known of a person; nothing is known of who never stood here."""
        row = self._sql.one(
            "SELECT badge_digest IS NOT NULL, pin_once, signed_in_at FROM staff_desk"
            " WHERE staff_id = ?",
            (staff_id,),
        )
        return DeskRow() if row is None else DeskRow(bool(row[0]), bool(row[1]), row[2])

    def holder_of(self, digest: bytes) -> StaffId | None:
        """Return whose badge has this digest."""
        found = self._sql.value("SELECT staff_id FROM staff_desk WHERE badge_digest = ?", (digest,))
        return None if found is None else StaffId(found)

    def put_badge(self, staff_id: StaffId, digest: bytes | None, *, at_ms: int) -> None:
        """Keep the digest of a person's only badge, or none: the one before opens nothing more."""
        self._sql.run(
            "INSERT INTO staff_desk (staff_id, badge_digest, badge_made_at) VALUES (?, ?, ?)"
            " ON CONFLICT (staff_id) DO UPDATE SET badge_digest = excluded.badge_digest,"
            " badge_made_at = excluded.badge_made_at",
            (staff_id, digest, at_ms),
        )

    def put_pin_once(self, staff_id: StaffId, *, once: bool) -> None:
        """Remember that a person's PIN is to be changed at the next sign-in, or is his own."""
        self._sql.run(
            "INSERT INTO staff_desk (staff_id, pin_once) VALUES (?, ?)"
            " ON CONFLICT (staff_id) DO UPDATE SET pin_once = excluded.pin_once",
            (staff_id, int(once)),
        )

    def signed_in(self, staff_id: StaffId, at_ms: int) -> None:
        """Remember when a person signed in last."""
        self._sql.run(
            "INSERT INTO staff_desk (staff_id, signed_in_at) VALUES (?, ?)"
            " ON CONFLICT (staff_id) DO UPDATE SET signed_in_at = excluded.signed_in_at",
            (staff_id, at_ms),
        )
