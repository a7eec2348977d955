"""The first-run wizard: a language, a new shop or a head office or a backup, and the way in.

Nothing is made before the last question is answered, so going back costs nothing. The manager
chooses his PIN here; at a counter that joins, people and program come from head office.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.domain.refusals import Refusal
from db.domain.staff import check_pin
from db.domain.trouble import Trouble
from db.services.restore import Restored
from db.services.set_up import HomeMade
from desktop.i18n.language import Language
from desktop.runtime.founding import Founding, NewShop, address_fault
from desktop.runtime.leasing import Loading
from desktop.screens.first_run import words
from desktop.screens.first_run.state import FirstRunState, Page
from desktop.widgets.choice_grid import Choice
from desktop.wording.joining_words import address_text, joining_text
from desktop.wording.restoring_words import restoring_text
from desktop.wording.staff_refusals import staff_refusal_text

NAME_CHARACTERS_MAX = 40
NEW, JOIN, RESTORE = 0, 1, 2
ROUTES = {
    NEW: (Page.LANGUAGE, Page.WAY, Page.NAMES, Page.PROGRAM, Page.PIN, Page.WORKING, Page.DONE),
    JOIN: (Page.LANGUAGE, Page.WAY, Page.NAMES, Page.OFFICE, Page.WORKING, Page.DONE),
    RESTORE: (Page.LANGUAGE, Page.WAY, Page.WORKING, Page.DONE),
}


@dataclass(slots=True)
class _Answers:
    """What was answered so far."""

    way: int = NEW
    branch: str = ""
    counter: str = ""
    program: int = 0
    pin: str = ""
    address: str = ""
    code: str = ""


class FirstRunViewModel(QObject):
    """The wizard.

    Signals:
        changed: the state to draw.
        spoken: a value of `Language` was chosen.
        finished: the home is there; the counter may open.
        cleared: what was typed of a PIN is to be forgotten.
    """

    changed = Signal(object)
    spoken = Signal(str)
    finished = Signal()
    cleared = Signal()

    def __init__(self, founding: Founding, parent: QObject | None = None) -> None:
        """Begin at the language."""
        super().__init__(parent)
        self._founding = founding
        self._language = Language.ZH_CN
        self._page = Page.LANGUAGE
        self._answers = _Answers()
        self._first_pin = ""
        self._fault = ""
        self._load: Loading | None = None
        self._loading = False
        self._made = ""
        founding.loading.connect(self._on_loading)

    def state(self) -> FirstRunState:
        """Return what the wizard shows now."""
        answers, page = self._answers, self._page
        names = tuple(words.program_names())
        return FirstRunState(
            page=page,
            title=words.title(page, joins=answers.way == JOIN),
            text=self._text(),
            progress=self._progress(),
            confirm=self._confirm(),
            may_confirm=self._may_confirm(),
            may_go_back=page not in {Page.LANGUAGE, Page.WORKING, Page.DONE},
            fault=self._fault,
            ways=words.ways(),
            programs=tuple(
                Choice(name, place == answers.program) for place, name in enumerate(names)
            ),
            branch=answers.branch,
            counter=answers.counter,
            percent=None if self._load is None else self._load.percent,
            pin_said=words.pin_prompt(again=bool(self._first_pin)),
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def speak(self, language: str) -> None:
        """Choose the language, and go on in it."""
        self._language = Language(language)
        self.spoken.emit(language)
        self._go(Page.WAY)

    def choose_way(self, way: int) -> None:
        """Choose a new shop or a head office; a backup is chosen by its file."""
        self._answers.way = way
        answers = self._answers
        answers.branch = answers.branch or words.branch_proposed()
        answers.counter = answers.counter or words.counter_proposed()
        self._go(Page.NAMES)

    def restore(self, backup: Path) -> None:
        """Bring a backup back as the home."""
        self._answers.way = RESTORE
        self._go(Page.WORKING)
        self._founding.restore(backup, done=self._on_restored, failed=self._on_failed)

    def name(self, branch: str, counter: str) -> None:
        """Take the names as they are typed."""
        self._answers.branch, self._answers.counter = branch, counter
        self._fault = ""
        self.redraw()

    def choose_program(self, place: int) -> None:
        """Choose the program to begin with."""
        self._answers.program = place
        self.redraw()

    def enter_pin(self, pin: str) -> None:
        """Take a PIN the first time, compare it the second, and make the shop."""
        self._fault = ""
        if not self._first_pin:
            self._take_first(pin)
        elif pin != self._first_pin:
            self._first_pin, self._fault = "", words.pins_differ()
        else:
            self._answers.pin, self._first_pin = pin, ""
            self._found()
            return
        self.cleared.emit()
        self.redraw()

    def office(self, address: str, code: str) -> None:
        """Take head office's address and code as they are typed."""
        self._answers.address, self._answers.code = address.strip(), code.strip().upper()
        self._fault = ""
        self.redraw()

    def confirm(self) -> None:
        """Do what the button says."""
        if not self._may_confirm():
            return
        match self._page:
            case Page.NAMES:
                self._go(Page.OFFICE if self._answers.way == JOIN else Page.PROGRAM)
            case Page.PROGRAM:
                self._go(Page.PIN)
            case Page.OFFICE:
                self._join()
            case _:
                self._founding.close()
                self.finished.emit()

    def back(self) -> None:
        """Go a page back; what was answered stays."""
        route = ROUTES[self._answers.way]
        if self.state().may_go_back:
            self._go(route[route.index(self._page) - 1])

    def close(self) -> None:
        """End what runs, for a window that goes."""
        self._founding.close()

    def _go(self, page: Page) -> None:
        self._page, self._fault, self._first_pin = page, "", ""
        self.cleared.emit()
        self.redraw()

    def _take_first(self, pin: str) -> None:
        try:
            check_pin(pin)
        except Refusal as refusal:
            self._fault = staff_refusal_text(refusal)
        else:
            self._first_pin = pin

    def _shop(self) -> NewShop:
        answers = self._answers
        return NewShop(
            branch=_tidy(answers.branch),
            counter=_tidy(answers.counter),
            language=str(self._language),
            program=_program(answers.program) if answers.way == NEW else None,
            pin=answers.pin if answers.way == NEW else None,
        )

    def _found(self) -> None:
        self._go(Page.WORKING)
        self._founding.found(self._shop(), done=self._on_made, failed=self._on_failed)

    def _join(self) -> None:
        answers = self._answers
        if fault := address_fault(answers.address):
            self._fault = address_text(fault)
            self.redraw()
            return
        shop = self._shop()
        self._go(Page.WORKING)
        self._founding.join(
            shop, answers.address, answers.code, done=self._on_joined, failed=self._on_failed
        )

    def _on_made(self, _made: HomeMade) -> None:
        self._answers.pin = ""
        self._made = words.made(self._answers.branch)
        self._go(Page.DONE)

    def _on_joined(self, enrolled: object) -> None:
        branch = getattr(enrolled, "branch", "")
        self._answers.branch = branch
        self._made = words.joined(branch)
        self._loading = True
        self._founding.load()
        self.redraw()

    def _on_restored(self, restored: Restored) -> None:
        manifest = restored.manifest
        self._made = words.restored(manifest.branch, manifest.members, manifest.sales)
        self._go(Page.DONE)

    def _on_failed(self, trouble: Trouble) -> None:
        """Go back to the page that can be answered otherwise, with the reason."""
        page = {NEW: Page.PIN, JOIN: Page.OFFICE, RESTORE: Page.WAY}[self._answers.way]
        self._go(page)
        restores = self._answers.way == RESTORE
        self._fault = restoring_text(trouble) if restores else joining_text(trouble)
        self.redraw()

    def _on_loading(self, load: Loading | None) -> None:
        before, self._load = self._load, load
        if self._page is Page.WORKING and before is not None and load is None:
            self._go(Page.DONE)
        self.redraw()

    def _progress(self) -> str:
        route = [page for page in ROUTES[self._answers.way] if page is not Page.WORKING]
        page = Page.DONE if self._page is Page.WORKING else self._page
        return f"{route.index(page) + 1} / {len(route)}"

    def _text(self) -> str:
        if self._page is Page.WORKING:
            return words.working(joined=self._made if self._loading else "", load=self._load)
        if self._page is Page.DONE:
            return self._made
        return words.text(self._page, joins=self._answers.way == JOIN)

    def _confirm(self) -> str:
        return words.confirm(self._page, joins=self._answers.way == JOIN, loading=self._loading)

    def _may_confirm(self) -> bool:
        answers = self._answers
        match self._page:
            case Page.NAMES:
                return bool(_tidy(answers.branch) and _tidy(answers.counter))
            case Page.OFFICE:
                return bool(answers.address and answers.code)
            case Page.WORKING:
                return self._loading
            case Page.PROGRAM | Page.DONE:
                return True
            case _:
                return False


def _tidy(name: str) -> str:
    return " ".join(name.split())[:NAME_CHARACTERS_MAX].strip()


def _program(place: int) -> bytes | None:
    """Return the document of a sample; the first choice is the plain program of every home."""
    return None if place == 0 else words.program_samples()[place - 1]
