"""A device's address as a person writes it, and back.

`192.168.1.60` or `printer:9100` is the network, `COM3,9600`, `/dev/ttyUSB0` or `serial:NAME` a
serial port, `/dev/usb/lp0` or `file:PATH` a file.
"""

import re
from pathlib import Path

from desktop.devices.channel import (
    NETWORK_PORT,
    Address,
    FileAddress,
    NetworkAddress,
    SerialAddress,
)

ADDRESS_CHARACTERS_MAX = 200
_FILE, _SERIAL = "file:", "serial:"
_PORT_NAME = re.compile(r"COM\d+|/dev/(tty|cu\.)", re.IGNORECASE)
_HOST = re.compile(r"(?P<host>[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:(?P<port>\d{1,5}))?")
_BAUD = range(1_200, 1_000_000)
_PORTS = range(1, 65_536)


def parse_address(text: str) -> Address:
    """Return the address that a text means. Raises `ValueError` when it means none."""
    text = text.strip()
    if len(text) > ADDRESS_CHARACTERS_MAX:
        raise ValueError(text)
    if text.startswith(_FILE):
        return _file(text.removeprefix(_FILE))
    if text.startswith(_SERIAL) or _PORT_NAME.match(text):
        return _serial(text.removeprefix(_SERIAL))
    if text.startswith("/"):
        return _file(text)
    found = _HOST.fullmatch(text)
    if found is None or int(found["port"] or NETWORK_PORT) not in _PORTS:
        raise ValueError(text)
    return NetworkAddress(found["host"], int(found["port"] or NETWORK_PORT))


def address_text(address: Address) -> str:
    """Return the text that `parse_address` reads as this address."""
    match address:
        case NetworkAddress(host, port):
            return f"{host}:{port}"
        case SerialAddress(port_name, baud):
            return f"{_SERIAL}{port_name},{baud}"
        case FileAddress(path):
            return f"{_FILE}{path}"


def _file(text: str) -> FileAddress:
    path = Path(text)
    if not path.is_absolute():
        raise ValueError(text)
    return FileAddress(path)


def _serial(text: str) -> SerialAddress:
    name, comma, baud = text.partition(",")
    if not name or (comma and not (baud.isascii() and baud.isdigit() and int(baud) in _BAUD)):
        raise ValueError(text)
    return SerialAddress(name, int(baud)) if comma else SerialAddress(name)
