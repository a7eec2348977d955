"""What the office works with inside one transaction: the members' truth and its own tables."""

from functools import cached_property

from db.storage.unit_of_work import UnitOfWork
from sync.protocol.signing import KEY_BYTES, public_key
from sync.server.foreknown import Foreknown
from sync.server.storage.alarm_rows import AlarmRepository
from sync.server.storage.device_rows import DeviceRepository
from sync.server.storage.feed_rows import FeedRepository
from sync.server.storage.grant_journal import GrantJournal
from sync.server.storage.guest_rows import GuestRepository
from sync.server.storage.heard_rows import HeardRepository
from sync.server.storage.recall_rows import RecallRepository
from sync.server.storage.remembered_rows import RememberedRepository

KEY_SETTING = "office_key"
INCARNATION_SETTING = "incarnation"
LIFE_SETTING = "incarnation_stream"
INCARNATION_BYTES = 16


class Desk:
    """One transaction at head office; `journal` has what was decided and told before."""

    def __init__(self, work: UnitOfWork, journal: GrantJournal) -> None:
        self.work = work
        self.journal = journal
        self.devices = DeviceRepository(work.sql)
        self.feed = FeedRepository(work)
        self.recalls = RecallRepository(work.sql)
        self.alarms = AlarmRepository(work.sql)
        self.known = Foreknown(work.sql)
        self.heard = HeardRepository(work.sql)
        self.guests = GuestRepository(work)
        self.remembered = RememberedRepository(work)

    @cached_property
    def private_key(self) -> bytes:
        """Return the key that head office signs with; every device has pinned its other half."""
        return self._bytes(KEY_SETTING)

    @cached_property
    def public_key(self) -> bytes:
        """Return the half of the key that devices pin."""
        return public_key(self.private_key)

    @cached_property
    def incarnation(self) -> bytes:
        """Return which life of this head office it is: a restored one counts its feed anew."""
        return self._bytes(INCARNATION_SETTING)

    def _bytes(self, name: str) -> bytes:
        value = self.work.settings.get(name)
        assert value is not None, "make_office writes it"
        return bytes.fromhex(value)


def begin_life(work: UnitOfWork) -> bool:
    """Give head office its key; give a restored one, which writes a new stream, a new incarnation.

    Counters that meet another incarnation send and read again what it may have forgotten. Returns
    whether a life began.
    """
    if work.settings.get(KEY_SETTING) is None:
        work.settings.put(KEY_SETTING, work.chance(KEY_BYTES).hex())
    stream = work.home.stream_id.hex()
    if work.settings.get(LIFE_SETTING) == stream:
        return False
    work.settings.put(LIFE_SETTING, stream)
    work.settings.put(INCARNATION_SETTING, work.chance(INCARNATION_BYTES).hex())
    return True
