"""`guitai segment ...`: which members conditions are true of, as a count, a list or a file."""

from pathlib import Path
from typing import Annotated

import typer

from db.domain.ids import text_of
from db.domain.lookup.names import mask_name
from db.domain.lookup.phone_masks import mask_phone
from db.domain.money import amount_text
from db.domain.segments.reading import read_segment
from db.domain.segments.tree import InSegment, Node
from db.domain.segments.writing import segment_text
from db.domain.staff import Permission, require
from db.queries.segments.audience import (
    SegmentMember,
    is_in,
    prepared,
    reachable,
    segment_members,
    segment_size,
)
from db.queries.segments.catalogue import named_segments
from db.storage.profiles import standing_root
from desktop.cli.answers import Document, answer
from desktop.cli.asked import last_day, open_figures, stages_asked
from desktop.cli.files import write_bytes
from desktop.cli.home import Home
from desktop.cli.pages.imports import file_page
from desktop.cli.pages.segments import segment_page, segments_page
from desktop.cli.reading import member_named, one_of
from desktop.reports.csv_text import csv_bytes
from desktop.wording.segment_words import segment_name
from desktop.wording.speech import Speech

SHOWN = 20
_COLUMNS = (
    ("number", ("会员号", "Number")),
    ("name", ("姓名", "Name")),
    ("phone_masked", ("手机", "Phone")),
    ("tier", ("等级", "Level")),
    ("joined_on", ("入会", "Joined")),
    ("visits", ("消费次数", "Visits")),
    ("spend", ("累计消费", "Spent")),
    ("last_on", ("上次到店", "Last visit")),
)
app = typer.Typer()
To = Annotated[str | None, typer.Option("--to")]
Stages = Annotated[str | None, typer.Option()]
Format = Annotated[str | None, typer.Option("--format")]
Limit = Annotated[int, typer.Option(min=0)]


@app.command("list")
def list_(
    ctx: typer.Context,
    count: Annotated[bool, typer.Option("--count")] = False,
    day_to: To = None,
    stages: Stages = None,
    asked: Format = None,
) -> None:
    """The segments that there are; `--count` says how many members are in each."""
    with open_figures(ctx.obj) as home:
        _as_asked(home, asked)
        today = last_day(home, day_to)
        say = Speech(home.call.language)
        segments: list[Document] = []
        with home.storage.reading() as reader:
            named = named_segments(reader, today)
        for name, node in named.items():
            row: Document = {
                "name": name,
                "says": segment_name(say, name),
                "text": segment_text(node),
            }
            if count:
                row["count"] = _asked(home, node, day_to=day_to, stages=stages, limit=0)["count"]
            segments.append(row)
        answer(ctx.obj, {"segments": segments}, segments_page)


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument()],
    limit: Limit = SHOWN,
    day_to: To = None,
    stages: Stages = None,
    asked: Format = None,
) -> None:
    """A segment by its name: its conditions, how many are in it, who spent most."""
    with open_figures(ctx.obj) as home:
        _as_asked(home, asked)
        document = _asked(home, InSegment(name), day_to=day_to, stages=stages, limit=limit)
        with home.storage.reading() as reader:
            node = named_segments(reader, last_day(home, day_to))[name]
        says = segment_name(Speech(home.call.language), name)
        document |= {"name": name, "says": says, "segment": segment_text(node)}
        answer(ctx.obj, document, segment_page)


@app.command("eval")
def evaluate(
    ctx: typer.Context,
    expression: Annotated[str, typer.Argument()],
    member: Annotated[str | None, typer.Option()] = None,
    limit: Limit = SHOWN,
    contactable: Annotated[bool, typer.Option("--contactable")] = False,
    day_to: To = None,
    stages: Stages = None,
    asked: Format = None,
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Members of whom conditions are true; `--member` asks of one, `--limit 0` lists all."""
    node = read_segment(expression)
    node = reachable(node) if contactable else node
    with open_figures(ctx.obj) as home:
        _as_asked(home, asked)
        if member is not None:
            document = _asked_of(home, node, member, day_to=day_to, stages=stages)
            answer(ctx.obj, document, segment_page)
            return
        document = _asked(
            home, node, day_to=day_to, stages=stages, limit=limit if out is None else None
        )
        if out is None:
            answer(ctx.obj, document, segment_page)
            return
        if not home.identity.sandbox:
            require(home.actor(), Permission.EXPORT)
        write_bytes(out, _file(document, Speech(home.call.language)))
        answer(ctx.obj, {"file": str(out), "format": "csv"}, file_page)


def _as_asked(home: Home, asked: str | None) -> None:
    one_of("--format", asked or "table", ("table", "json"))
    home.call.as_json = home.call.as_json or asked == "json"


def _asked(
    home: Home, node: Node, *, day_to: str | None, stages: str | None, limit: int | None
) -> Document:
    """Return how many members are in a segment, and who spent most; all of them without a limit."""
    today = last_day(home, day_to)
    with home.storage.reading() as reader:
        segment = prepared(
            reader,
            node,
            named=named_segments(reader, today),
            today=today,
            calendar=home.identity.calendar,
            stages=stages_asked(stages),
        )
        members = [_row(each) for each in segment_members(reader, segment, limit=limit)]
        count = len(members) if limit is None else segment_size(reader, segment)
    return {
        "segment": segment_text(node),
        "to": today.isoformat(),
        "count": count,
        "members": members,
    }


def _asked_of(
    home: Home, node: Node, member: str, *, day_to: str | None, stages: str | None
) -> Document:
    today = last_day(home, day_to)
    named = member_named(home, member)
    with home.storage.reading() as reader:
        segment = prepared(
            reader,
            node,
            named=named_segments(reader, today),
            today=today,
            calendar=home.identity.calendar,
            stages=stages_asked(stages),
        )
        member_id = standing_root(reader, named)
        holds = is_in(reader, segment, member_id)
    return {
        "segment": segment_text(node),
        "to": today.isoformat(),
        "member_id": text_of(member_id),
        "in_segment": holds,
    }


def _row(member: SegmentMember) -> Document:
    return {
        "member_id": text_of(member.member_id),
        "number": member.number,
        "external_id": member.external_id,
        "name": mask_name(member.name),
        "phone_masked": mask_phone(member.phone or ""),
        "tier": member.tier,
        "joined_on": member.joined_on.isoformat(),
        "visits": member.visits,
        "spend": amount_text(member.spend),
        "last_on": None if member.last_on is None else member.last_on.isoformat(),
    }


def _file(document: Document, say: Speech) -> bytes:
    """Return the masked list as CSV for a spreadsheet."""
    rows = [tuple(say(*title) for _, title in _COLUMNS)]
    rows += [
        tuple("" if (cell := member[name]) is None else str(cell) for name, _ in _COLUMNS)
        for member in document["members"]
    ]
    return csv_bytes(rows)
