"""Rolling codes at head office: who shows one that was used before is the second of two.

A code is a keyed hash of its stream and its number, so nothing of it need be kept but the last
number that was shown, and a head office that was restored knows the codes it has forgotten. A
request that comes late or twice off the line shows an old code as well; nobody hears the doubt it
is answered with. Only somebody living can show that doubt in turn, and only that is an alarm. It
stops leases of the stream and nothing else (DECISIONS 51).
"""

import hashlib
import hmac
from dataclasses import dataclass

from db.domain.ids import ID_BYTES, StreamId
from db.domain.operations import HASH_BYTES
from sync.protocol.messages import PullRequest, Roll
from sync.server.desk import Desk
from sync.server.storage.device_rows import DeviceRow

ROLL_EVERY_MS = 60_000
"""How long a code is good before the next is handed out: an idle counter writes nothing."""
CLONE = "clone"


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a pull is answered about its stream's code."""

    roll: Roll | None = None
    doubt: bytes = b""
    leave: bool = False


def answer_roll(desk: Desk, device: DeviceRow, request: PullRequest) -> Rolled:
    """Look at the code a counter shows for its stream, and say what follows."""
    if request.doubt:
        _hear_doubt(desk, device, request.doubt)
    stream = desk.work.operations.stream(StreamId(request.stream))
    if stream is None or stream.counter_id != device.counter_id:
        return Rolled()
    known = desk.alarms.roll(request.stream)
    shown = _number(desk, request)
    if shown < known.generation:
        return Rolled(doubt=_doubt(desk, request.stream))
    if known.doubted_at is not None:
        return Rolled(leave=True)
    now = desk.work.at_ms
    if shown > known.generation:
        desk.alarms.shown(request.stream, shown, now)
        return Rolled()
    if shown and now - known.shown_at < ROLL_EVERY_MS:
        return Rolled()
    return Rolled(roll=_roll(desk, request.stream, shown + 1))


def is_doubted(desk: Desk, stream_id: bytes) -> bool:
    """Say whether two machines wrote this stream: nothing is lent to it any more."""
    return desk.alarms.roll(stream_id).doubted_at is not None


def _number(desk: Desk, request: PullRequest) -> int:
    """Return the number of the code that is shown; 0 for none, or for one that is not ours."""
    shown = request.roll
    if shown is None:
        return 0
    ours = _roll(desk, request.stream, shown.generation)
    return shown.generation if hmac.compare_digest(ours.code, shown.code) else 0


def _hear_doubt(desk: Desk, device: DeviceRow, doubt: bytes) -> None:
    """Raise the alarm that somebody living was answered with this doubt."""
    stream_id = doubt[:ID_BYTES]
    stream = desk.work.operations.stream(StreamId(stream_id))
    if stream is None or stream.counter_id != device.counter_id:
        return
    if not hmac.compare_digest(doubt, _doubt(desk, stream_id)):
        return
    if desk.alarms.doubt(stream_id, desk.work.at_ms):
        desk.alarms.raised(CLONE, device.device_id, at_ms=desk.work.at_ms, detail=stream_id.hex())


def _roll(desk: Desk, stream_id: bytes, number: int) -> Roll:
    said = b"roll" + stream_id + number.to_bytes(8, "big")
    code = hmac.new(desk.private_key, said, hashlib.sha256).digest()
    return Roll(generation=number, code=code)


def _doubt(desk: Desk, stream_id: bytes) -> bytes:
    """Return the stream and half a keyed hash over it: only head office can say this."""
    code = hmac.new(desk.private_key, b"doubt" + stream_id, hashlib.sha256).digest()
    return stream_id + code[: HASH_BYTES - ID_BYTES]
