"""How a member stands at this moment, for every service that pays, takes or tells a balance."""

from db.domain.ids import MemberId
from db.services.journal import trusted_now
from db.storage.member_facts import MemberStanding, member_standing
from db.storage.unit_of_work import UnitOfWork


def standing_now(work: UnitOfWork, member_id: MemberId) -> MemberStanding:
    """Return a member's points and facts under today's program; leases end by the trusted time."""
    return member_standing(
        work.sql,
        member_id,
        home=work.home,
        program=work.program(work.today),
        on=work.today,
        now_ms=trusted_now(work),
    )
