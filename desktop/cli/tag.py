"""`guitai tag ...`: tags that people put on members, and take off."""

from typing import Annotated

import typer

from db.domain.ids import MemberId, OperationId, text_of
from db.services.tags import TagMember, tag_member
from db.storage.rewards import tags_of
from desktop.cli.answers import Document, answer
from desktop.cli.home import open_home
from desktop.cli.pages.gifts import tags_page
from desktop.cli.reading import member_named

app = typer.Typer()
Member = Annotated[str, typer.Argument()]
Tag = Annotated[str, typer.Argument()]


@app.command()
def add(ctx: typer.Context, member: Member, tag: Tag) -> None:
    """Put a tag on a member."""
    _say(ctx, member, tag, held=True)


@app.command()
def remove(ctx: typer.Context, member: Member, tag: Tag) -> None:
    """Take a tag off a member."""
    _say(ctx, member, tag, held=False)


@app.command("list")
def list_tags(ctx: typer.Context, member: Member) -> None:
    """The tags of a member."""
    with open_home(ctx.obj) as home:
        member_id = member_named(home, member)
        with home.storage.reading() as reader:
            tags = tags_of(reader, member_id)
        answer(ctx.obj, _document(member_id, tags), tags_page)


def _say(ctx: typer.Context, member: str, tag: str, *, held: bool) -> None:
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            command = TagMember(
                op=OperationId(work.new_id()), by=by, member_id=member_id, tag=tag, held=held
            )
            tagged = tag_member(work, command)
        answer(ctx.obj, _document(tagged.member_id, tagged.tags), tags_page)


def _document(member_id: MemberId, tags: tuple[str, ...]) -> Document:
    return {"member_id": text_of(member_id), "tags": list(tags)}
