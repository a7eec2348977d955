"""`guitai history import`: a former system's purchases, as one batch that can be taken back."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from db.domain.history import (
    LINE_COLUMNS,
    MEMBER_COLUMNS,
    PRODUCT_COLUMNS,
    PURCHASE_COLUMNS,
    History,
    Row,
    chunks,
    read_history,
)
from db.domain.ids import BatchId, MemberId, text_of
from db.domain.staff import Actor
from db.services.import_history import (
    BringMembers,
    BringSales,
    MembersBrought,
    bring_members,
    bring_products,
    bring_sales,
)
from db.services.imports import open_batch
from desktop.cli.answers import Document, answer
from desktop.cli.files import read_bytes
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.imports import history_page, reverted_page
from desktop.cli.progress import progress
from desktop.cli.reverting import revert
from desktop.cli.tables import read_map, read_rows

ROWS_PER_TRANSACTION = 500
app = typer.Typer()


@app.callback()
def _history() -> None:
    """Keep `import` a word of its own."""


@app.command("import")
def import_(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Argument()] = None,
    names: Annotated[Path | None, typer.Option("--map")] = None,
    dry_run: Annotated[bool, typer.Option()] = False,
    award: Annotated[bool, typer.Option()] = False,
    revert_batch: Annotated[str | None, typer.Option("--revert")] = None,
) -> None:
    """Bring in purchases; gives no points unless --award."""
    if (folder is None) == (revert_batch is None):
        raise InvalidInput("one_of", options="DIR, --revert")
    with open_home(ctx.obj) as home:
        by = home.actor()
        if folder is None:
            answer(ctx.obj, revert(home, by, revert_batch or ""), reverted_page)
            return
        history = _read(home, folder, read_map(names))
        if dry_run:
            looked = _counts(history) | {"batch": None, "dry_run": True}
            answer(ctx.obj, looked, history_page)
            return
        source = f"{folder.absolute().name} {_digest(folder)}"
        brought = _bring(home, by, history, source=source, award=award)
        answer(ctx.obj, brought, history_page)


def _read(home: Home, folder: Path, names: dict[str, str]) -> History:
    def table(file: str, needed: tuple[str, ...], *, must: bool = False) -> list[Row]:
        path = folder / file
        return read_rows(path, needed=needed, names=names) if must or path.exists() else []

    return read_history(
        purchases=table("purchases.csv", PURCHASE_COLUMNS, must=True),
        members=table("members.csv", MEMBER_COLUMNS),
        products=table("products.csv", PRODUCT_COLUMNS),
        lines=table("purchase_lines.csv", LINE_COLUMNS),
        calendar=home.identity.calendar,
    )


def _bring(home: Home, by: Actor, history: History, *, source: str, award: bool) -> Document:
    storage = home.storage
    with storage.begin() as work:
        batch_id = open_batch(work, kind="history", source=source, by=by)
        bring_products(work, tuple(history.products.values()))
    started = storage.clock.mono_ms()
    members = _bring_members(home, by, batch_id, history)
    sales = returns = earned = 0
    done = 0
    with progress(home.call, "导入", "Importing") as tell_done:
        for purchases in chunks(history.purchases, ROWS_PER_TRANSACTION):
            command = BringSales(
                by=by,
                batch_id=batch_id,
                purchases=purchases,
                members=members.ids,
                products=history.products,
                award=award,
            )
            with storage.begin() as work:
                brought = bring_sales(work, command)
            sales, returns = sales + brought.added, returns + brought.returns
            earned += brought.earned
            done += len(purchases)
            tell_done(done, len(history.purchases))
    storage.checkpoint()
    seconds = (storage.clock.mono_ms() - started) / 1000
    lines = max(history.lines, len(history.purchases))
    counts: Document = {
        "batch": text_of(batch_id),
        "added": sales,
        "already": len(history.purchases) - sales,
        "members_added": members.added,
        "phones_dropped": members.phones_dropped,
        "returns": returns,
        "points_earned": earned,
        "seconds": round(seconds, 1),
        "lines_per_second": round(lines / seconds) if seconds else None,
    }
    return _counts(history) | counts


def _bring_members(home: Home, by: Actor, batch_id: BatchId, history: History) -> MembersBrought:
    ids: dict[str, MemberId] = {}
    added = dropped = 0
    for start in range(0, len(history.members), ROWS_PER_TRANSACTION):
        members = tuple(history.members[start : start + ROWS_PER_TRANSACTION])
        with home.storage.begin() as work:
            brought = bring_members(work, BringMembers(by=by, batch_id=batch_id, members=members))
        ids |= brought.ids
        added, dropped = added + brought.added, dropped + brought.phones_dropped
    return MembersBrought(ids, added, dropped)


def _counts(history: History) -> Document:
    skipped = [{"file": each.file, "row": each.row, "code": each.code} for each in history.skipped]
    return {
        "rows": len(history.purchases) + sum(row["file"] == "purchases.csv" for row in skipped),
        "added": 0,
        "updated": 0,
        "skipped": skipped,
        "members": len(history.members),
        "purchases": len(history.purchases),
        "lines": history.lines,
        "products": len(history.products),
    }


def _digest(folder: Path) -> str:
    """Return what tells this import from another: the files' content."""
    files = ("members.csv", "products.csv", "purchases.csv", "purchase_lines.csv")
    digest = hashlib.sha256()
    for file in files:
        if (folder / file).exists():
            digest.update(hashlib.sha256(read_bytes(folder / file)).digest())
    return digest.hexdigest()[:16]
