"""Lists, tables, charts and codes show what they were given."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.theme.look import Look
from desktop.widgets.bar_chart import BarChart
from desktop.widgets.chart_drawing import Bar
from desktop.widgets.data_table import Column, DataTable, Row
from desktop.widgets.qr_view import QrView
from desktop.widgets.result_list import ResultList, ResultRow

COLUMNS = (Column("收银员", stretch=True), Column("积分", numeric=True))
ROWS = (
    Row(("王芳", "903"), ("王芳", 903)),
    Row(("李明", "1,408"), ("李明", 1408)),
    Row(("赵*", "−35"), ("赵*", -35)),
)


def results(qtbot: QtBot, look: Look) -> tuple[ResultList, list[int]]:
    view = ResultList(look)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    view.show_rows((ResultRow("张*芳", "138****5678", "金卡"), ResultRow("章*", "****5678")))
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    return view, chosen


def test_a_tap_chooses_a_result_once(qtbot: QtBot, look: Look) -> None:
    view, chosen = results(qtbot, look)
    second = view.visualRect(view.model().index(1, 0)).center()

    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)

    assert chosen == [1]


def test_enter_chooses_the_marked_result(qtbot: QtBot, look: Look) -> None:
    view, chosen = results(qtbot, look)

    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)

    assert chosen == [0, 1]


def test_a_result_is_56_pixels_high_and_read_out_whole(qtbot: QtBot, look: Look) -> None:
    view, _chosen = results(qtbot, look)
    first = view.model().index(0, 0)

    assert view.visualRect(first).height() == 56
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "张*芳 138****5678 金卡"


def table(qtbot: QtBot, look: Look) -> DataTable:
    view = DataTable(look)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    view.show_table(COLUMNS, ROWS, total=Row(("合计", "1,234,567,890")))
    return view


def test_a_table_keeps_the_order_it_was_given(qtbot: QtBot, look: Look) -> None:
    assert [row[1] for row in table(qtbot, look).texts()] == ["903", "1,408", "−35"]


def test_figures_sort_as_figures(qtbot: QtBot, look: Look) -> None:
    view = table(qtbot, look)

    view.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)

    assert [row[1] for row in view.texts()] == ["1,408", "903", "−35"]


def test_a_sorted_row_is_named_by_the_place_it_was_given_at(qtbot: QtBot, look: Look) -> None:
    view = table(qtbot, look)
    view.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    chosen: list[int] = []
    view.row_chosen.connect(chosen.append)

    top = view.view.visualRect(view.view.model().index(0, 0)).center()
    QTest.mouseClick(view.view.viewport(), Qt.MouseButton.LeftButton, pos=top)

    assert chosen == [2]


def test_numbers_stand_at_the_right(qtbot: QtBot, look: Look) -> None:
    view = table(qtbot, look)

    alignment = view.view.model().index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)

    assert Qt.AlignmentFlag.AlignRight in Qt.AlignmentFlag(alignment)


def test_a_column_is_wide_enough_for_its_total(qtbot: QtBot, look: Look) -> None:
    view = table(qtbot, look)

    assert view.view.columnWidth(1) >= view._total.sizeHintForColumn(1)
    assert view._total.columnWidth(1) == view.view.columnWidth(1)


def test_a_chart_reads_out_its_figures(qtbot: QtBot, look: Look) -> None:
    chart = BarChart(look)
    qtbot.addWidget(chart)

    chart.show_bars((Bar("10:00", 320, "320"), Bar("11:00", 0, "0")), name="每小时销售额")

    assert chart.accessibleName() == "每小时销售额"
    assert chart.accessibleDescription() == "10:00 320, 11:00 0"
    assert not chart.grab().isNull()


def test_a_code_is_dark_on_light_in_the_dark_theme_and_at_least_25_mm(
    qtbot: QtBot, look: Look
) -> None:
    look.switch(dark=True)
    view = QrView(look)
    qtbot.addWidget(view)
    matrix = tuple(tuple((x + y) % 2 == 0 for x in range(21)) for y in range(21))
    view.show_code(matrix, name="会员码", mm=1)
    view.resize(view.sizeHint())

    picture, module = view.grab().toImage(), view.module_px()

    assert 21 * module >= look.mm(25)
    first = 4 * module + module // 2
    assert picture.pixelColor(first, first).lightness() == 0
    assert picture.pixelColor(first + module, first).lightness() == 255
    assert picture.pixelColor(2 * module, 2 * module).lightness() == 255
