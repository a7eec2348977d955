"""The users' screen: everyone in a table at the left, at the right whoever is chosen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.screens.users.parts import NewForm, PersonCard, ToldCard
from desktop.screens.users.state import NewPanel, PersonPanel, ToldPanel, UsersState
from desktop.screens.users.view_model import UsersViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.data_table import Column, DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
PANEL_WIDTH = 400
PANEL_WIDTH_COMPACT = 312
STRETCHED = 4


class UsersScreen(Component):
    """Keep the people who work here."""

    def __init__(
        self, look: Look, view_model: UsersViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._compact = False
        self._shown: tuple[object, object] | None = None
        self._title = Text(role=Role.TITLE)
        self.add = TouchButton(look, kind=Kind.SMALL, icon="user-plus")
        self.add.setObjectName("addUser")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromUsers")
        self.notice = Banner(look)
        self.table = DataTable(look)
        self.table.setObjectName("users")
        self._nobody = EmptyState(look)
        self.person = PersonCard(look)
        self.form = NewForm(look)
        self.told = ToldCard(look)
        self._panels = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()

    def draw(self, state: UsersState) -> None:
        """Show a state."""
        self._title.setText(state.title)
        self.add.set_caption(state.add)
        self.add.setVisible(bool(state.add))
        self.notice.show_notice(state.notice)
        if (state.columns, state.rows) != self._shown:  # a table that is the same keeps its choice
            self._shown = (state.columns, state.rows)
            columns = tuple(
                Column(title, stretch=place == STRETCHED)
                for place, title in enumerate(state.columns)
            )
            self.table.show_table(columns, state.rows)
        match state.panel:
            case None:
                self._panels.setCurrentWidget(self._nobody)
            case PersonPanel():
                self.person.draw(state.panel)
                self._panels.setCurrentWidget(self.person)
            case NewPanel():
                self.form.draw(state.panel)
                if self._panels.currentWidget() is not self.form:
                    self.form.clear()
                self._panels.setCurrentWidget(self.form)
            case ToldPanel():
                self.told.draw(state.panel)
                self._panels.setCurrentWidget(self.told)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow panel in windows below 1200 px."""
        self._compact = compact
        self.restyle()

    def retranslate(self) -> None:
        """Ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("员工"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回收银台（Esc）"))
        self._nobody.show_words(
            self.tr("点一个人"), self.tr("改角色、重设 PIN、发工牌或离职"), icon="id-card"
        )
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(MARGIN), px(8), px(MARGIN), px(MARGIN))
        self._rows.setSpacing(px(12))
        self._columns.setSpacing(px(16))
        self._panels.setFixedWidth(px(PANEL_WIDTH_COMPACT if self._compact else PANEL_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._view_model.leave()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        model = self._view_model
        model.changed.connect(self.draw)
        self.table.row_chosen.connect(model.choose)
        self.add.clicked.connect(model.begin_to_add)
        self.back.clicked.connect(model.leave)
        for card in (self.person, self.form):
            card.role_chosen.connect(model.choose_role)
        self.person.pin.clicked.connect(model.new_pin)
        self.person.badge.clicked.connect(model.badge)
        self.person.drop.clicked.connect(model.drop_badge)
        self.person.gone.clicked.connect(model.let_go)
        self.form.submitted.connect(model.add)
        self.told.save.clicked.connect(model.save_badge)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.add)
        head.addWidget(self.back)
        for panel in (self._nobody, self.person, self.form, self.told):
            self._panels.addWidget(panel)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.table, 1)
        self._columns.addWidget(self._panels)
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(head)
        self._rows.addWidget(self.notice)
        self._rows.addLayout(self._columns, 1)
