"""Whatever a server, a portal or a box on the way answers over HTTP: nothing false is believed."""

import gzip
import http.server
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn

from db.storage.system import SystemClock
from db.storage.unit_of_work import Storage
from sync.client import http_office
from sync.client.device import connect, enroll
from sync.client.exchange import exchange_once
from sync.client.http_office import HttpLine
from sync.client.outbox import waiting
from sync.client.remote_office import RemoteOffice
from sync.client.storage_access import directly_on
from sync.protocol.office import OfficeUnreachable
from sync.server.app import make_app
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining

Handler = http.server.BaseHTTPRequestHandler
HTML = b"<!DOCTYPE html><h1>Please sign in</h1>"


class BadServer:
    """A small HTTP server that answers every POST as it is told."""

    def __init__(self) -> None:
        outer = self
        self.behave: Callable[[Handler, bytes], None] = lambda handler, body: None

        class Answering(Handler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                outer.behave(self, self.rfile.read(length))

            def log_message(self, *args: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[BadServer]:
    bad = BadServer()
    yield bad
    bad.close()


def answering(status: int, body: bytes, **headers: str) -> Callable[[Handler, bytes], None]:
    """Return a behaviour: this status, these headers, this body."""

    def behave(handler: Handler, _request: bytes) -> None:
        handler.send_response(status)
        for name, text in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def hang_up(handler: Handler, _request: bytes) -> None:
    handler.close_connection = True
    handler.connection.close()


CASES = {
    "an error": (answering(500, b"oops"), "status"),
    "a portal": (answering(200, HTML, Content_Type="text/html"), "not_ours"),
    "a cheerful nothing": (answering(200, b'{"ok":true}'), "not_ours"),
    "an empty body": (answering(200, b""), "not_ours"),
    "a redirect": (answering(302, b"", Location="http://portal.example/"), "redirected"),
    "half a gzip": (
        answering(200, gzip.compress(HTML * 50)[:-9], Content_Encoding="gzip"),
        "not_ours",
    ),
    "no gzip at all": (answering(200, b"plain", Content_Encoding="gzip"), "offline"),
    "fewer bytes than said": (answering(200, HTML, Content_Length="999"), "offline"),
    "nothing": (hang_up, "offline"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_answer_is_no_answer(
    server: BadServer, joining: Joining, storage: Storage, case: str
) -> None:
    joining.join()
    a_sale(storage)
    server.behave, reason = CASES[case]
    office = through(joining, server.address)

    report = exchange_once(directly_on(storage), office, joining.device())

    assert (report.online, report.trouble) == (False, reason)
    assert directly_on(storage)(waiting) == 1


def test_half_of_a_true_reply_is_no_answer(
    server: BadServer, joining: Joining, storage: Storage
) -> None:
    joining.join()
    a_sale(storage)

    def half(handler: Handler, request: bytes) -> None:
        _, reply = joining.line.door.answer(handler.path.rsplit("/", 1)[1], request)
        handler.close_connection = True
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(reply[: len(reply) // 2])

    server.behave = half
    office = through(joining, server.address)

    report = exchange_once(directly_on(storage), office, joining.device())

    assert report.trouble == "not_ours"
    assert directly_on(storage)(waiting) == 1


def test_a_reply_signed_by_another_key_is_not_believed(joining: Joining, storage: Storage) -> None:
    joining.join()
    a_sale(storage)
    office = joining.remote()
    office._server_key = b"\x07" * 32

    report = exchange_once(directly_on(storage), office, joining.device())

    assert report.trouble == "wrong_signature"
    assert directly_on(storage)(waiting) == 1


def test_a_reply_to_another_request_is_not_believed(joining: Joining, storage: Storage) -> None:
    joining.join()
    a_sale(storage)
    office = joining.remote()
    kept = []

    class Repeating:
        def carry(self, kind: str, sealed: bytes):  # noqa: ANN202 - a line's answer
            kept.append(joining.line.carry(kind, sealed))
            return kept[0]

    office._line = Repeating()
    exchange_once(directly_on(storage), office, joining.device(), renew=False)
    kept[:] = kept[:1]
    a_sale(storage)

    report = exchange_once(directly_on(storage), office, joining.device())

    assert (report.trouble, directly_on(storage)(waiting)) == ("not_ours", 1)


def test_a_busy_server_says_how_long_to_wait(
    server: BadServer, joining: Joining, storage: Storage
) -> None:
    joining.join()
    server.behave = answering(503, b"", Retry_After="7")

    report = exchange_once(directly_on(storage), through(joining, server.address), joining.device())

    assert report.next_ms == 7_000


def test_a_server_that_never_ends_is_cut_short(
    server: BadServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_office, "SEALED_BYTES_MAX", 1_000)
    server.behave = answering(200, bytes(100_000))

    with pytest.raises(OfficeUnreachable) as trouble:
        HttpLine(server.address, clock=SystemClock()).carry("pull", b"")

    assert trouble.value.reason == "too_large"


def test_a_server_that_is_silent_is_out_of_time(server: BadServer) -> None:
    released = threading.Event()
    server.behave = lambda handler, body: released.wait(5) and None
    line = HttpLine(server.address, clock=SystemClock(), limit_ms=200)

    with pytest.raises(OfficeUnreachable) as trouble:
        line.carry("pull", b"")

    released.set()
    assert trouble.value.reason == "timeout"


def test_a_server_that_drips_is_out_of_time_as_well(server: BadServer) -> None:
    released, written = threading.Event(), []

    def drip(handler: Handler, _request: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        for _ in range(100):
            written.append(handler.wfile.write(b"x"))
            if released.wait(0.05):
                return

    server.behave = drip
    line = HttpLine(server.address, clock=SystemClock(), limit_ms=300)

    with pytest.raises(OfficeUnreachable) as trouble:
        line.carry("pull", b"")

    waited_for = len(written)
    released.set()
    assert trouble.value.reason == "timeout"
    assert waited_for < 100


def test_the_real_server_takes_a_counter_in_and_its_sales(
    joining: Joining, storage: Storage
) -> None:
    config = uvicorn.Config(make_app(joining.office), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        code = joining.code()
        enroll(storage, joining.folder, address, code)
        a_sale(storage)
        office = connect(storage, joining.device())
        report = exchange_once(directly_on(storage), office, joining.device())
        office.close()
    finally:
        server.should_exit = True
        thread.join()
        listening.close()

    assert (report.pushed, report.trouble) == (1, None)


def through(joining: Joining, address: str) -> RemoteOffice:
    """Return the test's head office as if it lay at this address."""
    device = joining.device()
    line = HttpLine(address, clock=SystemClock(), limit_ms=2_000)
    return RemoteOffice(line, private_key=device.private_key, server_key=device.server_key)
