"""The code that goes on with each exchange: how a copied disk is noticed before it writes twice.

Head office hands out the next code now and then, and knows which one was shown last. Whoever shows
an older one is the second of two machines from one image, or a file that was put back by hand: it
begins a new stream at once and says so, and the first one does the same when it hears of it. Both
sell on; what the old stream had on lease is lent no more (DECISIONS 51). A stream has codes of its
own, so a home that was restored as it should be, with a new stream, alarms nobody.
"""

from db.domain.ids import StreamId
from db.services.enrollment import start_stream
from db.storage.unit_of_work import UnitOfWork
from sync.protocol.messages import PullReply, Roll

ROLL_SETTING = "office_roll"
DOUBT_SETTING = "office_doubt"
STREAM_BYTES = 16


def shown_roll(work: UnitOfWork) -> Roll | None:
    """Return the last code that our stream was given; nothing for a stream that has none."""
    words = (work.settings.get(ROLL_SETTING) or "").split()
    if words[:1] != [work.home.stream_id.hex()]:
        return None
    return Roll(generation=int(words[1]), code=bytes.fromhex(words[2]))


def shown_doubt(work: UnitOfWork) -> bytes:
    """Return what head office said when we showed a code that was used before."""
    return bytes.fromhex(work.settings.get(DOUBT_SETTING) or "")


def take_roll(work: UnitOfWork, reply: PullReply, *, stream_id: bytes) -> bool:
    """Keep the next code, or begin a new stream where two wrote ours; say whether we did.

    Args:
        work: the open transaction.
        reply: what head office answered.
        stream_id: the stream that the question was asked for; ours may be another one by now.
    """
    if work.settings.get(DOUBT_SETTING) and not reply.doubt:
        work.settings.put(DOUBT_SETTING, "")
    if stream_id != work.home.stream_id:
        return False
    if reply.doubt:
        work.settings.put(DOUBT_SETTING, reply.doubt.hex())
    elif reply.roll is not None:
        text = f"{stream_id.hex()} {reply.roll.generation} {reply.roll.code.hex()}"
        work.settings.put(ROLL_SETTING, text)
    if not reply.doubt and not reply.leave:
        return False
    start_stream(work, StreamId(work.chance(STREAM_BYTES)))
    return True
