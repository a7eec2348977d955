"""`guitai member import | export`: lists of members, in and out."""

import csv
import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from db.domain.ids import OperationId, text_of
from db.domain.lookup.names import mask_email, mask_name
from db.domain.lookup.phone_masks import mask_phone
from db.domain.member_sheet import FIELDS, MemberSheet, SheetFault, SheetMember, read_sheet
from db.domain.money import amount_text
from db.domain.staff import Actor, Permission, require
from db.queries.members_export import ExportedMember, exported_members
from db.services.import_members import MEMBERS_MAX, ImportMembers, MembersImported, import_members
from db.services.imports import open_batch
from db.services.reveals import RevealMember, reveal_member
from desktop.cli.answers import Document, answer
from desktop.cli.files import read_bytes, write_bytes
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.member_answers import member_document
from desktop.cli.pages.imports import file_page, members_page, reverted_page
from desktop.cli.pages.members import exported_page, member_page
from desktop.cli.progress import progress
from desktop.cli.reading import form_of, member_named
from desktop.cli.reverting import revert
from desktop.cli.tables import read_map, read_table, titles_shown

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_EVERY_ROW = 500


class _OnlyLooked(Exception):
    pass


def import_(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument()] = None,
    names: Annotated[Path | None, typer.Option("--map")] = None,
    dry_run: Annotated[bool, typer.Option()] = False,
    revert_batch: Annotated[str | None, typer.Option("--revert")] = None,
) -> None:
    """Bring in members with their points; `--revert BATCH` takes an import back."""
    if (file is None) == (revert_batch is None):
        raise InvalidInput("one_of", options="FILE, --revert")
    with open_home(ctx.obj) as home:
        by = home.actor()
        require(by, Permission.IMPORT)
        if file is None:
            answer(ctx.obj, revert(home, by, revert_batch or ""), reverted_page)
            return
        sheet = _read(home, file, read_map(names))
        source = f"{file.name} {hashlib.sha256(read_bytes(file)).hexdigest()[:16]}"
        brought = _import(home, by, sheet, source=source, dry_run=dry_run)
        answer(ctx.obj, brought, members_page)


def export(
    ctx: typer.Context,
    member: Annotated[str | None, typer.Argument()] = None,
    out: Annotated[Path | None, typer.Option()] = None,
    asked: Annotated[str | None, typer.Option("--format")] = None,
    reveal: Annotated[bool, typer.Option()] = False,
    reason: Annotated[str, typer.Option()] = "",
) -> None:
    """One member's whole data, or the list; masked unless revealed for a reason."""
    form = form_of(asked, out, allowed=("json", "csv"))
    if reveal and not reason.strip():
        raise InvalidInput("reason_required")
    if member is not None and form == "csv":
        raise InvalidInput("unknown_value", option="--format", allowed="json")
    if form == "csv" and out is None:
        raise InvalidInput("out_required")
    with open_home(ctx.obj) as home:
        by = home.actor()
        require(by, Permission.EXPORT)
        member_id = None if member is None else member_named(home, member)
        if reveal:
            with home.storage.begin() as work:
                op = OperationId(work.new_id())
                command = RevealMember(op=op, by=by, reason=reason, member_id=member_id)
                reveal_member(work, command)
        if member_id is not None:
            document = member_document(home, member_id, reveal=reveal, rows=_EVERY_ROW)
        else:
            with home.storage.reading() as reader:
                people = [_shown(each, reveal=reveal) for each in exported_members(reader)]
            document = {"members": people}
        if out is None:
            page = exported_page if member_id is None else member_page
            answer(ctx.obj, document, page, names=home.names)
            return
        content = _csv(document["members"]) if form == "csv" else msgspec.json.encode(document)
        write_bytes(out, content)
        rows = len(document.get("members", [1]))
        answer(ctx.obj, {"file": str(out), "rows": rows}, file_page)


def _read(home: Home, file: Path, names: dict[str, str]) -> MemberSheet:
    if unknown := [name for name in names if name not in FIELDS]:
        raise InvalidInput("map_invalid", file=str(file), problem=", ".join(unknown))
    records = read_table(file, mend=True)
    today = home.identity.calendar.day_of(home.storage.clock.wall_ms())
    sheet = read_sheet(records, names=names, region=home.identity.region, today=today)
    if sheet is None:
        found = next((record for record in records if any(record)), [])
        raise InvalidInput(
            "columns_missing",
            file=file.name,
            missing=names.get("phone", "手机号 phone"),
            found=titles_shown(found),
        )
    return sheet


def _import(home: Home, by: Actor, sheet: MemberSheet, *, source: str, dry_run: bool) -> Document:
    added = points = 0
    faults: list[SheetFault] = list(sheet.faults)
    batch: str | None = None
    done = 0
    with progress(home.call, "导入", "Importing") as tell_done:
        for members in _parts(sheet.members):
            batch, brought = _import_part(home, by, members, source=source, dry_run=dry_run)
            added, points = added + brought.added, points + brought.points
            faults += brought.skipped
            done += len(members)
            tell_done(done, len(sheet.members))
    faults.sort(key=lambda fault: fault.row)
    return {
        "rows": sheet.rows,
        "added": added,
        "updated": 0,
        "skipped": [{"row": fault.row, "code": fault.code} for fault in faults],
        "points": points,
        "ignored_columns": list(sheet.ignored),
        "batch": None if dry_run else batch,
        "dry_run": dry_run,
    }


def _import_part(
    home: Home, by: Actor, members: tuple[SheetMember, ...], *, source: str, dry_run: bool
) -> tuple[str, MembersImported]:
    """Bring one part of the list in a transaction of its own; a dry run leaves it undone."""
    outcome: list[tuple[str, MembersImported]] = []
    with suppress(_OnlyLooked), home.storage.begin() as work:
        batch_id = open_batch(work, kind="members", source=source, by=by)
        brought = import_members(work, ImportMembers(by=by, batch_id=batch_id, members=members))
        outcome.append((text_of(batch_id), brought))
        if dry_run:
            raise _OnlyLooked
    return outcome[0]


def _parts(members: tuple[SheetMember, ...]) -> Iterator[tuple[SheetMember, ...]]:
    for start in range(0, len(members), MEMBERS_MAX):
        yield members[start : start + MEMBERS_MAX]


def _shown(member: ExportedMember, *, reveal: bool) -> Document:
    if not reveal:
        member = replace(
            member,
            phone=mask_phone(member.phone),
            name=mask_name(member.name),
            email=mask_email(member.email),
            note="",
        )
    return asdict(member) | {"spend": amount_text(member.spend)}


def _csv(rows: list[Document]) -> bytes:
    """Return a table that Excel opens in the right encoding and runs no cell of."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_harmless(value) for value in row.values()])
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
