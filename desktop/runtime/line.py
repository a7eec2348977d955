"""The line to head office as the window knows it: online or not, and leases when they are wanted.

The agent exchanges on its own thread; what it says about itself is carried to the screen's thread
here, and only then believed. A pulled page redraws like a local act, through `Runner.committed`.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from db.domain.ids import MemberId
from db.domain.trouble import Trouble
from db.storage.unit_of_work import Storage
from desktop.runtime.leasing import Loading, Visitor
from desktop.runtime.runner import Runner
from sync.client.agent import SyncAgent, SyncState
from sync.client.device import DeviceIdentity, connect
from sync.client.exchange import LISTEN_LIMIT_MS, ExchangeReport
from sync.client.holding import Wanted
from sync.client.http_office import LOOKUP_LIMIT_MS
from sync.client.leasing import Leased, give_back, lease_exactly, lease_for_lookup, lease_for_sale
from sync.client.visitors import find_at_office, holds_home_only


class OfficeLine(QObject):
    """Head office, as far as there is one.

    Signals:
        changed: the line is up or down, or less waits now.
    """

    changed = Signal()
    _heard = Signal(object)

    def __init__(self, runner: Runner, storage: Storage, device: DeviceIdentity) -> None:
        """Make the agent; `start` lets it exchange."""
        super().__init__(runner)
        self._runner = runner
        self._device = device
        self._asking = connect(storage, device, limit_ms=LOOKUP_LIMIT_MS)
        self._state = SyncState()
        self._home_only = False
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        runner.committed.connect(self._on_committed)
        self.agent = SyncAgent(
            runner.perform_between,
            connect(storage, device),
            device=device,
            changed=self._heard.emit,
            clock=storage.clock,
            listening=connect(storage, device, limit_ms=LISTEN_LIMIT_MS),
        )

    @property
    def state(self) -> SyncState:
        """Return what the agent said last."""
        return self._state

    def start(self) -> None:
        """Begin to exchange in the background."""
        self._look_what_is_held()
        self.agent.start()

    def stop(self) -> None:
        """End the exchange; what is not sent yet is in the file."""
        self.agent.stop()

    def online(self) -> bool:
        """Say whether head office answered at the last try."""
        return self._state.online

    def look_up(self, member_id: MemberId) -> None:
        """Ask for what a member may use here, while the line is up; screens hear what came."""
        if not self._state.online:
            return

        def ask() -> Leased:
            return lease_for_lookup(
                self._runner.perform, self._asking, self._device, member_id=member_id
            )

        def answered(leased: Leased) -> None:
            if leased.granted:
                self._runner.committed.emit(leased)

        self._runner.errand(ask, done=answered, failed=lambda _: None)

    def knows_others(self) -> bool:
        """Say whether this counter holds the members of its branch and its guests alone."""
        return self._home_only

    def find(self, text: str, *, done: Callable[[Visitor], None]) -> None:
        """Ask for a member whom a counter of its branch's own members does not hold."""
        if not self._state.online:
            done(Visitor.UNREACHABLE)
            return

        def ask() -> Visitor:
            found = find_at_office(self._runner.perform, self._asking, self._device, text=text)
            if found is None:
                return Visitor.UNREACHABLE
            return Visitor.FOUND if found else Visitor.NOBODY

        self._runner.errand(ask, done=done, failed=lambda _: done(Visitor.UNREACHABLE))

    def lease(self, member_id: MemberId, points: int, *, done: Callable[[bool], None]) -> None:
        """Ask for an exact lease; at most a second, then the answer is no."""

        def ask() -> Leased:
            return lease_exactly(
                self._runner.perform,
                self._asking,
                self._device,
                member_id=member_id,
                points=points,
            )

        def failed(_trouble: Trouble) -> None:
            done(False)

        self._runner.errand(
            ask, done=lambda leased: done(leased.redeemable >= points), failed=failed
        )

    def lend_offers(
        self,
        member_id: MemberId | None,
        *,
        codes: tuple[str, ...] = (),
        value: int = 0,
        done: Callable[[bool], None],
    ) -> None:
        """Ask for coupons and stored value for one visit; at most a second, then it is no."""
        wanted = Wanted(member_id=member_id, codes=codes, value=value)

        def ask() -> Leased:
            return lease_for_sale(self._runner.perform, self._asking, self._device, wanted=wanted)

        self._runner.errand(
            ask, done=lambda leased: done(leased.granted > 0), failed=lambda _trouble: done(False)
        )

    def give_back(self, member_id: MemberId) -> None:
        """Close what was lent for a sale that did not come about."""
        self._runner.errand(
            lambda: give_back(self._runner.perform, member_id),
            done=lambda _: None,
            failed=lambda _: None,
        )

    def refusal(self) -> str | None:
        """Return `revoked` where head office stopped this device."""
        return self._state.last_error if self._state.last_error == "revoked" else None

    def first_load(self) -> Loading | None:
        """Return how far the first load has come, while one goes on."""
        return _loading(self._state)

    def sync_now(self) -> None:
        """Exchange without waiting for the pause to end."""
        self.agent.sync_now()

    def _hear(self, state: SyncState) -> None:
        before, self._state = self._state, state
        report = state.last_report
        if not state.busy and report is not None and report is not before.last_report:
            self._runner.committed.emit(report)
            self._look_what_is_held()
        if _shown(before) != _shown(state):
            self.changed.emit()

    def _look_what_is_held(self) -> None:
        """Head office may say with any exchange that a counter holds its own members alone."""

        def told(home_only: bool) -> None:  # noqa: FBT001  the answer itself
            self._home_only = home_only

        self._runner.read(holds_home_only, done=told)

    def _on_committed(self, outcome: object) -> None:
        """Send what was just written; a line that is down keeps its pauses."""
        if self._state.online and not isinstance(outcome, ExchangeReport):
            self.agent.sync_now()


def _shown(state: SyncState) -> tuple[object, ...]:
    """Return what of a state is to be seen; a load is drawn once for each part in a hundred."""
    return state.online, state.waiting, _loading(state)


def _loading(state: SyncState) -> Loading | None:
    load = state.first_load
    return None if load is None else Loading(load.stage, load.percent)
