"""Head office asks for longer pauses while it is busy, and no longer than that."""

from db.storage.system import FixedClock
from sync.server.pace import SLOWEST, WINDOW_MS, Pace


def worked(pace: Pace, clock: FixedClock, *, busy_ms: int, idle_ms: int) -> None:
    clock.advance(idle_ms)
    with pace.answering():
        clock.advance(busy_ms)


def test_an_idle_office_asks_for_what_was_agreed(clock: FixedClock) -> None:
    pace = Pace(clock)
    worked(pace, clock, busy_ms=WINDOW_MS // 4, idle_ms=WINDOW_MS)

    assert pace.pause(15_000) == 15_000


def test_a_busy_one_asks_for_more_and_for_as_much_as_agreed_once_it_is_idle(
    clock: FixedClock,
) -> None:
    pace = Pace(clock)
    worked(pace, clock, busy_ms=WINDOW_MS, idle_ms=0)
    full = pace.pause(1_000)
    worked(pace, clock, busy_ms=3 * WINDOW_MS, idle_ms=WINDOW_MS)
    half = pace.pause(1_000)
    worked(pace, clock, busy_ms=0, idle_ms=WINDOW_MS)

    assert (full, half, pace.pause(1_000)) == (1_000 * SLOWEST, 4_500, 1_000)
