"""The plain way of a server: Flask takes JSON, peewee writes models. A log only, no balances.

`python -m tests.bench.peers.plain_server PACKAGES PORT FILE`; Flask lies in PACKAGES.
Idempotent by the operation's id, sequenced by the primary key, durable before it answers.
"""

import json
import sys

from peewee import AutoField, Model, SqliteDatabase, TextField, chunked

sys.path.insert(0, sys.argv[1])
from flask import Flask, request

ROWS_AT_ONCE = 500
database = SqliteDatabase(None)
app = Flask(__name__)


class Operation(Model):
    sequence = AutoField()
    op = TextField(unique=True)
    stream = TextField()
    body = TextField()

    class Meta:  # noqa: D106 - peewee's
        database = database


@app.post("/operations")
def take() -> dict[str, int]:
    """Store a list of operations, each once."""
    rows = [
        {"op": each["op"], "stream": each["s"], "body": json.dumps(each, ensure_ascii=False)}
        for each in request.get_json()
    ]
    with database.atomic():
        for part in chunked(rows, ROWS_AT_ONCE):
            Operation.insert_many(part).on_conflict_ignore().execute()
    return {"taken": len(rows)}


if __name__ == "__main__":
    database.init(sys.argv[3], pragmas={"journal_mode": "wal", "synchronous": "full"})
    database.create_tables([Operation])
    app.run(host="127.0.0.1", port=int(sys.argv[2]), threaded=False)
