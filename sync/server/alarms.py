"""What somebody at head office should look at, and when it was last backed up."""

from dataclasses import dataclass

from db.domain.ids import text_of
from db.storage.unit_of_work import Storage
from sync.server.devices import devices
from sync.server.durability import ARCHIVED_SETTING, BACKED_UP_SETTING
from sync.server.storage.alarm_rows import all_alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of thing about one device; without a device it was nobody we know. UTC ms."""

    kind: str
    device_id: str | None
    branch: str | None
    counter: str | None
    times: int
    first_at: int
    last_at: int


def alarms(storage: Storage) -> list[Alarm]:
    """Return what somebody should look at, the newest first."""
    known = {device.device_id: device for device in devices(storage)}
    with storage.reading() as reader:
        rows = all_alarms(reader)
    found = []
    for row in rows:
        device = known.get(text_of(row.device_id))
        found.append(
            Alarm(
                kind=row.kind,
                device_id=None if device is None else device.device_id,
                branch=None if device is None else device.branch,
                counter=None if device is None else device.counter,
                times=row.times,
                first_at=row.first_at,
                last_at=row.last_at,
            )
        )
    return found


def proved_backup_at(storage: Storage) -> int | None:
    """Return when the last backup was made that could be proved, UTC ms."""
    return _moment(storage, BACKED_UP_SETTING)


def declared_archive_at(storage: Storage) -> int | None:
    """Return when the operator last said that an archive holds everything, UTC ms."""
    return _moment(storage, ARCHIVED_SETTING)


def _moment(storage: Storage, name: str) -> int | None:
    with storage.reading() as reader:
        at = reader.value("SELECT value FROM setting WHERE name = ?", (name,))
    return None if at is None else int(at)
