"""The settings while they are being changed: typed addresses, and each option's values. Pure."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.device_settings import DRAWER_PINS, LANGUAGES, DeviceSettings
from desktop.devices.address_text import address_text, parse_address
from desktop.devices.channel import Address, SerialAddress
from desktop.devices.printer_profile import Charset, Paper, PrinterProfile
from desktop.screens.devices.state import Tab

COLUMNS: Final = {Paper.MM58: (0, 30, 34, 42), Paper.MM80: (0, 42, 44, 56)}
"""Columns that makes have beside those of the paper, which are 0 here."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting with its values; `name` finds its words."""

    name: str
    values: tuple[Any, ...]
    get: Callable[[DeviceSettings], Any]
    put: Callable[[DeviceSettings, Any], DeviceSettings]


@dataclass(frozen=True, slots=True)
class Draft:
    """Settings, and the addresses as they are typed; `serial` is a scanner on a port."""

    settings: DeviceSettings
    typed: tuple[str, str, str]
    serial: bool

    @classmethod
    def of(cls, settings: DeviceSettings) -> "Draft":
        """Return the draft of settings that are kept."""
        addresses = (settings.printer, settings.display, settings.scanner)
        typed = tuple("" if each is None else address_text(each) for each in addresses)
        return cls(settings, (typed[0], typed[1], typed[2]), settings.scanner is not None)

    def with_text(self, tab: Tab, text: str) -> "Draft":
        """Return the draft with another address typed in a tab."""
        typed = list(self.typed)
        typed[tab] = text
        return replace(self, typed=(typed[0], typed[1], typed[2]))

    def address(self, tab: Tab) -> Address | None:
        """Return the address that is typed in a tab; none for an empty one. Raises `ValueError`."""
        text = self.typed[tab].strip()
        return parse_address(text) if text else None

    def is_wrong(self, tab: Tab) -> bool:
        """Say whether what is typed in a tab is no address that its device can have."""
        try:
            address = self.address(tab)
        except ValueError:
            return True
        if tab is not Tab.SCANNER or not self.serial:
            return False
        return not isinstance(address, SerialAddress)

    def result(self) -> DeviceSettings | None:
        """Return the settings to keep; none while something typed is wrong."""
        if any(self.is_wrong(tab) for tab in (Tab.PRINTER, Tab.DISPLAY, Tab.SCANNER)):
            return None
        scanner = self.address(Tab.SCANNER) if self.serial else None
        before = self.settings
        return replace(
            before,
            printer=self.address(Tab.PRINTER),
            display=self.address(Tab.DISPLAY),
            scanner=scanner if isinstance(scanner, SerialAddress) else None,
            scanner_identity=before.scanner_identity if scanner == before.scanner else "",
        )


def options(tab: Tab, draft: Draft) -> tuple[Option, ...]:
    """Return the settings of a tab that are chosen from values."""
    if tab is Tab.PRINTER:
        paper = draft.settings.profile.paper
        return (*_PRINTER[:1], _columns(COLUMNS[paper]), *_PRINTER[1:])
    if tab is Tab.SOUND_AND_SIZE:
        return (_SOUNDS,)
    return ()


def _of_profile(name: str, values: tuple[Any, ...]) -> Option:
    def put(settings: DeviceSettings, value: Any) -> DeviceSettings:
        return replace(settings, profile=replace(settings.profile, **{name: value}))

    return Option(name, values, lambda settings: getattr(settings.profile, name), put)


def _of_settings(name: str, values: tuple[Any, ...]) -> Option:
    def put(settings: DeviceSettings, value: Any) -> DeviceSettings:
        return replace(settings, **{name: value})

    return Option(name, values, lambda settings: getattr(settings, name), put)


def _on_paper(settings: DeviceSettings, paper: Paper) -> DeviceSettings:
    """Change the paper; columns of the other width do not fit it."""
    return replace(settings, profile=replace(settings.profile, paper=paper, columns=0))


def _columns(values: tuple[int, ...]) -> Option:
    return _of_profile("columns", values)


_PRINTER: Final = (
    Option("paper", tuple(Paper), lambda settings: settings.profile.paper, _on_paper),
    _of_profile("charset", tuple(Charset)),
    _of_profile("draws_codes", (True, False)),
    _of_profile("cuts", (True, False)),
    _of_profile("drawer_pin", DRAWER_PINS),
    _of_profile("reports", (True, False)),
    _of_settings("prints_sales", (True, False)),
    _of_settings("language", ("", *LANGUAGES)),
)
_SOUNDS: Final = _of_settings("sounds", (False, True))


def columns_of(profile: PrinterProfile) -> int:
    """Return how many columns the paper alone has."""
    return replace(profile, columns=0).width


def port_of(text: str) -> str:
    """Return the name of the serial port that an address names, if it is one."""
    with suppress(ValueError):
        address = parse_address(text)
        if isinstance(address, SerialAddress):
            return address.port
    return ""
