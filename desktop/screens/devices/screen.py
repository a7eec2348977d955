"""The devices' screen: settings at the left, what they mean and a trial at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from desktop.screens.devices.parts import AddressField, BankCard, CalibrationPanel, Groups
from desktop.screens.devices.state import DevicesState, Tab
from desktop.screens.devices.view_model import DevicesViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.keypad import ENTER
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
RIGHT_WIDTH, RIGHT_WIDTH_COMPACT = 520, 400
TRIALS_MAX = 3


class DevicesScreen(Component):
    """Set up what stands at the counter."""

    def __init__(
        self, look: Look, view_model: DevicesViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._compact = False
        self._title = Text(role=Role.TITLE)
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromDevices")
        self.tabs = QTabBar()
        self.tabs.setObjectName("deviceTabs")
        self.tabs.setExpanding(False)
        for _tab in Tab:
            self.tabs.addTab("")
        self.address = AddressField(look)
        self.groups = Groups(look)
        self._card = BankCard(look)
        self._about = Text(role=Role.BODY, tone="muted", wrap=True)
        self._calibration = CalibrationPanel(look)
        self.trials = [self._trial(place) for place in range(TRIALS_MAX)]
        self._notice = Banner(look)
        self._notice.setObjectName("deviceNotice")
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("keepDevices")
        self._rows = QVBoxLayout(self)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._side = QWidget()
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: DevicesState) -> None:
        """Show a state."""
        if self.tabs.currentIndex() != state.tab:
            self.tabs.setCurrentIndex(state.tab)
        self.address.setVisible(state.address is not None)
        if state.address is not None:
            self.address.draw(state.address)
        self.groups.draw(state.groups)
        self._card.setVisible(state.card)
        self._about.setText(state.about)
        self._calibration.setVisible(state.calibration is not None)
        if state.calibration is not None:
            self._calibration.draw(state.calibration)
        for place, button in enumerate(self.trials):
            used = place < len(state.trials)
            button.setVisible(used)
            button.set_caption(state.trials[place] if used else "")
        self._notice.show_notice(state.notice)
        self.confirm.set_caption(state.confirm.text)
        self.confirm.setEnabled(state.confirm.usable)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow column of windows below 1200 px."""
        self._compact = compact
        self.restyle()

    def retranslate(self) -> None:
        """Name the tabs and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("设备"))
        self._title.setText(self.tr("设备"))
        names = {
            Tab.PRINTER: self.tr("打印机"),
            Tab.DISPLAY: self.tr("顾客屏"),
            Tab.SCANNER: self.tr("扫码枪"),
            Tab.SOUND_AND_SIZE: self.tr("声音和大小"),
        }
        for tab, name in names.items():
            self.tabs.setTabText(tab, name)
        self.back.set_caption(self.tr("返回"), name=self.tr("返回收银台（Esc）"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(MARGIN), px(MARGIN) // 2, px(MARGIN), px(MARGIN))
        self._rows.setSpacing(px(MARGIN) // 2)
        self._left.setSpacing(px(GAP))
        self._right.setSpacing(px(GAP))
        self._side.setFixedWidth(px(RIGHT_WIDTH_COMPACT if self._compact else RIGHT_WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where one was."""
        super().showEvent(event)
        self._view_model.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the scans to the counter."""
        super().hideEvent(event)
        self._view_model.rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Enter, leave with Escape."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._view_model.leave()
        elif key in ENTER:
            self.confirm.activate()
        else:
            super().keyPressEvent(event)

    def _trial(self, place: int) -> TouchButton:
        button = TouchButton(self.look)
        button.setObjectName(f"tryDevice{place}")
        button.clicked.connect(lambda _checked=False: self._view_model.try_out(place))
        return button

    def _connect(self, view_model: DevicesViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.tabs.tabBarClicked.connect(view_model.turn)
        self.groups.chosen.connect(view_model.choose)
        self.address.typed.connect(view_model.type_address)
        self.address.port.connect(view_model.choose_port)
        self.confirm.clicked.connect(view_model.save)
        self.back.clicked.connect(view_model.leave)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.look.px(MARGIN))
        head.addWidget(self._title)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.back)
        form = QWidget()
        form.setLayout(self._left)
        self._left.setContentsMargins(0, 0, 0, 0)
        for part in (self.address, self.groups):
            self._left.addWidget(part)
        self._left.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        self._left.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(form)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self._about)
        self._right.addWidget(self._calibration)
        for button in self.trials:
            self._right.addWidget(button)
        self._right.addStretch(1)
        self._right.addWidget(self._notice)
        self._right.addWidget(self.confirm)
        self._side.setLayout(self._right)
        columns = QHBoxLayout()
        columns.setSpacing(self.look.px(MARGIN))
        columns.addWidget(area, 1)
        columns.addWidget(self._side)
        self._rows.addLayout(head)
        self._rows.addLayout(columns, 1)
