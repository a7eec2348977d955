"""The state of the first-run wizard: one question a page, and how far one is."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.widgets.choice_grid import Choice


class Page(StrEnum):
    """The pages, each way through them in this order."""

    LANGUAGE = "language"
    WAY = "way"
    NAMES = "names"
    PROGRAM = "program"
    PIN = "pin"
    OFFICE = "office"
    WORKING = "working"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FirstRunState:
    """The wizard; `confirm` is empty where a tap on a choice goes on by itself."""

    page: Page
    title: str
    text: str
    progress: str
    confirm: str
    may_confirm: bool
    may_go_back: bool
    fault: str = ""
    ways: tuple[str, ...] = ()
    programs: tuple[Choice, ...] = ()
    branch: str = ""
    counter: str = ""
    percent: int | None = None
    pin_said: str = ""
