"""The paper of the last sale: how it stands, and printing it again; never an older one."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId
from desktop.runtime.desk import Desk
from desktop.runtime.printing import Printing, PrintTold
from desktop.wording.print_words import print_notice


@dataclass(frozen=True, slots=True)
class PaperState:
    """Whether there is a printer, and how its newest job stands."""

    can_print: bool = False
    told: PrintTold | None = None


NO_PRINTER = PaperState()


class Reprinting(QObject):
    """Follows the printer for the counter's screen.

    Signals:
        changed: it stands otherwise with the paper.
        said: no paper came out; or nothing is to be said any more.
    """

    changed = Signal()
    said = Signal(object)

    def __init__(self, desk: Desk, printing: Printing | None, parent: QObject) -> None:
        """Follow a printer, where there is one."""
        super().__init__(parent)
        self._desk = desk
        self._printing = printing
        if printing is not None:
            printing.told.connect(self._on_told)

    def state(self) -> PaperState:
        """Return how it stands."""
        if self._printing is None:
            return NO_PRINTER
        return PaperState(can_print=self._printing.can_print, told=self._printing.last)

    def again(self) -> None:
        """Print what failed last, else the receipt of the last sale; one at a time."""
        printing, told = self._printing, self.state().told
        last = self._desk.facts.status.last_sale
        if printing is None or not printing.can_print or (told is not None and told.under_way):
            return
        if told is not None and told.failed:
            self.said.emit(None)
            printing.print_again()
        elif last is not None:
            printing.print_sale(last.sale_id)

    def print_code(self, member_id: MemberId) -> None:
        """Print a member's code."""
        if self._printing is not None:
            self._printing.print_member(member_id)

    def say_again(self) -> None:
        """Tell whoever came what did not come out, the last shift's report too."""
        told = self.state().told
        if told is not None and told.failed:
            self._on_told(told)

    def _on_told(self, told: PrintTold) -> None:
        notice = print_notice(told)
        if notice is None:
            self.changed.emit()
        else:
            self.said.emit(notice)
