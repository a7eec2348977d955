"""A parcel: what a counter would push, in a file that somebody carries to head office.

For a counter without a line, or one that head office hears no more. It holds the very messages that
would have gone over the line, sealed and signed by the device, one behind the other.
"""

from collections.abc import Iterable

from sync.protocol.frames import SEALED_BYTES_MAX, BrokenFrames

MAGIC = b"guitai parcel 1\n"
_LENGTH_BYTES = 4


def parcel_of(messages: Iterable[bytes]) -> bytes:
    """Return sealed messages as one file."""
    parts = (len(one).to_bytes(_LENGTH_BYTES, "big") + one for one in messages)
    return MAGIC + b"".join(parts)


def messages_in(parcel: bytes) -> list[bytes]:
    """Return the sealed messages in a file.

    Raises:
        BrokenFrames: when it is no parcel, or ends in the middle of a message.
    """
    if not parcel.startswith(MAGIC):
        raise BrokenFrames("no parcel")
    messages: list[bytes] = []
    place = len(MAGIC)
    while place < len(parcel):
        length = int.from_bytes(parcel[place : place + _LENGTH_BYTES], "big")
        place += _LENGTH_BYTES
        message = parcel[place : place + length]
        if len(message) < length or not 0 < length <= SEALED_BYTES_MAX:
            raise BrokenFrames("cut off")
        messages.append(message)
        place += length
    return messages
