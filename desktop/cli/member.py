"""`guitai member ...`: register, find, show, consent, import and export."""

from typing import Annotated

import typer

from db.domain.consent import MARKETING, PURPOSES, ConsentFact
from db.domain.ids import MemberId, OperationId
from db.domain.members import CHANNELS, GENDERS
from db.queries.member_search import LIMIT, SearchResult, find_members
from db.services.consents import RecordConsent, record_consent
from db.services.members import EnrollMember, enroll_member, spoken_consent
from db.services.profiles import ReleasePhone, release_phone
from desktop.cli.answers import answer
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.line import ask_for_visitor, hear_news, lease_for
from desktop.cli.member_answers import found_document, member_document
from desktop.cli.member_event import event
from desktop.cli.member_lists import export, import_
from desktop.cli.member_profile import erase, freeze, merge, unfreeze, unmerge, update
from desktop.cli.pages.members import added_page, consent_page, found_page, member_page
from desktop.cli.reading import member_named, one_of

LIMIT_MAX = 500
app = typer.Typer()


@app.command()
def add(
    ctx: typer.Context,
    phone: Annotated[str, typer.Option()],
    name: Annotated[str, typer.Option()] = "",
    birthday: Annotated[str, typer.Option()] = "",
    gender: Annotated[str, typer.Option()] = "",
    email: Annotated[str, typer.Option()] = "",
    city: Annotated[str, typer.Option()] = "",
    note: Annotated[str, typer.Option()] = "",
    channel: Annotated[str, typer.Option()] = "walk_in",
    referrer: Annotated[str | None, typer.Option()] = None,
    consent: Annotated[list[str] | None, typer.Option()] = None,
    *,
    recycled: Annotated[bool, typer.Option()] = False,
) -> None:
    """Register a member; answers as `show` does."""
    one_of("--gender", gender, GENDERS)
    one_of("--channel", channel, CHANNELS)
    granted = {one_of("--consent", purpose, PURPOSES) for purpose in consent or ()}
    with open_home(ctx.obj) as home:
        by = home.actor()
        referrer_id = None if referrer is None else member_named(home, referrer)
        with home.storage.begin() as work:
            command = EnrollMember(
                op=OperationId(work.new_id()),
                member_id=MemberId(work.new_id()),
                by=by,
                phone=phone,
                name=name,
                gender=gender,
                birthday=birthday,
                email=email,
                city=city,
                note=note,
                channel=channel,
                referrer_id=referrer_id,
                consents=spoken_consent(marketing=MARKETING in granted),
            )
            if recycled:
                release_phone(work, ReleasePhone(op=OperationId(work.new_id()), by=by, phone=phone))
            enrolled = enroll_member(work, command)
        document = member_document(home, enrolled.member_id)
        answer(ctx.obj, document, added_page, names=home.names)


@app.command()
def find(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument()],
    limit: Annotated[int, typer.Option(min=1, max=LIMIT_MAX)] = LIMIT,
) -> None:
    """Find members by phone, last four, number, QR payload, name or pinyin."""
    with open_home(ctx.obj) as home:
        found = _find(home, query, limit=limit)
        if not found.members and hear_news(home):
            found = _find(home, query, limit=limit)
        visitors = 0 if found.members else ask_for_visitor(home, query)
        if visitors:
            found = _find(home, query, limit=limit)
        if len(found.members) == 1:
            lease_for(home, found.members[0].member_id)
        members = [found_document(member) for member in found.members]
        document = {
            "members": members,
            "more": found.more,
            "office_unreachable": visitors is None,
        }
        answer(ctx.obj, document, found_page, names=home.names)


@app.command()
def show(
    ctx: typer.Context,
    member: Annotated[str, typer.Argument()],
    reveal: Annotated[bool, typer.Option()] = False,
    reason: Annotated[str, typer.Option()] = "",
) -> None:
    """Profile, balances, lots and history; a reveal is recorded with its reason."""
    from db.services.reveals import RevealMember, reveal_member

    if reveal and not reason.strip():
        raise InvalidInput("reason_required")
    with open_home(ctx.obj) as home:
        member_id = member_named(home, member)
        lease_for(home, member_id)
        document = member_document(home, member_id, reveal=reveal)
        if reveal:
            by = home.actor()
            with home.storage.begin() as work:
                command = RevealMember(
                    op=OperationId(work.new_id()), member_id=member_id, by=by, reason=reason
                )
                reveal_member(work, command)
        answer(ctx.obj, document, member_page, names=home.names)


@app.command()
def consent(
    ctx: typer.Context,
    member: Annotated[str, typer.Argument()],
    grant: Annotated[list[str] | None, typer.Option()] = None,
    withdraw: Annotated[list[str] | None, typer.Option()] = None,
    basis: Annotated[str, typer.Option()] = "spoken",
) -> None:
    """Record what a member agreed to, or no longer agrees to."""
    one_of("--basis", basis, ("spoken", "screen", "paper"))
    answers = [(purpose, True) for purpose in grant or ()]
    answers += [(purpose, False) for purpose in withdraw or ()]
    if not answers or len({purpose for purpose, _ in answers}) != len(answers):
        raise InvalidInput("one_of", options="--grant, --withdraw")
    facts = tuple(
        ConsentFact(purpose=one_of("--grant", purpose, PURPOSES), granted=yes, basis=basis)
        for purpose, yes in answers
    )
    with open_home(ctx.obj) as home:
        member_id = member_named(home, member)
        by = home.actor()
        with home.storage.begin() as work:
            command = RecordConsent(
                op=OperationId(work.new_id()), member_id=member_id, by=by, consents=facts
            )
            record_consent(work, command)
        answer(ctx.obj, member_document(home, member_id), consent_page)


def _find(home: Home, query: str, *, limit: int) -> SearchResult:
    with home.storage.reading() as reader:
        return find_members(reader, query, limit=limit, region=home.identity.region)


app.command()(event)
app.command()(update)
app.command()(freeze)
app.command()(unfreeze)
app.command()(merge)
app.command()(unmerge)
app.command()(erase)
app.command("import")(import_)
app.command("export")(export)
