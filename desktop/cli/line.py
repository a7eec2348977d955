"""Asking head office before a command answers: leases for what it uses, or news of a member.

Only an enrolled counter asks, once and for at most a second; whatever the line does, the local
book answers then. A counter alone does not even import the line.
"""

from typing import TYPE_CHECKING

from db.domain.ids import MemberId
from desktop.cli.home import Home

if TYPE_CHECKING:
    from sync.client.device import DeviceIdentity
    from sync.client.remote_office import RemoteOffice


def lease_for(home: Home, member_id: MemberId, *, points: int | None = None) -> bool:
    """Obtain a lease on a member's points: exactly so many, or his standing share.

    Returns whether head office did not answer; where there is none, nobody failed to.
    """
    if (line := _line(home)) is None:
        return False
    from sync.client.leasing import lease_exactly, lease_for_lookup
    from sync.client.storage_access import directly_on

    device, office = line
    run = directly_on(home.storage)
    if points is None:
        leased = lease_for_lookup(run, office, device, member_id=member_id)
    else:
        leased = lease_exactly(run, office, device, member_id=member_id, points=points)
    return not leased.online


def lease_for_sale(
    home: Home,
    member_id: MemberId | None,
    *,
    points: int = 0,
    codes: tuple[str, ...] = (),
    value: int = 0,
    gift: str = "",
) -> bool:
    """Obtain leases on what a sale uses and this counter does not hold: at most one ask.

    That is points, coupons by their codes, stored value in 分, and a piece of a gift by its sku.
    Returns as `lease_for`.
    """
    if not (points or codes or value) or (line := _line(home)) is None:
        return False
    from sync.client.holding import Wanted
    from sync.client.leasing import lease_for_sale as obtain
    from sync.client.storage_access import directly_on

    device, office = line
    wanted = Wanted(member_id=member_id, points=points, codes=codes, value=value, gift=gift)
    return not obtain(directly_on(home.storage), office, device, wanted=wanted).online


def lease_to_pay_out(home: Home, member_id: MemberId) -> None:
    """Obtain a lease on all stored value of a member that no other counter holds."""
    if (line := _line(home)) is None:
        return
    from sync.client.holding import Wanted
    from sync.client.leasing import lease_for_sale as obtain
    from sync.client.storage_access import directly_on

    device, office = line
    wanted = Wanted(member_id=member_id, all_value=True)
    obtain(directly_on(home.storage), office, device, wanted=wanted)


def hear_news(home: Home) -> bool:
    """Take in what happened elsewhere; say whether head office was asked."""
    if (line := _line(home)) is None:
        return False
    from sync.client.exchange import exchange_once
    from sync.client.storage_access import directly_on

    device, office = line
    exchange_once(directly_on(home.storage), office, device, renew=False)
    return True


def ask_for_visitor(home: Home, text: str) -> int | None:
    """Ask who has a phone or number, where this counter does not hold all; return how many came.

    Nothing is returned where head office had to be asked and could not.
    """
    if (line := _line(home)) is None:
        return 0
    from sync.client.storage_access import directly_on
    from sync.client.visitors import find_at_office

    device, office = line
    return find_at_office(directly_on(home.storage), office, device, text=text)


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
