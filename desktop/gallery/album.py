"""`guitai gallery`: a window where there is a screen, else a folder full of pictures.

The folder holds the painted components, every state of every screen, and one contact sheet for
each screen, which is what people look at before they look at anything else.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QMainWindow

from desktop.app import Dress, application
from desktop.gallery.components import pages
from desktop.gallery.scenes import SCREENS
from desktop.gallery.sheets import LOOKS, small, write_sheet
from desktop.gallery.stage import Stage, Wear, picture
from desktop.gallery.window import show_gallery
from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.look import Look
from desktop.theme.tokens import Role

DEFAULT_FOLDER = Path("gallery")
PAGE_SIZE = QSize(1366, 768)
PAGE_SIZES = {"compact": QSize(1024, 712), "counter": QSize(1366, 712)}


def run_gallery(out: Path | None = None, *, sheets_only: bool = False) -> int:
    """Show the gallery, or leave its pictures in a folder; return the exit code."""
    if out is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    if out is None and app.platformName() != "offscreen":
        return show_gallery()
    app.setCursorFlashTime(0)  # no text cursor blinks into a picture
    dress = Dress(Look(app), LanguageSwitch(app))
    folder = out or DEFAULT_FOLDER
    if not sheets_only:
        for path in photograph(dress.look, dress.languages, folder / "components"):
            sys.stdout.write(f"{path}\n")
    for path in photograph_screens(dress, folder, sheets_only=sheets_only):
        sys.stdout.write(f"{path}\n")
        sys.stdout.flush()
    return 0


def photograph(look: Look, languages: LanguageSwitch, folder: Path) -> Iterator[Path]:
    """Write a PNG of each page of components in each theme and language, and name it."""
    folder.mkdir(parents=True, exist_ok=True)
    for dark in (False, True):
        look.switch(dark=dark)
        for language in Language:
            languages.use(language)
            for name, page in pages(look).items():
                window = QMainWindow()
                window.setCentralWidget(page)
                window.resize(PAGE_SIZES.get(name, PAGE_SIZE))
                path = folder / f"{name}_{language}_{'dark' if dark else 'light'}.png"
                window.grab().save(str(path))
                yield path


def photograph_screens(dress: Dress, folder: Path, *, sheets_only: bool = False) -> Iterator[Path]:
    """Write every state of every screen and a contact sheet for each screen, and name them."""
    sheets = folder if sheets_only else folder / "sheets"
    states_folder = folder / "screens"
    for made in (sheets,) if sheets_only else (sheets, states_folder):
        made.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guitai-gallery-") as shop:
        stage = Stage(Path(shop), dress)
        for screen, states in SCREENS.items():
            rows: list[tuple[str, list[QImage]]] = []
            for state in states:
                taken = [(wear, _played(stage, state, wear)) for wear in LOOKS]
                rows.append((state, [small(pixmap) for _, pixmap in taken]))
                for wear, pixmap in () if sheets_only else taken:
                    path = states_folder / f"{screen}_{state}_{wear.name}.png"
                    pixmap.save(str(path))
                    yield path
            sheet = sheets / f"{screen}.png"
            write_sheet(rows, sheet, font=dress.look.font(Role.LABEL))
            yield sheet


def _played(stage: Stage, state: str, wear: Wear) -> QPixmap:
    with stage.scene(state, wear) as cashier:
        return picture(cashier)
