"""`guitai sync ...`: join a head office, exchange with it now, say how the line stands."""

from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.trouble import Trouble
from db.queries.counter_status import counter_status
from db.storage.home import read_home
from desktop.cli.answers import Document, answer, plain
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.line import exchanged_page, joined_page, status_page
from sync.client.device import connect, load_device
from sync.client.device import enroll as join
from sync.client.exchange import exchange_once
from sync.client.storage_access import directly_on

app = typer.Typer()


@app.command()
def enroll(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument()],
    code: Annotated[str, typer.Argument()],
) -> None:
    """Join a head office, which its code allows; its program and staff replace ours."""
    with open_home(ctx.obj) as home:
        if not home.identity.own_authority and load_device(home.path) is not None:
            raise InvalidInput("enrolled_already")
        enrolled = join(home.storage, home.path, url, code)
        answer(ctx.obj, plain(enrolled), joined_page)


@app.command()
def now(ctx: typer.Context) -> None:
    """Drain both directions and renew leases, whatever the back-off says."""
    with open_home(ctx.obj) as home:
        device = load_device(home.path)
        if device is None or home.identity.own_authority:
            raise InvalidInput("not_enrolled")
        office = connect(home.storage, device)
        report = exchange_once(directly_on(home.storage), office, device)
        document = {
            "pushed": report.pushed,
            "pulled": report.pulled,
            "rejected": report.rejected,
            "quarantined": report.quarantined,
            "online": report.online,
            "leased": report.leased,
            "trouble": report.trouble,
            "waiting": _waiting(home),
        }
        answer(ctx.obj, document, exchanged_page)


@app.command()
def status(ctx: typer.Context) -> None:
    """What waits to be sent, and when head office was last heard."""
    with open_home(ctx.obj) as home:
        answer(ctx.obj, status_document(home), status_page)


def status_document(home: Home) -> Document:
    """Return how the line stands, without a word to head office."""
    device, trouble = None, None
    try:
        device = load_device(home.path)
    except Trouble as damaged:
        trouble = damaged.code
    with home.storage.reading() as reader:
        status = counter_status(reader, read_home(reader))
    contact = status.last_contact_ms
    return {
        "enrolled": device is not None,
        "address": None if device is None else device.address,
        "device_id": None if device is None else plain(device.device),
        "branch": home.identity.branch_name,
        "counter": home.identity.counter_name,
        "waiting": status.waiting,
        "last_contact_at": None if contact is None else iso_of(contact, home.timezone),
        "trouble": trouble,
    }


def _waiting(home: Home) -> int:
    with home.storage.reading() as reader:
        return counter_status(reader, read_home(reader)).waiting
