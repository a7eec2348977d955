"""The first-run wizard on screen: a card in the middle, one question on it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n.language import Language
from desktop.screens.first_run.state import FirstRunState, Page
from desktop.screens.first_run.view_model import RESTORE, FirstRunViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Card, Component
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

CARD_WIDTH = 640
CARD_HEIGHT = 660
CONFIRM_WIDTH = 240
PLACES = {page: place for place, page in enumerate(Page)}
WAY_ICONS = ("store", "cloud", "history")


class FirstRunScreen(Component):
    """Make a home."""

    def __init__(
        self, look: Look, view_model: FirstRunViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the card and connect each touch to one verb."""
        super().__init__(look, parent)
        self._view_model = view_model
        self.ask_backup: Callable[[], Path | None] = self._ask_backup
        self._card = Card(look)
        self._progress = Text(role=Role.LABEL, tone="muted")
        self._title = Text(role=Role.TITLE, wrap=True)
        self._text = Text(role=Role.BODY, tone="muted", wrap=True)
        self._fault = Text(role=Role.BODY, tone="error", wrap=True)
        self._fault.setObjectName("firstRunFault")
        self.languages = [self._language(language) for language in Language]
        self.ways = [self._way(place) for place in range(len(WAY_ICONS))]
        self.branch, self.counter = _line("branch"), _line("counterName")
        self.programs = ChoiceGrid(look, name="sample", columns=1)
        self._pin_said = Text(role=Role.STRONG)
        self.pin = PinPad(look)
        self.address, self.code = _line("officeAddress"), _line("officeCode")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("firstRunBack")
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("firstRunConfirm")
        self._pages = QStackedWidget()
        self._rows = QVBoxLayout(self._card)
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()

    def draw(self, state: FirstRunState) -> None:
        """Show a state."""
        self._progress.setText(state.progress)
        self._title.setText(state.title)
        self._text.setText(state.text)
        self._fault.setText(state.fault)
        self._fault.setVisible(bool(state.fault))
        self._pages.setCurrentIndex(PLACES[state.page])
        for button, caption in zip(self.ways, state.ways, strict=True):
            button.set_caption(caption)
        for field, value in ((self.branch, state.branch), (self.counter, state.counter)):
            if field.text() != value:
                field.setText(value)
        self.programs.draw(state.programs)
        self._pin_said.setText(state.pin_said)
        self._text.setVisible(
            not (state.page is Page.PIN and state.fault)
        )  # the pad needs the room
        self.bar.setRange(0, 0 if state.percent is None else 100)
        self.bar.setValue(state.percent or 0)
        self.back.setVisible(state.may_go_back)
        self.confirm.set_caption(state.confirm)
        self.confirm.setVisible(bool(state.confirm))
        self.confirm.setEnabled(state.may_confirm)
        if state.page is Page.PIN and self.isVisible():
            self.pin.setFocus()

    def retranslate(self) -> None:
        """Name the fields and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("第一次使用"))
        names = {
            self.branch: self.tr("店名"),
            self.counter: self.tr("机号"),
            self.address: self.tr("总部地址，例如 https://hq.example.com"),
            self.code: self.tr("接入码"),
        }
        for field, name in names.items():
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
        self.back.set_caption(self.tr("上一步"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Size the card by the scale."""
        px = self.look.px
        self._card.setFixedSize(px(CARD_WIDTH), px(CARD_HEIGHT))
        self._rows.setContentsMargins(px(40), px(24), px(40), px(24))
        self._rows.setSpacing(px(12))
        self._progress.setMinimumHeight(px(48))
        self.confirm.setMinimumWidth(px(CONFIRM_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._view_model.back()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._view_model.confirm()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        model = self._view_model
        model.changed.connect(self.draw)
        model.cleared.connect(self.pin.reset)
        self.pin.entered.connect(model.enter_pin)
        self.programs.chosen.connect(model.choose_program)
        for name in (self.branch, self.counter):
            name.textEdited.connect(self._on_names)
            name.returnPressed.connect(model.confirm)
        for field in (self.address, self.code):
            field.textEdited.connect(self._on_office)
            field.returnPressed.connect(model.confirm)
        self.back.clicked.connect(model.back)
        self.confirm.clicked.connect(model.confirm)

    def _on_names(self) -> None:
        self._view_model.name(self.branch.text(), self.counter.text())

    def _on_office(self) -> None:
        self._view_model.office(self.address.text(), self.code.text())

    def _choose_way(self, place: int) -> None:
        if place != RESTORE:
            self._view_model.choose_way(place)
        elif (backup := self.ask_backup()) is not None:
            self._view_model.restore(backup)

    def _ask_backup(self) -> Path | None:
        kinds = self.tr("备份") + " (*.backup);;(*)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选择备份"), "", kinds)
        return Path(name) if name else None

    def _language(self, language: Language) -> TouchButton:
        button = TouchButton(self.look, language.own_name, kind=Kind.SECONDARY, icon="languages")
        button.setObjectName(f"language_{language}")
        button.clicked.connect(lambda _checked=False: self._view_model.speak(str(language)))
        return button

    def _way(self, place: int) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.SECONDARY, icon=WAY_ICONS[place])
        button.setObjectName(f"way{place}")
        button.clicked.connect(lambda _checked=False: self._choose_way(place))
        return button

    def _build(self) -> None:
        pages: tuple[Sequence[QWidget], ...] = (
            self.languages,
            self.ways,
            [self.branch, self.counter],
            [self.programs],
            [self._pin_said, self.pin],
            [self.address, self.code],
            [self.bar],
            [],
        )
        for parts in pages:
            self._pages.addWidget(_page(parts, gap=self.look.px(12)))
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._progress, 1)
        head.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.confirm)
        self._rows.addLayout(head)
        for part in (self._title, self._text, self._fault):
            self._rows.addWidget(part)
        self._rows.addWidget(self._pages, 1)
        self._rows.addLayout(foot)
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)


def _page(parts: Sequence[QWidget], *, gap: int) -> QWidget:
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(gap)
    for part in parts:
        centred = isinstance(part, PinPad)
        where = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag(0)
        rows.addWidget(part, 0, where)
    rows.addStretch(1)
    return page


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    return field
