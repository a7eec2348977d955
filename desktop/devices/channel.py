"""A line to a device: bytes out, and what comes back within a bounded wait.

Printers, drawers and customer displays are spoken to over the same three lines: the network, a
serial port (USB printers and pole displays show up as one), and a file (Linux' printer device, a
shared folder, or the demo's paper).
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import serial

CONNECT_S = 3.0
WRITE_S = 3.0
NETWORK_PORT = 9100
_READ_BYTES = 256
_READS_MAX = 4
_BETWEEN_BYTES_S = 0.05


class ChannelError(OSError):
    """The device is not there, does not take bytes, or went away."""


class Channel(Protocol):
    """An open line to a device."""

    def write(self, data: bytes) -> None:
        """Send everything; raise `ChannelError` when it is not taken within seconds."""
        ...

    def read(self, within_s: float) -> bytes:
        """Return what has come within the time: at once when something did, empty if nothing."""
        ...


Opened = Callable[[], Channel]


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    """A printer's address in the shop's network; raw printing listens on port 9100."""

    host: str
    port: int = NETWORK_PORT


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A serial port by name, 8 data bits, no parity, 1 stop bit."""

    port: str
    baud: int = 9600


@dataclass(frozen=True, slots=True)
class FileAddress:
    """A file or device file that takes the bytes and answers nothing."""

    path: Path


Address = NetworkAddress | SerialAddress | FileAddress


class _Network:
    def __init__(self, link: socket.socket) -> None:
        self._link = link

    def write(self, data: bytes) -> None:
        try:
            self._link.settimeout(WRITE_S)
            self._link.sendall(data)
        except OSError as error:
            raise ChannelError(str(error)) from error

    def read(self, within_s: float) -> bytes:
        try:
            self._link.settimeout(within_s)
            return self._link.recv(_READ_BYTES)
        except TimeoutError:
            return b""
        except OSError as error:
            raise ChannelError(str(error)) from error


class _Serial:
    def __init__(self, port: serial.Serial) -> None:
        self._port = port

    def write(self, data: bytes) -> None:
        try:
            self._port.write(data)
            self._port.flush()
        except (OSError, serial.SerialException) as error:
            raise ChannelError(str(error)) from error

    def read(self, within_s: float) -> bytes:
        try:
            if self._port.timeout != within_s:
                self._port.timeout = within_s
            first = bytes(self._port.read(1))  # more would be waited for
            return first + bytes(self._port.read(self._port.in_waiting)) if first else b""
        except (OSError, serial.SerialException) as error:
            raise ChannelError(str(error)) from error


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, data: bytes) -> None:
        try:
            with self._path.open("ab") as file:
                file.write(data)
        except OSError as error:
            raise ChannelError(str(error)) from error

    def read(self, within_s: float) -> bytes:
        return b""


@contextmanager
def channel(address: Address) -> Iterator[Channel]:
    """Open a line for as long as it is held. Raises `ChannelError` when nobody is there."""
    match address:
        case NetworkAddress(host, port):
            try:
                link = socket.create_connection((host, port), timeout=CONNECT_S)
            except OSError as error:
                raise ChannelError(str(error)) from error
            with link:
                yield _Network(link)
        case SerialAddress(name, baud):
            try:
                port_ = _serial_port(name, baud)
            except (OSError, serial.SerialException, ValueError) as error:
                raise ChannelError(str(error)) from error
            with port_:
                yield _Serial(port_)
        case FileAddress(path):
            yield _File(path)


def read_until(line: Channel, wanted: Callable[[int], bool], *, within_s: float) -> int | None:
    """Return the first byte that is wanted; noise before it is dropped, for a few reads at most."""
    for _ in range(_READS_MAX):
        came = line.read(within_s)
        for value in came:
            if wanted(value):
                return value
        if not came:
            return None
    return None


def _serial_port(name: str, baud: int) -> serial.Serial:
    return serial.Serial(
        name, baud, timeout=0, write_timeout=WRITE_S, inter_byte_timeout=_BETWEEN_BYTES_S
    )
