"""Where a head office keeps its book: a file in its folder, or a PostgreSQL that the folder names.

The address holds a password, so it lies in a file that only the operator can read, and is never
shown or logged whole.
"""

from pathlib import Path

from db.domain.clock import Clock
from db.storage.errors import NoHome, StorageUnavailable
from db.storage.home import database_path
from db.storage.keys import KEY_FILE, database_key, write_secret
from db.storage.system import Chance
from db.storage.unit_of_work import Storage

ADDRESS_FILE = "postgresql.url"
SCHEMES = ("postgresql://", "postgres://")


def is_office(home: Path) -> bool:
    """Say whether there is a head office in a folder."""
    return database_path(home).exists() or address_of(home) is not None


def address_of(home: Path) -> str | None:
    """Return the address of the PostgreSQL that a folder names, if it names one."""
    try:
        return (home / ADDRESS_FILE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def keep_address(home: Path, address: str) -> None:
    """Let a folder name a PostgreSQL from now on; the folder is made when it is not there."""
    home.mkdir(parents=True, exist_ok=True)
    write_secret(home / ADDRESS_FILE, address)


def new_book(home: Path, *, address: str | None, os_store: bool, chance: Chance) -> Storage:
    """Make the book of a new head office; raises `StorageUnavailable` when it cannot be made."""
    home.mkdir(parents=True, exist_ok=True)
    if address is not None:
        return _postgres(home, address, clock=None, chance=chance)
    key = database_key(home, os_store=os_store, chance=chance, create=True)
    return Storage(database_path(home), key, chance=chance)


def open_book(home: Path, *, clock: Clock | None, chance: Chance, os_store: bool) -> Storage:
    """Open the book of a head office.

    The key of a file is asked of the OS store only where the folder holds no key file.

    Raises:
        NoHome: when there is no head office in the folder.
        StorageUnavailable: when its book cannot be opened.
    """
    if (address := address_of(home)) is not None:
        return _postgres(home, address, clock=clock, chance=chance)
    path = database_path(home)
    if not path.exists():
        raise NoHome(str(home))
    os_store = os_store or not (home / KEY_FILE).exists()
    key = database_key(home, os_store=os_store, chance=chance, create=False)
    return Storage(path, key, clock=clock, chance=chance)


def _postgres(home: Path, address: str, *, clock: Clock | None, chance: Chance) -> Storage:
    try:
        from db.storage.postgres_storage import PostgresStorage  # noqa: PLC0415 - the server's extra
    except ImportError as error:
        raise StorageUnavailable("driver_missing", "psycopg") from error
    return PostgresStorage(address, home, clock=clock, chance=chance)
