"""Members at home: what a counter is told that holds its own branch's members and guests only.

Who buys at another branch is its guest from then on: all that was published about him, and all that
follows, lies in a second bucket of that branch. Such a counter reads two buckets instead of all of
them; nothing else of the exchange is different, and each bucket has its digest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from db.domain.ids import BranchId, CounterId, MemberId, parse_id
from db.domain.operations import Operation, read_operation
from db.domain.profiles import MergeBody
from db.domain.upcasts import upcast
from db.services.replication import is_known
from db.storage.profiles import aliases_of, standing_for
from sync.protocol.messages import Fact, FindReply, FindRequest
from sync.server.desk import Desk
from sync.server.storage.feed_rows import FeedRepository, FeedRow
from sync.server.storage.guest_rows import GuestRepository, guest_bucket

GUEST_DAYS = 90
"""Who bought at a branch within so many days is its guest when its first such counter joins."""
FOUND_FACTS_MAX = 400
ERASE = "erase"
"""Every branch hears of it: somebody who was asked for and bought nothing may lie at any counter,
and what it tells is a bare id."""


@dataclass(frozen=True, slots=True)
class HomeFeed:
    """The feed as a counter reads it that holds the members of one branch and its guests."""

    feed: FeedRepository
    guests: GuestRepository
    branch_id: BranchId

    def buckets(self) -> list[bytes]:
        """Return the buckets that it reads."""
        return [self.branch_id, guest_bucket(self.branch_id)]

    def head(self, bucket: bytes) -> tuple[int, bytes]:
        """Return a bucket's last sequence and the digest there."""
        return self._of(bucket).head(bucket)

    def sum_at(self, bucket: bytes, sequence: int) -> bytes | None:
        """Return the digest of a bucket's first `sequence` rows, if it has as many."""
        return self._of(bucket).sum_at(bucket, sequence)

    def page(self, bucket: bytes, after: int, *, limit: int) -> list[FeedRow]:
        """Return a bucket's rows behind `after`, at most `limit`."""
        return self._of(bucket).page(bucket, after, limit=limit)

    def reads(self, bucket: bytes) -> bool:
        """Say whether it is one of them: what was read of others before goes on no more."""
        return bucket in self.buckets()

    def _of(self, bucket: bytes) -> FeedRepository | GuestRepository:
        return self.guests if bucket == guest_bucket(self.branch_id) else self.feed


def feed_for(desk: Desk, counter_id: CounterId) -> FeedRepository | HomeFeed:
    """Return the feed as this counter reads it."""
    branch_id = desk.guests.branch_of(counter_id)
    return desk.feed if branch_id is None else HomeFeed(desk.feed, desk.guests, branch_id)


def narrow(desk: Desk, counter_id: CounterId, *, home: bool) -> None:
    """Let a counter hold the members of its branch and its guests only, or all of them.

    One that held all may not have heard of every erasure: the first of a branch finds them there.
    """
    before = set(desk.guests.branches())
    desk.guests.narrow(counter_id, home=home)
    branch_id = desk.guests.branch_of(counter_id)
    if branch_id is not None:
        for raw in [] if branch_id in before else desk.guests.erasures():
            _append(desk, branch_id, read_operation(raw))
        since = (desk.work.today - timedelta(days=GUEST_DAYS)).isoformat()
        for member_id in desk.guests.bought_here(branch_id, since):
            _welcome(desk, branch_id, member_id)


def tell_of_guests(desk: Desk, operation: Operation) -> None:
    """Tell branches of their guests what was just published, or came about a new one."""
    for branch_id in desk.guests.branches():
        _tell(desk, branch_id, operation)


