"""A head office with a book of very many members, made fast and kept: rows go into its tables.

Each member is there with the operation that registered him, his name and phone beside it, his place
in the feed, his points and totals, and his search postings. What a counter takes over is all of it.
"""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from db.domain.ids import CounterId, StreamId, text_of
from db.domain.operations import GENESIS, Envelope, Operation, Personal, personal_of, seal
from db.storage.unit_of_work import UnitOfWork
from sync.protocol.digest import EMPTY, added
from sync.server.office import make_office, open_office
from tests.bench import book
from tests.bench.book import DAY_MS, NOW_MS, Member

FORM = 1
"""Raised when the book is made otherwise."""
_STREAM = StreamId(bytes([7]) * 16)
_COUNTER = CounterId(bytes([8]) * 16)
_OPERATION = (
    "INSERT INTO operation (stream_id, sequence, op, kind, hash, raw, hlc, member_id, received_at,"
    " status, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'applied', NULL)"
)
_PERSONAL = "INSERT INTO personal (op, member_id, nonce, payload) VALUES (?, ?, ?, ?)"
_HEAD = "INSERT INTO feed_head (bucket, sequence, sum256) VALUES (?, ?, ?)"
_FEED = "INSERT INTO feed (bucket, sequence, op, sum256) VALUES (?, ?, ?, ?)"


def an_office(folder: Path, members: int) -> Path:
    """Return the home of a head office with so many members, made when it is not there yet."""
    schema = "".join(
        each.read_text(encoding="utf-8")
        for place in ("db/storage/migrations", "sync/server/storage/migrations")
        for each in sorted(Path(place).glob("*.sql"))
    )
    mark = hashlib.sha256(f"{schema}{FORM}{book.FORM}".encode()).hexdigest()[:12]
    path = folder / f"office-{members}-{mark}"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        for old in folder.glob(f"office-{members}-*"):
            shutil.rmtree(old)
        partial = path.with_suffix(".partial")
        partial.mkdir()
        _make(partial, members)
        partial.replace(path)
    return path


def _make(home: Path, members: int) -> None:
    make_office(home)
    office = open_office(home)
    everybody = [Member(place) for place in range(members)]
    with office.storage.begin() as work:
        work.operations.open_stream(_STREAM, _COUNTER, epoch=1)
        work.sql.run_many(book._MEMBER, book._members(work, everybody))
        work.sql.run_many(book._TOTAL, book._totals(everybody))
        work.sql.run_many(book._LOT, book._lots(everybody))
        _write_log(work, everybody)
        work.grams.rebuild()
    office.storage._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    office.close()


def _write_log(work: UnitOfWork, everybody: list[Member]) -> None:
    bucket, total = work.home.branch_id, EMPTY
    operations: list[tuple[object, ...]] = []
    persons: list[tuple[object, ...]] = []
    places: list[tuple[object, ...]] = []
    for number, (member, operation, personal) in enumerate(_registered(work, everybody), 1):
        op, envelope = operation.op, operation.envelope
        total = added(total, operation.raw)
        said = (envelope.t, operation.hash, operation.raw, envelope.hlc, member.member_id)
        operations.append((_STREAM, number, op, *said, NOW_MS))
        persons.append((op, member.member_id, personal.nonce, personal.payload))
        places.append((bucket, number, op, total))
    work.sql.run_many(_OPERATION, operations)
    work.sql.run_many(_PERSONAL, persons)
    work.sql.run_many(_FEED, places)
    work.sql.run(_HEAD, (bucket, len(places), total))


def _registered(
    work: UnitOfWork, everybody: list[Member]
) -> Iterator[tuple[Member, Operation, Personal]]:
    branch, head = text_of(work.home.branch_id), GENESIS
    for number, member in enumerate(everybody, 1):
        op = book._id(member.place, 9)
        nonce = hashlib.sha256(op).digest()[:16]
        personal = personal_of({"phone": f"+86{member.phone}", "name": member.name}, nonce)
        at_ms = NOW_MS - 400 * DAY_MS + number
        operation = seal(
            Envelope(
                v=1,
                t="member_register",
                tv=1,
                crit=0,
                op=text_of(op),
                s=text_of(_STREAM),
                q=number,
                p=head.hex(),
                hlc=at_ms << 16,
                wall=at_ms,
                mono=number,
                boot="bench",
                bd="2025-10-17",
                tz="Asia/Shanghai",
                store=branch,
                dev=text_of(_COUNTER),
                m=text_of(member.member_id),
                pd=personal.digest,
                b={"number": member.number, "channel": "walk_in", "joined_on": "2025-10-17"},
            )
        )
        head = operation.hash
        yield member, operation, personal
