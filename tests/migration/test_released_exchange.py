"""The upgrade matrix: every released counter before today's head office, and the other way round.

A row is a recorded conversation (`tests.support.transcript`, which says how a release adds one).
Its very bytes are sent again: head office of today has to take what is told and to answer what is
asked. Counters of today have to read what head office answered then.
"""

from pathlib import Path

import pytest

from db.domain.ids import text_of
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from sync.protocol.frames import unseal
from sync.protocol.messages import (
    EnrollReply,
    LeaseReply,
    Problem,
    PullReply,
    PushReply,
    Reply,
    reply_in,
)
from sync.protocol.signing import public_key
from sync.protocol.version import app_version
from sync.server.door import Door
from tests.support.checkers import rows
from tests.support.transcript import (
    ROOT,
    Said,
    Transcript,
    office_that_knows,
    read_transcript,
    record,
)

RELEASED = sorted(path.stem for path in ROOT.glob("*.json"))


def read(told: Transcript, said: Said, sealed: bytes) -> Reply:
    """Return an answer that today's counter would believe."""
    opened = unseal(sealed)
    assert opened.is_from(public_key(told.office_key), f"{said.kind} reply")
    return reply_in(opened)


def check_as_good(told: Transcript, now: Reply, then: Reply) -> None:
    """Assert that an answer of today says what the one of then did.

    Head office's own operations have ids of their own each time, and so digests: where the counter
    remembers those of then, it is told everything again.
    """
    match now, then:
        case PushReply(), PushReply():
            assert (now.answer, now.upto, now.upto_hash) == (then.answer, then.upto, then.upto_hash)
            assert now.verdicts == then.verdicts
        case PullReply(), PullReply():
            assert written_by(told, then) <= written_by(told, now)
            assert now.more == then.more
        case LeaseReply(), LeaseReply():
            assert (len(now.rows), len(now.refused)) == (len(then.rows), len(then.refused))
        case EnrollReply(), EnrollReply():
            assert (now.device, now.branch) == (then.device, then.branch)
        case _:
            assert type(now) is type(then)


def written_by(told: Transcript, reply: PullReply) -> set[bytes]:
    """Return the counter's own operations among the rows."""
    counter = text_of(told.counter).encode()
    return {bytes(row.op) for row in reply.rows if b'"dev":"%s"' % counter in bytes(row.op)}


def test_this_version_has_its_row() -> None:
    assert app_version() in RELEASED, "python -m tests.support.transcript"


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_counter_is_answered_by_todays_head_office(version: str, tmp_path: Path) -> None:
    told = read_transcript(version)
    clock = FixedClock(told.said[0].at)
    office = office_that_knows(told, tmp_path / "office", clock)
    door = Door(office)

    for said in told.said:
        clock.at_ms = said.at
        status, sealed = door.answer(said.kind, said.request)
        now, then = read(told, said, sealed), read(told, said, said.reply)
        assert status == 200, now
        assert not isinstance(now, Problem)
        check_as_good(told, now, then)

    statuses = "SELECT DISTINCT status FROM operation"
    assert rows(office.storage, statuses) == [("applied",)]
    assert verify_home(office.storage).problems == ()
    office.close()


@pytest.mark.parametrize("version", RELEASED)
def test_what_a_released_head_office_answered_is_read_by_todays_counter(version: str) -> None:
    told = read_transcript(version)

    kinds = [type(read(told, said, said.reply)).__name__ for said in told.said]

    assert {"EnrollReply", "PushReply", "PullReply", "LeaseReply"} <= set(kinds)


def test_a_conversation_is_recorded_as_it_went(tmp_path: Path) -> None:
    told = record(tmp_path)

    assert {said.kind for said in told.said} >= {"enroll", "push", "pull", "lease"}
    assert told.said[0].kind == "enroll"
