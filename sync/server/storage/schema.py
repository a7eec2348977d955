"""Head office's own tables, numbered apart from the members' truth that they stand beside.

`db.storage` migrates what every replica has; what is here exists at head office only, so its
number is a setting of that file and not SQLite's `user_version`.
"""

from db.storage.errors import NewerDatabase
from db.storage.migrate import migrations
from db.storage.unit_of_work import UnitOfWork

PACKAGE = "sync.server.storage.migrations"
SETTING = "office_schema"


def migrate_office(work: UnitOfWork) -> None:
    """Bring head office's tables up to date; refuse a file that a newer version wrote."""
    found = int(work.settings.get(SETTING) or 0)
    known = migrations(PACKAGE)
    latest = known[-1][0]
    if found > latest:
        raise NewerDatabase(found, latest)
    for number, script in known:
        if number > found:
            for statement in script.split(";\n"):
                if statement.strip():
                    work.sql.run(statement)
    if found < latest:
        work.settings.put(SETTING, str(latest))
