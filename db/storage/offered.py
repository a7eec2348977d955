"""How much of our stream head office was ever offered: what lies behind it, nobody else has heard.

Written before a batch leaves, so a lost answer changes nothing. What two counters can take back is
told apart by it from what only we know (DECISIONS 11): a sale that never left cannot be contested.
"""

from db.domain.ids import StreamId
from db.storage.database import Reader
from db.storage.home import SettingRepository

OFFERED_SETTING = "offered_upto"
"""Our stream and the last place of it that was in a batch or in a parcel."""
_PLACE = "SELECT stream_id, sequence FROM operation WHERE op = ?"
_OFFERED = f"SELECT value FROM setting WHERE name = '{OFFERED_SETTING}'"  # noqa: S608 - constant


def note_offered(settings: SettingRepository, stream_id: StreamId, *, upto: int) -> None:
    """Remember that a stream is about to leave as far as `upto`, if it never was so far."""
    said = settings.get(OFFERED_SETTING)
    if _upto(said, stream_id) < upto:
        settings.put(OFFERED_SETTING, f"{stream_id.hex()} {upto}")


def never_left(reader: Reader, op: bytes, stream_id: StreamId) -> bool:
    """Say whether an operation is of this stream and was never on its way to head office."""
    place = reader.one(_PLACE, (op,))
    if place is None or place[0] != stream_id:
        return False
    return bool(place[1] > _upto(reader.value(_OFFERED), stream_id))


def _upto(said: str | None, stream_id: StreamId) -> int:
    stream, _, upto = (said or "").partition(" ")
    return int(upto) if stream == stream_id.hex() else 0
