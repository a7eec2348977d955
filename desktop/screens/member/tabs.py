"""Tabs of a member's page that are more than a table: the profile, and what he agreed to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.screens.member.parts import TableTab
from desktop.screens.member.state import ActButton, ActKind, Privacy, Profile
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Card, Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

ACT_ICONS = {
    ActKind.EDIT: "pencil",
    ActKind.PHONE: "phone",
    ActKind.RECYCLED: "user-plus",
    ActKind.ADJUST: "coins",
    ActKind.FREEZE: "lock",
    ActKind.UNFREEZE: "lock-open",
    ActKind.REVEAL: "eye",
    ActKind.MERGE: "users",
    ActKind.UNMERGE: "user",
    ActKind.ERASE: "trash-2",
}
ACTS_IN_A_ROW = 2


class ActButtons(Component):
    """Buttons of acts.

    Signals:
        chosen: the act.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, *, columns: int, parent: QWidget | None = None) -> None:
        """Start without any."""
        super().__init__(look, parent)
        self._columns = columns
        self._acts: tuple[ActButton, ...] = ()
        self._buttons: dict[ActKind, TouchButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(GAP))

    def draw(self, acts: tuple[ActButton, ...]) -> None:
        """Show these acts in their order."""
        for button in self._buttons.values():
            button.hide()
        for place, act in enumerate(acts):
            button = self._button(act.kind)
            self._grid.addWidget(button, place // self._columns, place % self._columns)
            button.set_caption(act.text)
            button.setEnabled(act.usable)
            button.show()

    def _button(self, kind: ActKind) -> TouchButton:
        if kind not in self._buttons:
            danger = kind is ActKind.ERASE
            button = TouchButton(
                self.look,
                kind=Kind.DANGER if danger else Kind.SECONDARY,
                icon=ACT_ICONS.get(kind, ""),
                parent=self,
            )
            button.setObjectName(f"act_{kind}")
            button.clicked.connect(lambda _checked=False: self.chosen.emit(kind))
            self._buttons[kind] = button
        return self._buttons[kind]


class ProfileTab(Component):
    """What is known of him at the left, what can be changed at the right."""

    def __init__(self, look: Look) -> None:
        """Build it empty."""
        super().__init__(look)
        self._facts = BenefitList(look)
        self._facts.setObjectName("profileFacts")
        self.acts = ActButtons(look, columns=ACTS_IN_A_ROW)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(look.px(16))
        top = Qt.AlignmentFlag.AlignTop
        columns.addWidget(self._facts, 1, top)
        columns.addWidget(self.acts, 1, top)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(page))

    def draw(self, profile: Profile) -> None:
        """Show a profile."""
        self._facts.show_rows(profile.facts)
        self.acts.draw(profile.acts)


class PrivacyTab(Component):
    """Consents with the one tap that takes one back, what was changed, and the way out."""

    def __init__(self, look: Look) -> None:
        """Build it empty."""
        super().__init__(look)
        self._consents = BenefitList(look)
        self._consents.setObjectName("consents")
        self.withdraw = TouchButton(look, kind=Kind.SECONDARY, icon="ban")
        self.withdraw.setObjectName("withdrawMarketing")
        self.acts = ActButtons(look, columns=1)
        self._title = Text(role=Role.STRONG)
        self.changes = TableTab(look, name="changes")
        left = QVBoxLayout()
        left.setSpacing(look.px(GAP))
        for part in (self._consents, self.withdraw, self.acts):
            left.addWidget(part)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(look.px(GAP))
        right.addWidget(self._title)
        right.addWidget(self.changes, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(look.px(16))
        columns.addLayout(left, 3)
        columns.addLayout(right, 4)
        self.retranslate()

    def draw(self, privacy: Privacy) -> None:
        """Show what he agreed to."""
        self._consents.show_rows(privacy.consents)
        self.withdraw.setVisible(privacy.agreed)
        acts = (privacy.erase,) if privacy.agreed else (privacy.consent, privacy.erase)
        self.acts.draw(acts)
        self.changes.draw(privacy.changes)

    def retranslate(self) -> None:
        """Name what has words of its own."""
        self.withdraw.set_caption(self.tr("撤回短信同意"))
        self._title.setText(self.tr("资料改动"))


class TagsCard(Card):
    """His tags, each a button that takes it off, and the way to another.

    Signals:
        dropped: the tag to take off.
    """

    dropped = Signal(str)

    def __init__(self, look: Look) -> None:
        """Build it without tags."""
        super().__init__(look)
        self._buttons: list[TouchButton] = []
        self._tags: tuple[str, ...] = ()
        self._label = Text(role=Role.LABEL, tone="muted")
        self.add = TouchButton(look, kind=Kind.SMALL, icon="plus")
        self.add.setObjectName("addTag")
        self._grid = QGridLayout()
        self._rows = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self.add)
        self._rows.addLayout(head)
        self._rows.addLayout(self._grid)
        self.retranslate()
        self.restyle()

    def draw(self, tags: tuple[str, ...]) -> None:
        """Show these tags and no others."""
        self._tags = tags
        while len(self._buttons) < len(tags):
            self._add_button()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(tags))
            if place < len(tags):
                words = self.tr("去掉标签 {tag}").format(tag=tags[place])
                button.set_caption(tags[place], name=words)
        self._label.setText(self.tr("标签") if tags else self.tr("还没有标签"))

    def retranslate(self) -> None:
        """Name the button."""
        self.add.set_caption(self.tr("加标签"))
        self.draw(self._tags)

    def restyle(self) -> None:
        """Space the card by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(16), px(8), px(16), px(12))
        self._grid.setSpacing(px(GAP))

    def _add_button(self) -> None:
        place = len(self._buttons)
        button = TouchButton(self.look, kind=Kind.SMALL, icon="x")
        button.setObjectName(f"tag{place}")
        button.clicked.connect(lambda _checked=False: self.dropped.emit(self._tags[place]))
        self._buttons.append(button)
        self._grid.addWidget(button, place // 3, place % 3)


def scrolled(page: QWidget) -> QScrollArea:
    """Return an area in which a low window scrolls a page."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
