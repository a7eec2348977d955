"""A table of figures: numbers at the right, headers that sort, a total row that stays in place.

Rows come formatted with the values to sort by beside them, so 1,408 sorts after 903.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import TABLE_ROW_HEIGHT, Role
from desktop.widgets.component import Card

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and whether it holds numbers; one column takes the spare width."""

    title: str
    numeric: bool = False
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: texts as shown, and the values to sort by where the texts would sort wrongly."""

    cells: tuple[str, ...]
    sort_by: tuple[Any, ...] = ()


class DataTable(Card):
    """The table.

    Signals:
        row_chosen: the place in the rows as they were given, not as they are sorted now.
    """

    row_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start without columns."""
        super().__init__(look, parent)
        self._model = _Rows(look, self)
        self._total_model = _Rows(look, self, role=Role.STRONG)
        self.view = _table(self._model)
        self._total = _table(self._total_model)
        self._total.horizontalHeader().hide()
        self._total.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._total.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._total.setProperty("total", True)
        self._total.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._total.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._total.hide()
        self._columns: tuple[Column, ...] = ()
        self.view.setSortingEnabled(True)
        self.view.clicked.connect(self._choose)
        self.view.horizontalHeader().sectionResized.connect(self._follow_width)
        self.view.viewport().installEventFilter(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)  # inside the hairline
        rows.setSpacing(0)
        rows.addWidget(self.view, 1)
        rows.addWidget(self._total)
        self.restyle()

    def show_table(
        self, columns: tuple[Column, ...], rows: tuple[Row, ...], *, total: Row | None = None
    ) -> None:
        """Show these rows in the order given; a total stays under them while they scroll."""
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._model.replace(columns, rows)
        self._total_model.replace(columns, (total,) if total else ())
        self._total.setVisible(total is not None)
        self._columns = columns
        self.view.setAccessibleName(" ".join(column.title for column in columns))
        self._size_columns(columns)

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the cells as they stand on the screen now."""
        return tuple(row.cells for row in self._model.rows())

    def restyle(self) -> None:
        """Give the rows their height."""
        height = self.look.px(TABLE_ROW_HEIGHT)
        for table in (self.view, self._total):
            table.verticalHeader().setDefaultSectionSize(height)
        self.view.horizontalHeader().setFixedHeight(height)
        self._total.setFixedHeight(height + 2)
        if self._columns:
            self._size_columns(self._columns)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the width anew when the rows get another one."""
        if event.type() == QEvent.Type.Resize and self._columns:
            self._size_columns(self._columns)
        return False

    def _size_columns(self, columns: tuple[Column, ...]) -> None:
        """Make each column as wide as its widest figure, the total's included: none is cut.

        The spare width goes to the column that stretches; where there is none, the table scrolls.
        """
        header = self.view.horizontalHeader()
        asked = [self._asked(place) for place in range(len(columns))]
        spare = sum(asked) <= self.view.viewport().width()
        for place, column in enumerate(columns):
            if column.stretch and spare:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
                continue
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.view.setColumnWidth(place, asked[place])
        for place in range(len(columns)):
            self._follow_width(place, 0, header.sectionSize(place))

    def _asked(self, place: int) -> int:
        return max(
            self.view.sizeHintForColumn(place),
            self._total.sizeHintForColumn(place),
            self.view.horizontalHeader().sectionSizeHint(place),
        )

    def _follow_width(self, column: int, _old: int, width: int) -> None:
        self._total.setColumnWidth(column, width)

    def _choose(self, index: QModelIndex) -> None:
        self.row_chosen.emit(self._model.place_given(index.row()))


def _table(model: "_Rows") -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)  # Tab leaves the table, as everywhere
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideNone)
    view.horizontalHeader().setHighlightSections(False)
    return view


class _Rows(QAbstractTableModel):
    """Rows as Qt wants them; sorting is stable and remembers the order given."""

    def __init__(self, look: Look, parent: QWidget, *, role: Role = Role.TABLE) -> None:
        super().__init__(parent)
        self._look = look
        self._role = role
        self._columns: tuple[Column, ...] = ()
        self._given: tuple[Row, ...] = ()
        self._order: list[int] = []

    def replace(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self._columns, self._given = columns, rows
        self._order = list(range(len(rows)))
        self.endResetModel()

    def rows(self) -> tuple[Row, ...]:
        return tuple(self._given[place] for place in self._order)

    def place_given(self, row: int) -> int:
        return self._order[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._given[self._order[index.row()]].cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._columns[index.column()].numeric else LEFT
        if role == Qt.ItemDataRole.FontRole:
            return self._look.font(self._role)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._columns[section].numeric else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._order = list(range(len(self._given)))
        if column >= 0:
            self._order.sort(
                key=self._sort_key(column), reverse=order is Qt.SortOrder.DescendingOrder
            )
        self.layoutChanged.emit()

    def _sort_key(self, column: int) -> Callable[[int], Any]:
        def key(place: int) -> Any:
            row = self._given[place]
            return (row.sort_by or row.cells)[column]

        return key
