"""The counter's devices are kept in its home, and no setting keeps it from opening."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.domain.refusals import Refusal
from db.domain.staff import Actor, Role
from db.storage.unit_of_work import Storage
from desktop.device_settings import DeviceSettings, keep_device_settings, read_device_settings
from desktop.devices.calibration import WedgeSettings
from desktop.devices.channel import FileAddress, NetworkAddress, SerialAddress
from desktop.devices.keyboard_layout import Layout
from desktop.devices.printer_profile import Charset, Paper, PrinterProfile

ALL = DeviceSettings(
    printer=NetworkAddress("192.168.1.60"),
    profile=PrinterProfile(
        paper=Paper.MM58,
        columns=30,
        charset=Charset.PICTURE,
        draws_codes=False,
        cuts=False,
        drawer_pin=5,
        reports=False,
    ),
    language="en",
    prints_sales=True,
    display=FileAddress(Path("/dev/usb/lcd0")),
    scanner=SerialAddress("/dev/ttyACM0", 115_200),
    scanner_identity="1EAB:1D06:7",
    wedge=WedgeSettings(42, "~", Layout.AZERTY),
    sounds=True,
)
NAMES = (
    *("printer", "printer_paper", "printer_columns", "printer_charset", "printer_drawer_pin"),
    *("scanner", "scanner_identity", "scanner_gap", "scanner_prefix", "scanner_layout"),
    *("display", "sounds"),
)

MANAGER, CASHIER = (Actor(None, role) for role in (Role.MANAGER, Role.CASHIER))


def test_a_cashier_changes_no_device(storage: Storage) -> None:
    with storage.begin() as work, pytest.raises(Refusal):
        keep_device_settings(work, ALL, by=CASHIER)


def test_what_is_kept_is_read_again(storage: Storage) -> None:
    for kept in (ALL, DeviceSettings()):
        with storage.begin() as work:
            keep_device_settings(work, kept, by=MANAGER)
        with storage.reading() as reader:
            assert read_device_settings(reader) == kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(values=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=300)))
def test_nonsense_counts_as_not_set(storage: Storage, values: dict[str, str]) -> None:
    with storage.begin() as work:
        for name, value in values.items():
            work.settings.put(name, value)
    with storage.reading() as reader:
        read = read_device_settings(reader)

    assert 20 <= read.wedge.gap_ms <= 50
    assert len(read.scanner_identity) <= 200
