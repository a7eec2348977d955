"""Head office over HTTP: four questions under /v1, and a sign of life. The only HTTP framework.

Handlers run on the event loop one after another, each a short transaction: SQLite has one writer,
and a queue in front of it would only move the waiting. On PostgreSQL several processes listen on
one socket (`sync.server.workers`), each as here.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException
from litestar.params import FromPath
from litestar.types import Scope

from db.storage.errors import NoHome, StorageUnavailable
from db.storage.home_lock import SERVE, home_lock
from sync.protocol.frames import SEALED_BYTES_MAX
from sync.protocol.version import MEDIA_TYPE, PROTOCOL
from sync.server.door import Door
from sync.server.office import Office, open_office
from sync.server.openapi import HEALTH_PATH, OPENAPI_PATH, openapi_document
from sync.server.storage.place import is_office
from sync.server.waiting import WaitingRoom

PORT = 8787
LOOPBACK = "127.0.0.1"
KEEP_ALIVE_SECONDS = 65
STOP_SECONDS = 5

BUSY_SECONDS = 5
"""When to ask again where the disk is full or another command holds the file."""
_log = logging.getLogger(__name__)

HttpRequest = Request[None, None, State]


@post("/v1/{kind:str}", status_code=200, include_in_schema=False)
async def answer(kind: FromPath[str], request: HttpRequest, state: State) -> Response[bytes]:
    """Answer a sealed message with a sealed message."""
    room: WaitingRoom = state.room
    if kind not in Door.KINDS:
        raise ClientException("no such question", status_code=404)
    try:
        status, sealed = await room.answer(kind, await request.body())
        if (order := state.snapshots.take_order()) is not None:
            state.building = asyncio.create_task(asyncio.to_thread(state.snapshots.build, order))
    except StorageUnavailable as trouble:
        _log.warning("head office cannot answer: %s", trouble)
        return Response(b"", status_code=503, headers={"Retry-After": str(BUSY_SECONDS)})
    return Response(sealed, status_code=status, media_type=MEDIA_TYPE)


@get(HEALTH_PATH, sync_to_thread=False)
def health() -> dict[str, int]:
    """Say that someone is there, and which protocol he speaks."""
    return {"protocol": PROTOCOL}


@get(OPENAPI_PATH, sync_to_thread=False)
def openapi() -> dict[str, Any]:
    """Say what may be asked here, for tools."""
    return openapi_document()


def _say_bug(error: Exception, _scope: Scope) -> None:
    """Write a bug where the operator sees it; the framework would answer 500 and say nothing."""
    if not isinstance(error, HTTPException):
        _log.error("a bug answered with 500", exc_info=error)


def make_app(office: Office) -> Litestar:
    """Return the application that answers for this office."""
    return Litestar(
        route_handlers=[answer, health, openapi],
        state=State({"room": WaitingRoom(Door(office)), "snapshots": office.snapshots}),
        request_max_body_size=SEALED_BYTES_MAX,
        openapi_config=None,
        after_exception=[_say_bug],
    )


class _Server(uvicorn.Server):
    """Says when it listens, and not before."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._listening()


def serve(
    home: Path,
    host: str = LOOPBACK,
    port: int = PORT,
    *,
    os_store: bool = False,
    listening: Callable[[], None] = lambda: None,
) -> None:
    """Answer counters until the process is stopped; call `listening` once they can come.

    One process, for a file has one writer; `sync.server.workers` starts several on PostgreSQL.
    Behind another machine's reach it belongs behind TLS; counters accept plain http from their
    own machine only. `os_store` says that the key lies in the operating system's store, as that
    of the default home does.

    Raises:
        NoHome: when there is no head office in the folder.
        HomeInUse: when another process answers for it already.
        SystemExit: when it cannot listen there.
    """
    if not is_office(home):
        raise NoHome(str(home))
    with home_lock(home, SERVE):  # first: a restore may be switching the file
        office = open_office(home, os_store=os_store)
        try:
            with suppress(KeyboardInterrupt):
                server_of(office, listening, host=host, port=port).run()
        finally:
            office.close()


def server_of(
    office: Office, listening: Callable[[], None], *, host: str = LOOPBACK, port: int = PORT
) -> uvicorn.Server:
    """Return a server that answers for an office, and calls `listening` when it does."""
    config = uvicorn.Config(
        make_app(office),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    return _Server(config, listening)
