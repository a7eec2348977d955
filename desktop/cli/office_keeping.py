"""`guitai office backup|restore|alarms|revoke|import`: keeping head office and its counters."""

from pathlib import Path
from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.ids import parse_id, text_of
from db.storage.backup import key_file
from db.storage.errors import StorageUnavailable
from desktop.cli.answers import TROUBLE, Document, answer, plain
from desktop.cli.files import FileNotWritable, read_bytes
from desktop.cli.home import home_path
from desktop.cli.invalid import InvalidInput
from desktop.cli.office_home import open_office_home
from desktop.cli.pages.office import (
    alarms_page,
    archived_page,
    office_backup_page,
    office_restored_page,
    parcel_taken_page,
    revoked_page,
)
from desktop.cli.progress import progress
from desktop.cli.upkeep import brought_back, manifest_document
from sync.server.alarms import alarms, declared_archive_at, proved_backup_at
from sync.server.devices import NoSuchDevice, devices, revoke
from sync.server.durability import back_up_office, note_archived
from sync.server.parcels import take_parcel
from sync.server.storage.place import address_of


def backup_(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument()] = None,
    *,
    archived: Annotated[bool, typer.Option()] = False,
) -> None:
    """Write a backup, open it again and prove it; then counters may rely on it.

    A book in PostgreSQL is backed up by its own tools: `--archived` says that this was done.
    """
    in_postgresql = address_of(home_path(ctx.obj)) is not None
    if archived != in_postgresql or (file is None) != archived:
        raise InvalidInput("backup_of_postgresql" if in_postgresql else "backup_of_a_file")
    if file is None:
        with open_office_home(ctx.obj) as office:
            streams, operations = note_archived(office.storage)
        answer(ctx.obj, {"streams": streams, "durable": operations}, archived_page)
        return
    target = file.expanduser().absolute()
    with open_office_home(ctx.obj) as office, progress(ctx.obj, "核对", "Checking") as tell_done:
        try:
            made = back_up_office(office.storage, target, progress=tell_done)
        except StorageUnavailable as trouble:
            if trouble.reason != "cannot_open":
                raise
            raise FileNotWritable(str(target)) from trouble  # the home itself is open
    document: Document = {
        "file": str(target),
        "key_file": str(key_file(target)),
        "ok": made.proof.ok,
        "problem_count": made.proof.problem_count,
        "problems": plain(made.proof.problems),
        "streams": made.streams,
        "durable": made.operations,
    }
    answer(ctx.obj, document | manifest_document(made.manifest), office_backup_page)
    if not made.proof.ok:
        raise typer.Exit(TROUBLE)


def restore_(ctx: typer.Context, file: Annotated[Path, typer.Argument()]) -> None:
    """Bring a backup of head office back; it remembers what its grant journal holds."""
    document = brought_back(ctx.obj, file)
    with open_office_home(ctx.obj) as office:
        document["remembered"] = office.remembered
    answer(ctx.obj, document, office_restored_page)


def alarms_(ctx: typer.Context) -> None:
    """What somebody should look at: refused messages, a copied disk, books that differ."""
    with open_office_home(ctx.obj) as office:
        found, backed_up = alarms(office.storage), proved_backup_at(office.storage)
        archived = declared_archive_at(office.storage)
    document: Document = {
        "alarms": [
            plain(row) | {"first_at": iso_of(row.first_at), "last_at": iso_of(row.last_at)}
            for row in found
        ],
        "proved_backup_at": None if backed_up is None else iso_of(backed_up),
        "declared_archive_at": None if archived is None else iso_of(archived),
    }
    answer(ctx.obj, document, alarms_page)


def revoke_(ctx: typer.Context, device: Annotated[str, typer.Argument()]) -> None:
    """Take a counter's rights away at once; it sells on, and what it sells waits there."""
    try:
        wanted = parse_id(device)
    except ValueError:
        raise NoSuchDevice(device) from None
    with open_office_home(ctx.obj) as office:
        revoke(office.storage, wanted)
        found = next(row for row in devices(office.storage) if row.device_id == text_of(wanted))
    answer(
        ctx.obj,
        {
            "device_id": found.device_id,
            "branch": found.branch,
            "counter": found.counter,
            "state": found.state,
        },
        revoked_page,
    )


def import_(ctx: typer.Context, file: Annotated[Path, typer.Argument()]) -> None:
    """Take in what a counter wrote with `sync export` and somebody brought here."""
    parcel = read_bytes(file.expanduser())
    with open_office_home(ctx.obj) as office:
        taken = take_parcel(office, parcel)
    answer(ctx.obj, plain(taken), parcel_taken_page)
