"""Which addresses a head office may have: https anywhere, plain http on this machine alone."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from db.domain.refusals import Refusal


@dataclass(eq=False)
class OfficeAddressInvalid(Refusal):
    """`reason` is malformed, or insecure: plain http leaves this machine."""

    address: str
    reason: str


def office_address(text: str) -> str:
    """Return the address without a trailing slash; refuse what may not be a head office."""
    address = text.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise OfficeAddressInvalid(text, "malformed") from error
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        raise OfficeAddressInvalid(text, "malformed")
    if parts.scheme == "http" and not _is_loopback(host):
        raise OfficeAddressInvalid(text, "insecure")
    return address


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
