"""Taking in what a counter wrote and somebody carried here in a file.

Whoever operates head office decides that by hand, so it is taken from a device that was revoked as
well: what happened at its counter happened. It has to be signed by the device all the same.
"""

from dataclasses import dataclass

from db.domain.trouble import Trouble
from sync.protocol.frames import BrokenFrames, unseal
from sync.protocol.messages import PushRequest, request_in
from sync.protocol.parcel import messages_in
from sync.server.desk import Desk
from sync.server.ingest import ingest
from sync.server.office import Office


class ParcelRefused(Trouble):
    """A file that is no parcel of a counter of ours; nothing of it was taken.

    `reason` is malformed, unknown_device or bad_signature.
    """

    code = "parcel_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ParcelTaken:
    """What a parcel brought: new operations, how many of them wait to be looked at, how many not.

    `refused` batches are of a stream that head office knows otherwise (a fork): the counter has to
    exchange once for those.
    """

    operations: int = 0
    quarantined: int = 0
    refused: int = 0


def take_parcel(office: Office, parcel: bytes) -> ParcelTaken:
    """Take in a parcel, all of it in one transaction; taking it again changes nothing.

    Raises:
        ParcelRefused: when it is none, or nobody of ours has signed it.
    """
    taken = ParcelTaken()
    with office.storage.begin() as work:
        desk = Desk(work, office.journal)
        for message in _messages(parcel):
            taken = _take(desk, message, taken)
    return taken


def _messages(parcel: bytes) -> list[bytes]:
    try:
        return messages_in(parcel)
    except BrokenFrames as broken:
        raise ParcelRefused("malformed") from broken


def _take(desk: Desk, message: bytes, taken: ParcelTaken) -> ParcelTaken:
    try:
        opened = unseal(message)
        request = request_in(opened)
    except BrokenFrames as broken:
        raise ParcelRefused("malformed") from broken
    if not isinstance(request, PushRequest):
        raise ParcelRefused("malformed")
    device = desk.devices.by_id(request.device)
    if device is None:
        raise ParcelRefused("unknown_device")
    if not opened.is_from(device.public_key, "push request"):
        raise ParcelRefused("bad_signature")
    before = _held(desk, request)
    reply = ingest(desk, device, request)
    return ParcelTaken(
        operations=taken.operations + _held(desk, request) - before,
        quarantined=taken.quarantined
        + sum(verdict.status == "quarantined" for verdict in reply.verdicts),
        refused=taken.refused + (reply.answer != "ack"),
    )


def _held(desk: Desk, request: PushRequest) -> int:
    sequence: int | None = desk.work.sql.value(
        "SELECT sequence FROM stream WHERE stream_id = ?", (request.stream,)
    )
    return sequence or 0
