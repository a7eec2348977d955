"""Asking head office before a command answers: a lease for the points, or news of a member.

Only an enrolled counter asks, once and for at most a second; whatever the line does, the local
book answers then. A counter alone does not even import the line.
"""

from typing import TYPE_CHECKING

from db.domain.ids import MemberId
from desktop.cli.home import Home

if TYPE_CHECKING:
    from sync.client.device import DeviceIdentity
    from sync.client.remote_office import RemoteOffice


def lease_for(home: Home, member_id: MemberId, *, points: int | None = None) -> None:
    """Obtain a lease on a member's points: exactly so many, or his standing share."""
    if (line := _line(home)) is None:
        return
    from sync.client.leasing import lease_exactly, lease_for_lookup
    from sync.client.storage_access import directly_on

    device, office = line
    run = directly_on(home.storage)
    if points is None:
        lease_for_lookup(run, office, device, member_id=member_id)
    else:
        lease_exactly(run, office, device, member_id=member_id, points=points)


def hear_news(home: Home) -> bool:
    """Take in what happened elsewhere; say whether head office was asked."""
    if (line := _line(home)) is None:
        return False
    from sync.client.exchange import exchange_once
    from sync.client.storage_access import directly_on

    device, office = line
    exchange_once(directly_on(home.storage), office, device, renew=False)
    return True


def _line(home: Home) -> "tuple[DeviceIdentity, RemoteOffice] | None":
    """Return who we are and head office's end, or nothing where this counter is alone."""
    if home.identity.own_authority:
        return None
    from sync.client.device import connect, load_device
    from sync.client.http_office import LOOKUP_LIMIT_MS

    device = load_device(home.path)
    if device is None:
        return None
    return device, connect(home.storage, device, limit_ms=LOOKUP_LIMIT_MS)
