"""What counters are to hear wrongly: one fault for each way in which networks lie.

Each takes a request and whoever waits for its reply, and says whether their connection goes on.
What passed before is at hand, so that it can come again: late, twice, or as another's answer.
"""

import contextlib
import gzip
import http.client
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

PATIENCE_S = 10.0
"""How long a socket is waited for, whatever happens."""
LOOKUP_S = 1.2
"""Longer than a counter waits at the till; a stall of this length makes it give up there."""
_CHUNK = 65_536
_PAGE = b"<!DOCTYPE html><title>Free Wi-Fi</title><h1>Please sign in</h1>" * 20
_ELSEWHERE = "http://portal.example/login"
_UNCOUNTED = {"content-length", "transfer-encoding", "connection"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: the whole of it."""

    head: bytes
    body: bytes

    @property
    def path(self) -> str:
        """Return what it asks for."""
        return self.head.split(b" ", 2)[1].decode("ascii")


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, to be put on the wire whole or otherwise."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    def raw(self, *, length: int | None = None, **more: str) -> bytes:
        """Return its bytes; `length` is what it claims to hold, negative for no claim."""
        lines = [f"HTTP/1.1 {self.status} {http.client.responses[self.status]}"]
        lines += [f"{name}: {text}" for name, text in self.headers]
        lines += [f"{name.replace('_', '-')}: {text}" for name, text in more.items()]
        claimed = len(self.body) if length is None else length
        lines.append("Connection: close" if claimed < 0 else f"Content-Length: {claimed}")
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body


@dataclass(frozen=True, slots=True)
class Past:
    """What passed a proxy lately, in both directions, and where it leads."""

    port: int
    asked: deque[Asked]
    said: deque[Said]
    closing: threading.Event


@dataclass(frozen=True, slots=True)
class Meeting:
    """One request and who waits for its reply."""

    past: Past
    client: socket.socket
    asked: Asked
    below: Callable[[int], int]

    def forward(self, asked: Asked | None = None) -> Said:
        """Have head office answer; remember both."""
        asked = asked or self.asked
        line = http.client.HTTPConnection("127.0.0.1", self.past.port, timeout=PATIENCE_S)
        try:
            headers = {"Content-Type": "application/vnd.guitai.frames"}
            line.request("POST", asked.path, asked.body, headers)
            answered = line.getresponse()
            passed = [h for h in answered.getheaders() if h[0].lower() not in _UNCOUNTED]
            said = Said(answered.status, answered.read(), tuple(passed))
        finally:
            line.close()
        self.past.asked.append(asked)
        self.past.said.append(said)
        return said

    def reply(self, raw: bytes, *, more: bool = False) -> bool:
        """Send bytes; return whether the connection goes on."""
        self.client.sendall(raw)
        return more

    def wait(self, seconds: float) -> None:
        """Wait, unless the proxy closes."""
        self.past.closing.wait(seconds)

    def cut(self, whole: bytes) -> bytes:
        """Return a true beginning of some bytes."""
        return whole[: self.below(len(whole))]

    def flipped(self, whole: bytes) -> bytes:
        """Return the bytes with one of them changed."""
        at = self.below(len(whole))
        return whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]

    def reset(self) -> bool:
        """End the connection by a reset, which throws away what was not read."""
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False


def _whole(meeting: Meeting) -> bool:
    return meeting.reply(meeting.forward().raw(), more=True)


def _reset_before(meeting: Meeting) -> bool:
    return meeting.reset()


def _reset_behind(meeting: Meeting) -> bool:
    meeting.forward()
    return meeting.reset()


def _reset_within(meeting: Meeting) -> bool:
    said = meeting.forward()
    meeting.client.sendall(meeting.cut(said.raw()))
    return meeting.reset()


def _swallowed(meeting: Meeting) -> bool:
    return False


def _lost(meeting: Meeting) -> bool:
    meeting.forward()
    return False


def _stalled_before(meeting: Meeting) -> bool:
    meeting.wait(LOOKUP_S)
    return False


def _stalled_behind(meeting: Meeting) -> bool:
    meeting.forward()
    meeting.wait(LOOKUP_S)
    return False


def _delayed(meeting: Meeting) -> bool:
    said = meeting.forward()
    meeting.wait(meeting.below(400) / 1000)
    return meeting.reply(said.raw(), more=True)


def _too_late(meeting: Meeting) -> bool:
    said = meeting.forward()
    meeting.wait(LOOKUP_S)
    return meeting.reply(said.raw(), more=True)


def _dripped(meeting: Meeting) -> bool:
    raw = meeting.forward().raw()
    step = len(raw) // 10 + 1
    for start in range(0, len(raw), step):
        meeting.client.sendall(raw[start : start + step])
        meeting.wait(0.02)
    return True


def _truncated(meeting: Meeting) -> bool:
    said = meeting.forward()
    return meeting.reply(Said(said.status, meeting.cut(said.body), said.headers).raw(length=-1))


def _short(meeting: Meeting) -> bool:
    said = meeting.forward()
    cut = Said(said.status, meeting.cut(said.body), said.headers)
    return meeting.reply(cut.raw(length=len(said.body)))


def _flipped_reply(meeting: Meeting) -> bool:
    said = meeting.forward()
    return meeting.reply(Said(said.status, meeting.flipped(said.body), said.headers).raw())


def _half_asked(meeting: Meeting) -> bool:
    """Head office sees a part of the request, the counter sees nothing."""
    with socket.create_connection(("127.0.0.1", meeting.past.port), timeout=PATIENCE_S) as line:
        line.sendall(meeting.asked.head + b"\r\n\r\n" + meeting.cut(meeting.asked.body))
    return meeting.reset()


def _cut_asked(meeting: Meeting) -> bool:
    """A box on the way cut the request and made its length fit."""
    asked = Asked(meeting.asked.head, meeting.cut(meeting.asked.body))
    return meeting.reply(meeting.forward(asked).raw())


def _flipped_asked(meeting: Meeting) -> bool:
    asked = Asked(meeting.asked.head, meeting.flipped(meeting.asked.body))
    return meeting.reply(meeting.forward(asked).raw())


def _twice(meeting: Meeting) -> bool:
    said = [meeting.forward(), meeting.forward()]
    return meeting.reply(said[meeting.below(2)].raw(), more=True)


def _side_by_side(meeting: Meeting) -> bool:
    """The request arrives twice at once."""
    twin = threading.Thread(target=_quietly, args=(meeting,), daemon=True)
    twin.start()
    said = meeting.forward()
    twin.join(PATIENCE_S)
    return meeting.reply(said.raw(), more=True)


def _older_again(meeting: Meeting) -> bool:
    """An older request comes once more, before this one or behind it."""
    older = list(meeting.past.asked)[:-1] or [meeting.asked]
    again = older[meeting.below(len(older))]
    before = meeting.below(2) == 0
    if before:
        meeting.forward(again)
    said = meeting.forward()
    if not before:
        meeting.forward(again)
    return meeting.reply(said.raw(), more=True)


def _older_reply(meeting: Meeting) -> bool:
    older = list(meeting.past.said)
    said = meeting.forward()
    return meeting.reply((older[meeting.below(len(older))] if older else said).raw())


def _portal(meeting: Meeting) -> bool:
    return meeting.reply(Said(200, _PAGE).raw(Content_Type="text/html"))


def _portal_behind(meeting: Meeting) -> bool:
    meeting.forward()
    return _portal(meeting)


def _gzipped(meeting: Meeting) -> bool:
    """A box on the way packs a true reply, which is allowed, and passes all of it."""
    said = meeting.forward()
    packed = Said(said.status, gzip.compress(said.body), said.headers)
    return meeting.reply(packed.raw(Content_Encoding="gzip"), more=True)


def _half_gzip(meeting: Meeting) -> bool:
    said = meeting.forward()
    packed = Said(said.status, meeting.cut(gzip.compress(said.body)), said.headers)
    return meeting.reply(packed.raw(Content_Encoding="gzip"))


def _redirected(meeting: Meeting) -> bool:
    status = (301, 302, 303, 307, 308)[meeting.below(5)]
    return meeting.reply(Said(status, b"").raw(Location=_ELSEWHERE))


def _error_before(meeting: Meeting) -> bool:
    status = (500, 502, 503, 429, 408)[meeting.below(5)]
    return meeting.reply(Said(status, b"busy").raw(Retry_After="1"))


def _error_behind(meeting: Meeting) -> bool:
    meeting.forward()
    return meeting.reply(Said((500, 502, 504)[meeting.below(3)], b"oops").raw())


def _empty(meeting: Meeting) -> bool:
    meeting.forward()
    return meeting.reply(Said((200, 204)[meeting.below(2)], b"").raw())


def _no_http(meeting: Meeting) -> bool:
    return meeting.reply(b"SSH-2.0-OpenSSH_9.6\r\n\x00\xff\r\n\r\n")


def _quietly(meeting: Meeting) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        meeting.forward()


def request_from(client: socket.socket) -> Asked:
    """Return one whole request: its head, and as much body as it announces."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += _some(client)
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    length = next((int(text) for name, _, text in fields if name == b"content-length"), 0)
    while len(body) < length:
        body += _some(client)
    return Asked(head, body)


def _some(client: socket.socket) -> bytes:
    chunk = client.recv(_CHUNK)
    if not chunk:
        raise ConnectionResetError
    return chunk


WHOLE = "whole"
MEET: dict[str, Callable[[Meeting], bool]] = {
    WHOLE: _whole,
    "reset before": _reset_before,
    "reset behind": _reset_behind,
    "reset within the reply": _reset_within,
    "swallowed": _swallowed,
    "reply lost": _lost,
    "stalled before": _stalled_before,
    "stalled behind": _stalled_behind,
    "delayed": _delayed,
    "too late for the till": _too_late,
    "dripped": _dripped,
    "truncated": _truncated,
    "shorter than said": _short,
    "a bit flipped in the reply": _flipped_reply,
    "half asked": _half_asked,
    "request cut to fit": _cut_asked,
    "a bit flipped in the request": _flipped_asked,
    "twice": _twice,
    "twice at once": _side_by_side,
    "an older request again": _older_again,
    "an older reply": _older_reply,
    "portal": _portal,
    "portal behind": _portal_behind,
    "gzipped": _gzipped,
    "half a gzip": _half_gzip,
    "redirected": _redirected,
    "error before": _error_before,
    "error behind": _error_behind,
    "empty": _empty,
    "no http": _no_http,
}
HARMLESS = (
    "delayed",
    "too late for the till",
    "dripped",
    "twice",
    "twice at once",
    "an older request again",
    "gzipped",
)
"""What an exchange that has all the time in the world gets through at once."""
FAULTS = tuple(name for name in MEET if name != WHOLE)
