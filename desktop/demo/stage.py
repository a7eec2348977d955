"""Where the shift is played: the counter's window, the hands at it, head office behind the line.

The words of a step are said when it is done; an act that writes is done when its outcome has come
back, and a state of the line is awaited where the cashier sees it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QListView

from desktop.app import Counter
from desktop.demo.album import Album
from desktop.demo.hands import Hands
from desktop.demo.regulars import Regulars
from desktop.demo.shop import Shop
from desktop.demo.telling import Words
from desktop.runtime.papers import FOLDER
from desktop.widgets.keypad import Keypad
from desktop.widgets.letter_pad import LetterPad

LINE_MS_MAX = 60_000
ONLINE, OFFLINE = "在线", "离线"
"""What the chip of the line says, or begins with."""


@dataclass
class Stage:
    """What every act of the shift needs; `outcomes` are the acts that were written, in order."""

    counter: Counter
    shop: Shop
    hands: Hands
    album: Album
    regulars: Regulars
    outcomes: list[object] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Hear of everything that is written, and of every bug."""
        self.counter.runner.committed.connect(self.outcomes.append)
        self.counter.runner.broke.connect(self.bugs.append)

    @property
    def line(self) -> str:
        """Return what the chip of the line says."""
        chip = self.hands.part("line")
        return chip.accessibleName()

    def step(self, name: str, words: Words) -> AbstractContextManager[None]:
        """Do what stands inside as one step with a picture."""
        return self.album.step(name, words, rest=self.settle)

    def settle(self) -> None:
        """Wait until nothing is queued and everything is drawn; a bug ends the demo."""
        self.hands.wait(self.counter.runner.idle, "the counter at rest")
        self.hands.glance()
        if self.bugs:
            raise self.bugs[0]

    def all_sent(self) -> None:
        """Let the counter speak with head office now, until the chip says that nothing waits."""
        assert self.counter.line is not None, "the demo's counter has a head office"
        self.counter.line.sync_now()
        self.hands.wait(lambda: self.line == ONLINE, "all sent", within_ms=LINE_MS_MAX)

    def papers(self) -> set[Path]:
        """Return the files that the window has put on paper."""
        return set((self.shop.counter_home / FOLDER).glob("*"))

    @contextmanager
    def printed(self, name: str) -> Iterator[None]:
        """Do what stands inside and wait until one more file lies there, whole."""
        before = self.papers()
        yield
        self.hands.wait(lambda: bool(self.papers() - before), name)
        self.settle()

    @contextmanager
    def written(self, kind: type) -> Iterator[None]:
        """Do what stands inside and wait until an outcome of that kind has come back."""
        before = len(self.outcomes)
        yield
        self.hands.wait(
            lambda: any(isinstance(outcome, kind) for outcome in self.outcomes[before:]),
            kind.__name__,
        )

    def tap_keys(self, *keys: str) -> None:
        """Tap keys on the keypad that is visible."""
        pad = self.hands.one(Keypad)
        for key in keys:
            self.hands.tap_part(pad.button(key))

    def tap_letters(self, letters: str) -> None:
        """Tap letters on the pad that is visible."""
        pad = self.hands.one(LetterPad)
        for letter in letters:
            self.hands.tap_part(pad.button(letter.upper()))

    def tap_row(self, name: str, words: str) -> None:
        """Tap the row of a list that reads like this."""
        rows = self.hands.part(name)
        assert isinstance(rows, QListView), f"{name} is a list"
        model = rows.model()

        def places() -> list[int]:
            return [
                place
                for place in range(model.rowCount())
                if words in str(model.index(place, 0).data())
            ]

        self.hands.wait(lambda: bool(places()), f"{words} in {name}")
        self.hands.tap_in(rows.viewport(), rows.visualRect(model.index(places()[0], 0)))
