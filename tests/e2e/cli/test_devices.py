"""Devices by command: set up, tried on simulators of them, and what is refused."""

from pathlib import Path

import pytest

from desktop.devices.simulators.display import DisplayReader
from desktop.devices.simulators.printer import Condition, virtual_printer
from tests.support.command_line import Guitai


def test_what_is_set_up_is_shown_and_changed_one_thing_at_a_time(guitai: Guitai) -> None:
    guitai("device", "printer", "192.168.1.60", "--paper", "58", "--charset", "picture")
    guitai("device", "printer", "--auto")
    guitai("device", "display", "COM4,2400")
    guitai("device", "scanner", "/dev/ttyACM0", "--layout", "azerty")
    guitai("device", "sounds", "on")

    shown = guitai("device", "show").document
    assert shown["printer"] == "192.168.1.60:9100"
    assert (shown["paper"], shown["columns"], shown["charset"]) == ("58", 32, "picture")
    assert shown["prints_sales"] is True
    assert (shown["display"], shown["scanner"]) == ("serial:COM4,2400", "serial:/dev/ttyACM0,9600")
    assert (shown["wedge_layout"], shown["sounds"]) == ("azerty", True)

    guitai("device", "printer", "none")
    assert guitai("device", "show").document["printer"] is None
    assert guitai("device", "show").document["paper"] == "58"


def test_the_trial_page_comes_out_and_says_so(guitai: Guitai) -> None:
    with virtual_printer() as printer:
        guitai("device", "printer", f"127.0.0.1:{printer.address.port}")
        tried = guitai("device", "test", "printer")
        assert printer.wait_for_cuts(1)

        assert tried.document == {"device": "printer", "end": "printed"}
        assert any("测试页" in line for line in printer.strip.text)
        printer.condition = Condition.SILENT
        assert guitai("device", "test", "printer").document["end"] == "sent"


@pytest.mark.parametrize(
    ("condition", "reason"),
    [(Condition.PAPER_OUT, "paper_out"), (Condition.COVER_OPEN, "cover_open")],
)
def test_a_printer_that_is_unwell_is_trouble(
    guitai: Guitai, condition: Condition, reason: str
) -> None:
    with virtual_printer() as printer:
        printer.condition = condition
        guitai("device", "printer", f"127.0.0.1:{printer.address.port}")
        tried = guitai("device", "test", "printer")

    assert tried.code == 4
    assert tried.document["trouble"]["details"]["reason"] == reason


def test_a_trial_of_the_drawer_is_recorded_and_a_pulse(guitai: Guitai, home: Path) -> None:
    with virtual_printer() as printer:
        guitai("device", "printer", f"127.0.0.1:{printer.address.port}", "--drawer-pin", "5")
        assert guitai("device", "test", "drawer").document["end"] == "sent"
        assert printer.wait_for_pulses(1)

    assert guitai("verify").code == 0


def test_the_display_shows_the_trial_amount(guitai: Guitai, tmp_path: Path) -> None:
    pole = tmp_path / "pole"
    guitai("device", "display", f"file:{pole}")
    guitai("device", "test", "display")
    reader = DisplayReader()
    reader.feed(pole.read_bytes())

    assert reader.lines == ["TOTAL         128.00", "POINTS          +128"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("printer", "http://x/y"), "device_address_invalid"),
        (("printer", "--columns", "7"), "columns_invalid"),
        (("printer", "--drawer-pin", "3"), "drawer_pin_invalid"),
        (("printer", "--language", "fr"), "language_invalid"),
        (("scanner", "192.168.1.60"), "serial_port_needed"),
        (("sounds", "loud"), "switch_invalid"),
        (("test", "kettle"), "device_unknown"),
        (("test", "printer"), "device_not_set_up"),
        (("test", "display"), "device_not_set_up"),
    ],
)
def test_what_cannot_be_meant_is_said_and_changes_nothing(
    guitai: Guitai, words: tuple[str, ...], code: str
) -> None:
    before = guitai("device", "show").document
    said = guitai("device", *words)

    assert said.code == 2
    assert said.document["invalid"]["code"] == code
    assert guitai("device", "show").document == before
