"""The bar at the top: which counter and shift, how the line and the scanner do, time, who acts."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.i18n.language import Language
from desktop.theme.look import Look
from desktop.theme.tokens import TOP_BAR_HEIGHT, Role
from desktop.widgets.chip import ChipKind, StatusChip
from desktop.widgets.component import Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

STAFF_WIDTH = 104


@dataclass(frozen=True, slots=True)
class ChipFace:
    """A chip of the bar."""

    text: str
    kind: ChipKind
    icon: str


@dataclass(frozen=True, slots=True)
class TopBarState:
    """What the bar shows."""

    where: str
    shift: str
    line: ChipFace
    scanner: ChipFace
    clock: str
    staff: str
    may_read_program: bool = False
    house: tuple[tuple[str, str], ...] = ()
    inbox: ChipFace | None = None
    printer: ChipFace | None = None
    display: ChipFace | None = None


class TopBar(Component):
    """The bar.

    Signals:
        line_requested: say more about the line to head office.
        inbox_requested: show what waits for a decision.
        scanner_requested: say more about the scanner.
        printer_requested: say more about the printer.
        display_requested: say more about the customer display.
        language_requested: a value of `Language`.
        theme_requested: dark, or light.
        shift_requested: count the drawer and close the shift.
        program_requested: read the program and try it.
        devices_requested: set up printer, customer display and scanner.
        house_requested: open a page about the house, by the value of `HousePage`.
        lock_requested: lock the till now.
        help_requested: open the help of this screen.
    """

    line_requested = Signal()
    scanner_requested = Signal()
    printer_requested = Signal()
    display_requested = Signal()
    inbox_requested = Signal()
    language_requested = Signal(str)
    theme_requested = Signal(bool)
    shift_requested = Signal()
    program_requested = Signal()
    devices_requested = Signal()
    house_requested = Signal(str)
    lock_requested = Signal()
    help_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build the bar empty."""
        super().__init__(look, parent)
        self.setProperty("bar", True)
        self._may_read_program = False
        self._house: tuple[tuple[str, str], ...] = ()
        self._where = Text(role=Role.STRONG)
        self._shift = Text(role=Role.BODY, tone="muted")
        self._line, self._scanner = self._chip("line"), self._chip("scanner")
        self._inbox, self._printer = self._chip("inbox"), self._chip("printer")
        self._display = self._chip("display")
        for chip in (self._inbox, self._printer, self._display):
            chip.hide()
        self._clock = Text(role=Role.BODY)
        self._staff = TouchButton(look, kind=Kind.SMALL, icon="user")
        self._staff.setObjectName("staff")
        self._line.clicked.connect(self.line_requested)
        self._scanner.clicked.connect(self.scanner_requested)
        self._printer.clicked.connect(self.printer_requested)
        self._display.clicked.connect(self.display_requested)
        self._inbox.clicked.connect(self.inbox_requested)
        self._staff.clicked.connect(self._open_menu)
        self._row = QHBoxLayout(self)
        for part in (self._where, self._shift):
            self._row.addWidget(part)
        self._row.addStretch(1)
        chips = (self._inbox, self._line, self._printer, self._scanner, self._display)
        for piece in (*chips, self._clock, self._staff):
            self._row.addWidget(piece)
        self.restyle()

    def draw(self, state: TopBarState) -> None:
        """Show a state."""
        self._where.setText(state.where)
        self._shift.setText(state.shift)
        for chip, face in ((self._line, state.line), (self._scanner, state.scanner)):
            chip.show_status(face.text, kind=face.kind, icon=face.icon)
        pairs = (
            (self._inbox, state.inbox),
            (self._printer, state.printer),
            (self._display, state.display),
        )
        for chip, may in pairs:
            chip.setVisible(may is not None)
            if may is not None:
                chip.show_status(may.text, kind=may.kind, icon=may.icon)
        self._clock.setText(state.clock)
        self._may_read_program = state.may_read_program
        self._house = state.house
        self._staff.set_caption(state.staff, name=self.tr("{name}的菜单").format(name=state.staff))

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Show chips as icons in windows below 1200 px."""
        chips = (self._inbox, self._line, self._printer, self._scanner, self._display)
        for chip in chips:
            chip.set_compact(compact)

    def menu(self) -> QMenu:
        """Build the menu of whoever acts: language, theme, the shift, the program, lock, help."""
        menu = QMenu(self)
        for language in Language:
            action = menu.addAction(language.own_name)
            action.triggered.connect(
                lambda _checked=False, language=language: self.language_requested.emit(language)
            )
        menu.addSeparator()
        dark = self.look.dark
        theme = menu.addAction(self.tr("浅色界面") if dark else self.tr("深色界面"))
        theme.triggered.connect(lambda _checked=False: self.theme_requested.emit(not dark))
        menu.addSeparator()
        shift = menu.addAction(self.tr("交班（F10）"))
        shift.triggered.connect(lambda _checked=False: self.shift_requested.emit())
        if self._may_read_program:
            program = menu.addAction(self.tr("积分方案"))
            program.triggered.connect(lambda _checked=False: self.program_requested.emit())
            devices = menu.addAction(self.tr("设备"))
            devices.triggered.connect(lambda _checked=False: self.devices_requested.emit())
        for page, name in self._house:
            action = menu.addAction(name)
            action.triggered.connect(
                lambda _checked=False, page=page: self.house_requested.emit(page)
            )
        lock = menu.addAction(self.tr("锁屏或换人（F12）"))
        lock.triggered.connect(lambda _checked=False: self.lock_requested.emit())
        menu.addSeparator()
        guide = menu.addAction(self.tr("帮助（F1）"))
        guide.triggered.connect(lambda _checked=False: self.help_requested.emit())
        return menu

    def restyle(self) -> None:
        """Take the height of the scale."""
        px = self.look.px
        self.setFixedHeight(px(TOP_BAR_HEIGHT))
        self._row.setContentsMargins(px(16), 0, px(8), 0)
        self._row.setSpacing(px(12))
        self._staff.setMinimumWidth(px(STAFF_WIDTH))

    def _chip(self, name: str) -> StatusChip:
        chip = StatusChip(self.look)
        chip.setObjectName(name)
        return chip

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self._staff.mapToGlobal(self._staff.rect().bottomLeft())
        menu.popup(corner)
