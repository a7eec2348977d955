"""What every home can do works on head office's too when PostgreSQL keeps its book."""

import json
from pathlib import Path

from tests.support.postgres_server import PostgresServer
from tests.support.processes import done, guitai
from tests.support.programs import a_document


def test_a_head_office_on_postgresql_is_proved_reported_and_published_to(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    home, document = tmp_path / "office", tmp_path / "program.json"
    done(guitai(home, "office", "init", "--sandbox", "--database", postgres.new_database()))
    document.write_text(json.dumps(a_document(version=99, effective_on="2099-01-01")))

    published = guitai(home, "program", "publish", str(document))
    proof, health = done(guitai(home, "verify")), done(guitai(home, "doctor"))
    day, copy = done(guitai(home, "report", "day")), guitai(home, "backup")

    assert (published.code, proof["ok"]) == (0, True), published
    assert (health["healthy"], health["database_bytes"]) == (True, None)
    assert health["sync"]["head_office"]
    assert day["figures"]["sales"] == 0
    for each in done(guitai(home, "report", "list"))["reports"]:
        assert done(guitai(home, "report", each["name"]))
    assert (copy.code, "PostgreSQL" in copy.told) == (2, True)
