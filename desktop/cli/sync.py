"""`guitai sync ...`: join a head office, exchange with it now, say how the line stands."""

import time
from pathlib import Path
from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.trouble import Trouble
from db.queries.counter_status import counter_status
from db.queries.line_status import line_status
from db.storage.home import read_home
from desktop.cli.answers import TROUBLE, Document, answer, plain
from desktop.cli.files import write_bytes
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.pages.line import exchanged_page, exported_page, joined_page, status_page
from desktop.cli.progress import progress
from desktop.cli.sync_conflicts import conflicts_
from sync.client.device import DeviceIdentity, connect, load_device
from sync.client.device import enroll as join
from sync.client.exchange import UPDATE_NEEDED, ExchangeReport, exchange_once
from sync.client.first_load import LoadProgress, load_progress
from sync.client.parcels import make_parcel
from sync.client.storage_access import directly_on

app = typer.Typer()
ASK_MS = 1_000
ASKED_MAX = 3_600
"""An hour, at one question a second: more than any snapshot takes to be made."""


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
    """Drain both directions and renew leases, whatever the back-off says.

    Where that could not be done it answers how far it came, and ends as trouble does.
    """
    with open_home(ctx.obj) as home:
        device = load_device(home.path)
        if device is None or home.identity.own_authority:
            raise InvalidInput("not_enrolled")
        report = _exchanged(ctx.obj, home, device)
        document = {
            "pushed": report.pushed,
            "pulled": report.pulled,
            "loaded": report.loaded,
            "rejected": report.rejected,
            "quarantined": report.quarantined,
            "online": report.online,
            "leased": report.leased,
            "reread": report.reread,
            "new_stream": report.left > 0,
            "trouble": report.trouble,
            "waiting": _waiting(home),
        }
        answer(ctx.obj, document, exchanged_page)
        if report.trouble not in {None, UPDATE_NEEDED}:
            raise typer.Exit(TROUBLE)


@app.command()
def status(ctx: typer.Context) -> None:
    """What waits to be sent, and when head office was last heard."""
    with open_home(ctx.obj) as home:
        answer(ctx.obj, status_document(home), status_page)


@app.command()
def export(ctx: typer.Context, file: Annotated[Path, typer.Argument()]) -> None:
    """Write what head office does not have into a file; it still waits here."""
    with open_home(ctx.obj) as home:
        device = load_device(home.path)
        if device is None or home.identity.own_authority:
            raise InvalidInput("not_enrolled")
        parcel, operations = make_parcel(directly_on(home.storage), device)
        target = file.expanduser().absolute()
        write_bytes(target, parcel)
        answer(ctx.obj, {"file": str(target), "operations": operations}, exported_page)


def status_document(home: Home) -> Document:
    """Return how the line stands, without a word to head office."""
    device, trouble = None, None
    try:
        device = load_device(home.path)
    except Trouble as damaged:
        trouble = damaged.code
    with home.storage.reading() as reader:
        status = counter_status(reader, read_home(reader))
        load = load_progress(reader, home.path)
        line = line_status(reader)
    contact = status.last_contact_ms
    if trouble is None and line.stopped:
        trouble = "update_needed"
    return {
        "enrolled": device is not None,
        "head_office": line.head_office,
        "address": None if device is None else device.address,
        "device_id": None if device is None else plain(device.device),
        "branch": home.identity.branch_name,
        "counter": home.identity.counter_name,
        "waiting": status.waiting,
        "last_contact_at": None if contact is None else iso_of(contact, home.timezone),
        "not_durable": line.not_durable,
        "reread_times": line.reread_times,
        "reread_at": None if not line.reread_times else iso_of(line.reread_at, home.timezone),
        "trouble": trouble,
        "first_load": None if load is None else plain(load) | {"percent": load.percent},
    }


def _exchanged(call: Invocation, home: Home, device: DeviceIdentity) -> ExchangeReport:
    """Exchange; while head office prepares a first load, ask again until it is there."""
    office, run = connect(home.storage, device), directly_on(home.storage)
    with progress(call, "首次同步（MB）", "First load (MB)") as bar:

        def tell(load: LoadProgress) -> None:
            if load.stage != "preparing":
                bar(load.done >> 20, load.total >> 20)

        for _ in range(ASKED_MAX):
            report = exchange_once(run, office, device, tell=tell)
            if not report.loading:
                break
            time.sleep((report.next_ms or ASK_MS) / 1000)
    return report


def _waiting(home: Home) -> int:
    with home.storage.reading() as reader:
        return counter_status(reader, read_home(reader)).waiting


app.command("conflicts")(conflicts_)
