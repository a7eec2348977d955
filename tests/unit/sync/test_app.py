"""Head office's HTTP: what it answers when its own disk fails it, and what it tells tools."""

import http.client
import json
import logging
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from db.storage.system import SystemClock
from db.storage.unit_of_work import Storage
from sync.client.exchange import exchange_once
from sync.client.http_office import HttpLine
from sync.client.outbox import waiting
from sync.client.remote_office import RemoteOffice
from sync.client.storage_access import directly_on
from sync.server.app import make_app
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining


@pytest.fixture
def port(joining: Joining) -> Iterator[int]:
    """Return where this test's head office answers over HTTP."""
    config = uvicorn.Config(make_app(joining.office), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.expects_log
def test_a_full_disk_at_head_office_is_said_once_and_asks_for_patience(
    joining: Joining, storage: Storage, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    joining.join()
    a_sale(storage)
    with joining.office.storage.begin() as work:
        work.sql.all(f"PRAGMA max_page_count = {work.sql.value('PRAGMA page_count')}")
    device = joining.device()
    line = HttpLine(f"http://127.0.0.1:{port}", clock=SystemClock())
    office = RemoteOffice(line, private_key=device.private_key, server_key=device.server_key)

    with caplog.at_level(logging.WARNING):
        for _ in range(60):
            a_sale(storage)
        report = exchange_once(directly_on(storage), office, device)
    with joining.office.storage.begin() as work:
        work.sql.all("PRAGMA max_page_count = 1000000")
    again = exchange_once(directly_on(storage), office, device)
    office.close()

    assert (report.online, report.trouble, report.next_ms) == (False, "status", 5_000)
    assert ["disk_full" in record.getMessage() for record in caplog.records] == [True]
    assert (again.trouble, directly_on(storage)(waiting)) == (None, 0)


def test_what_head_office_may_be_asked_is_published(port: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", "/v1/openapi.json")
    document = json.loads(line.getresponse().read())
    line.close()

    assert sorted(document["paths"]) == [
        "/v1/chunk",
        "/v1/enroll",
        "/v1/find",
        "/v1/health",
        "/v1/lease",
        "/v1/openapi.json",
        "/v1/pull",
        "/v1/push",
        "/v1/snapshot",
    ]
    pushed = document["paths"]["/v1/push"]["post"]["requestBody"]["content"]
    assert "application/vnd.guitai.frames" in pushed
