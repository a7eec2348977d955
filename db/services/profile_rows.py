"""A member's row and his search postings, written again from all that was said of him."""

from db.domain.ids import MemberId
from db.storage.profiles import profile_of
from db.storage.unit_of_work import UnitOfWork


def refresh_member(work: UnitOfWork, member_id: MemberId) -> None:
    """Show a member as all words on him have it; nobody yet, and whom nobody may know, stay."""
    row = work.members.by_id(member_id)
    if row is None or row.state == "erased":
        return
    profile = profile_of(work.sql, member_id)
    called = (profile["name"], profile["phone"])
    if called != (row.name, row.phone):
        last_on = work.totals.last_on(member_id)
        work.grams.remove(row.member_row, name=row.name, phone=row.phone, last_on=last_on)
        work.grams.put(row.member_row, name=called[0], phone=called[1], last_on=last_on)
    work.profiles.show(member_id, profile)
