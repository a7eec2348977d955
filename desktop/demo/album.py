"""The numbered pictures of a shift: what the window shows once it has come to rest.

A step has a name for its file, the seconds it took, and at least one picture; the summary lists
them in order.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent
from PySide6.QtWidgets import QWidget

from desktop.demo.telling import Telling, Words


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, how long it took, and the picture's file name."""

    n: int
    name: str
    seconds: float
    picture: str


class Album:
    """Takes a picture at the end of every step."""

    def __init__(self, window: QWidget, folder: Path, telling: Telling) -> None:
        """Put pictures of a window into a folder."""
        self._window = window
        self._folder = folder
        self._telling = telling
        self.steps: list[Step] = []

    @contextmanager
    def step(self, name: str, words: Words, *, rest: Callable[[], None]) -> Iterator[None]:
        """Do what stands inside, let the window come to `rest`, take its picture and say so."""
        timer = QElapsedTimer()
        timer.start()
        yield
        rest()
        number = len(self.steps) + 1
        picture = f"{number:02d}_{name}.png"
        # A label that has just got longer text is laid out with the next round of events only.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if not self._window.grab().save(str(self._folder / picture)):
            raise OSError(f"cannot write {self._folder / picture}")
        step = Step(number, name, timer.elapsed() / 1000, picture)
        self.steps.append(step)
        self._telling.step(number, words, step.seconds)
