"""How the exchange reaches the storage: one short service at a time, on the storage's own thread.

The desktop hands in its runner, the command line a plain `with storage.begin()`; the exchange
never holds a transaction while it waits for the line.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from db.storage.unit_of_work import Storage, UnitOfWork

T = TypeVar("T")


class RunOnStorage(Protocol):
    """Runs a service in one transaction and returns its outcome once it is committed."""

    def __call__(self, service: Callable[[UnitOfWork], T], /) -> T:
        """Return what the service returned."""
        ...


def directly_on(storage: Storage) -> RunOnStorage:
    """Return the way of a process that has no other thread: the command line, the simulation."""

    def run(service: Callable[[UnitOfWork], T], /) -> T:
        with storage.begin() as work:
            return service(work)

    return run
