"""The state of the import wizard: four steps, of which one shows."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.widgets.banner import Notice
from desktop.widgets.data_table import Row


class Step(StrEnum):
    """Where one is."""

    CHOOSE = "choose"
    COLUMNS = "columns"
    PREVIEW = "preview"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FormerImport:
    """An import of before: a line of words, and whether it can still be taken back."""

    text: str
    may_revert: bool


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One of our columns: which of the file is it (0 is none), with a cell as a sample."""

    title: str
    chosen: int
    sample: str


@dataclass(frozen=True, slots=True)
class ImportState:
    """The screen; `columns` are the file's headings, `confirm` is empty where nothing follows."""

    step: Step
    steps: str
    title: str
    text: str
    confirm: str
    may_confirm: bool
    columns: tuple[str, ...] = ()
    fields: tuple[FieldChoice, ...] = ()
    rows: tuple[Row, ...] = ()
    percent: int = 0
    former: tuple[FormerImport, ...] = ()
    may_revert: bool = False
    notice: Notice | None = None
