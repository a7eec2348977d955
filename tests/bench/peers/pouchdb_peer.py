"""PouchDB as a peer: one process serves, another fills a database and replicates it over HTTP.

The documents are our operations, field by field; PouchDB keeps them and no balances. LevelDB does
not wait for the disk, so what it is compared with does more and promises more.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.bench.peers.installed import HERE
from tests.bench.shop import Passage
from tests.support.processes import answers, free_port, wait_until

RUN_SECONDS_MAX = 900


class PouchPeer:
    """A PouchDB server, and clients of it that carry operations one way."""

    def __init__(self, folder: Path, modules: Path) -> None:
        self._folder = folder
        self._env = os.environ | {"NODE_PATH": str(modules)}
        self._address = f"http://127.0.0.1:{(port := free_port())}"
        server = [*self._node("server.js"), str(port), str(folder)]
        self._server = subprocess.Popen(server, env=self._env, stdout=subprocess.DEVNULL)
        wait_until(lambda: answers(port), "PouchDB's server")
        self._clients = 0

    def push(self, operations: Sequence[bytes]) -> Passage:
        """Replicate a fresh database that holds these operations to the server."""
        file = self._folder / "operations.ndjson"
        file.write_bytes(b"".join(raw + b"\n" for raw in operations))
        return self._replicated("push", len(operations), str(file))

    def pull(self, operations: int) -> Passage:
        """Replicate what the server has, so many operations, to a fresh database."""
        return self._replicated("pull", operations)

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait(10)

    def _replicated(self, what: str, operations: int, *more: str) -> Passage:
        self._clients += 1
        own = self._folder / f"client-{self._clients}"
        before = self._used()
        ran = subprocess.run(
            [*self._node("client.js"), what, str(own), self._address, *more],
            env=self._env,
            check=True,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS_MAX,
        )
        time.sleep(0.2)  # its sockets close, and are counted
        after, said = self._used(), json.loads(ran.stdout)
        assert said["written"] == operations, said
        return Passage(
            operations,
            said["seconds"],
            said["cpu_us"] + after["cpu_us"] - before["cpu_us"],
            after["bytes"] - before["bytes"],
        )

    def _node(self, script: str) -> list[str]:
        return ["node", str(HERE / "pouchdb" / script)]

    def _used(self) -> dict[str, Any]:
        said: dict[str, Any] = requests.get(f"{self._address}/bench", timeout=10).json()
        return said


@contextmanager
def pouch_peer(folder: Path, modules: Path) -> Iterator[PouchPeer]:
    """Hand out a PouchDB server with a folder of its own, and let it not outlive the block."""
    folder.mkdir(parents=True)
    peer = PouchPeer(folder, modules)
    try:
        yield peer
    finally:
        peer.stop()
