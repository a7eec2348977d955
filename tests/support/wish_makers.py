"""Makers of what a counter asks head office for, and of erasures by whoever is the authority."""

from typing import Any

from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor
from db.domain.wishes import WishAct
from db.services.erasure import EraseMember, MemberErased, erase_member
from db.services.wishes import Asked, AskOffice, ask_office
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY


def a_wish(storage: Storage, act: WishAct, *, by: Actor = NOBODY, **facts: Any) -> Asked:
    """Ask head office for something."""
    with storage.begin() as work:
        return ask_office(work, AskOffice(op=OperationId(work.new_id()), act=act, by=by, **facts))


def an_erasure(storage: Storage, member_id: MemberId, *, by: Actor = NOBODY) -> MemberErased:
    """Erase a member where nobody has to be asked."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return erase_member(work, EraseMember(op=op, member_id=member_id, by=by, reason="本人要求"))
