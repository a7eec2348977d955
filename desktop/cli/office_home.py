"""Opening head office's home for one command; it may be serving at the same time.

What every home can do (`verify`, `report day`, `program publish`) works on head office's as well,
whether its book is a file in there or a PostgreSQL.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.storage.home import read_home
from db.storage.system import FixedClock, system_chance
from db.storage.unit_of_work import Storage
from desktop.cli.home import home_path, parse_time
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from sync.server.office import Office, open_office
from sync.server.storage.place import address_of, open_book


def open_book_elsewhere(path: Path) -> Storage | None:
    """Open the PostgreSQL that a head office's folder names, if it names one.

    Raises:
        StorageUnavailable: when it cannot be reached.
    """
    if address_of(path) is None:
        return None
    return open_book(path, clock=None, chance=system_chance, os_store=False)


@contextmanager
def open_office_home(call: Invocation) -> Iterator[Office]:
    """Open head office's home, with the clock of the call where it is a sandbox.

    Raises:
        NoHome: when there is no head office in the folder.
        InvalidInput: when a clock is given and it is no sandbox.
    """
    office = open_office(home_path(call), os_store=call.home is None)
    try:
        with office.storage.reading() as reader:
            identity = read_home(reader)
        call.timezone = identity.calendar.timezone
        if call.at is not None:
            if not identity.sandbox:
                raise InvalidInput("not_a_sandbox")
            office.storage.clock = FixedClock(parse_time(call.at, identity.calendar.timezone))
        yield office
        office.write_down()
    finally:
        office.close()
