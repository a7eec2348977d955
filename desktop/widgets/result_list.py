"""Search results: rows of 56 px with masked name, tail of the phone, tier and last visit.

One delegate paints all rows; no widget is made per row, so a key press redraws in a millisecond.
"""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.theme.look import Look
from desktop.theme.tokens import RADIUS_CHIP, ROW_HEIGHT, Role
from desktop.widgets.painting import Box, paint_box

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One found member; everything is masked and formatted."""

    name: str
    phone: str  # 138****5678 or ****5678
    tier: str = ""
    note: str = ""  # right: 上次到店 11-08


class ResultList(QListView):
    """The list under the finder.

    Signals:
        chosen: the place of the row that was tapped or entered, from 0.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._look = look
        self._counted = ""
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(look, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)
        look.changed.connect(self.doItemsLayout)

    def show_rows(self, rows: tuple[ResultRow, ...], *, current: int = 0) -> None:
        """Show these rows and mark one as the one Enter takes; a list without a name is counted."""
        self._rows.replace(rows)
        if self.accessibleName() == self._counted:
            self._counted = self.tr("%n 条结果", "", len(rows))
            self.setAccessibleName(self._counted)
        if rows:
            self.setCurrentIndex(self._rows.index(min(current, len(rows) - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter; `activated` would come a second time for a double tap."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


class _Rows(QAbstractListModel):
    """The rows as Qt wants them; text and accessible text come from here."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._rows: tuple[ResultRow, ...] = ()

    def replace(self, rows: tuple[ResultRow, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return " ".join(part for part in (row.name, row.phone, row.tier, row.note) if part)
        return None


class _RowPainter(QStyledItemDelegate):
    """Paints a row: name and phone at the left, tier beside, the note at the right."""

    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        look, area = self._look, option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("primary_bg"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, look.colour("hover"))
        painter.setPen(look.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        pad = look.px(16)
        inner = area.adjusted(pad, 0, -pad, 0)
        note = self._right(painter, inner, row.note)
        left = self._word(painter, inner, row.name, role=Role.STRONG, ink="text")
        rest = inner.adjusted(left + look.px(12), 0, -note, 0)
        left = self._word(painter, rest, row.phone, role=Role.BODY, ink="muted")
        if row.tier:
            self._tier(painter, rest.adjusted(left + look.px(12), 0, 0, 0), row.tier)
        painter.restore()

    def _word(self, painter: QPainter, area: QRect, text: str, *, role: Role, ink: str) -> int:
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.colour(ink))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(flags), text)
        return QFontMetrics(self._look.font(role)).horizontalAdvance(text)

    def _right(self, painter: QPainter, area: QRect, text: str) -> int:
        painter.setFont(self._look.font(Role.LABEL))
        painter.setPen(self._look.colour("muted"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(flags), text)
        return QFontMetrics(self._look.font(Role.LABEL)).horizontalAdvance(text)

    def _tier(self, painter: QPainter, area: QRect, text: str) -> None:
        look = self._look
        width = QFontMetrics(look.font(Role.LABEL)).horizontalAdvance(text) + look.px(16)
        chip = QRect(area.left(), 0, width, look.px(28))
        chip.moveTop(area.center().y() - chip.height() // 2)
        if chip.right() > area.right():
            return
        paint_box(painter, chip, Box(look.colour("points_bg"), look.px(RADIUS_CHIP)))
        painter.setFont(look.font(Role.LABEL))
        painter.setPen(look.colour("points"))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)
