"""Every component in every state, on a few pages: to look at, to test, to photograph.

`guitai gallery` shows it; the tests draw each page in both themes and both languages. The words on
the samples stand for what view-models supply, so they are translated here like any other text.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.gallery import samples
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.banner import Banner
from desktop.widgets.bar_chart import BarChart
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.chip import Chip, StatusChip
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.keypad import Keypad
from desktop.widgets.letter_pad import LetterPad
from desktop.widgets.member_card import MemberCard
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.qr_view import QrView
from desktop.widgets.rail_button import RailButton
from desktop.widgets.result_list import ResultList
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton
from desktop.widgets.undo_bar import UndoBar

SPACING = 12


def pages(look: Look) -> dict[str, QWidget]:
    """Build the pages; their names serve as file names."""
    makers: dict[str, Callable[[Look], QWidget]] = {
        "buttons": buttons_page,
        "counter": counter_page,
        "compact": partial(counter_page, compact=True),
        "status": status_page,
        "entry": entry_page,
        "lists": lists_page,
        "figures": figures_page,
        "type": type_page,
    }
    return {name: make(look) for name, make in makers.items()}


def buttons_page(look: Look) -> QWidget:
    """Show each kind of button: at rest, disabled, with an icon, checked."""
    page, grid = _grid(look)
    words = samples.button_words()
    for row, kind in enumerate(Kind):
        text = words[kind]
        plain = TouchButton(look, text, kind=kind)
        off = TouchButton(look, text, kind=kind)
        off.setEnabled(False)
        pictured = TouchButton(look, text, kind=kind, icon="check")
        if kind is Kind.CHOICE:
            pictured.setChecked(True)
        down = TouchButton(look, text, kind=kind)
        down.setDown(True)
        for column, button in enumerate((plain, off, pictured, down)):
            grid.addWidget(button, row, column)
    narrow = TouchButton(look, samples.long_words(), kind=Kind.PRIMARY)
    narrow.setFixedWidth(look.px(260))
    grid.addWidget(narrow, len(Kind), 0)
    grid.setRowStretch(len(Kind) + 1, 1)
    return page


def counter_page(look: Look, *, compact: bool = False) -> QWidget:
    """Show the parts of the counter screen together, as wireframe A has them."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setSpacing(look.px(16))
    rail = QVBoxLayout()
    rail.setSpacing(0)
    for place, (icon, word) in enumerate(samples.rail()):
        button = RailButton(look, icon=icon, text=word)
        button.setChecked(place == 0)
        button.set_compact(compact)
        rail.addWidget(button)
    rail.addStretch(1)
    row.addLayout(rail)
    row.addLayout(_sale_column(look), 1)
    row.addLayout(_pad_column(look, compact=compact))
    return page


def status_page(look: Look) -> QWidget:
    """Show chips and banners of every kind, and the undo bar in each state."""
    page, rows = _rows(look)
    for compact in (False, True):
        line = QHBoxLayout()
        for kind, text, icon in samples.statuses():
            chip = StatusChip(look)
            chip.show_status(text, kind=kind, icon=icon)
            chip.set_compact(compact)
            line.addWidget(chip)
        line.addStretch(1)
        rows.addLayout(line)
    line = QHBoxLayout()
    for kind, text, icon in samples.labels():
        line.addWidget(Chip(look, text, kind=kind, icon=icon))
    line.addStretch(1)
    rows.addLayout(line)
    for notice in samples.notices():
        banner = Banner(look)
        banner.show_notice(notice)
        rows.addWidget(banner)
    for last in samples.last_sales():
        bar = UndoBar(look)
        bar.show_last(last)
        rows.addWidget(bar)
    rows.addStretch(1)
    return page


def entry_page(look: Look) -> QWidget:
    """Show what is typed into: amounts, PIN, letters, text boxes, choices."""
    page, grid = _grid(look)
    left = QVBoxLayout()
    for entry in samples.entries():
        field = AmountField(look)
        field.show_entry(entry)
        left.addWidget(field)
    left.addWidget(LetterPad(look))
    left.addStretch(1)
    grid.addLayout(left, 0, 0)
    middle = QVBoxLayout()
    pin = PinPad(look)
    for digit in "123":
        pin.press(digit)
    refused = PinPad(look)
    refused.reset(samples.pin_refusal())
    middle.addWidget(pin)
    middle.addWidget(refused)
    middle.addStretch(1)
    grid.addLayout(middle, 0, 1)
    grid.addLayout(_boxes(), 0, 2)
    return page