def find_for_counter(desk: Desk, request: FindRequest) -> FindReply:
    """Return what is known of whoever has this full phone or member number."""
    rows = desk.work.members.all_by_phone(request.phone) if request.phone else []
    if request.number and (row := desk.work.members.by_number(request.number)) is not None:
        rows = [row]
    ids: dict[MemberId, None] = {}
    for row in rows:
        root = standing_for(desk.work.sql, row.member_id)
        ids.update(dict.fromkeys((root, *aliases_of(desk.work.sql, root))))
    told = list(_with_references(desk, (each for one in ids for each in desk.guests.history(one))))
    page = told[request.after : request.after + FOUND_FACTS_MAX]
    return FindReply(
        request=request.request,
        rows=tuple(_fact(desk, operation) for operation in page),
        incarnation=desk.incarnation,
        members=tuple(ids),
        more=len(told) > request.after + len(page),
        now=desk.work.at_ms,
    )


def _tell(desk: Desk, branch_id: BranchId, operation: Operation) -> None:
    if operation.envelope.t == ERASE:
        _append(desk, branch_id, operation)
        return
    here = desk.work.branches.canonical(parse_id(operation.envelope.store)) == branch_id
    members = _members_of(operation)
    homes = [_home(desk, each) for each in members]
    merged = len(members) > 1 and branch_id in homes
    if here or merged or any(desk.guests.is_guest(branch_id, each) for each in members):
        for member_id, home in zip(members, homes, strict=True):
            if home != branch_id:
                _welcome(desk, branch_id, member_id)
        _append(desk, branch_id, operation)
    if operation.envelope.t == "member_register":  # what came before it was just published
        for member_id in members:
            if desk.guests.is_guest(branch_id, member_id):
                _append_history(desk, branch_id, member_id)


def _welcome(desk: Desk, branch_id: BranchId, member_id: MemberId) -> None:
    """Make somebody a guest, and whoever he stands for; tell all about them."""
    root = standing_for(desk.work.sql, member_id)
    for each in {member_id, root, *aliases_of(desk.work.sql, root)}:
        if _home(desk, each) != branch_id and desk.guests.add(branch_id, each):
            _append_history(desk, branch_id, each)


def _append_history(desk: Desk, branch_id: BranchId, member_id: MemberId) -> None:
    for _, raw in desk.guests.history(member_id):
        _append(desk, branch_id, read_operation(raw))


def _append(desk: Desk, branch_id: BranchId, operation: Operation) -> None:
    """Tell a branch of an operation behind what it refers to; not what its own bucket has."""
    if (reference := _reference(desk, operation)) is not None:
        _append(desk, branch_id, reference)
    bucket = desk.feed.bucket_of(operation.op)
    if bucket not in {None, branch_id} and not desk.guests.tells(branch_id, operation.op):
        desk.guests.append(branch_id, operation.op, operation.raw)


def _with_references(desk: Desk, history: Iterable[tuple[bytes, bytes]]) -> Iterable[Operation]:
    told: set[bytes] = set()
    for _, raw in history:
        operation = read_operation(raw)
        reference = _reference(desk, operation)
        for each in (reference, operation):
            if each is not None and each.op not in told:
                told.add(each.op)
                yield each


def _reference(desk: Desk, operation: Operation) -> Operation | None:
    reference = operation.envelope.ref
    return None if reference is None else desk.work.operations.find(parse_id(reference))


def _members_of(operation: Operation) -> list[MemberId]:
    """Return whom an operation is about: a merge names two, if it is of a version that we read."""
    members = [] if operation.member is None else [MemberId(operation.member)]
    if operation.envelope.t == "member_merge" and is_known(operation):
        body = msgspec.convert(upcast(operation).envelope.b, MergeBody)
        members.append(MemberId(parse_id(body.source)))
    return members


def _home(desk: Desk, member_id: MemberId) -> BranchId | None:
    row = desk.work.members.by_id(member_id)
    return None if row is None else row.home_branch_id


def _fact(desk: Desk, operation: Operation) -> Fact:
    personal = desk.work.operations.personal(operation.op)
    return Fact(
        op=msgspec.Raw(operation.raw),
        nonce=b"" if personal is None else personal.nonce,
        personal=b"" if personal is None else personal.payload,
    )
