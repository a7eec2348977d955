"""This counter's device: its keys and its head office, in a file of the home that only we read.

The signing key is made before the first word to head office and kept at once, so that an
enrolment whose reply was lost can be asked for again with the same code.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from db.domain.ids import BranchId, StreamId, text_of
from db.services.enrollment import JoinOffice, OfficeJoined, join_office
from db.storage.errors import StorageUnavailable
from db.storage.keys import write_secret
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.client.address import office_address
from sync.client.http_office import LIMIT_MS, HttpLine
from sync.client.remote_office import RemoteOffice
from sync.protocol.messages import EnrollReply, EnrollRequest, StreamClaim
from sync.protocol.office import HeadOffice
from sync.protocol.signing import KEY_BYTES, public_key
from sync.protocol.version import app_version

DEVICE_FILE = "device.json"
REQUEST_BYTES = 16
ASKS_MAX = 5
"""How often a counter that sells on asks to join, until nothing was sold meanwhile."""


class DeviceIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """What the device file holds; without `device` the enrolment is not finished.

    `proof` is head office's word for our key, which goes on receipts.
    """

    address: str
    private_key: bytes
    device: bytes = b""
    token: str = ""
    server_key: bytes = b""
    proof: bytes = b""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The counter belongs to a head office: under which branch and block, and what waits."""

    address: str
    device_id: str
    branch_id: str
    branch: str
    number_block: str
    waiting: int


def enroll(  # noqa: PLR0917 - where, and by what
    storage: Storage, home_path: Path, url: str, code: str
) -> Enrolled:
    """Join a head office by a one-time code; asking again after a lost reply is safe.

    Raises:
        OfficeAddressInvalid: when the address is none, or plain http off this machine.
        OfficeUnreachable: when no signed answer came.
        OfficeRefused: code_unknown, code_expired, code_used, revoked, no_blocks.
    """
    address = office_address(url)
    identity = _unfinished(home_path, address)
    line = HttpLine(address, clock=storage.clock)
    try:
        office = RemoteOffice(line, private_key=identity.private_key, server_key=None)
        return enroll_with(storage, home_path, identity, office=office, code=code)
    finally:
        line.close()


def enroll_with(
    storage: Storage, home_path: Path, identity: DeviceIdentity, *, office: HeadOffice, code: str
) -> Enrolled:
    """Join over an open line: ask, keep who we are, then let head office's word replace ours.

    Who sold while it asked asks again: head office is to know how far its own word went.
    """
    joined = None
    for left in reversed(range(ASKS_MAX)):
        with storage.begin() as work:
            request = _request(work, identity, code)
        reply = office.enroll(request)
        identity = msgspec.structs.replace(
            identity,
            device=reply.device,
            token=reply.token,
            server_key=reply.server_key,
            proof=reply.proof,
        )
        write_secret(home_path / DEVICE_FILE, msgspec.json.encode(identity).decode("ascii"))
        with storage.begin() as work:
            if not left or _claims(work) == request.streams:
                joined = join_office(work, _command(reply))
                break
    assert joined is not None, "it joins at the last ask at the latest"
    return _enrolled(identity, reply, joined)


def load_device(home_path: Path) -> DeviceIdentity | None:
    """Return who this counter is at head office; nothing before it is enrolled.

    Raises:
        StorageUnavailable: `device_damaged` when the file holds something else.
    """
    identity = _read(home_path / DEVICE_FILE)
    return identity if identity is not None and identity.device else None


def connect(
    storage: Storage, identity: DeviceIdentity, *, limit_ms: int = LIMIT_MS
) -> RemoteOffice:
    """Return head office at the other end of an HTTP line; no word is said yet."""
    line = HttpLine(identity.address, clock=storage.clock, limit_ms=limit_ms)
    return RemoteOffice(line, private_key=identity.private_key, server_key=identity.server_key)


def new_identity(address: str, private_key: bytes) -> DeviceIdentity:
    """Return an identity that no head office knows yet."""
    return DeviceIdentity(address=address, private_key=private_key)


def _unfinished(home_path: Path, address: str) -> DeviceIdentity:
    """Return the identity to enroll with, kept on disk before anyone hears of it.

    An enrolment that was cut off, before or behind head office's answer, goes on with its key: the
    code is bound to it.
    """
    found = _read(home_path / DEVICE_FILE)
    if found is not None:
        return msgspec.structs.replace(found, address=address)
    fresh = new_identity(address, system_chance(KEY_BYTES))
    write_secret(home_path / DEVICE_FILE, msgspec.json.encode(fresh).decode("ascii"))
    return fresh


def _read(path: Path) -> DeviceIdentity | None:
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=DeviceIdentity)
    except msgspec.MsgspecError as error:
        raise StorageUnavailable("device_damaged", str(path)) from error


def _request(work: UnitOfWork, identity: DeviceIdentity, code: str) -> EnrollRequest:
    home = work.home
    return EnrollRequest(
        request=work.chance(REQUEST_BYTES),
        code=code,
        public_key=public_key(identity.private_key),
        counter=home.counter_id,
        counter_name=home.counter_name,
        branch=home.branch_id,
        branch_name=home.branch_name,
        timezone=home.calendar.timezone,
        day_cut_minutes=home.calendar.day_cut_minutes,
        streams=_claims(work),
        app=app_version(),
    )


def _claims(work: UnitOfWork) -> tuple[StreamClaim, ...]:
    """Return every stream that this counter wrote, and how far."""
    return tuple(
        StreamClaim(stream=head.stream_id, epoch=head.epoch, sequence=head.sequence, head=head.head)
        for head in work.operations.streams_of(work.home.counter_id)
    )


def _command(reply: EnrollReply) -> JoinOffice:
    return JoinOffice(
        branch_id=BranchId(reply.branch),
        stream_id=StreamId(reply.stream),
        number_block=reply.number_block,
        book=reply.book,
    )


def _enrolled(identity: DeviceIdentity, reply: EnrollReply, joined: OfficeJoined) -> Enrolled:
    return Enrolled(
        address=identity.address,
        device_id=text_of(reply.device),
        branch_id=text_of(reply.branch),
        branch=joined.branch_name,
        number_block=reply.number_block,
        waiting=joined.waiting,
    )
