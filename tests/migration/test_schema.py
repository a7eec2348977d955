"""The schema: one truth in the migrations, which peewee's view and every older file come to."""

import shutil
from pathlib import Path

import pytest
from peewee import BlobField, Field, IntegerField, Model

from db.services.verify.book import verify_home
from db.storage import tables
from db.storage.errors import NewerDatabase
from db.storage.migrate import connection_of, latest_version, migrations
from db.storage.unit_of_work import Storage
from tests.support.golden import DATABASES, KEY
from tests.support.makers import a_sale

GOLDEN = sorted(path.stem for path in DATABASES.glob("schema_*.db"))
MODELS = [
    value
    for value in vars(tables).values()
    if isinstance(value, type) and issubclass(value, Model) and value is not Model
]


def schema_of(storage: Storage) -> dict[str, str]:
    with storage.reading() as reader:
        rows = reader.all("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return dict(rows)


def test_migrations_are_numbered_from_one_without_gaps() -> None:
    assert [number for number, _ in migrations()] == list(range(1, latest_version() + 1))


def test_there_is_a_golden_database_of_the_present_schema() -> None:
    assert f"schema_{latest_version()}" in GOLDEN


@pytest.mark.parametrize("name", GOLDEN)
def test_a_golden_database_opens_is_proved_and_goes_on(name: str, tmp_path: Path) -> None:
    path = tmp_path / "guitai.db"
    shutil.copy(DATABASES / f"{name}.db", path)

    storage = Storage(path, KEY)
    before = verify_home(storage)
    a_sale(storage, amount=1_000)
    after = verify_home(storage)
    storage.close()

    assert (before.problems, after.problems) == ((), ())
    assert after.operations == before.operations + 1


@pytest.mark.parametrize("name", GOLDEN)
def test_an_upgraded_schema_is_the_one_that_is_built_anew(
    name: str, tmp_path: Path, storage: Storage
) -> None:
    path = tmp_path / "guitai.db"
    shutil.copy(DATABASES / f"{name}.db", path)

    upgraded = Storage(path, KEY)

    assert schema_of(upgraded) == schema_of(storage)
    upgraded.close()


@pytest.mark.parametrize("model", MODELS)
def test_peewee_sees_a_table_as_the_migrations_made_it(
    model: type[Model], storage: Storage
) -> None:
    with storage.reading() as reader:
        columns = reader.all(
            'SELECT name, type, "notnull", pk FROM pragma_table_info(?)',
            (model._meta.table_name,),
        )

    assert [seen(field) for field in model._meta.sorted_fields] == [
        (name, kind, bool(required or key), bool(key)) for name, kind, required, key in columns
    ]


def test_a_file_of_a_newer_version_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "guitai.db"
    storage = Storage(path, KEY)
    connection_of(storage._database).execute("PRAGMA user_version = 99")
    storage.close()
    before = path.read_bytes()

    with pytest.raises(NewerDatabase) as refused:
        Storage(path, KEY)

    assert (refused.value.found, refused.value.supported) == (99, latest_version())
    assert path.read_bytes() == before


def seen(field: Field) -> tuple[str, str, bool, bool]:
    kind = "BLOB" if isinstance(field, BlobField) else "TEXT"
    if isinstance(field, IntegerField):
        kind = "INTEGER"
    return field.column_name, kind, not field.null, field.primary_key
