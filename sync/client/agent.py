"""The agent: exchanges with head office in the background, on the one thread it has for HTTP.

A second one waits at head office for news and only wakes the first, which must be free to send.

It never opens the database. Each short piece of storage work is handed to `run_on_storage`, which
the desktop's runner carries out on the storage thread between two sales. What it knows it
publishes as one small frozen state; what goes wrong becomes a pause and a reason, never a stop:
the counter sells on whatever happens here.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from db.domain.clock import Clock
from db.domain.trouble import Trouble
from db.storage.system import Chance, SystemClock, system_chance
from sync.client.backoff import Backoff
from sync.client.device import DeviceIdentity
from sync.client.exchange import UPDATE_NEEDED, ExchangeReport, exchange_once, has_news
from sync.client.first_load import LoadProgress
from sync.client.outbox import waiting
from sync.client.storage_access import RunOnStorage
from sync.protocol.office import HeadOffice

IDLE_MS_MAX = 60_000
"""How long to wait where head office wishes nothing, or somebody waits there for news."""
PACED_MS_MAX = 300_000
"""How long a busy head office may ask us to wait."""
RENEW_MS = 300_000
"""How often standing leases are looked at; after an outage they are looked at once at once."""
REVOKED = "revoked"
REVOKED_MS = 3_600_000
"""How long to leave a head office alone that wants to hear nothing of this device."""
STOP_SECONDS = 5.0
WAITED_MS_MIN = 5_000
"""A silence that comes sooner is from a head office that lets nobody wait."""
REST_SECONDS = 5.0
"""How long an exchange may fetch what there is before somebody waits for more."""
RETRY_SECONDS = 20.0
"""How long to leave a line alone that is down, or that nobody waits on with us."""
PIECE_MS = 8
"""How long one transaction takes in what was pulled; with its commit a sale waits 20 ms at most."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the status chip shows; `waiting` operations are not at head office yet.

    `last_error` is a reason such as offline, not_ours or revoked; times are UTC ms. `first_load`
    is how far a first load has come, while one goes on.
    """

    online: bool = False
    busy: bool = False
    waiting: int = 0
    last_contact_at: int | None = None
    last_error: str | None = None
    last_report: ExchangeReport | None = None
    first_load: LoadProgress | None = None


class SyncAgent:
    """Runs the exchange again and again until stopped.

    Args:
        run_on_storage: carries a service to the storage thread and brings its outcome back; it
            may raise `Trouble`.
        office: head office at the other end of the line.
        device: who we are there.
        changed: hears every new state, on the agent's thread.
        clock: for the time of the last contact.
        chance: for the jitter between tries.
        listening: head office at the end of a second line, to wait there for news; without it
            news come with the next exchange.
    """

    def __init__(
        self,
        run_on_storage: RunOnStorage,
        office: HeadOffice,
        *,
        device: DeviceIdentity,
        changed: Callable[[SyncState], None],
        clock: Clock | None = None,
        chance: Chance = system_chance,
        listening: HeadOffice | None = None,
    ) -> None:
        self._run = run_on_storage
        self._office = office
        self._device = device
        self._changed = changed
        self._clock: Clock = clock or SystemClock()
        self._backoff = Backoff(chance)
        self._state = SyncState()
        self._renewed_at: int | None = None
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sync-agent", daemon=True)
        self._listening = listening
        self._is_heard = False
        self._listener = threading.Thread(target=self._listen, name="sync-news", daemon=True)

    @property
    def state(self) -> SyncState:
        """Return the last published state."""
        return self._state

    def start(self) -> None:
        """Begin; the first exchange starts at once."""
        self._thread.start()
        if self._listening is not None:
            self._listener.start()

    def sync_now(self) -> None:
        """Exchange without waiting for the pause to end; called twice, done once."""
        self._backoff.succeeded()
        self._wake.set()

    def stop(self) -> bool:
        """End after the call on the line; say whether it ended within five seconds.

        Who waits for news is not waited for: what he hears then is nobody's.
        """
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        return not self._thread.is_alive()

    def exchange(self) -> int:
        """Run one exchange on the calling thread; return the pause in ms before the next."""
        self._publish(replace(self._state, busy=True))
        renew = self._renewal_is_due()
        try:
            report = exchange_once(
                self._run,
                self._office,
                self._device,
                renew=renew,
                piece_ms=PIECE_MS,
                tell=self._tell,
            )
            left = self._run(waiting)
        except Trouble as trouble:
            self._publish(replace(self._state, busy=False, last_error=trouble.code))
            return self._backoff.failed()
        return self._after(report, left, renewed=renew)

    def listen(self) -> float:
        """Wait once for news, on the calling thread; return the rest in s before the next time."""
        assert self._listening is not None, "nobody listens without a line"
        self._is_heard, begun = False, self._clock.mono_ms()
        if not self._state.online:
            return RETRY_SECONDS
        try:
            news = has_news(self._run, self._listening, self._device)
        except Trouble:
            self._wake.set()  # the exchange finds out, and says, how the line is now
            return RETRY_SECONDS
        if self._stopped.is_set():
            return 0.0
        if news:
            self._is_heard = True
            self.sync_now()
            return REST_SECONDS
        self._is_heard = self._clock.mono_ms() - begun >= WAITED_MS_MIN
        return 0.0 if self._is_heard else RETRY_SECONDS

    def _listen(self) -> None:
        rest = REST_SECONDS
        while not self._stopped.wait(rest):
            try:
                rest = self.listen()
            except Exception:  # noqa: BLE001 - as below: the thread must not end unseen
                _log.exception("listening met a bug")
                rest = RETRY_SECONDS

    def _after(self, report: ExchangeReport, left: int, *, renewed: bool) -> int:
        healthy = report.trouble in {None, UPDATE_NEEDED}
        revoked = report.trouble == REVOKED
        now = self._clock.wall_ms()
        if renewed and healthy:
            self._renewed_at = self._clock.mono_ms()
        if not report.online:
            self._renewed_at = None
        self._publish(
            SyncState(
                online=report.online and not revoked,
                waiting=left,
                last_contact_at=now if report.online else self._state.last_contact_at,
                last_error=report.trouble,
                last_report=report,
                first_load=self._state.first_load if report.loading else None,
            )
        )
        if revoked:
            return REVOKED_MS
        if not healthy:
            return self._backoff.failed(asked_ms=report.next_ms)
        self._backoff.succeeded()
        wished = min(report.next_ms or IDLE_MS_MAX, PACED_MS_MAX)
        return max(wished, IDLE_MS_MAX) if self._is_heard else wished

    def _tell(self, progress: LoadProgress) -> None:
        self._publish(replace(self._state, online=True, first_load=progress))

    def _renewal_is_due(self) -> bool:
        last = self._renewed_at
        return last is None or self._clock.mono_ms() - last >= RENEW_MS

    def _publish(self, state: SyncState) -> None:
        self._state = state
        self._changed(state)

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            try:
                pause_ms = self.exchange()
            except Exception:  # noqa: BLE001 - a bug here must not stop the till, nor end the thread unseen
                _log.exception("the exchange met a bug")
                self._publish(replace(self._state, busy=False, last_error="bug"))
                pause_ms = self._backoff.failed()
            self._wake.wait(pause_ms / 1000)
