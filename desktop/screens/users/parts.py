"""The panels of the users' screen: a person, the form of a new one, and what is told once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.devices.qr_code import code_matrix
from desktop.screens.users.state import NewPanel, PersonPanel, ToldPanel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Card
from desktop.widgets.qr_view import QrView
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

PAD = 20


class _Panel(Card):
    """A card of rows under a title."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title = Text(role=Role.TITLE, wrap=True)
        self._text = Text(role=Role.BODY, tone="muted", wrap=True)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self._title)
        self._rows.addWidget(self._text)

    def restyle(self) -> None:
        """Space the rows by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(PAD), px(PAD), px(PAD), px(PAD))
        self._rows.setSpacing(px(GAP))


class PersonCard(_Panel):
    """A person, and what may be done.

    Signals:
        role_chosen: the place of a role.
    """

    role_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self._armed = False
        self._roles = ChoiceGrid(look, name="userRole", columns=3)
        self._roles.chosen.connect(self.role_chosen)
        self.pin = _button(look, "userPin", "key-round")
        self.badge = _button(look, "userBadge", "id-card")
        self.drop = _button(look, "userDropBadge", "ban")
        self.gone = _button(look, "userGone", "log-out", kind=Kind.DANGER)
        for part in (self._roles, self.pin, self.badge, self.drop):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self._rows.addWidget(self.gone)
        self.restyle()

    def draw(self, panel: PersonPanel) -> None:
        """Show a person."""
        self._title.setText(panel.title)
        self._text.setText(panel.text)
        self._roles.draw(panel.roles)
        self._roles.setVisible(bool(panel.roles))
        buttons = (self.pin, self.badge, self.drop, self.gone)
        captions = (panel.new_pin, panel.badge, panel.drop_badge, panel.let_go)
        if panel.armed and not self._armed:
            self.gone.guard()  # the second tap is one that was meant
        self._armed = panel.armed
        for button, caption in zip(buttons, captions, strict=True):
            button.set_caption(caption)
            button.setVisible(bool(caption))


class NewForm(_Panel):
    """The form of a new person.

    Signals:
        role_chosen: the place of a role.
        submitted: code and name.
    """

    role_chosen = Signal(int)
    submitted = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.code, self.name = QLineEdit(), QLineEdit()
        self.code.setObjectName("userCode")
        self.name.setObjectName("userName")
        self._roles = ChoiceGrid(look, name="newRole", columns=3)
        self._roles.chosen.connect(self.role_chosen)
        self.add = TouchButton(look, kind=Kind.PRIMARY, icon="user-plus")
        self.add.setObjectName("confirmUser")
        self.add.clicked.connect(self._submit)
        for field in (self.code, self.name):
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self.add.activate)
        for part in (self.code, self.name, self._roles):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self._rows.addWidget(self.add)
        self.retranslate()
        self.restyle()
        self._check()

    def draw(self, panel: NewPanel) -> None:
        """Show the form."""
        self._title.setText(panel.title)
        self._text.setText(panel.text)
        self._roles.draw(panel.roles)
        self.add.set_caption(panel.add)

    def clear(self) -> None:
        """Begin with nothing written."""
        self.code.clear()
        self.name.clear()
        self.code.setFocus()

    def retranslate(self) -> None:
        """Name the fields."""
        self.code.setPlaceholderText(self.tr("工号，例如 12"))
        self.code.setAccessibleName(self.tr("工号"))
        self.name.setPlaceholderText(self.tr("姓名"))
        self.name.setAccessibleName(self.tr("姓名"))

    def _check(self) -> None:
        self.add.setEnabled(bool(self.code.text().strip() and self.name.text().strip()))

    def _submit(self) -> None:
        self.submitted.emit(self.code.text(), self.name.text())


class ToldCard(_Panel):
    """A PIN in large figures, or a badge as its code."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.secret = Text(role=Role.AMOUNT)
        self.secret.setObjectName("toldPin")
        self.secret.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code = QrView(look)
        self.save = _button(look, "saveBadge", "printer")
        self._rows.insertWidget(1, self.secret)
        self._rows.insertWidget(2, self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addWidget(self.save)
        self._rows.addStretch(1)
        self.restyle()

    def draw(self, panel: ToldPanel) -> None:
        """Show what is told."""
        self._title.setText(panel.title)
        self._text.setText(panel.text)
        self.secret.setText(panel.secret)
        self.secret.setVisible(bool(panel.secret))
        self.code.setVisible(bool(panel.code))
        if panel.code:
            self.code.show_code(code_matrix(panel.code), name=panel.title)
        self.save.set_caption(panel.save)
        self.save.setVisible(bool(panel.save))


def _button(look: Look, name: str, icon: str, *, kind: Kind = Kind.SECONDARY) -> TouchButton:
    button = TouchButton(look, kind=kind, icon=icon)
    button.setObjectName(name)
    return button
