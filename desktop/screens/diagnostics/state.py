"""The state of the diagnostics' screen: facts at the left, the flows' times at the right."""

from dataclasses import dataclass

from desktop.widgets.banner import Notice
from desktop.widgets.data_table import Row


@dataclass(frozen=True, slots=True)
class Fact:
    """A line: what, and how it is; `tone` is ok, warn or error where it matters."""

    title: str
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class DiagnosticsState:
    """The screen."""

    facts: tuple[Fact, ...]
    flows: tuple[Row, ...]
    no_flows: str
    proving: bool
    backing_up: bool
    notice: Notice | None
    copied: str = ""
