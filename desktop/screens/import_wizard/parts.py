"""The parts of the import wizard's steps: what was brought before, the columns, the way back."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.screens.import_wizard.state import FieldChoice, FormerImport
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.component import Card, Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

COMBO_WIDTH = 200
CELLS = 3
SAMPLE_CHARACTERS_MAX = 16
FORMER_SHOWN = 5


class ChoosePage(Component):
    """The button that chooses a file, over the imports of before.

    Signals:
        file_requested: choose a file.
        revert_requested: the place of an import to take back.
    """

    file_requested = Signal()
    revert_requested = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it without any import."""
        super().__init__(look, parent)
        self.button = TouchButton(look, kind=Kind.PRIMARY, icon="upload")
        self.button.setObjectName("chooseImport")
        self.button.clicked.connect(self.file_requested)
        self._label = Text(role=Role.STRONG)
        self._card = Card(look)
        self._grid = QGridLayout(self._card)
        self._grid.setColumnStretch(0, 1)
        self._lines: list[tuple[Text, TouchButton]] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addWidget(self._label)
        self._rows.addWidget(self._card)
        self._rows.addStretch(1)
        self.retranslate()
        self.restyle()

    def draw(self, former: tuple[FormerImport, ...]) -> None:
        """Show these imports."""
        shown = former[:FORMER_SHOWN]
        while len(self._lines) < len(shown):
            self._add()
        for place, (text, button) in enumerate(self._lines):
            used = place < len(shown)
            text.setVisible(used)
            button.setVisible(used and shown[place].may_revert)
            if used:
                text.setText(shown[place].text)
        self._label.setVisible(bool(shown))
        self._card.setVisible(bool(shown))

    def retranslate(self) -> None:
        """Name the button and the list."""
        self.button.set_caption(self.tr("选择文件"))
        self._label.setText(self.tr("导入过的名单"))
        for _, button in self._lines:
            button.set_caption(self.tr("整批撤回"))

    def restyle(self) -> None:
        """Space the parts by the scale."""
        px = self.look.px
        self.button.setMinimumWidth(px(320))
        self._rows.setSpacing(px(16))
        self._grid.setContentsMargins(px(16), px(12), px(16), px(12))
        self._grid.setVerticalSpacing(px(GAP))
        for _, button in self._lines:
            button.setMinimumWidth(px(120))

    def _add(self) -> None:
        place = len(self._lines)
        text = Text(role=Role.BODY, wrap=True)
        button = TouchButton(self.look, self.tr("整批撤回"), kind=Kind.SMALL, icon="undo-2")
        button.setObjectName(f"revertImport{place}")
        button.setMinimumWidth(self.look.px(120))
        button.clicked.connect(lambda _checked=False: self.revert_requested.emit(place))
        self._grid.addWidget(text, place, 0)
        self._grid.addWidget(button, place, 1)
        self._lines.append((text, button))


class ColumnsPage(Component):
    """Our columns, each beside the one of the file that it is read from.

    Signals:
        chosen: the place of a field, and the column chosen for it (0 is none).
    """

    chosen = Signal(int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it without fields."""
        super().__init__(look, parent)
        self._compact = False
        self._cells: list[tuple[Text, QComboBox, Text]] = []
        self._headings: tuple[str, ...] = ()
        inside = Card(look)
        self._grid = QGridLayout(inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(inside)
        rows.addStretch(1)
        area.setWidget(holder)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        self.restyle()

    def draw(self, headings: tuple[str, ...], fields: tuple[FieldChoice, ...]) -> None:
        """Show the fields with the file's columns to choose from."""
        fresh = headings != self._headings or len(self._cells) < len(fields)
        self._headings = headings
        while len(self._cells) < len(fields):
            self._add()
        for (title, box, sample), field in zip(self._cells, fields, strict=False):
            title.setText(field.title)
            with QSignalBlocker(box):
                if fresh:
                    box.clear()
                    box.addItems([self.tr("不导入"), *(_one_line(each) for each in headings)])
                box.setItemText(0, self.tr("不导入"))
                box.setCurrentIndex(field.chosen)
            box.setAccessibleName(field.title)
            sample.setText(_one_line(field.sample)[:SAMPLE_CHARACTERS_MAX])

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Lay the fields out in one column, or in two."""
        if compact != self._compact:
            self._compact = compact
            self._place()

    def restyle(self) -> None:
        """Space the fields by the scale."""
        px = self.look.px
        self._grid.setContentsMargins(px(20), px(12), px(20), px(12))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(GAP))
        for _, box, _ in self._cells:
            box.setFixedWidth(px(COMBO_WIDTH))

    def _add(self) -> None:
        place = len(self._cells)
        box = QComboBox()
        box.setObjectName(f"column{place}")
        box.setFixedWidth(self.look.px(COMBO_WIDTH))
        box.currentIndexChanged.connect(partial(self.chosen.emit, place))
        self._cells.append((Text(role=Role.STRONG), box, Text(role=Role.LABEL, tone="muted")))
        self._place()

    def _place(self) -> None:
        columns = 1 if self._compact else 2
        for place, cells in enumerate(self._cells):
            for offset, cell in enumerate(cells):
                column = place % columns * CELLS + offset
                self._grid.addWidget(cell, place // columns, column)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(2 + CELLS, 0 if self._compact else 1)


class DonePage(Component):
    """The way back, for an import that was just made.

    Signals:
        revert_requested: take it back.
    """

    revert_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it."""
        super().__init__(look, parent)
        self.button = TouchButton(look, kind=Kind.SECONDARY, icon="undo-2")
        self.button.setObjectName("revertThisImport")
        self.button.clicked.connect(self.revert_requested)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(row)
        rows.addStretch(1)
        self.retranslate()

    def draw(self, *, may_revert: bool) -> None:
        """Show the button where there is something to take back."""
        self.button.setVisible(may_revert)

    def retranslate(self) -> None:
        """Name the button."""
        self.button.set_caption(self.tr("整批撤回这次导入"))


def _one_line(text: str) -> str:
    return " ".join(text.split())
