"""Makers of what happens to members themselves: changed, frozen, merged and told apart again."""

from typing import Any

from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor
from db.services.merges import (
    MembersMerged,
    MemberUnmerged,
    MergeMembers,
    UnmergeMember,
    merge_members,
    unmerge_member,
)
from db.services.profiles import (
    FreezeMember,
    MemberFrozen,
    ProfileUpdated,
    UpdateProfile,
    freeze_member,
    update_profile,
)
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY


def a_change(
    storage: Storage,
    member_id: MemberId,
    *,
    by: Actor = NOBODY,
    recycled: bool = False,
    **changes: str,
) -> ProfileUpdated:
    """Say these fields of a profile anew."""
    with storage.begin() as work:
        command = UpdateProfile(
            op=OperationId(work.new_id()),
            member_id=member_id,
            by=by,
            changes=changes,
            recycled=recycled,
        )
        return update_profile(work, command)


def a_freezing(
    storage: Storage, member_id: MemberId, *, by: Actor = NOBODY, frozen: bool = True
) -> MemberFrozen:
    """Freeze a member, or free him."""
    with storage.begin() as work:
        command = FreezeMember(
            op=OperationId(work.new_id()),
            member_id=member_id,
            by=by,
            reason="核对身份",
            frozen=frozen,
        )
        return freeze_member(work, command)


def a_merge(
    storage: Storage, source: MemberId, target: MemberId, *, by: Actor = NOBODY, **facts: Any
) -> MembersMerged:
    """Let `source` answer to `target`."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = MergeMembers(op=op, source=source, target=target, by=by, **facts)
        return merge_members(work, command)


def an_unmerging(storage: Storage, source: MemberId, *, by: Actor = NOBODY) -> MemberUnmerged:
    """Let `source` stand for himself again."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return unmerge_member(work, UnmergeMember(op=op, source=source, by=by))
