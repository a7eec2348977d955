"""The parts of the devices' screen: settings under each other, an address, scans, a bank card."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.screens.devices.state import AddressForm, Calibration, Group
from desktop.theme.look import MM_PER_INCH, PPI_FALLBACK, Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.qr_view import QrView
from desktop.widgets.text import Text

CARD_MM = (85.60, 53.98)
"""A bank card (ISO/IEC 7810 ID-1)."""
CARD_RADIUS_MM = 3.18
CODE_MM = 32
PORT_COLUMNS = 3
COLUMNS = 2


class Groups(Component):
    """Settings, each with its name above its values.

    Signals:
        chosen: the place of the setting and of its value.
    """

    chosen = Signal(int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start with none."""
        super().__init__(look, parent)
        self._names: list[Text] = []
        self._grids: list[ChoiceGrid] = []
        self._shape: tuple[int, ...] = ()
        self._area = QGridLayout(self)
        self._area.setContentsMargins(0, 0, 0, 0)
        for column in range(COLUMNS):
            self._area.setColumnStretch(column, 1)
        self.restyle()

    def draw(self, groups: tuple[Group, ...]) -> None:
        """Show these settings, two beside each other."""
        shape = tuple(len(group.choices) for group in groups)
        if shape != self._shape:
            self._lay_out(groups)
            self._shape = shape
        for name, grid, group in zip(self._names, self._grids, groups, strict=True):
            name.setText(group.name)
            grid.setAccessibleName(group.name)
            grid.draw(group.choices)

    def restyle(self) -> None:
        """Space the settings by the scale."""
        self._area.setHorizontalSpacing(self.look.px(2 * GAP))
        self._area.setVerticalSpacing(self.look.px(GAP // 2))

    def _lay_out(self, groups: tuple[Group, ...]) -> None:
        for part in (*self._names, *self._grids):
            self._area.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._names, self._grids = [], []
        for place, group in enumerate(groups):
            name = Text(role=Role.LABEL, tone="muted")
            grid = ChoiceGrid(self.look, name=f"device{place}_", columns=min(4, len(group.choices)))
            grid.chosen.connect(lambda value, place=place: self.chosen.emit(place, value))
            row, column = 2 * (place // COLUMNS), place % COLUMNS
            self._area.addWidget(name, row, column)
            self._area.addWidget(grid, row + 1, column, Qt.AlignmentFlag.AlignTop)
            self._names.append(name)
            self._grids.append(grid)


class AddressField(Component):
    """Where a device is: a field to type into, and the ports to tap.

    Signals:
        typed: the address, as far as it is typed.
        port: the place of the port touched.
    """

    typed = Signal(str)
    port = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(look, parent)
        self._name = Text(role=Role.LABEL, tone="muted")
        self.field = QLineEdit()
        self.field.setObjectName("deviceAddress")
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self.field.textEdited.connect(self.typed)
        self._hint = Text(role=Role.LABEL, tone="error", wrap=True)
        self.ports = ChoiceGrid(look, name="devicePort", columns=PORT_COLUMNS)
        self.ports.chosen.connect(self.port)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for part in (self._name, self.field, self._hint, self.ports):
            self._rows.addWidget(part)
        self.retranslate()
        self.restyle()

    def draw(self, form: AddressForm) -> None:
        """Show an address, what it may look like, and the ports there are."""
        if self.field.text() != form.text:
            self.field.setText(form.text)
        if self.field.property("wrong") != form.wrong:
            self.field.setProperty("wrong", form.wrong)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
        self.field.setPlaceholderText(form.hint)
        self._hint.setText(form.hint)
        self._hint.setVisible(form.wrong)
        self.ports.draw(form.ports)
        self.ports.setVisible(bool(form.ports))

    def retranslate(self) -> None:
        """Name the field."""
        self._name.setText(self.tr("地址"))
        self.field.setAccessibleName(self.tr("地址"))

    def restyle(self) -> None:
        """Space the parts by the scale."""
        self._rows.setSpacing(self.look.px(GAP // 2))


class CalibrationPanel(Component):
    """The known code, and how its scans went."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start with no scan."""
        super().__init__(look, parent)
        self._code = QrView(look)
        self._steps: list[Text] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._code, 0, Qt.AlignmentFlag.AlignHCenter)
        self.restyle()

    def draw(self, shown: Calibration) -> None:
        """Show the code and a line for each scan."""
        self._code.show_code(shown.code, name=self.tr("试扫码"), mm=CODE_MM)
        while len(self._steps) < len(shown.steps):
            line = Text(role=Role.BODY, wrap=True)
            line.setObjectName(f"scanStep{len(self._steps)}")
            self._rows.addWidget(line)
            self._steps.append(line)
        for line, step in zip(self._steps, shown.steps, strict=True):
            line.setText(f"{'✓ ' if step.good else '✗ ' if step.done else ''}{step.text}")
            line.set_tone("ok" if step.good else "warn" if step.done else "muted")

    def restyle(self) -> None:
        """Space the lines by the scale."""
        self._rows.setSpacing(self.look.px(GAP))


class BankCard(Component):
    """The outline of a bank card; it is as large as a real one at the right scale."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Take the size of the scale that is on."""
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self.restyle()

    def sizeHint(self) -> QSize:
        """Ask for the card and its line."""
        return QSize(*(self._px(mm) + 2 for mm in CARD_MM))

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than the card."""
        return self.sizeHint()

    def retranslate(self) -> None:
        """Say what it is."""
        self.setAccessibleName(self.tr("银行卡大小的框"))

    def restyle(self) -> None:
        """Measure again at another scale."""
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outline and a line of writing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.colour("border"), 2))
        painter.setBrush(self.look.colour("surface"))
        radius = self._px(CARD_RADIUS_MM)
        card = QRect(1, 1, *(self._px(mm) - 1 for mm in CARD_MM))
        painter.drawRoundedRect(card, radius, radius)
        painter.setPen(self.look.colour("muted"))
        painter.setFont(self.look.font(Role.BODY))
        words = self.tr("把银行卡贴在这里\n85.6 × 54 毫米")
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _px(self, mm: float) -> int:
        """Return millimetres in pixels where the scale says how dense the screen is."""
        return round(mm * PPI_FALLBACK * self.look.percent / 100 / MM_PER_INCH)