def lists_page(look: Look) -> QWidget:
    """Show search results, member cards in each state, and nothing at all."""
    page, grid = _grid(look)
    results = ResultList(look)
    results.show_rows(samples.results(), current=1)
    grid.addWidget(results, 0, 0, 3, 1)
    for row, face in enumerate(samples.members()):
        card = MemberCard(look)
        card.show_member(face)
        grid.addWidget(card, row, 1)
    for column, (title, text, icon, action) in enumerate(samples.empty_states()):
        empty = EmptyState(look)
        empty.show_words(title, text, icon=icon, action=action)
        grid.addWidget(empty, 3, column)
    return page


def figures_page(look: Look) -> QWidget:
    """Show charts, a table with a total, benefits and a QR code."""
    page, grid = _grid(look)
    upright = BarChart(look)
    upright.show_bars(samples.hours(), name=samples.chart_name())
    lying = BarChart(look, lying=True)
    lying.show_bars(samples.shares(), name=samples.chart_name())
    table = DataTable(look)
    columns, rows, total = samples.table()
    table.show_table(columns, rows, total=total)
    grid.addWidget(upright, 0, 0)
    grid.addWidget(lying, 0, 1)
    grid.addWidget(table, 1, 0)
    grid.addWidget(_code(look), 1, 1, Qt.AlignmentFlag.AlignCenter)
    return page


def type_page(look: Look) -> QWidget:
    """Show each role of type, with rare characters, and each tone."""
    page, rows = _rows(look)
    for role in Role:
        rows.addWidget(Text(f"{role}  {samples.pangram()}", role=role))
    line = QHBoxLayout()
    for tone in ("", "muted", "primary", "points", "ok", "warn", "error", "offline"):
        line.addWidget(Text(tone or "text", role=Role.STRONG, tone=tone))
    rows.addLayout(line)
    rows.addStretch(1)
    return page


def _sale_column(look: Look) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(look.px(SPACING))
    card = MemberCard(look)
    card.show_member(samples.members()[0])
    amount = AmountField(look)
    amount.show_entry(samples.entries()[0])
    benefits = BenefitList(look)
    benefits.show_rows(samples.benefits())
    actions = QHBoxLayout()
    actions.setSpacing(look.px(SPACING))
    for text in samples.sale_actions():
        actions.addWidget(TouchButton(look, text))
    undo = UndoBar(look)
    undo.show_last(samples.last_sales()[0])
    for part in (card, amount, benefits):
        column.addWidget(part)
    column.addLayout(actions)
    column.addStretch(1)
    column.addWidget(undo)
    return column


def _pad_column(look: Look, *, compact: bool) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(look.px(SPACING))
    keypad = Keypad(look)
    keypad.set_compact(compact)
    column.addWidget(keypad)
    for text in samples.quick_benefits():
        column.addWidget(TouchButton(look, text, icon="coins"))
    column.addStretch(1)
    column.addWidget(Text(samples.scan_hint(), role=Role.LABEL, tone="muted", wrap=True))
    column.addWidget(TouchButton(look, samples.confirm(), kind=Kind.PRIMARY))
    return column


def _boxes() -> QVBoxLayout:
    column = QVBoxLayout()
    for text, off in (("张芳", False), ("", False), ("张芳", True)):
        box = QLineEdit(text)
        box.setPlaceholderText(samples.placeholder())
        box.setEnabled(not off)
        column.addWidget(box)
    combo = QComboBox()
    combo.addItems(samples.choices())
    column.addWidget(combo)
    for checked in (False, True):
        check = QCheckBox(samples.choices()[0])
        check.setChecked(checked)
        column.addWidget(check)
        radio = QRadioButton(samples.choices()[1])
        radio.setAutoExclusive(False)
        radio.setChecked(checked)
        column.addWidget(radio)
    tabs = QTabBar()
    for text in samples.choices():
        tabs.addTab(text)
    column.addWidget(tabs)
    column.addStretch(1)
    return column


def _code(look: Look) -> QrView:
    code = QrView(look)
    code.show_code(samples.qr_matrix(), name=samples.chart_name(), mm=30)
    return code


def _grid(look: Look) -> tuple[QWidget, QGridLayout]:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setSpacing(look.px(SPACING))
    return page, grid


def _rows(look: Look) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setSpacing(look.px(SPACING))
    return page, rows
