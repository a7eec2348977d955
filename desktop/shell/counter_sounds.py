"""When the counter makes a sound: a sale stands, a member is attached, something is refused."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from db.services.sales import Sold
from desktop.runtime.desk import Desk
from desktop.runtime.sounds import Player, Sound
from desktop.screens.counter.state import CounterState
from desktop.screens.counter.view_model import CounterViewModel
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind


class CounterSounds(QObject):
    """Follows the counter; every sound has its twin on the screen."""

    def __init__(
        self,
        desk: Desk,
        counter: CounterViewModel,
        *,
        wanted: Callable[[], bool],
        player: Player | None = None,
    ) -> None:
        """Play where sounds are wanted."""
        super().__init__(desk)
        self._wanted = wanted
        self._player = player or Player()
        self._said: Notice | None = None
        desk.runner.committed.connect(self._on_committed)
        counter.attached.came.connect(lambda: self._play(Sound.ATTACHED))
        counter.changed.connect(self._on_counter)

    def close(self) -> None:
        """Be silent for good."""
        self._player.close()

    def _on_committed(self, outcome: object) -> None:
        if isinstance(outcome, Sold):
            self._play(Sound.OK)

    def _on_counter(self, state: CounterState) -> None:
        fresh, self._said = state.notice != self._said, state.notice
        if fresh and state.notice is not None and state.notice.kind is ChipKind.ERROR:
            self._play(Sound.ERROR)

    def _play(self, sound: Sound) -> None:
        if self._wanted():
            self._player.play(sound)
