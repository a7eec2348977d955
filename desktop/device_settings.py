"""The devices of this counter: printer, customer display and scanner, and how each is spoken to.

They are kept in the home's settings, as `desktop.config` keeps how the till looks. A value that
nobody here understands counts as not set, so no setting keeps the counter from opening.
"""

from contextlib import suppress
from dataclasses import dataclass, field

from db.domain.staff import Actor, Permission, require
from db.storage.database import Reader
from db.storage.unit_of_work import UnitOfWork
from desktop.devices.address_text import ADDRESS_CHARACTERS_MAX, address_text, parse_address
from desktop.devices.burst import GAP_MS
from desktop.devices.calibration import GAP_MS_MAX, GAP_MS_MIN, WedgeSettings
from desktop.devices.channel import Address, SerialAddress
from desktop.devices.keyboard_layout import Layout
from desktop.devices.printer_profile import (
    COLUMNS_MAX,
    COLUMNS_MIN,
    Charset,
    Paper,
    PrinterProfile,
)

DRAWER_PINS = (2, 5)
LANGUAGES = ("zh", "en")
PREFIX_CHARACTERS_MAX = 8
_ALL = """
SELECT name, value FROM setting
WHERE name LIKE 'printer%' OR name LIKE 'scanner%' OR name IN ('display', 'sounds')
"""
_ON, _OFF = "1", "0"


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """What stands at this counter; without an address there is no such device.

    `language` is the receipts' (empty: the window's); `prints_sales` prints without being asked.
    `scanner` is one on a serial port, found by `scanner_identity` when the port has another name;
    `wedge` is how to listen to one that plays a keyboard.
    """

    printer: Address | None = None
    profile: PrinterProfile = field(default_factory=PrinterProfile)
    language: str = ""
    prints_sales: bool = False
    display: Address | None = None
    scanner: SerialAddress | None = None
    scanner_identity: str = ""
    wedge: WedgeSettings = field(default_factory=WedgeSettings)
    sounds: bool = False


@dataclass(frozen=True, slots=True)
class DevicesKept:
    """They will be there tomorrow."""

    settings: DeviceSettings


def read_device_settings(reader: Reader) -> DeviceSettings:
    """Return what the settings say."""
    kept = {str(name): str(value) for name, value in reader.all(_ALL)}
    language = kept.get("printer_language", "")
    return DeviceSettings(
        printer=_address(kept.get("printer", "")),
        profile=_profile(kept),
        language=language if language in LANGUAGES else "",
        prints_sales=kept.get("printer_prints_sales") == _ON,
        display=_address(kept.get("display", "")),
        scanner=_serial_address(kept.get("scanner", "")),
        scanner_identity=kept.get("scanner_identity", "")[:ADDRESS_CHARACTERS_MAX],
        wedge=_wedge(kept),
        sounds=kept.get("sounds") == _ON,
    )


def keep_device_settings(work: UnitOfWork, settings: DeviceSettings, *, by: Actor) -> DevicesKept:
    """Write the devices into the home's settings.

    Raises:
        NotPermitted, ApprovalNeeded: when the actor may not change a counter's settings.
    """
    require(by, Permission.SETTINGS)
    profile = settings.profile
    put = work.settings.put
    put("printer", "" if settings.printer is None else address_text(settings.printer))
    put("printer_paper", str(profile.paper))
    put("printer_columns", str(profile.columns))
    put("printer_charset", str(profile.charset))
    put("printer_codes", _ON if profile.draws_codes else _OFF)
    put("printer_cuts", _ON if profile.cuts else _OFF)
    put("printer_drawer_pin", str(profile.drawer_pin))
    put("printer_reports", _ON if profile.reports else _OFF)
    put("printer_language", settings.language)
    put("printer_prints_sales", _ON if settings.prints_sales else _OFF)
    put("display", "" if settings.display is None else address_text(settings.display))
    put("scanner", "" if settings.scanner is None else address_text(settings.scanner))
    put("scanner_identity", settings.scanner_identity)
    put("scanner_gap", str(settings.wedge.gap_ms))
    put("scanner_prefix", settings.wedge.prefix)
    put("scanner_layout", str(settings.wedge.layout))
    put("sounds", _ON if settings.sounds else _OFF)
    return DevicesKept(settings)


def _profile(kept: dict[str, str]) -> PrinterProfile:
    paper, charset = kept.get("printer_paper", ""), kept.get("printer_charset", "")
    columns = kept.get("printer_columns", "")
    wide = int(columns) if columns in {str(n) for n in range(COLUMNS_MIN, COLUMNS_MAX + 1)} else 0
    return PrinterProfile(
        paper=Paper(paper) if paper in set(Paper) else Paper.MM80,
        columns=wide,
        charset=Charset(charset) if charset in set(Charset) else Charset.GBK,
        draws_codes=kept.get("printer_codes") != _OFF,
        cuts=kept.get("printer_cuts") != _OFF,
        drawer_pin=5 if kept.get("printer_drawer_pin") == "5" else 2,
        reports=kept.get("printer_reports") != _OFF,
    )


def _wedge(kept: dict[str, str]) -> WedgeSettings:
    gap, layout = kept.get("scanner_gap", ""), kept.get("scanner_layout", "")
    known = {str(ms) for ms in range(GAP_MS_MIN, GAP_MS_MAX + 1)}
    return WedgeSettings(
        gap_ms=int(gap) if gap in known else GAP_MS,
        prefix=kept.get("scanner_prefix", "")[:PREFIX_CHARACTERS_MAX],
        layout=Layout(layout) if layout in set(Layout) else Layout.US,
    )


def _serial_address(text: str) -> SerialAddress | None:
    address = _address(text)
    return address if isinstance(address, SerialAddress) else None


def _address(text: str) -> Address | None:
    with suppress(ValueError):
        return parse_address(text) if text else None
    return None
