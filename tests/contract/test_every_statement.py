"""Every constant statement is SQL to both: SQLite explains it, and PostgreSQL prepares it.

Statements are found in the sources: what SQLite cannot explain is a part of one.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlcipher3 import dbapi2

from db.storage.dialect import SEARCH_PATH, for_postgres
from db.storage.migrate import migrations
from db.storage.postgres_storage import PostgresStorage
from sync.server.storage.schema import PACKAGE, migrate_office
from tests.support.postgres_server import PostgresServer

ROOMS = ("db/storage", "db/services", "db/queries", "sync/client", "sync/server")
OF_SQLITE_ALONE = {
    "db/storage/backup.py", "db/storage/database.py", "db/storage/migrate.py",
    "db/storage/snapshot_image.py", "db/storage/snapshot_load.py", "db/storage/postgres.py",
    "db/storage/postgres_functions.py", "db/storage/postgres_storage.py",
}  # fmt: skip
TEXT = 25
"""PostgreSQL's number for the type."""
_STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s")
ROOT = Path(__file__).resolve().parents[2]


def statements() -> Iterator[tuple[str, str]]:
    """Yield (where, text) of every string that begins like a statement."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if name in OF_SQLITE_ALONE:
                continue
            module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
            for named, found in vars(module).items():
                if isinstance(found, str) and _STATEMENT.match(found):
                    yield f"{name} {named}", found
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and _STATEMENT.match(text):
                    yield f"{name}:{node.lineno}", text


@pytest.fixture
def sqlite() -> Iterator[dbapi2.Connection]:
    connection = dbapi2.connect(":memory:")
    for _, script in (*migrations(), *migrations(PACKAGE)):
        connection.executescript(script)
    yield connection
    connection.close()


@pytest.fixture
def postgresql(
    postgres: PostgresServer, tmp_path: Path
) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    address = postgres.new_database()
    storage = PostgresStorage(address, tmp_path)
    with storage.begin() as work:
        migrate_office(work)
    storage.close()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"SET search_path = {SEARCH_PATH}".encode())
        yield connection


def explained(connection: dbapi2.Connection, sql: str) -> bool:
    try:
        connection.execute(f"EXPLAIN {sql}", [None] * 99).close()
    except dbapi2.ProgrammingError as error:  # so many parameters it had not
        return "bindings" in str(error)
    except dbapi2.Error:
        return False
    return True


def types_of_unused(said: str) -> list[int]:
    """Return a type for each parameter that a statement passes over, as values have one."""
    used = {int(number) for number in re.findall(r"\$(\d+)", said)}
    return [0 if number in used else TEXT for number in range(1, max(used, default=0) + 1)]


def test_postgresql_understands_every_statement(
    sqlite: dbapi2.Connection, postgresql: psycopg.Connection[tuple[object, ...]]
) -> None:
    tried, wrong = 0, []

    for where, text in statements():
        if not explained(sqlite, text):
            continue
        tried += 1
        said = for_postgres(text)
        result = postgresql.pgconn.prepare(b"", said.encode(), types_of_unused(said))
        if result.error_message:
            wrong.append(f"{where}: {result.error_message.decode()}")

    assert wrong == []
    assert tried > 400
