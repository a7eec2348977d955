"""Head office at the other end of a line: seals what is asked, believes only what is sealed.

A status code proves nothing. A reply counts when its end-frame is there, the pinned key signed it
for this kind of reply, and it names the very request that is waiting for it.
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

from sync.protocol.frames import BrokenFrames, unseal
from sync.protocol.messages import (
    ChunkRequest,
    EnrollReply,
    EnrollRequest,
    FindReply,
    FindRequest,
    LeaseReply,
    LeaseRequest,
    Problem,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    Reply,
    Request,
    SnapshotReply,
    SnapshotRequest,
    reply_in,
    seal_message,
)
from sync.protocol.office import OfficeRefused, OfficeUnreachable

OK = 200
_REASONS = {OK: "not_ours", 413: "too_large"}
"""What an answer that is not head office's own means, by its status."""
_R = TypeVar("_R", bound=Reply)


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What came back over a line, whoever sent it."""

    status: int
    body: bytes
    retry_ms: int | None = None


class Line(Protocol):
    """Carries bytes to head office and back; raises `OfficeUnreachable` when nothing came back."""

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        """Return whatever answered a request of this kind."""
        ...

    def close(self) -> None:
        """Let the line go."""
        ...


class RemoteOffice:
    """Implements `HeadOffice` over a line.

    Args:
        line: what carries the bytes.
        private_key: what this device signs with.
        server_key: head office's pinned key; nothing while enrolling, when the reply brings it.
    """

    def __init__(self, line: Line, *, private_key: bytes, server_key: bytes | None) -> None:
        self._line = line
        self._private_key = private_key
        self._server_key = server_key
        self._token = ""

    def enroll(self, request: EnrollRequest) -> EnrollReply:
        """Ask to be taken in; the reply's own key is pinned from then on."""
        return self._ask("enroll", request, EnrollReply)

    def push(self, request: PushRequest) -> PushReply:
        """Send operations."""
        return self._ask("push", request, PushReply)

    def pull(self, request: PullRequest) -> PullReply:
        """Ask what happened since."""
        return self._ask("pull", request, PullReply)

    def lease(self, request: LeaseRequest) -> LeaseReply:
        """Ask for leases."""
        return self._ask("lease", request, LeaseReply)

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        """Ask by which manifest everything may be loaded at once."""
        return self._ask("snapshot", request, SnapshotReply)

    def find(self, request: FindRequest) -> FindReply:
        """Ask who has a phone or a number."""
        return self._ask("find", request, FindReply)

    def chunk(self, request: ChunkRequest) -> bytes:
        """Ask for a chunk; bytes with another digest are none of ours."""
        for _ in range(2):
            answer = self._carried("chunk", request)
            if answer.status == OK and hashlib.sha256(answer.body).digest() == request.digest:
                return answer.body
            reply = self._opened("chunk", answer)
            if not self._renewed(reply):
                break
        if isinstance(reply, Problem) and reply.request == request.request:
            raise OfficeRefused(reply.code, retry_ms=reply.retry_ms)
        raise OfficeUnreachable("not_ours", "not the chunk that was asked for")

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    def _ask(self, kind: str, request: Request, expected: type[_R]) -> _R:
        """Ask, once more where the token ran out."""
        reply = self._answer(kind, request)
        if self._renewed(reply):
            reply = self._answer(kind, request)
        if isinstance(reply, Problem):
            raise OfficeRefused(reply.code, retry_ms=reply.retry_ms)
        if not isinstance(reply, expected):
            raise OfficeUnreachable("not_ours", "an answer to another question")
        return reply

    def _answer(self, kind: str, request: Request) -> Reply:
        reply = self._opened(kind, self._carried(kind, request))
        if reply.request != request.request:
            raise OfficeUnreachable("not_ours", "the answer to another request")
        return reply

    def _carried(self, kind: str, request: Request) -> LineAnswer:
        if self._token and not isinstance(request, EnrollRequest):
            request = msgspec.structs.replace(request, token=self._token)
        sealed = seal_message(request, private=self._private_key, purpose=f"{kind} request")
        return self._line.carry(kind, sealed)

    def _renewed(self, reply: Reply) -> bool:
        """Take the token that a refusal brings because the last one ran out."""
        if not isinstance(reply, Problem) or reply.code != "bad_token" or not reply.token:
            return False
        self._token = reply.token
        return True

    def _opened(self, kind: str, answer: LineAnswer) -> Reply:
        try:
            opened = unseal(answer.body)
            reply = reply_in(opened)
        except BrokenFrames as broken:
            reason = _REASONS.get(answer.status, "status")
            detail = f"{answer.status}: {broken}"
            raise OfficeUnreachable(reason, detail, retry_ms=answer.retry_ms) from broken
        key = self._server_key
        if key is None:
            key = reply.server_key if isinstance(reply, EnrollReply | Problem) else b""
        if not opened.is_from(key, f"{kind} reply"):
            raise OfficeUnreachable("wrong_signature")
        return reply
