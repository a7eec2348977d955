"""Head office's door: sealed bytes in, sealed bytes out, whatever carries them.

HTTP and the simulation's bad line both end here, so both are checked alike: the end-frame, the
device's signature, its token. What is wrong with a message is answered by a signed `Problem`.
"""

from dataclasses import dataclass

import msgspec

from sync.protocol.frames import SEALED_BYTES_MAX, BrokenFrames, unseal
from sync.protocol.messages import (
    Asked,
    ChunkRequest,
    EnrollRequest,
    FindRequest,
    LeaseRequest,
    Problem,
    PullReply,
    PullRequest,
    PushRequest,
    Reply,
    Request,
    SnapshotRequest,
    is_silent,
    request_in,
    seal_message,
)
from sync.protocol.office import OfficeRefused
from sync.protocol.signing import public_key
from sync.protocol.version import PATHS
from sync.server.desk import Desk
from sync.server.devices import device_token, is_token
from sync.server.office import Office
from sync.server.refusals import Refusals
from sync.server.storage.device_rows import DeviceRow, device_by_id

STATUS = {
    "malformed": 400,
    "unknown_device": 401,
    "bad_token": 401,
    "bad_signature": 401,
    "revoked": 403,
    "gone": 404,
    "not_yours": 409,
    "too_large": 413,
    "update_needed": 426,
}
"""The HTTP status that goes with a problem, for what stands between; the code is in the body."""
REFUSED_STATUS = 409
NOBODY = bytes(16)
_Known = Asked | ChunkRequest
_Sealed = EnrollRequest | Asked


class _TokenRanOut(Exception):
    """The device is who it says; this is its token from now on."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token


@dataclass(slots=True)
class _Caller:
    """What is known of who asks, as far as his message was read; none of it is proved."""

    request_id: bytes = NOBODY
    device_id: bytes = NOBODY
    wait_ms: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """What goes back; `wait_ms` is how long whoever asked would rather wait for more than that."""

    status: int
    sealed: bytes
    wait_ms: int = 0


def _is_silent(reply: Reply) -> bool:
    return isinstance(reply, PullReply) and is_silent(reply)


class Door:
    """Opens what counters send, asks the office, and seals what it answers."""

    KINDS = frozenset(PATHS)

    def __init__(self, office: Office) -> None:
        self._office = office
        self._refusals = Refusals(office.storage)
        with office.storage.begin() as work:
            self._private = Desk(work, office.journal).private_key

    def answer(self, kind: str, sealed: bytes) -> tuple[int, bytes]:
        """Return an HTTP status and the sealed reply to a sealed request of one kind."""
        answered = self.ask(kind, sealed)
        return answered.status, answered.sealed

    def ask(self, kind: str, sealed: bytes) -> Answered:
        """Return the sealed reply to a sealed request, and how long it could have waited."""
        caller = _Caller()
        try:
            request = self._opened(kind, sealed, caller)
            if isinstance(request, ChunkRequest):
                return Answered(200, self._office.chunk(request))  # its digest is its seal
            reply: Reply = self._ask(request)
            if (
                isinstance(request, PullRequest)
                and isinstance(reply, PullReply)
                and is_silent(reply)
            ):
                caller.wait_ms = request.wait_ms
        except BrokenFrames:
            reply = self._problem(caller, "malformed")
        except _TokenRanOut as ran_out:
            problem = self._problem(caller, "bad_token")
            reply = msgspec.structs.replace(problem, token=ran_out.token)
        except OfficeRefused as refused:
            reply = self._problem(caller, refused.reason, retry_ms=refused.retry_ms)
        status = 200
        if isinstance(reply, Problem):
            status = STATUS.get(reply.code, REFUSED_STATUS)
            self._refusals.note(reply.code, caller.device_id)
        answer = seal_message(reply, private=self._private, purpose=f"{kind} reply")
        return Answered(status, answer, caller.wait_ms)

    def pulse(self) -> object:
        """Return what changes whenever counters or head office write something to tell."""
        return self._office.pulse()

    def _problem(self, caller: _Caller, code: str, *, retry_ms: int = 0) -> Problem:
        return Problem(
            request=caller.request_id,
            code=code,
            retry_ms=retry_ms,
            server_key=public_key(self._private),
        )

    def _opened(self, kind: str, sealed: bytes, caller: _Caller) -> Request:
        if len(sealed) > SEALED_BYTES_MAX:
            raise OfficeRefused("too_large")
        opened = unseal(sealed)
        request = request_in(opened)
        caller.request_id = request.request
        if isinstance(request, EnrollRequest):
            key = request.public_key
        else:
            key = self._device(request).public_key
            caller.device_id = request.device
        if not opened.is_from(key, f"{kind} request"):
            raise OfficeRefused("bad_signature")
        if not isinstance(request, EnrollRequest):
            self._check_token(request)
        return request

    def _device(self, request: _Known) -> DeviceRow:
        with self._office.storage.reading() as reader:
            device = device_by_id(reader, request.device)
        if device is None:
            raise OfficeRefused("unknown_device")
        return device

    def _check_token(self, request: _Known) -> None:
        """Refuse a token that ran out; its device, which has signed, is given the next one."""
        now = self._office.storage.clock.wall_ms()
        if not is_token(self._private, request.device, request.token, at_ms=now):
            raise _TokenRanOut(device_token(self._private, request.device, now))

    def _ask(self, request: _Sealed) -> Reply:
        match request:
            case EnrollRequest():
                return self._office.enroll(request)
            case PushRequest():
                return self._office.push(request)
            case PullRequest():
                return self._office.pull(request)
            case LeaseRequest():
                return self._office.lease(request)
            case SnapshotRequest():
                return self._office.snapshot(request)
            case FindRequest():
                return self._office.find(request)
