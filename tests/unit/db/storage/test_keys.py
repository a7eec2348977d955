"""The key: made once, ours alone to read, and never guessed at when it is damaged."""

import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from db.storage.errors import StorageUnavailable
from db.storage.keys import KEY_BYTES, KEY_FILE, database_key, write_secret
from tests.support.storage_fixtures import seeded_chance


class Store(KeyringBackend):
    """An operating system's key store, in memory."""

    priority = 1.0  # type: ignore[assignment] # keyring's class property

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def _check(self) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return the key store that keyring uses in this test."""
    made = Store()
    monkeypatch.setattr("keyring.get_password", made.get_password)
    monkeypatch.setattr("keyring.set_password", made.set_password)
    return made


def key_of(home: Path, *, os_store: bool = False, create: bool = True, seed: int = 1) -> bytes:
    return database_key(home, os_store=os_store, chance=seeded_chance(seed), create=create)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = key_of(tmp_path, seed=1)

    assert len(first) == KEY_BYTES
    assert key_of(tmp_path, seed=2) == first
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_no_key_is_made_where_a_database_should_be(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as trouble:
        key_of(tmp_path, create=False)

    assert trouble.value.reason == "key_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damaged", [b"", b"zz", b"00" * 31, b"00" * 33, b"\xff\xfe" * 32])
def test_a_damaged_key_is_named_and_not_replaced(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(damaged)

    with pytest.raises(StorageUnavailable) as trouble:
        key_of(tmp_path)

    assert trouble.value.reason == "key_damaged"
    assert (tmp_path / KEY_FILE).read_bytes() == damaged


def test_a_secret_is_written_whole_over_what_a_crash_left(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.with_suffix(".new").write_text("half")

    write_secret(path, "whole")

    assert path.read_text() == "whole"
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_the_default_home_keeps_its_key_in_the_os_store(tmp_path: Path, store: Store) -> None:
    first = key_of(tmp_path, os_store=True)

    assert key_of(tmp_path, os_store=True, create=False, seed=2) == first
    assert not (tmp_path / KEY_FILE).exists()


def test_a_locked_store_falls_back_to_the_file(tmp_path: Path, store: Store) -> None:
    store.locked = True

    first = key_of(tmp_path, os_store=True)

    assert key_of(tmp_path, os_store=True, seed=2) == first
    assert (tmp_path / KEY_FILE).exists()


def test_a_damaged_key_in_the_os_store_is_named(tmp_path: Path, store: Store) -> None:
    store.kept["guitai", str(tmp_path)] = "not hex"

    with pytest.raises(StorageUnavailable) as trouble:
        key_of(tmp_path, os_store=True)

    assert trouble.value.reason == "key_damaged"
