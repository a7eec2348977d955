"""What is wrong with the machine itself, in words: its disk, its clock."""

from PySide6.QtCore import QCoreApplication

from db.queries.counter_status import CounterStatus
from desktop.runtime.disk_room import Room
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind

translate = QCoreApplication.translate
OFF_MS_MAX = 300_000
"""Five minutes: a clock that is further off is said to be wrong."""
BUILT_MS = 1_764_547_200_000
"""2025-12-01, before which no version of this program was there."""


def clock_is_doubtful(status: CounterStatus, now_ms: int) -> bool:
    """Say whether the clock is behind what was recorded, before this program, or far ahead."""
    behind = now_ms < status.last_stamp_ms - OFF_MS_MAX
    return behind or now_ms < BUILT_MS or status.ahead_of_office_ms > OFF_MS_MAX


def clock_notice(shown: str) -> Notice:
    """Return what is said of a wrong clock; `shown` is what it says."""
    text = translate(
        "House",
        "本机时间可能不对（显示 {shown}）。收银可继续，先后不会乱，但日期会记错。请店长校准时间。",
    )
    return Notice(ChipKind.WARN, text.format(shown=shown))


def room_notice(room: Room) -> Notice | None:
    """Return what is said of a disk that fills up; nothing while there is room."""
    match room:
        case Room.ENOUGH:
            return None
        case Room.AMBER:
            text = translate("House", "磁盘快满，剩不到 1 GB。收银照常，请清理磁盘。")
            return Notice(ChipKind.WARN, text)
        case Room.RED:
            text = translate(
                "House", "磁盘快满，剩不到 200 MB。收银照常；报表、备份暂停。请马上清理磁盘。"
            )
            return Notice(ChipKind.ERROR, text)
        case Room.NONE:
            text = translate(
                "House", "磁盘已满，记不了账。已确认的都在。请清理磁盘，或在纸上记下再补。"
            )
            return Notice(ChipKind.ERROR, text)
