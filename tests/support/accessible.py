"""What a screen reader is told: Qt's accessibility tree of a window, walked as it would be."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QTabBar, QWidget

Role = QAccessible.Role
CONTROLS = {
    Role.Button,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.List,
    Role.Table,
    Role.PageTab,
    Role.ButtonMenu,
    Role.Slider,
    Role.SpinBox,
}
DEPTH_MAX = 40


def controls(window: QWidget) -> Iterator[QAccessibleInterface]:
    """Yield what can be worked and is seen."""
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None, "the window is not in the tree"
    for each in _below(top, depth=0):
        if each.role() in CONTROLS:
            yield each


def nameless(window: QWidget) -> list[str]:
    """Return the controls that a screen reader could only call by their kind."""
    return [
        f"no name: {_said(each)}"
        for each in controls(window)
        if not each.text(QAccessible.Text.Name).strip()
    ]


def unreachable(window: QWidget) -> list[str]:
    """Return the enabled controls that no Tab key comes to."""
    found = []
    for each in controls(window):
        part = each.object()
        if not isinstance(part, QWidget) or not part.isEnabled():
            continue
        holder = part.parentWidget()
        inside_bar = isinstance(holder, QTabBar)  # its arrows scroll; the keyboard turns the tabs
        if not inside_bar and not part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(f"no Tab comes to: {_said(each)}")
    return found


def _below(each: QAccessibleInterface, *, depth: int) -> Iterator[QAccessibleInterface]:
    if depth > DEPTH_MAX:
        return
    for place in range(each.childCount()):
        child = each.child(place)
        if child is None or not child.isValid() or child.state().invisible:
            continue
        part = child.object()
        if isinstance(part, QWidget) and not part.isVisible():
            continue
        yield child
        if child.role() not in {Role.Table, Role.List}:
            yield from _below(child, depth=depth + 1)


def _said(each: QAccessibleInterface) -> str:
    part = each.object()
    name = part.objectName() if part is not None else ""
    kind = type(part).__name__ if part is not None else ""
    above = part.parent() if part is not None else None
    return f"{each.role().name} {kind} {name} in {type(above).__name__}"
