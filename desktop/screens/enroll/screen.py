"""The enrolment's screen: the form at the left, keypad and the one button at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.enroll.parts import MONTHS, EnrollForm
from desktop.screens.enroll.state import EnrollState
from desktop.screens.enroll.view_model import EnrollViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, ENTER, Key, Keypad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)


class EnrollScreen(Component):
    """Wireframe B: phone, three things that may be left out, consent."""

    def __init__(
        self, look: Look, view_model: EnrollViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the form and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self._line = Text(role=Role.LABEL, tone="muted")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("back")
        self.form = EnrollForm(look)
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.keypad.set_point(False)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmEnroll")
        self._after = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._customer = Text(role=Role.STRONG, tone="ok", wrap=True)
        self._customer.setObjectName("customerAnswer")
        self._notice = Banner(look)
        self._columns = QHBoxLayout()
        self._right = QVBoxLayout()
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: EnrollState) -> None:
        """Show a state."""
        self._line.setText(state.line)
        self.form.draw(state)
        self.confirm.set_caption(state.confirm)
        self.confirm.setEnabled(state.usable)
        self._customer.setText(state.customer)
        self._customer.setVisible(bool(state.customer))
        self._notice.show_notice(state.notice)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self.confirm.setFixedWidth(self.keypad.sizeHint().width())
        self.form.months.set_columns(MONTHS // 2 if compact else MONTHS)

    def retranslate(self) -> None:
        """Name the screen and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("新会员入会"))
        self._title.setText(self.tr("新会员入会"))
        self.back.set_caption(self.tr("取消"), name=self.tr("取消入会（Esc）"))
        self._after.setText(self.tr("完成后自动带入收银台，不用重新查找"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        self._columns.setSpacing(self.look.px(MARGIN))
        self._right.setSpacing(self.look.px(GAP))
        self.confirm.setFixedWidth(self.keypad.sizeHint().width())

    def showEvent(self, event: QShowEvent) -> None:
        """Let the customer be asked."""
        super().showEvent(event)
        self._view_model.see(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask the customer nothing any more."""
        super().hideEvent(event)
        self._view_model.see(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits for the phone; Enter confirms, Escape goes back."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self.confirm.activate()
        elif key == Qt.Key.Key_Escape:
            self._view_model.leave()
        elif key in EDITING:
            self._view_model.press(EDITING[Qt.Key(key)])
        elif text.isascii() and text.isdigit():
            self._view_model.press(text)
        else:
            super().keyPressEvent(event)

    def _connect(self, view_model: EnrollViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.keypad.key.connect(view_model.press)
        self.form.name.textEdited.connect(view_model.write_name)
        self.form.titles.on_choose(view_model.choose_title)
        self.form.months.on_choose(view_model.choose_month)
        self.form.sources.on_choose(view_model.choose_source)
        self.form.consent.marketing.toggled.connect(view_model.set_marketing)
        self.form.consent.under_age.toggled.connect(view_model.set_under_age)
        self.form.phone.clicked.connect(self.setFocus)
        self.confirm.clicked.connect(view_model.confirm)
        self.back.clicked.connect(view_model.leave)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.look.px(MARGIN))
        head.addWidget(self._title)
        head.addWidget(self._line, 1)
        head.addWidget(self.back)
        rows = QVBoxLayout(self)
        px = self.look.px(MARGIN)
        rows.setContentsMargins(px, px // 2, px, px)
        rows.setSpacing(px // 2)
        rows.addLayout(head)
        rows.addLayout(self._columns, 1)
        self._right.addWidget(self.keypad)
        self._right.addWidget(self._notice)
        self._right.addWidget(self._customer)
        self._right.addStretch(1)
        self._right.addWidget(self._after)
        self._right.addWidget(self.confirm)
        self._columns.addWidget(self.form, 1)
        self._columns.addLayout(self._right)
