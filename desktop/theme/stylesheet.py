"""The style sheet of Qt's own widgets, written from the tokens.

Our painted widgets take colours from `Look`; this dresses labels, text boxes, tables, tabs and the
like. No shadow, no effect: a flat card repaints six times faster without a graphics card.
"""

from string import Template

from desktop.assets import icon_file
from desktop.theme.tokens import DARK, FACES, Colours, Role

_SHEET = Template("""
QMainWindow, QDialog { background: $bg; }
QLabel { background: transparent; color: $text; }
$tones
$roles
QFrame[card="true"] { background: $surface; border: ${hairline}px solid $line;
    border-radius: ${radius}px; }
QFrame[bar="true"] { background: $surface; border: none;
    border-bottom: ${hairline}px solid $line; }
QFrame[rail="true"] { background: $surface; border: none;
    border-right: ${hairline}px solid $line; }
QLineEdit, QPlainTextEdit, QSpinBox, QDateEdit, QComboBox {
    background: $surface; color: $text; border: ${hairline}px solid $border;
    border-radius: ${radius}px; padding: 0 ${pad}px; min-height: ${target_inner}px;
    placeholder-text-color: $muted;
    selection-background-color: $primary; selection-color: $on_primary; }
QPlainTextEdit { padding: ${gap}px; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
    border-color: $primary; }
QLineEdit[wrong="true"] { border: ${frame_thin}px solid $error; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $surface_2; color: $muted; }
QComboBox::drop-down { border: none; width: ${target}px; }
QComboBox::down-arrow { image: url("$open_image"); width: ${tick}px; height: ${tick}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; outline: none;
    border: ${hairline}px solid $border; selection-background-color: $primary_bg;
    selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${target}px; }
QCheckBox, QRadioButton { color: $text; spacing: ${pad}px; min-height: ${target}px;
    background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: ${tick}px; height: ${tick}px;
    background: $surface; border: ${frame_thin}px solid $border; }
QCheckBox::indicator { border-radius: ${radius_chip}px; }
QRadioButton::indicator { border-radius: ${tick_round}px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary;
    image: url("$tick_image"); }
QRadioButton::indicator:checked { background: $primary; border-color: $primary;
    image: url("$dot_image"); }
QTableView { background: transparent; color: $text; gridline-color: $line; outline: none;
    border: none;
    selection-background-color: $primary_bg; selection-color: $text; }
QTableView::item { padding: 0 ${pad}px; border-bottom: ${hairline}px solid $line; }
QTableView[total="true"] { border-top: ${frame_thin}px solid $line; }
QTableView[total="true"]::item { border-bottom: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $surface_2; color: $muted; border: none;
    border-bottom: ${hairline}px solid $line; padding: 0 ${head_pad}px;
    font-size: ${label_px}px; }
QHeaderView::section:first { border-top-left-radius: ${radius_inner}px; }
QHeaderView::section:last { border-top-right-radius: ${radius_inner}px; }
QHeaderView::section:only-one { border-top-left-radius: ${radius_inner}px;
    border-top-right-radius: ${radius_inner}px; }
QTableCornerButton::section { background: $surface_2; border: none; }
QListView { background: $surface; color: $text; outline: none;
    border: ${hairline}px solid $line; border-radius: ${radius}px; }
QTabWidget::pane { border: none; border-top: ${hairline}px solid $line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; border: none;
    border-bottom: ${frame}px solid transparent; padding: 0 ${wide}px; height: ${tab}px;
    font-size: ${button_px}px; }
QTabBar::tab:selected { color: $primary; border-bottom-color: $primary; }
QTabBar::tab:hover:!selected { color: $text; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: ${bar_inner}px; margin: ${hairline}px; }
QScrollBar::handle:vertical { min-height: ${target}px; }
QScrollBar::handle:horizontal { min-width: ${target}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $surface_2; border: none; border-radius: ${radius_chip}px;
    min-height: ${pad}px; max-height: ${pad}px; text-align: right; }
QProgressBar::chunk { background: $primary; border-radius: ${radius_chip}px; }
QMenu { background: $surface; color: $text; border: ${hairline}px solid $border;
    padding: ${gap}px 0; }
QMenu::item { padding: ${pad}px ${wide}px; min-height: ${tick}px; }
QMenu::item:selected { background: $primary_bg; }
QToolTip { background: $surface; color: $text; border: ${hairline}px solid $border;
    padding: ${gap}px; }
""")

TABLE_TEXT_MARGIN = 3  # Qt adds it beside the text of a cell, not of a header

TONES = ("muted", "primary", "points", "ok", "warn", "error", "offline", "on_primary")


def stylesheet(colours: Colours, *, percent: int) -> str:
    """Return the whole sheet of a theme at a scale of 90 to 160 %."""

    def px(at_100_percent: int) -> int:
        return round(at_100_percent * percent / 100)

    tones = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {getattr(colours, tone)}; }}' for tone in TONES
    )
    sizes = {
        "hairline": 1,
        "radius": px(8),
        "radius_chip": px(6),
        "gap": px(8),
        "pad": px(12),
        "wide": px(24),
        "target": px(48),
        "target_inner": px(48) - 2,
        "tab": px(52),
        "tick": px(24),
        "tick_round": px(24) // 2 + 2,
        "head_pad": px(12) + TABLE_TEXT_MARGIN,
        "radius_inner": px(8) - 1,
        "bar": px(12),
        "bar_inner": px(5),
        "frame": px(3),
        "frame_thin": 2,
        "label_px": px(FACES[Role.LABEL].px),
        "button_px": px(FACES[Role.BUTTON].px),
    }
    values = {name: getattr(colours, name) for name in colours.__slots__}
    return _SHEET.substitute(
        values,
        **{name: str(size) for name, size in sizes.items()},
        tones=tones,
        roles=_roles(percent),
        tick_image=_drawing("tick", colours),
        dot_image=_drawing("dot", colours),
        open_image=_drawing("open", colours),
    )


def _drawing(name: str, colours: Colours) -> str:
    """Return the path of a drawing that only a file can give to a style sheet."""
    theme = "dark" if colours == DARK else "light"
    return icon_file(f"sheet/{name}-{theme}").as_posix()


def _roles(percent: int) -> str:
    rules = []
    for role, face in FACES.items():
        weight = 700 if face.bold else 400
        size = round(face.px * percent / 100)
        rules.append(
            f'QLabel[role="{role}"] {{ font-size: {size}px; font-weight: {weight}; }}',
        )
    return "\n".join(rules)
