"""`guitai backup | restore | verify | doctor`: keeping a home whole, and saying how it is."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from db.domain.clock import iso_of
from db.domain.trouble import Trouble
from db.queries.totals import book_totals
from db.services.restore import restore_home
from db.services.verify.book import verify_home
from db.storage.backup import Manifest, back_up, key_file
from db.storage.errors import StorageUnavailable
from db.storage.migrate import latest_version
from desktop.cli.answers import TROUBLE, Document, answer, plain
from desktop.cli.files import FileNotWritable, write_bytes
from desktop.cli.home import Home, home_path, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.pages.upkeep import (
    backed_up_page,
    health_page,
    restored_page,
    verified_page,
)
from desktop.cli.progress import progress
from desktop.cli.sync import status_document
from desktop.runtime.flow_timings import kept_figures
from desktop.runtime.health import log_tail

LIBRARIES = (
    "guitai",
    "PySide6-Essentials",
    "peewee",
    "sqlcipher3",
    "requests",
    "litestar",
    "msgspec",
    "phonenumbers",
    "pypinyin",
    "reportlab",
)


def backup(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument()] = None,
) -> None:
    """Write a checked backup; its key lies beside it, keep that elsewhere."""
    with open_home(ctx.obj) as home:
        if not home.storage.path.is_file():
            raise InvalidInput("backup_of_postgresql")
        target = (file or _named_by_time(home)).expanduser().absolute()
        try:
            manifest = back_up(home.storage, target)
        except StorageUnavailable as trouble:
            if trouble.reason != "cannot_open":
                raise
            raise FileNotWritable(str(target)) from trouble  # the home itself is open
    document = {"file": str(target), "key_file": str(key_file(target))}
    answer(ctx.obj, document | manifest_document(manifest), backed_up_page)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument()],
) -> None:
    """Bring a backup back; the database that was there is kept beside it."""
    answer(ctx.obj, brought_back(ctx.obj, file), restored_page)


def brought_back(call: Invocation, file: Path) -> Document:
    """Bring a backup back into the home of a call; return what came and where the old one lies.

    Raises:
        InvalidInput: when there is no such file.
        Trouble: as `restore_home` does.
    """
    path = home_path(call)
    if not file.expanduser().is_file():
        raise InvalidInput("file_not_readable", file=str(file))
    restored = restore_home(file.expanduser().absolute(), path, os_store=call.home is None)
    kept = None if restored.kept is None else str(restored.kept)
    return {"home": str(path), "kept": kept} | manifest_document(restored.manifest)


def verify(ctx: typer.Context) -> None:
    """Prove that the file is whole and every balance follows from its operations."""
    with open_home(ctx.obj) as home:
        document = _proof(home)
    answer(ctx.obj, document, verified_page)
    if not document["ok"]:
        raise typer.Exit(TROUBLE)


def doctor(
    ctx: typer.Context,
    bundle: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Health and versions; nothing in it names a member."""
    call: Invocation = ctx.obj
    document: Document = {
        "versions": {name: _version(name) for name in LIBRARIES},
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "home": str(home_path(call)),
        "healthy": True,
    }
    try:
        with open_home(call) as home:
            document |= _health(home)
    except Trouble as trouble:
        document |= {"healthy": False, "trouble": {"code": trouble.code, **plain(trouble.details)}}
    if bundle is not None:
        folder = home_path(call)
        more: Document = {"flows": plain(kept_figures(folder)), "log": list(log_tail(folder))}
        content = msgspec.json.encode(document | more)
        write_bytes(bundle, msgspec.json.format(content, indent=2))
        document["bundle"] = str(bundle)
    answer(call, document, health_page)
    if not document["healthy"]:
        raise typer.Exit(TROUBLE)


def _health(home: Home) -> Document:
    proof = _proof(home)
    with home.storage.reading() as reader:
        totals = book_totals(reader)
    file = home.storage.path
    return {
        "healthy": proof["ok"],
        "schema": latest_version(),  # opening it brought it there
        "sandbox": home.identity.sandbox,
        "database_bytes": file.stat().st_size if file.is_file() else None,
        "members": totals.members,
        "sales": totals.sales,
        "verify": proof,
        "sync": status_document(home),
    }


def _proof(home: Home) -> Document:
    with progress(home.call, "核对", "Checking") as tell_done:
        proof = verify_home(home.storage, progress=tell_done)
    return {
        "ok": proof.ok,
        "operations": proof.operations,
        "transfers": proof.transfers,
        "streams": [
            {"stream": stream, "operations": operations} for stream, operations in proof.streams
        ],
        "problem_count": proof.problem_count,
        "problems": plain(proof.problems),
    }


def manifest_document(manifest: Manifest) -> Document:
    """Return what a backup says of itself, as answers have it."""
    return {
        "made_at": iso_of(manifest.made_at),
        "branch": manifest.branch,
        "counter": manifest.counter,
        "members": manifest.members,
        "sales": manifest.sales,
        "operations": manifest.operations,
        "bytes": manifest.bytes,
        "sha256": manifest.sha256,
    }


def _named_by_time(home: Home) -> Path:
    """Return a name in the home's own folder of backups."""
    folder = home.path / "backups"
    folder.mkdir(exist_ok=True)
    at = home.identity.calendar.local(home.storage.clock.wall_ms())
    return folder / f"guitai-{at:%Y%m%d-%H%M%S}.backup"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
