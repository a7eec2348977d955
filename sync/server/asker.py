"""Who asks head office for a lease: the stream that would spend, and its branch's day."""

from dataclasses import dataclass
from datetime import date

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, StreamId
from db.domain.staff import Actor, Role
from db.storage.operations import StreamHead
from sync.protocol.messages import LeaseRequest
from sync.protocol.office import OfficeRefused
from sync.server.desk import Desk
from sync.server.storage.device_rows import DeviceRow

EXACT_LEASE_MS = 15 * 60_000
"""How long an exact lease lasts: a visit. What is not spent in it comes back."""
HOUR_MS = 3_600_000
OFFICE = Actor(None, Role.HEAD_OFFICE)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the stream that would spend, and its branch's day."""

    stream: StreamHead
    calendar: BusinessCalendar
    today: date


def asker_of(desk: Desk, device: DeviceRow, request: LeaseRequest) -> Asker:
    """Return who asks; refuse with `not_yours` when another counter writes that stream."""
    stream_id = StreamId(request.stream)
    desk.work.operations.open_stream(stream_id, device.counter_id, epoch=request.epoch)
    stream = desk.work.operations.stream(stream_id)
    assert stream is not None, "it was just opened"
    if stream.counter_id != device.counter_id:
        raise OfficeRefused("not_yours")
    row = desk.work.one("SELECT branch_id FROM counter WHERE counter_id = ?", (device.counter_id,))
    assert row is not None, "a device is a counter's"
    branch = desk.work.branches.branch(BranchId(row[0]))
    assert branch is not None, "a counter is a branch's"
    calendar = branch[1]
    return Asker(stream, calendar, calendar.day_of(desk.work.at_ms))
