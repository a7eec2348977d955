"""The serial ports of this computer, and the same device under another port's name.

Windows gives a scanner that was replugged another COM number. Its maker's numbers and its serial
number stay, so the port that was chosen is looked for by them before its name is tried.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.devices.channel import SerialAddress

if TYPE_CHECKING:
    from serial.tools.list_ports_common import ListPortInfo


@dataclass(frozen=True, slots=True)
class Port:
    """A port that is there: its name, what it calls itself, and what stays when it is replugged."""

    name: str
    title: str = ""
    identity: str = ""


def ports() -> tuple[Port, ...]:
    """Return the ports that something is plugged into, by name."""
    from serial.tools.list_ports import comports  # noqa: PLC0415 - only who asks pays for it

    found = (_port(port) for port in comports())
    return tuple(sorted(found, key=lambda port: port.name))


def identity_of(name: str) -> str:
    """Return the identity of whatever is plugged into a port now; empty when it has none."""
    return next((port.identity for port in ports() if port.name == name), "")


def present_address(address: SerialAddress, identity: str) -> SerialAddress:
    """Return where a device is now: the port with its identity, else the one it was chosen on."""
    if not identity:
        return address
    known = [port.name for port in ports() if port.identity == identity]
    if not known or address.port in known:
        return address
    return SerialAddress(known[0], address.baud)


def _port(found: "ListPortInfo") -> Port:
    title = "" if found.description in {None, "n/a"} else str(found.description)
    identity = ""
    if found.vid is not None and found.pid is not None:
        identity = f"{found.vid:04X}:{found.pid:04X}:{found.serial_number or ''}"
    return Port(found.device, title, identity)
