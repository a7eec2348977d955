"""Messages that nobody of ours sends: refused by name, and nothing else is affected.

Each story ends with an honest counter of the same office that exchanges as ever, and with proved
books (`bystander`). What is broken below the message is in test_frames, what a device may not do
in test_enrollment.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import zstandard

from db.storage.home import read_home
from db.storage.system import FixedClock
from sync.client.inbox import pull_request
from sync.protocol.frames import OPENED_BYTES_MAX, SEALED_BYTES_MAX, unseal
from sync.protocol.messages import EnrollRequest, Problem, reply_in, seal_message
from sync.protocol.office import OfficeRefused
from sync.protocol.signing import public_key
from sync.server.devices import revoke
from tests.support.checkers import rows, value
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import batch_of, exchanged, waiting_at

pytestmark = pytest.mark.usefixtures("bystander")
NOBODY = bytes(16)
STATUSES = "SELECT kind, status FROM operation WHERE received_at IS NOT NULL ORDER BY rowid"


def sealed_push(joining: Joining) -> bytes:
    key = joining.device().private_key
    return seal_message(batch_of(joining), private=key, purpose="push request")


def said(joining: Joining, sealed: bytes, kind: str = "push") -> tuple[int, str]:
    """Return the status and the problem that a sealed request is answered with."""
    status, answer = joining.line.door.answer(kind, sealed)
    reply = reply_in(unseal(answer))
    return status, reply.code if isinstance(reply, Problem) else "done"


def alarms(joining: Joining) -> list[tuple[str, bytes]]:
    """Return what a person at head office is shown of it."""
    return rows(joining.office.storage, "SELECT kind, device_id FROM alarm")


def _asking_128_mib(lines: bytes) -> bytes:
    """Return a true message in a frame that asks its reader for 128 MiB of memory."""
    wide = zstandard.ZstdCompressionParameters(window_log=27)
    packing = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    return packing.compress(lines) + packing.flush()


BODIES: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "garbage": (lambda _: b"\x00\xff" * 500, 400, "malformed"),
    "a page": (lambda _: b"<!DOCTYPE html>", 400, "malformed"),
    "oversized": (lambda sealed: sealed + bytes(SEALED_BYTES_MAX), 413, "too_large"),
    "half of it": (lambda sealed: sealed[: len(sealed) // 2], 400, "malformed"),
    "a bomb": (lambda _: zstandard.compress(bytes(4 * OPENED_BYTES_MAX), 19), 400, "malformed"),
    "a huge window": (
        lambda sealed: _asking_128_mib(zstandard.decompress(sealed)),
        400,
        "malformed",
    ),
    "version 99": (
        lambda sealed: zstandard.compress(
            zstandard.decompress(sealed).replace(b'{"end":1', b'{"end":99')
        ),
        400,
        "malformed",
    ),
    "half of the batch": (
        lambda sealed: zstandard.compress(
            b"\n".join(zstandard.decompress(sealed).split(b"\n")[::2]) + b"\n"
        ),
        400,
        "malformed",
    ),
}


@pytest.mark.parametrize("case", BODIES)
def test_a_message_that_is_not_whole_is_refused_by_name_and_stores_nothing(
    joining: Joining, case: str
) -> None:
    for _ in range(3):
        a_sale(joining.storage)
    spoil, status, code = BODIES[case]

    assert said(joining, spoil(sealed_push(joining))) == (status, code)

    assert alarms(joining) == [(code, NOBODY)]
    assert rows(joining.office.storage, STATUSES) == []
    assert exchanged(joining).pushed == 3


def test_a_message_that_was_overheard_brings_nothing_to_who_repeats_it(joining: Joining) -> None:
    a_sale(joining.storage)
    overheard = sealed_push(joining)
    before = exchanged(joining)

    again = [said(joining, overheard), said(joining, overheard, "pull"), said(joining, overheard)]

    assert (before.pushed, again) == (1, [(200, "done"), (401, "bad_signature"), (200, "done")])
    assert value(joining.office.storage, "SELECT count(*) FROM sale") == 1


def test_what_a_stranger_signs_is_nobodys(joining: Joining) -> None:
    a_sale(joining.storage)
    forged = seal_message(batch_of(joining), private=b"s" * 32, purpose="push request")

    assert said(joining, forged) == (401, "bad_signature")
    assert alarms(joining) == [("bad_signature", joining.device().device)]
    assert rows(joining.office.storage, STATUSES) == []


def test_a_device_may_not_write_the_stream_of_another(joining: Joining, bystander: Joining) -> None:
    a_sale(joining.storage)
    exchanged(joining)
    a_sale(joining.storage)
    theirs = batch_of(joining)
    device = bystander.device()
    stolen = msgspec.structs.replace(theirs, device=device.device, token=device.token)

    with pytest.raises(OfficeRefused) as refused:
        bystander.remote().push(stolen)

    assert refused.value.reason == "not_yours"
    assert alarms(joining) == [("not_yours", device.device)]
    assert exchanged(joining).pushed == 1


def test_a_revoked_device_learns_and_gets_nothing_and_what_it_repeats_is_refused(
    joining: Joining,
) -> None:
    a_sale(joining.storage)
    overheard = sealed_push(joining)
    revoke(joining.office.storage, joining.device().device)

    with joining.storage.begin() as work:
        request = pull_request(work, joining.device())
    with pytest.raises(OfficeRefused) as refused:
        joining.remote().pull(request)

    assert refused.value.reason == "revoked"
    assert said(joining, overheard) == (403, "revoked")
    assert (exchanged(joining).trouble, waiting_at(joining)) == ("revoked", 1)
    assert alarms(joining) == [("revoked", joining.device().device)]


@pytest.mark.parametrize("timezone", ["", "Mars/Olympus", "../../etc/passwd", "Asia", "\0"])
def test_a_counter_whose_days_begin_nowhere_is_not_taken_in(
    joining: Joining, timezone: str
) -> None:
    assert said(joining, an_enrolment(joining, timezone=timezone), "enroll") == (400, "malformed")
    assert value(joining.office.storage, "SELECT count(*) FROM branch WHERE name = '火星店'") == 0


def test_no_counter_is_taken_in_as_head_offices_own(joining: Joining) -> None:
    with joining.office.storage.reading() as reader:
        own = read_home(reader).counter_id

    assert said(joining, an_enrolment(joining, counter=own), "enroll") == (400, "malformed")
    with joining.office.storage.reading() as reader:
        assert read_home(reader).counter_name == "总部"


def an_enrolment(joining: Joining, **changes: Any) -> bytes:
    """Return a sealed request to be taken in, by a good code, as another counter in 火星店."""
    facts: dict[str, Any] = {
        "request": bytes(16),
        "code": joining.code(),
        "public_key": public_key(b"z" * 32),
        "counter": b"c" * 16,
        "counter_name": "03机",
        "branch": b"b" * 16,
        "branch_name": "火星店",
        "timezone": "Asia/Shanghai",
        "day_cut_minutes": 240,
    }
    request = EnrollRequest(**(facts | changes))
    return seal_message(request, private=b"z" * 32, purpose="enroll request")


def test_who_knocks_without_end_makes_head_office_write_once_a_minute(
    joining: Joining, clock: FixedClock
) -> None:
    counted = "SELECT times FROM alarm WHERE kind = 'malformed'"
    for _ in range(30):
        said(joining, b"garbage")
    at_once = value(joining.office.storage, counted)
    clock.advance(60_000)
    said(joining, b"garbage")

    assert (at_once, value(joining.office.storage, counted)) == (1, 31)
