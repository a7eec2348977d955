"""Who asks for news and there is none waits here: no thread, no transaction, no connection.

A message that may have brought news in this process wakes them at once. Other processes and
commands write into the same database without a word here, so everybody looks now and then whether
anything was written at all.
"""

import asyncio
from contextlib import suppress

from sync.server.door import Answered, Door

LOOK_SECONDS = 2.0
WAIT_SECONDS_MAX = 25.0
BRINGING_NEWS = frozenset({"push", "lease", "enroll"})


class WaitingRoom:
    """Answers for a door, later where nothing is new and the counter would rather wait.

    Args:
        door: what answers.
        look_seconds: how long news of another process may go unheard.
    """

    def __init__(self, door: Door, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._door = door
        self._look_seconds = look_seconds
        self._news = asyncio.Event()

    async def answer(self, kind: str, sealed: bytes) -> tuple[int, bytes]:
        """Return an HTTP status and the sealed reply, once there is something to say."""
        pulse, answered = self._ask(kind, sealed)
        if kind in BRINGING_NEWS:
            self._news.set()
            self._news = asyncio.Event()
        ends = _now() + min(answered.wait_ms / 1000, WAIT_SECONDS_MAX)
        while answered.wait_ms and _now() < ends:
            await self._until_news(pulse, ends)
            pulse, answered = self._ask(kind, sealed)
        return answered.status, answered.sealed

    def _ask(self, kind: str, sealed: bytes) -> tuple[object, Answered]:
        """Ask the door; return the pulse from before, so that nothing written since is missed."""
        pulse = self._door.pulse() if kind == "pull" else None
        return pulse, self._door.ask(kind, sealed)

    async def _until_news(self, pulse: object, ends: float) -> None:
        """Return when something was written, here or elsewhere, or the time is over."""
        news = self._news
        while not news.is_set() and (left := ends - _now()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), min(self._look_seconds, left))
            if self._door.pulse() != pulse:
                return


def _now() -> float:
    return asyncio.get_running_loop().time()
