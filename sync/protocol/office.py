"""Head office as both ends see it: the things one can say to it.

The counter's exchange is written against this Protocol. In the shop it is spoken over HTTP
(`sync.client.remote_office`), at head office answered by the real one (`sync.server.office`), so
the simulation runs the real code of both ends with a bad line between them.
"""

from typing import Protocol

from db.domain.trouble import Trouble
from sync.protocol.messages import (
    ChunkRequest,
    EnrollReply,
    EnrollRequest,
    FindReply,
    FindRequest,
    LeaseReply,
    LeaseRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    SnapshotReply,
    SnapshotRequest,
)


class HeadOffice(Protocol):
    """Answers counters. Every call may be repeated, late or twice, and changes nothing more.

    Raises:
        OfficeUnreachable: when no whole, signed answer came back.
        OfficeRefused: when it answered that this device or message is not welcome.
    """

    def enroll(self, request: EnrollRequest) -> EnrollReply:
        """Take a counter in by a one-time code."""
        ...

    def push(self, request: PushRequest) -> PushReply:
        """Take a stream's operations, in order, any number of times."""
        ...

    def pull(self, request: PullRequest) -> PullReply:
        """Return what the feed holds behind the counter's cursors."""
        ...

    def lease(self, request: LeaseRequest) -> LeaseReply:
        """Grant the right to spend points, or say how many are free."""
        ...

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        """Say by which manifest a new counter may load everything at once."""
        ...

    def find(self, request: FindRequest) -> FindReply:
        """Return what is known of whoever has a full phone or a member number."""
        ...

    def chunk(self, request: ChunkRequest) -> bytes:
        """Return a chunk of a snapshot; refuse with `gone` when it is not kept any more."""
        ...


class OfficeUnreachable(Trouble):
    """No answer of head office came: no line, no server, or something else that answered.

    `reason` is one of offline, timeout, status, redirected, not_ours (HTML of a captive portal, a
    cut-off body), wrong_signature, tls, plain_http (the address speaks http, not https), too_large.
    """

    code = "office_unreachable"

    def __init__(self, reason: str, detail: str = "", *, retry_ms: int | None = None) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.retry_ms = retry_ms


class OfficeRefused(Trouble):
    """Head office itself says no; `reason` is a `Problem` code. Selling goes on."""

    code = "office_refused"

    def __init__(self, reason: str, *, retry_ms: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_ms = retry_ms
