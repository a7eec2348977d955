"""Each screen in its main states looks as it did when somebody looked at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication

from desktop.gallery.cashier import Cashier
from desktop.gallery.scenes import SCENES, SCREENS
from tests.support.snapshots import check_snapshot

MEMBER_STATES = [
    state
    for screen in ("member", "member_acts")
    for state in SCREENS[screen]
    if state.startswith("member_")
]
SHIFT_STATES = ("shift_notes", "shift_cash", "shift_approval", "shift_led")
REFERENCE, SMALLEST = QSize(1366, 768), QSize(1024, 768)
CASES = [
    *((scene, "zh_CN", False, REFERENCE) for scene in SCENES),
    *(
        (scene, "en", False, SMALLEST)
        for scene in (
            "sign_in",
            "empty",
            "redeem",
            "goods_sheet",
            "generous",
            "paid_by_value",
            "coupons",
            "crowded",
            "top_up",
            "refund",
            "refund_approval",
            "sold",
            "enroll",
            "history",
            "report",
            "shift",
            "shift_of_another",
            "program",
            "program_tried",
            *SCREENS["sales"],
            *SCREENS["goods_return"],
            *MEMBER_STATES,
            *SHIFT_STATES,
            *SCREENS["conflicts"],
            *SCREENS["users"],
            *SCREENS["import_wizard"],
            "diagnostics",
            *SCREENS["devices"],
        )
    ),
    *(
        (scene, "zh_CN", True, SMALLEST)
        for scene in (
            "redeem",
            "paid_by_value",
            "coupons",
            "top_up",
            "refund",
            "refund_approval",
            "welcome",
            "report",
            "shift",
            "shift_notes",
            "shift_cash",
            "program_tried",
            "sales",
            "sales_void_pin",
            "return_goods",
            "return_amount",
            "status",
            "member_profile",
            "member_erase",
            "conflicts_duplicate",
            "user",
            "import_preview",
            "diagnostics",
            *SCREENS["devices"],
        )
    ),
]


def _name(scene: str, language: str, dark: bool, size: QSize) -> str:
    return f"{scene}_{language}_{'dark' if dark else 'light'}_{size.width()}"


@pytest.fixture(autouse=True)
def steady_cursor(qapp: QApplication) -> Iterator[None]:
    """Keep the text cursor from blinking into a picture."""
    before = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(before)


@pytest.mark.parametrize(
    ("scene", "language", "dark", "size"),
    CASES,
    ids=[
        f"{case[0]}_{case[1]}_{'dark' if case[2] else 'light'}_{case[3].width()}" for case in CASES
    ],
)
def test_a_screen_looks_as_it_did(
    cashier: Cashier, scene: str, language: str, dark: bool, size: QSize, tmp_path: Path
) -> None:
    counter = cashier.counter
    counter.window.resize(size)
    counter.speak(language)
    counter.darken(dark)
    cashier.settle()
    SCENES[scene](cashier)

    # A label that has just got longer text is laid out with the next round of events only.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    name = _name(scene, language, dark, size)
    check_snapshot(counter.window.grab(), name, left=tmp_path)
