"""Erasures at head office: the phone's keyed hash for a year, and which counters have done it.

A counter carries an erasure out in the transaction in which its cursor passes it, so the cursor of
its next question is the proof. The hash never leaves head office (DECISIONS 13).
"""

from db.domain.conflicts import REVOKE, ConflictKind
from db.domain.erasure import PHONE_KEPT_MS, phone_hash
from db.domain.events import SIGNUP
from db.domain.ids import MemberId, parse_id
from db.domain.operations import Operation
from db.domain.reward_facts import member_of
from db.services.conflicts import Finding, open_conflict
from db.services.double_awards import award_side
from db.services.erasure import EraseMember, MemberErased, erase_member
from db.storage.rewards import once_only_awards
from db.storage.unit_of_work import UnitOfWork
from sync.protocol.messages import Position
from sync.server.desk import Desk
from sync.server.storage.erasure_rows import ErasureFollowing

KEY_SETTING = "erased_phone_key"
KEY_BYTES = 32
_ERASED_LATELY = "SELECT 1 FROM erasure LIMIT 1"


def erase(desk: Desk, command: EraseMember) -> MemberErased:
    """Erase a member at head office, and keep the keyed hashes of his phones for a year.

    The operation goes into the grant journal: a head office that is restored from a backup must
    not remember the person again.

    Raises:
        Refusal: as `erase_member` does.
    """
    work = desk.work
    erased = erase_member(work, command)
    for phone in erased.phones:
        ErasureFollowing(work.sql).keep_phone(
            phone_hash(phone, _key(work)), erased.members[0], until_at=work.at_ms + PHONE_KEPT_MS
        )
    return erased


def note_passed(desk: Desk, device_id: bytes, positions: tuple[Position, ...]) -> None:
    """Note which erasures a device has carried out, by how far it has read."""
    following = ErasureFollowing(desk.work.sql)
    if not following.waits_for(device_id):
        return
    for position in positions:
        following.passed(
            device_id,
            bucket=position.bucket,
            sequence=position.sequence,
            at_ms=desk.work.at_ms,
        )


def note_phone_back(desk: Desk, operation: Operation) -> None:
    """Note that a number whose member was erased within the year was welcomed again."""
    work, member_id = desk.work, member_of(operation)
    if work.one(_ERASED_LATELY) is None:
        return
    row = work.members.by_id(member_id)
    if row is None or not row.phone:
        return
    before = ErasureFollowing(work.sql).phone_of(
        phone_hash(row.phone, _key(work)), at_ms=work.at_ms
    )
    if before is None or before == member_id:
        return
    welcomes = {
        each: [a for a in once_only_awards(work.sql, (each,)) if a.occurrence == SIGNUP]
        for each in (MemberId(before), member_id)
    }
    first, later = welcomes[MemberId(before)], welcomes[member_id]
    if not (first and later):
        return
    found = Finding(
        kind=ConflictKind.PHONE_CAME_BACK,
        subject=first[0].op,
        other=later[0].op,
        branch=work.branches.canonical(parse_id(operation.envelope.store)),
        member_id=member_id,
        recommended=REVOKE,
        detail={"points": later[0].points},
        sides=(award_side(first[0]), award_side(later[0])),
    )
    open_conflict(work, found)


def _key(work: UnitOfWork) -> bytes:
    """Return the key of the hashes, made when it is first needed."""
    kept = work.settings.get(KEY_SETTING)
    if kept is None:
        kept = work.chance(KEY_BYTES).hex()
        work.settings.put(KEY_SETTING, kept)
    return bytes.fromhex(kept)
