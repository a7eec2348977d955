"""Where the database key lives: the operating system's key store, else a file only we can read.

The key is 256 random bits handed to SQLCipher raw: no passphrase, so nothing to guess and no slow
derivation at every start. Only the default home uses the OS store; a home named by `--home` keeps
its key inside, so that a folder can be moved or thrown away whole.
"""

import os
from pathlib import Path

from db.storage.errors import StorageUnavailable
from db.storage.files import put_in_place
from db.storage.system import Chance

KEY_BYTES = 32
KEY_FILE = "guitai.key"
_SERVICE = "guitai"
_OWNER_ONLY = 0o600


def database_key(home: Path, *, os_store: bool, chance: Chance, create: bool) -> bytes:
    """Return the key of the database in `home`, making one when `create` allows.

    Raises:
        StorageUnavailable: `key_missing` when there is none, `key_damaged` when it is no key.
    """
    if os_store and (stored := _from_os_store(home)) is not None:
        return stored
    path = home / KEY_FILE
    if path.exists():
        return _read(path)
    if not create:
        raise StorageUnavailable("key_missing", str(path))
    key = chance(KEY_BYTES)
    if not (os_store and _to_os_store(home, key)):
        write_secret(path, key.hex())
    return key


def write_secret(path: Path, text: str) -> None:
    """Write a secret that only this user can read, whole or not at all."""
    partial = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(partial, path)


def _read(path: Path) -> bytes:
    try:
        text = path.read_text(encoding="ascii")
    except UnicodeDecodeError as error:
        raise StorageUnavailable("key_damaged", str(path)) from error
    return _key_in(text, str(path))


def _key_in(text: str, place: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise StorageUnavailable("key_damaged", place) from error
    if len(key) != KEY_BYTES:
        raise StorageUnavailable("key_damaged", place)
    return key


def _from_os_store(home: Path) -> bytes | None:
    import keyring  # noqa: PLC0415 - 60 ms that a named home never pays
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    try:
        stored = keyring.get_password(_SERVICE, str(home))
    except KeyringError:
        return None
    return None if stored is None else _key_in(stored, f"{_SERVICE} {home}")


def _to_os_store(home: Path, key: bytes) -> bool:
    import keyring  # noqa: PLC0415 - 60 ms that a named home never pays
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    try:
        keyring.set_password(_SERVICE, str(home), key.hex())
    except KeyringError:
        return False
    return True
