"""Asking head office for a customer whom this counter does not hold, while the cashier goes on.

Only a counter of its branch's own members has anybody to ask for. What is typed meanwhile counts
more than the answer, and a line that is down makes a new member, as everywhere.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.runtime.leasing import Leasing, Visitor
from desktop.screens.counter.finder import Finder
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind


class Visitors(QObject):
    """Looks elsewhere for what the finder did not find here.

    Signals:
        nobody: a phone that nobody has, as far as could be asked.
        no_code: a code that nobody answers to; whether head office could be asked.
        said: a notice for the cashier, or nothing any more.
    """

    nobody = Signal(str)
    no_code = Signal(bool)
    said = Signal(object)

    def __init__(self, leasing: Leasing, finder: Finder, parent: QObject) -> None:
        """Listen to the finder."""
        super().__init__(parent)
        self.unasked = ""
        self._leasing = leasing
        self._finder = finder
        self._brought = ""
        self._asked = 0
        finder.unknown_phone.connect(self._on_phone)
        finder.unknown_code.connect(self._on_code)

    def _on_phone(self, phone: str) -> None:
        self._ask(phone, again=self._finder.search, nobody=partial(self._no_phone, phone))

    def _on_code(self, code: str) -> None:
        self._ask(code, again=partial(self._finder.scan, code), nobody=self._no_code)

    def _ask(
        self, text: str, *, again: Callable[[], None], nobody: Callable[[Visitor], None]
    ) -> None:
        """Ask for a text, but not again for what head office has just brought."""
        if not self._leasing.knows_others() or text == self._brought:
            nobody(Visitor.NOBODY)
            return
        before = self._finder.typing
        self._asked += 1
        mine = self._asked

        def answered(visitor: Visitor) -> None:
            if mine != self._asked:
                return
            self.said.emit(None)
            if self._finder.typing != before:
                return
            self._brought = text if visitor is Visitor.FOUND else ""
            if visitor is Visitor.FOUND:
                again()
            else:
                nobody(visitor)

        self.said.emit(Notice(ChipKind.NEUTRAL, self.tr("本机没有，正在问总部…")))
        self._leasing.find(text, done=answered)

    def _no_phone(self, phone: str, visitor: Visitor) -> None:
        self.unasked = phone if visitor is Visitor.UNREACHABLE else ""
        self.nobody.emit(phone)

    def _no_code(self, visitor: Visitor) -> None:
        self.no_code.emit(visitor is not Visitor.UNREACHABLE)
