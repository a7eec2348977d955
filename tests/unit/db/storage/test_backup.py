"""Backups and restoring: what was confirmed comes back, and nothing written next contradicts it."""

import shutil
import zipfile
from pathlib import Path

import msgspec
import pytest

from db.services.restore import Restored, restore_home
from db.services.verify.book import verify_home
from db.storage.backup import MANIFEST, Manifest, back_up, key_file, read_manifest
from db.storage.errors import HomeInUse, NewerDatabase, StorageUnavailable
from db.storage.home import database_path
from db.storage.home_lock import home_lock
from db.storage.keys import database_key
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale
from tests.support.storage_fixtures import seeded_chance


def reopened(home: Path, clock: FixedClock) -> Storage:
    key = database_key(home, os_store=False, chance=seeded_chance(1), create=False)
    return Storage(database_path(home), key, clock=clock, chance=seeded_chance(5))


def restored(source: Path, home: Path, clock: FixedClock) -> Restored:
    return restore_home(source, home, os_store=False, clock=clock, chance=seeded_chance(9))


def sales_in(storage: Storage) -> int:
    with storage.reading() as reader:
        return int(reader.value("SELECT count(*) FROM sale"))


def test_a_backup_says_what_it_holds_and_its_bytes_tell_nothing(
    storage: Storage, tmp_path: Path
) -> None:
    a_sale(storage, a_member(storage).member_id)

    manifest = back_up(storage, tmp_path / "b.guitai")

    assert manifest == read_manifest(tmp_path / "b.guitai")
    assert (manifest.branch, manifest.members, manifest.sales) == ("南京东路店", 1, 1)
    packed = (tmp_path / "b.guitai").read_bytes()
    assert storage.key not in packed
    assert storage.key.hex().encode() not in packed
    assert "张小芳".encode() not in packed
    assert key_file(tmp_path / "b.guitai").stat().st_mode & 0o077 == 0


def test_an_empty_home_gets_everything_back(
    storage: Storage, clock: FixedClock, tmp_path: Path
) -> None:
    a_sale(storage, a_member(storage).member_id)
    back_up(storage, tmp_path / "b.guitai")

    answer = restored(tmp_path / "b.guitai", tmp_path / "new", clock)

    again = reopened(tmp_path / "new", clock)
    assert answer.kept is None
    assert sales_in(again) == 1
    assert verify_home(again).ok
    again.close()


def test_the_old_database_is_kept_and_sales_after_the_backup_are_in_it(
    storage: Storage, clock: FixedClock, home_folder: Path, tmp_path: Path
) -> None:
    a_sale(storage)
    back_up(storage, tmp_path / "b.guitai")
    a_sale(storage)
    storage.close()

    answer = restored(tmp_path / "b.guitai", home_folder, clock)

    again = reopened(home_folder, clock)
    assert sales_in(again) == 1
    again.close()
    assert answer.kept is not None
    older = Storage(answer.kept, storage.key)
    assert sales_in(older) == 2
    older.close()


def test_a_second_restore_leaves_what_the_first_one_kept(
    storage: Storage, clock: FixedClock, home_folder: Path, tmp_path: Path
) -> None:
    back_up(storage, tmp_path / "b.guitai")
    a_sale(storage)
    storage.close()

    first = restored(tmp_path / "b.guitai", home_folder, clock)
    second = restored(tmp_path / "b.guitai", home_folder, clock)

    assert first.kept is not None
    assert first.kept != second.kept
    older = Storage(first.kept, storage.key)
    assert sales_in(older) == 1
    older.close()


def test_a_restored_home_writes_a_new_stream_and_skips_the_numbers_it_forgot(
    storage: Storage, clock: FixedClock, home_folder: Path, tmp_path: Path
) -> None:
    a_sale(storage)
    with storage.begin() as work:
        old_stream = work.home.stream_id
    back_up(storage, tmp_path / "b.guitai")
    storage.close()

    answer = restored(tmp_path / "b.guitai", home_folder, clock)

    again = reopened(home_folder, clock)
    a_sale(again)
    with again.begin() as work:
        assert work.home.stream_id == answer.stream_id != old_stream
        closed, live = work.operations.stream(old_stream), work.operations.stream(answer.stream_id)
        assert closed is not None
        assert live is not None
        assert (closed.status, closed.sequence) == ("closed", 1)
        assert (live.sequence, live.epoch) == (1, closed.epoch + 1)
        assert work.settings.get("numbers_used") == "1000000"
    assert verify_home(again).ok
    again.close()


