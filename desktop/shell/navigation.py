"""The rail at the left: a button for each place, and the lock at its foot."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.shell.places import ICONS, Place
from desktop.theme.look import Look
from desktop.theme.tokens import RAIL_WIDTH, RAIL_WIDTH_COMPACT
from desktop.widgets.component import Component
from desktop.widgets.rail_button import RailButton


class Rail(Component):
    """Where to go.

    Signals:
        chosen: a value of `Place`.
        lock_requested: lock the till now.
    """

    chosen = Signal(str)
    lock_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build the rail with nothing chosen."""
        super().__init__(look, parent)
        self.setProperty("rail", True)
        self._compact = False
        self._group = QButtonGroup(self)
        self._buttons: dict[Place, RailButton] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 8, 0, 8)
        rows.setSpacing(0)
        for place in Place:
            button = RailButton(look, icon=ICONS[place])
            button.setObjectName(f"place_{place}")
            button.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(place))
            self._group.addButton(button)
            self._buttons[place] = button
            rows.addWidget(button)
        rows.addStretch(1)
        self._lock = RailButton(look, icon="lock", checkable=False)
        self._lock.setObjectName("lock")
        self._lock.clicked.connect(self.lock_requested)
        rows.addWidget(self._lock)
        self.retranslate()
        self.restyle()

    def show_place(self, place: Place) -> None:
        """Mark where we are."""
        self._buttons[place].setChecked(True)

    def show_only(self, places: frozenset[Place]) -> None:
        """Show the places that this person may go to."""
        for place, button in self._buttons.items():
            button.setVisible(place in places)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow rail of windows below 1200 px."""
        self._compact = compact
        for button in (*self._buttons.values(), self._lock):
            button.set_compact(compact)
        self.restyle()

    def retranslate(self) -> None:
        """Name the places."""
        names = {
            Place.COUNTER: self.tr("收银台"),
            Place.MEMBERS: self.tr("会员", "place"),
            Place.SALES: self.tr("交易"),
            Place.REPORT: self.tr("报表"),
        }
        for place, button in self._buttons.items():
            button.set_caption(names[place])
        self._lock.set_caption(self.tr("锁屏"))

    def restyle(self) -> None:
        """Take the width of the scale."""
        self.setFixedWidth(self.look.px(RAIL_WIDTH_COMPACT if self._compact else RAIL_WIDTH))
