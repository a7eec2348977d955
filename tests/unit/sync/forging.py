"""What tests of bad input do with a counter that has joined: exchange, forge, count what waits."""

from typing import Any

import msgspec

from db.domain.operations import Operation, read_operation
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.outbox import next_batch, waiting
from sync.client.storage_access import directly_on
from sync.protocol.messages import Fact, PushReply, PushRequest
from tests.unit.sync.conftest import Joining


def exchanged(joining: Joining) -> ExchangeReport:
    office, device = joining.remote(), joining.device()
    return exchange_once(directly_on(joining.storage), office, device, renew=False)


def batch_of(joining: Joining) -> PushRequest:
    with joining.storage.begin() as work:
        batch = next_batch(work, joining.device())
    assert batch is not None
    return batch


def first_in(batch: PushRequest) -> Operation:
    return read_operation(bytes(batch.rows[0].op))


def pushed(joining: Joining, *raws: bytes, **changes: Any) -> PushReply:
    """Push these bytes in the place of what waits."""
    facts = tuple(Fact(op=msgspec.Raw(raw)) for raw in raws)
    return joining.remote().push(msgspec.structs.replace(batch_of(joining), rows=facts, **changes))


def waiting_at(joining: Joining) -> int:
    return directly_on(joining.storage)(waiting)
