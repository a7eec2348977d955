"""A line that lies: a TCP proxy between counter and head office, with one fault after another.

It carries one request a connection, so a fault hits exactly what was asked under it. What passes
is passed byte by byte; what is made up (a portal's page, an error) is what such boxes answer.
"""

import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

WHOLE = "whole"
CUT = "cut"
"""The connection is reset."""
ERROR = "error"
"""500, before the request reached anybody."""
PORTAL = "portal"
"""200 and a page of HTML."""
CHEERFUL = "cheerful"
"""200 and a small JSON that means nothing."""
TRUNCATED = "truncated"
"""Head office did it; half of its reply comes, and no length that would betray it."""
LOST = "lost"
"""Head office did it; nothing of its reply comes."""
NOTHING = "nothing"
"""The request is swallowed and the connection closed."""
SILENT = "silent"
"""The request is swallowed and the connection stays open."""
FAULTS = (CUT, ERROR, PORTAL, CHEERFUL, TRUNCATED, LOST, NOTHING)

_PAGE = b"<!DOCTYPE html><title>Welcome to Free Wi-Fi</title><h1>Please sign in</h1>"
_MADE_UP = {
    ERROR: b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 4\r\nConnection: close\r\n\r\noops",
    PORTAL: b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n"
    b"Connection: close\r\n\r\n%s" % (len(_PAGE), _PAGE),
    CHEERFUL: b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n"
    b"Connection: close\r\n\r\n"
    b'{"ok":true}',
}
_CHUNK = 65_536
_PATIENCE_S = 20


class BadLine:
    """A proxy to a loopback port; `become` says how it behaves from the next request on."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.asked: Counter[str] = Counter()
        """How many requests came whole under each fault."""
        self._faults: Iterator[str] = cycle([WHOLE])
        self._held: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Return what a counter takes for head office's address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def become(self, *faults: str) -> None:
        """Meet each next request with the next of these; what was held silent is let go."""
        self._faults = cycle(faults)
        self.asked.clear()
        held, self._held = self._held, []
        for one in held:
            _reset(one)

    def close(self) -> None:
        """Close the line."""
        self.become(CUT)
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=_PATIENCE_S)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            fault = next(self._faults)
            threading.Thread(target=self._meet, args=(client, fault), daemon=True).start()

    def _meet(self, client: socket.socket, fault: str) -> None:
        client.settimeout(_PATIENCE_S)
        try:
            self._answer(client, fault)
        except OSError:
            fault = CUT
        if fault == SILENT:
            self._held.append(client)
        elif fault == CUT:
            _reset(client)
        else:
            client.close()

    def _answer(self, client: socket.socket, fault: str) -> None:
        if fault == CUT:
            return
        request = _request(client)
        self.asked[fault] += 1
        if fault in _MADE_UP:
            client.sendall(_MADE_UP[fault])
        elif fault in (WHOLE, TRUNCATED, LOST):
            reply = self._asked_of_office(request)
            if fault == WHOLE:
                client.sendall(reply)
            elif fault == TRUNCATED:
                client.sendall(_halved(reply))

    def _asked_of_office(self, request: bytes) -> bytes:
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection")]
        with socket.create_connection(("127.0.0.1", self.target), timeout=_PATIENCE_S) as office:
            office.sendall(b"\r\n".join([*lines, b"Connection: close", b"", body]))
            return _until_the_end(office)


@contextmanager
def bad_line(port: int) -> Iterator[BadLine]:
    """Hand out a line to a loopback port and close it."""
    line = BadLine(port)
    try:
        yield line
    finally:
        line.close()


def _request(client: socket.socket) -> bytes:
    """Return one whole request: its head, and as much body as it announces."""
    request = b""
    while b"\r\n\r\n" not in request:
        request += _some(client)
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length:
        more = _some(client)
        body, request = body + more, request + more
    return request


def _some(client: socket.socket) -> bytes:
    chunk = client.recv(_CHUNK)
    if not chunk:
        raise ConnectionResetError
    return chunk


def _until_the_end(office: socket.socket) -> bytes:
    reply = b""
    while chunk := office.recv(_CHUNK):
        reply += chunk
    if not reply:
        raise ConnectionResetError
    return reply


def _halved(reply: bytes) -> bytes:
    head, _, body = reply.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    return b"\r\n".join([*lines, b"", body[: len(body) // 2]])


def _reset(client: socket.socket) -> None:
    """Close so that the other end sees a reset and not an orderly end."""
    with contextlib.suppress(OSError):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
