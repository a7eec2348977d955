"""A counter for each scene, in the same shop every time, on the real window.

The shop is made once and copied for every scene, so no scene sees what another has done. Clock and
chance are fixed: the same scene gives the same picture.
"""

import hashlib
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QPixmap

from db.storage.system import Chance, FixedClock
from desktop.app import Dress, open_counter
from desktop.gallery.cashier import Cashier
from desktop.gallery.scenes import SCENES
from desktop.gallery.shop import NOW_MS, CounterShop, open_shop
from desktop.i18n.language import Language


@dataclass(frozen=True, slots=True)
class Wear:
    """In which language, theme and size a scene is played."""

    language: Language = Language.ZH_CN
    dark: bool = False
    size: QSize = field(default_factory=lambda: QSize(1366, 768))

    @property
    def name(self) -> str:
        """A name for files."""
        return f"{self.language}_{'dark' if self.dark else 'light'}_{self.size.width()}"


class Stage:
    """Plays scenes, each at a counter of its own."""

    def __init__(self, folder: Path, dress: Dress) -> None:
        """Make the shop in a folder, which holds one scene's counter at a time."""
        self._folder = folder
        self._dress = dress
        shop = folder / "shop"
        shop.mkdir(parents=True)
        self._shop: CounterShop = open_shop(shop, chance=fixed_chance(b"shop"))

    @contextmanager
    def scene(self, name: str, wear: Wear) -> Iterator[Cashier]:
        """Play a scene; whoever plays it stands at its end until the block is left."""
        home = self._folder / name
        shutil.copytree(self._shop.folder, home)
        clock = FixedClock(NOW_MS)
        chance = fixed_chance(b"scene")
        counter = open_counter(home, dress=self._dress, clock=clock, chance=chance)
        try:
            counter.window.resize(wear.size)
            counter.window.show()
            counter.speak(wear.language)
            if self._dress.look.dark != wear.dark:
                counter.darken(wear.dark)
            cashier = Cashier(counter, clock, manager_pin=self._shop.made.pin)
            cashier.settle()
            SCENES[name](cashier)
            yield cashier
        finally:
            counter.close()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            shutil.rmtree(home)


def picture(cashier: Cashier) -> QPixmap:
    """Return what the window shows once it has come to rest."""
    cashier.settle()
    # A label that has just got longer text is laid out with the next round of events only.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    return cashier.counter.window.grab()


def fixed_chance(seed: bytes) -> Chance:
    """Return a source of bytes that gives the same ones for the same seed."""
    numbers = itertools.count()

    def draw(count: int) -> bytes:
        return hashlib.shake_256(seed + next(numbers).to_bytes(8)).digest(count)

    return draw
