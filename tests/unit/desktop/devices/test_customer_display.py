"""The pole display: two lines of 20, read back by a reader of its commands."""

import os
import pty
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.devices.channel import FileAddress, SerialAddress
from desktop.devices.customer_display import (
    Cd5220Display,
    Shown,
    amount_due,
    points_after,
    shown_bytes,
)
from desktop.devices.simulators.display import DisplayReader


def seen(data: bytes) -> list[str]:
    reader = DisplayReader()
    reader.feed(data)
    return reader.lines


def test_the_customer_reads_what_is_to_be_paid_and_then_the_points() -> None:
    assert seen(shown_bytes(amount_due(12_300, 123))) == [
        "TOTAL         123.00",
        "POINTS          +123",
    ]
    assert seen(shown_bytes(points_after(123, 1_408))) == [
        "EARNED          +123",
        "BALANCE         1408",
    ]


def test_nothing_to_show_clears_both_lines() -> None:
    reader = DisplayReader()
    reader.feed(shown_bytes(Shown("A", "B")))
    reader.feed(shown_bytes(Shown()))

    assert reader.lines == ["", ""]


@given(upper=st.text(max_size=40), lower=st.text(max_size=40))
def test_any_text_stays_within_two_lines_of_twenty(upper: str, lower: str) -> None:
    data = shown_bytes(Shown(upper, lower))

    assert len(data) in {1, 2 * (3 + 20 + 1)}
    data.decode("ascii")


def test_a_serial_port_gets_the_bytes() -> None:
    ours, theirs = pty.openpty()
    try:
        assert Cd5220Display(SerialAddress(os.ttyname(theirs))).show(Shown("TOTAL", "1.00"))
        assert seen(os.read(ours, 256).replace(b"\n", b"\r")) == ["TOTAL", "1.00"]
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_display_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert not Cd5220Display(FileAddress(tmp_path / "none" / "lcd")).show(Shown("A"))
