"""The sign-in screen: people to tap at the left, the PIN at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.sign_in.view_model import SignInState, SignInViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.component import Card, Component
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

COLUMNS = 2
TILE_WIDTH = 200
TILE_HEIGHT = 88


class SignInScreen(Component):
    """Who, and his PIN."""

    def __init__(
        self, look: Look, view_model: SignInViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the card and connect each touch to one verb."""
        super().__init__(look, parent)
        self._view_model = view_model
        self._tiles: list[TouchButton] = []
        self._asked: tuple[bool, str] | None = None
        self._card = Card(look)
        self._branch = Text(role=Role.BODY, tone="muted")
        self._title = Text(role=Role.TITLE)
        self._prompt = Text(role=Role.STRONG, wrap=True)
        self._prompt.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pin = PinPad(look)
        self.pin.setObjectName("pin")
        self._people = QGridLayout()
        self._columns = QHBoxLayout(self._card)
        self._build()
        view_model.changed.connect(self.draw)
        view_model.cleared.connect(self._clear)
        self.pin.entered.connect(view_model.enter)
        self.restyle()
        self.draw(view_model.state())

    def draw(self, state: SignInState) -> None:
        """Show a state."""
        self._branch.setText(state.branch)
        self._title.setText(state.title)
        self._prompt.setText(state.prompt)
        while len(self._tiles) < len(state.tiles):
            self._add_tile()
        for place, button in enumerate(self._tiles):
            used = place < len(state.tiles)
            button.setVisible(used)
            if used:
                tile = state.tiles[place]
                button.set_caption("·".join(part for part in (tile.name, tile.role) if part))
                button.setChecked(tile.chosen)
        asked = (state.waits or not state.asks_pin, state.message)
        if asked != self._asked:  # typed digits outlive what changes elsewhere
            self._asked = asked
            self.pin.set_locked(*asked)
        if state.asks_pin and self.isVisible():
            self.pin.setFocus()

    def tile(self, place: int) -> TouchButton:
        """Return the button of a person."""
        return self._tiles[place]

    def retranslate(self) -> None:
        """Ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("登录"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the card by the scale."""
        px = self.look.px
        self._columns.setContentsMargins(px(32), px(32), px(32), px(32))
        self._columns.setSpacing(px(48))
        self._people.setSpacing(px(8))
        for button in self._tiles:
            button.setFixedSize(px(TILE_WIDTH), px(TILE_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let digits reach the PIN wherever the focus is."""
        if event.text().isdigit() or event.key() == Qt.Key.Key_Backspace:
            self.pin.setFocus()
            self.pin.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def _clear(self) -> None:
        """Forget the digits, and say again what there is to say."""
        self._asked = None
        self.pin.reset()

    def _add_tile(self) -> None:
        place = len(self._tiles)
        button = TouchButton(self.look, kind=Kind.CHOICE, icon="user")
        button.setObjectName(f"person{place}")
        button.setFixedSize(self.look.px(TILE_WIDTH), self.look.px(TILE_HEIGHT))
        button.clicked.connect(lambda _checked=False: self._view_model.choose(place))
        self._people.addWidget(button, place // COLUMNS, place % COLUMNS)
        self._tiles.append(button)

    def _build(self) -> None:
        gap = self.look.px(12)
        left = QVBoxLayout()
        left.setSpacing(gap)
        left.addWidget(self._branch)
        left.addWidget(self._title)
        left.addLayout(self._people)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(gap)
        right.addWidget(self._prompt)
        right.addWidget(self.pin)
        self._columns.addLayout(left)
        self._columns.addLayout(right)
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)
