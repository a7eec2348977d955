"""The window: sign-in, or the bar, the rail and the place one is at; and the keys of the house.

Screens do not know each other. What one asks of another (enroll this phone, use this member on the
counter) is carried from here.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.domain.badges import read_badge
from desktop.shell.guarded_pages import may_stay
from desktop.shell.help_pages import Topic, topic_of
from desktop.shell.help_sheet import HelpSheet
from desktop.shell.navigation import Rail
from desktop.shell.pages import Pages
from desktop.shell.places import Place
from desktop.shell.top_bar import TopBar
from desktop.shell.view_model import ShellViewModel
from desktop.theme.focus_ring import FocusRing
from desktop.theme.look import Look
from desktop.theme.tokens import COMPACT_BELOW, Role
from desktop.widgets.banner import Banner
from desktop.widgets.sheet import Sheet
from desktop.widgets.text import Text

PARAGRAPH_WIDTH = 560


class CounterWindow(QMainWindow):
    """The counter's window.

    Signals:
        locked: the till asks for a PIN from now on.
        language_requested: a value of `Language`.
        theme_requested: dark, or light.
        closing: the window is going.
    """

    locked = Signal()
    language_requested = Signal(str)
    theme_requested = Signal(bool)
    closing = Signal()

    def __init__(self, look: Look, view_model: ShellViewModel, pages: Pages) -> None:
        """Put bar, rail and pages together; it starts at the sign-in."""
        super().__init__()
        self._look = look
        self._view_model = view_model
        self._pages = pages
        self.bar = TopBar(look)
        self.rail = Rail(look)
        self._strip = Banner(look)
        self._strip.setObjectName("strip")
        self._places = QStackedWidget()
        self._root = QStackedWidget()
        self._sheet = Sheet(look, self._root, width=PARAGRAPH_WIDTH)
        self._sheet.close_requested.connect(self._close_sheet)
        self._help = HelpSheet(look, self._root)
        self._help.close_requested.connect(self._help.leave)
        self._build()
        self._connect()
        self._add_keys()
        self._ring = FocusRing(self, look)
        look.changed.connect(self._fit)
        view_model.redraw()
        self.show_sign_in()

    @property
    def at_work(self) -> bool:
        """Say whether somebody is signed in."""
        return self._root.currentIndex() == 1

    def show_sign_in(self) -> None:
        """Ask who is there."""
        self._sheet.hide()
        self._help.hide()
        self._root.setCurrentIndex(0)
        self._pages.sign_in.setFocus()

    def show_work(self) -> None:
        """Show the place where the cashier was, to the pixel."""
        self._root.setCurrentIndex(1)
        self.rail.show_only(self._view_model.places())
        if not self._may_stay():
            self.go(Place.COUNTER)
        self._focus_page()

    def lock(self) -> None:
        """Ask for the PIN and keep everything."""
        if self.at_work:
            self._pages.lock()
            self.show_sign_in()
            self.locked.emit()

    def go(self, place: str) -> None:
        """Go to a place of the rail."""
        if place in self._view_model.places():
            self._pages.enter(Place(place))
            self._show(self._pages.page(Place(place)))

    def show_page(self, page: QWidget) -> None:
        """Show a page that hangs below a place, such as a member's or the enrolment's."""
        self._show(page)

    def scan(self, code: str) -> None:
        """Hand a scan to the counter, or to the page that waits for one; a badge signs in.

        While locked every other code is dropped.
        """
        self._view_model.scanned()
        if self.at_work and read_badge(code) is not None:
            self.lock()  # somebody else takes over; what was begun is kept
        if self.at_work:
            self._close_sheet()
            if self._pages.take_scan(code):
                return
            self.go(Place.COUNTER)
            self._pages.counter_model.scan(code)
        elif read_badge(code) is not None:
            self._pages.sign_in_model.scan(code)

    def show_help(self) -> None:
        """Open the help of the screen that shows, or close it."""
        if self._help.isVisible():
            self._help.leave()
        elif self.at_work:
            self._help.show_topic(topic_of(self._pages, self._places.currentWidget()))
        else:
            self._help.show_topic(Topic.SIGN_IN)

    def show_paragraph(self, title: str, text: str) -> None:
        """Show a few sentences over everything."""
        words = Text(text, role=Role.BODY, wrap=True)
        self._sheet.set_content(title, words)
        self._sheet.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Switch to the narrow forms below 1200 px."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        compact = self.width() < self._look.px(COMPACT_BELOW)
        self.bar.set_compact(compact)
        self.rail.set_compact(compact)
        self._pages.set_compact(compact)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._view_model.redraw()
            self._retitle()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window goes."""
        self.closing.emit()
        super().closeEvent(event)

    def _show_line(self) -> None:
        """Show how the line stands: all of it to who may put it right, else in a sentence."""
        if self._view_model.may_see_status():
            self._pages.show_status()
        else:
            self.show_paragraph(self.tr("数据与总部"), self._view_model.line_words())

    def _may_stay(self) -> bool:
        role = self._view_model.role
        return role is not None and may_stay(self._pages, self._places.currentWidget(), role)

    def _show(self, page: QWidget) -> None:
        self._places.setCurrentWidget(page)
        self.rail.show_place(self._place())
        self._focus_page()

    def _place(self) -> Place:
        return self._pages.place_of(self._places.currentWidget())

    def _focus_page(self) -> None:
        page = self._places.currentWidget()
        if page is not None:
            page.setFocus()

    def _close_sheet(self) -> None:
        if self._help.isVisible():
            self._help.leave()
        if self._sheet.isVisible():
            self._sheet.hide()
            self._focus_page()

    def _build(self) -> None:
        for page in self._pages.all():
            self._places.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._strip)
        right.addWidget(self._places, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.rail)
        below.addLayout(right, 1)
        work = QWidget()
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addLayout(below, 1)
        self._root.addWidget(self._pages.sign_in)
        self._root.addWidget(work)
        self.setCentralWidget(self._root)
        self.rail.show_place(Place.COUNTER)
        self._retitle()

    def _connect(self) -> None:
        model = self._view_model
        model.changed.connect(self.bar.draw)
        model.noticed.connect(self._strip.show_notice)
        self.rail.chosen.connect(self.go)
        self.rail.lock_requested.connect(self.lock)
        self.bar.lock_requested.connect(self.lock)
        self.bar.shift_requested.connect(self._pages.close_shift)
        self.bar.program_requested.connect(self._pages.read_program)
        self.bar.house_requested.connect(self._pages.house.open)
        self.bar.devices_requested.connect(self._pages.set_up_devices)
        self.bar.help_requested.connect(self.show_help)
        self.bar.language_requested.connect(self.language_requested)
        self.bar.theme_requested.connect(self.theme_requested)
        self.bar.line_requested.connect(self._show_line)
        self.bar.inbox_requested.connect(self._pages.show_status)
        self.bar.scanner_requested.connect(
            lambda: self.show_paragraph(self.tr("扫码枪"), model.scanner_words())
        )
        self.bar.printer_requested.connect(
            lambda: self.show_paragraph(self.tr("打印机"), model.printer_words())
        )
        self.bar.display_requested.connect(
            lambda: self.show_paragraph(self.tr("顾客屏"), model.display_words())
        )
        self._pages.paragraph_requested.connect(self.show_paragraph)
        self._pages.page_requested.connect(self.show_page)
        self._pages.place_requested.connect(self.go)
        self._pages.entered.connect(self.show_work)
        self._pages.lock_requested.connect(self.lock)

    def _add_keys(self) -> None:
        pages = self._pages
        keys: dict[str, Callable[[], None]] = {
            "F2": pages.find,
            "F3": pages.enroll,
            "F4": pages.use_on_counter,
            "F5": pages.use_points,
            "F6": pages.open_offers,
            "F7": pages.take_back,
            "F8": pages.print_again,
            "F9": self.lock,
            "F10": pages.close_shift,
            "F12": self.lock,
            "Ctrl+Z": pages.undo,
        }
        for number, place in enumerate(Place, start=1):
            keys[f"Ctrl+{number}"] = partial(self.go, place)
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)  # a key that is held is one wish
            shortcut.activated.connect(partial(self._on_key, act))
        guide = QShortcut(QKeySequence("F1"), self)
        guide.setAutoRepeat(False)
        guide.activated.connect(self.show_help)

    def _on_key(self, act: Callable[[], None]) -> None:
        if self.at_work and not (self._sheet.isVisible() or self._help.isVisible()):
            act()

    def _retitle(self) -> None:
        self.setWindowTitle(self.tr("柜台会员"))
