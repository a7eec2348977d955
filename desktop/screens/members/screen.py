"""The member list's screen: a field and its rows at the left, pads at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.screens.members.filter_page import FilterPage
from desktop.screens.members.view_model import MembersState, MembersViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, SECONDARY_HEIGHT, Role
from desktop.widgets.component import Component
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.keypad import Key, Keypad
from desktop.widgets.letter_pad import LetterPad
from desktop.widgets.result_list import ResultList
from desktop.widgets.sheet import Sheet
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SHEET_WIDTH = 888
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)


class MembersScreen(Component):
    """Find anybody."""

    def __init__(
        self, look: Look, view_model: MembersViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the list and connect each touch to one verb."""
        super().__init__(look, parent)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self.field = QLineEdit()
        self.field.setObjectName("memberSearch")
        self.filter = TouchButton(look, kind=Kind.SECONDARY, icon="search")
        self.filter.setObjectName("filterMembers")
        self.results = ResultList(look)
        self.results.setObjectName("members")
        self._note = Text(role=Role.LABEL, tone="muted")
        self._empty = EmptyState(look)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.results)
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.letters = LetterPad(look)
        self._columns = QHBoxLayout(self)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._build()
        self._sheet = Sheet(look, self, width=SHEET_WIDTH)
        self._sheet.setObjectName("filterSheet")
        self.choices = FilterPage(look)
        self._sheet.set_content("", self.choices)
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: MembersState) -> None:
        """Show a state."""
        if self.field.text() != state.text:
            self.field.setText(state.text)
        self.results.show_rows(state.rows)
        self._note.setText(state.note)
        if not state.rows:
            self._empty.show_words(state.empty, state.detail, icon="user-search")
        self._pages.setCurrentIndex(1 if state.rows else 0)
        self.filter.set_caption(state.filter)
        self._draw_sheet(state)

    def _draw_sheet(self, state: MembersState) -> None:
        if state.sheet is None:
            if self._sheet.isVisible():
                self._sheet.hide()
                self.setFocus()
            return
        self.choices.draw(state.sheet, note=state.note, filtered=state.filtered)
        if not self._sheet.isVisible():
            self._sheet.open()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self.letters.setFixedWidth(self.keypad.sizeHint().width())

    def retranslate(self) -> None:
        """Name the field and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("会员", "place"))
        self._title.setText(self.tr("会员", "place"))
        self._sheet.set_title(self.tr("筛选会员"))
        self.field.setPlaceholderText(self.tr("手机号、后四位、姓名、拼音、会员号"))
        self.field.setAccessibleName(self.tr("查找会员"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px(MARGIN)
        self._columns.setContentsMargins(px, px, px, px)
        self._columns.setSpacing(px)
        self._left.setSpacing(self.look.px(GAP))
        self._right.setSpacing(px)
        self.field.setMinimumHeight(self.look.px(SECONDARY_HEIGHT))
        self.letters.setFixedWidth(self.keypad.sizeHint().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the marked row with Enter, walk through the rows with the arrows."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._view_model.choose(max(self.results.currentIndex().row(), 0))
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.results.setFocus()
        elif key == Qt.Key.Key_Escape:
            self._view_model.press(Key.CLEAR)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._left.addWidget(self._title)
        asked = QHBoxLayout()
        asked.addWidget(self.field, 1)
        asked.addWidget(self.filter)
        self._left.addLayout(asked)
        self._left.addWidget(self._pages, 1)
        self._left.addWidget(self._note)
        for pad in (self.keypad, self.letters):
            self._right.addWidget(pad)
        self._right.addStretch(1)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right)
        self.setFocusProxy(self.field)

    def _connect(self, view_model: MembersViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.field.textEdited.connect(view_model.search)
        self.keypad.key.connect(view_model.press)
        self.keypad.set_point(False)
        self.letters.key.connect(view_model.press)
        self.results.chosen.connect(view_model.choose)
        self.filter.clicked.connect(view_model.open_filter)
        self._sheet.close_requested.connect(view_model.close_filter)
        self.choices.tiers.chosen.connect(view_model.choose_tier)
        self.choices.visits.chosen.connect(view_model.choose_visit)
        self.choices.tags.chosen.connect(view_model.choose_tag)
        self.choices.orders.chosen.connect(view_model.choose_order)
        self.choices.clear.clicked.connect(view_model.clear_filter)
        self.choices.done.clicked.connect(view_model.close_filter)