def test_a_home_with_another_key_reads_the_backup_by_the_key_beside_it(
    storage: Storage, clock: FixedClock, tmp_path: Path
) -> None:
    a_sale(storage)
    back_up(storage, tmp_path / "b.guitai")
    other = tmp_path / "other"
    other.mkdir()
    own = database_key(other, os_store=False, chance=seeded_chance(99), create=True)

    restored(tmp_path / "b.guitai", other, clock)

    again = reopened(other, clock)
    assert again.key == own != storage.key
    assert sales_in(again) == 1
    again.close()


def test_a_backup_whose_key_was_lost_is_refused(
    storage: Storage, clock: FixedClock, tmp_path: Path
) -> None:
    back_up(storage, tmp_path / "b.guitai")
    key_file(tmp_path / "b.guitai").unlink()

    with pytest.raises(StorageUnavailable, match="key_missing"):
        restored(tmp_path / "b.guitai", tmp_path / "new", clock)


def test_a_file_that_is_no_backup_is_refused_and_the_home_stays(
    storage: Storage, clock: FixedClock, home_folder: Path, tmp_path: Path
) -> None:
    a_sale(storage)
    storage.close()
    (tmp_path / "letter.txt").write_text("hello", encoding="ascii")

    with pytest.raises(StorageUnavailable, match="not_a_backup"):
        restored(tmp_path / "letter.txt", home_folder, clock)

    again = reopened(home_folder, clock)
    assert sales_in(again) == 1
    again.close()


def test_a_backup_that_was_cut_or_changed_is_refused_and_the_home_stays(
    storage: Storage, clock: FixedClock, home_folder: Path, tmp_path: Path
) -> None:
    a_sale(storage)
    whole = tmp_path / "b.guitai"
    back_up(storage, whole)
    storage.close()
    changed = bytearray(whole.read_bytes())
    changed[len(changed) // 2] ^= 1
    whole.write_bytes(changed)

    with pytest.raises(StorageUnavailable, match="corrupt"):
        restored(whole, home_folder, clock)

    again = reopened(home_folder, clock)
    assert sales_in(again) == 1
    again.close()


def test_a_backup_of_a_newer_version_is_refused(
    storage: Storage, clock: FixedClock, tmp_path: Path
) -> None:
    made = back_up(storage, tmp_path / "b.guitai")
    fields = msgspec.to_builtins(made) | {"schema": made.schema + 1}
    with zipfile.ZipFile(tmp_path / "newer", "w") as archive:
        archive.writestr(MANIFEST, msgspec.json.encode(msgspec.convert(fields, Manifest)))

    with pytest.raises(NewerDatabase):
        restored(tmp_path / "newer", tmp_path / "new", clock)


def test_a_home_where_a_counter_runs_is_not_restored(
    storage: Storage, clock: FixedClock, home_folder: Path, tmp_path: Path
) -> None:
    back_up(storage, tmp_path / "b.guitai")

    with home_lock(home_folder), pytest.raises(HomeInUse):
        restored(tmp_path / "b.guitai", home_folder, clock)


def test_a_backup_is_made_while_the_counter_has_an_open_sale(
    storage: Storage, tmp_path: Path
) -> None:
    a_sale(storage)
    with storage.begin() as work:
        work.settings.put("language", "en")
        manifest = back_up(storage, tmp_path / "b.guitai")

    assert manifest.sales == 1


def test_a_folder_that_cannot_be_written_is_trouble_and_leaves_nothing(
    storage: Storage, tmp_path: Path
) -> None:
    with pytest.raises(StorageUnavailable):
        back_up(storage, tmp_path / "nowhere" / "b.guitai")

    assert not (tmp_path / "nowhere").exists()


def test_a_second_backup_of_the_same_name_replaces_the_first(
    storage: Storage, tmp_path: Path
) -> None:
    back_up(storage, tmp_path / "b.guitai")
    a_sale(storage)

    back_up(storage, tmp_path / "b.guitai")

    assert read_manifest(tmp_path / "b.guitai").sales == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "b.guitai", "b.guitai.key", "home",
    ]  # fmt: skip


def test_a_copied_home_folder_opens_with_the_key_inside(
    storage: Storage, home_folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    a_sale(storage)
    storage.close()
    shutil.copytree(home_folder, tmp_path / "moved")

    again = reopened(tmp_path / "moved", clock)

    assert sales_in(again) == 1
    again.close()
