"""Where a flow begins and ends on the screens: what is measured, beside what is done.

It listens and never speaks: without it every screen does the same.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from db.services.sales import Sold
from db.services.shifts import ShiftOpened
from desktop.runtime.desk import Desk
from desktop.runtime.flow_timings import Flow, FlowTimings
from desktop.screens.counter.state import CounterState
from desktop.shell.pages import Pages

FULL_PHONE_DIGITS = 11
FINDING = (Flow.PHONE, Flow.LAST_FOUR, Flow.NAME)


class FlowWatch(QObject):
    """Measures the flows of one window."""

    def __init__(
        self, pages: Pages, desk: Desk, timings: FlowTimings, *, now_ms: Callable[[], int]
    ) -> None:
        """Listen from now on; the clock must be one that runs on."""
        super().__init__(pages)
        self._desk = desk
        self._timings = timings
        self._now_ms = now_ms
        self._typed = ""
        self._had_member = False
        self._cleared = True
        desk.runner.committed.connect(self._on_committed)
        pages.counter_model.changed.connect(self._on_counter)
        pages.counter_model.enroll_requested.connect(lambda _phone: self._begin(Flow.ENROLL))
        pages.enroll_model.enrolled.connect(lambda _member: self._end(Flow.ENROLL))
        pages.enroll_model.left.connect(lambda: self._timings.drop(Flow.ENROLL))
        pages.sales_model.return_requested.connect(lambda _sale: self._begin(Flow.RETURN))
        pages.return_model.returned.connect(lambda _sale, _text: self._end(Flow.RETURN))
        pages.return_model.left.connect(lambda: self._timings.drop(Flow.RETURN))
        pages.shift_model.closed.connect(lambda _closed: self._end(Flow.CLOSE))
        pages.shift_model.left.connect(lambda: self._timings.drop(Flow.CLOSE))
        pages.sign_in_model.chosen.connect(self._on_chosen)
        pages.sign_in_model.entered.connect(lambda: self._end(Flow.SIGN_IN))

    def scanned(self) -> None:
        """A code was scanned: perhaps a member comes of it."""
        self._timings.drop(*FINDING)
        self._begin(Flow.SCAN)

    def counting(self) -> None:
        """The drawer is being counted."""
        self._begin(Flow.CLOSE)

    def locked(self) -> None:
        """Whoever was here is gone: nothing goes on."""
        self._timings.drop()

    def _on_counter(self, state: CounterState) -> None:
        typed = state.finder.value
        if typed and not self._typed:
            self._begin(*FINDING)
        attached = state.member is not None
        if attached and not self._had_member:
            self._attached(self._typed)
        elif not typed and not attached:
            self._timings.drop(*FINDING)
        self._typed, self._had_member = typed, attached
        if state.amount.value and self._cleared:
            self._timings.drop(Flow.SALE)
            self._begin(Flow.SALE)
        self._cleared = not state.amount.value  # a sale clears it before its commit is told

    def _on_committed(self, outcome: object) -> None:
        if isinstance(outcome, Sold):
            self._end(Flow.SALE)
        elif isinstance(outcome, ShiftOpened):
            self._end(Flow.OPEN)

    def _on_chosen(self) -> None:
        """Somebody begins to sign in; where no shift is open, he opens one."""
        self._timings.drop(Flow.SIGN_IN, Flow.OPEN)
        self._begin(Flow.SIGN_IN)
        if self._desk.facts.status.open_shift is None:
            self._begin(Flow.OPEN)

    def _attached(self, typed: str) -> None:
        """A member came: by a code, or by what was typed before."""
        if self._timings.runs(Flow.SCAN):
            self._end(Flow.SCAN)
        else:
            self._end(_found_by(typed))
        self._timings.drop(Flow.SCAN, *FINDING)

    def _begin(self, *flows: Flow) -> None:
        for flow in flows:
            self._timings.begin(flow, self._now_ms())

    def _end(self, flow: Flow) -> None:
        self._timings.end(flow, self._now_ms())


def _found_by(typed: str) -> Flow:
    digits = sum(character.isdigit() for character in typed)
    if digits >= FULL_PHONE_DIGITS - 1:  # the last digit finds him before it is drawn
        return Flow.PHONE
    return Flow.LAST_FOUR if digits else Flow.NAME
