"""`guitai member update|freeze|merge|erase` and their like: who a member is, was, or is no more.

What a counter of a head office may not decide, it asks for.
"""

from typing import Annotated

import typer

from db.domain.ids import MemberId, OperationId, text_of
from db.domain.members import GENDERS
from db.domain.wishes import WishAct
from db.queries.profile_history import registered_number
from db.services.erasure import EraseMember, erase_member
from db.services.members import registered_member
from db.services.merges import MergeMembers, UnmergeMember, merge_members, unmerge_member
from db.services.profiles import FreezeMember, UpdateProfile, freeze_member, update_profile
from db.services.wishes import AskOffice, ask_office
from db.storage.profiles import aliases_of
from desktop.cli.answers import answer, plain
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.member_answers import member_document
from desktop.cli.pages.conflicts import asked_page, erased_page
from desktop.cli.pages.profiles import changed_page, merged_page, unmerged_page
from desktop.cli.reading import member_named, one_of

Member = Annotated[str, typer.Argument()]
Text = Annotated[str | None, typer.Option()]
Reason = Annotated[str, typer.Option()]


def update(
    ctx: typer.Context,
    member: Member,
    phone: Text = None,
    name: Text = None,
    birthday: Text = None,
    gender: Text = None,
    email: Text = None,
    city: Text = None,
    note: Text = None,
    reason: Reason = "",
    *,
    recycled: Annotated[bool, typer.Option()] = False,
) -> None:
    """Change a profile; an empty value takes the field away."""
    said = {
        "phone": phone, "name": name, "birthday": birthday, "gender": gender, "email": email,
        "city": city, "note": note,
    }  # fmt: skip
    changes = {field: text for field, text in said.items() if text is not None}
    if not changes:
        raise InvalidInput("one_of", options=", ".join(f"--{field}" for field in said))
    if gender:
        one_of("--gender", gender, GENDERS)
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            command = UpdateProfile(
                op=OperationId(work.new_id()),
                member_id=member_id,
                by=by,
                changes=changes,
                reason=reason,
                recycled=recycled,
            )
            updated = update_profile(work, command)
        document = member_document(home, updated.member_id) | {
            "changed": list(updated.changed),
            "released_from": plain(updated.released_from),
        }
        answer(ctx.obj, document, changed_page, names=home.names)


def freeze(ctx: typer.Context, member: Member, reason: Reason = "") -> None:
    """Stop a member from earning and redeeming."""
    _freeze(ctx, member, reason, frozen=True)


def unfreeze(ctx: typer.Context, member: Member, reason: Reason = "") -> None:
    """Let a frozen member earn and redeem again."""
    _freeze(ctx, member, reason, frozen=False)


def merge(ctx: typer.Context, source: Member, target: Member, reason: Reason = "") -> None:
    """Two cards are one person: SOURCE answers to TARGET from now on."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        source_id, target_id = member_named(home, source), member_named(home, target)
        if not home.identity.own_authority:
            _ask(home, AskOffice(op=home.new_op(), act=WishAct.MERGE, by=by,
                                 member_id=target_id, other=source_id, reason=reason))  # fmt: skip
            return
        with home.storage.begin() as work:
            command = MergeMembers(
                op=OperationId(work.new_id()),
                source=source_id,
                target=target_id,
                by=by,
                reason=reason,
            )
            merged = merge_members(work, command)
        document = member_document(home, merged.target) | {
            "operation": text_of(merged.op),
            "merged_id": text_of(merged.source),
        }
        answer(ctx.obj, document, merged_page, names=home.names)


def unmerge(ctx: typer.Context, source: Member, reason: Reason = "") -> None:
    """Tell two merged members apart again, within 90 days."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        source_id = _merged(home, source)
        if not home.identity.own_authority:
            target_id = member_named(home, source)
            _ask(home, AskOffice(op=home.new_op(), act=WishAct.UNMERGE, by=by,
                                 member_id=target_id, other=source_id, reason=reason))  # fmt: skip
            return
        with home.storage.begin() as work:
            command = UnmergeMember(
                op=OperationId(work.new_id()), source=source_id, by=by, reason=reason
            )
            unmerged = unmerge_member(work, command)
        document = member_document(home, unmerged.source) | {
            "operation": text_of(unmerged.op),
            "target_id": text_of(unmerged.target),
        }
        answer(ctx.obj, document, unmerged_page, names=home.names)


def erase(ctx: typer.Context, member: Member, reason: Reason = "") -> None:
    """Forget a member: name, phone and all else go, the books stay."""
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        if not home.identity.own_authority:
            command = AskOffice(
                op=home.new_op(), act=WishAct.ERASE, by=by, member_id=member_id, reason=reason
            )
            _ask(home, command)
            return
        with home.storage.begin() as work:
            op = OperationId(work.new_id())
            erased = erase_member(
                work, EraseMember(op=op, member_id=member_id, by=by, reason=reason)
            )
            row = registered_member(work, erased.members[0])
        document = {
            "member_id": text_of(row.member_id),
            "number": row.number,
            "state": row.state,
            "operation": text_of(erased.op),
        }
        answer(ctx.obj, document, erased_page)


def _ask(home: Home, command: AskOffice) -> None:
    """Ask head office, and say that it was asked."""
    with home.storage.begin() as work:
        ask_office(work, command)
    wish = {
        "wish_id": text_of(command.op),
        "act": command.act.value,
        "reason": command.reason,
        "state": "waiting",
    }
    answer(home.call, {"wish": wish}, asked_page)


def _freeze(ctx: typer.Context, member: str, reason: str, *, frozen: bool) -> None:
    if not reason.strip():
        raise InvalidInput("reason_required")
    with open_home(ctx.obj) as home:
        by = home.actor()
        member_id = member_named(home, member)
        with home.storage.begin() as work:
            command = FreezeMember(
                op=OperationId(work.new_id()),
                member_id=member_id,
                by=by,
                reason=reason,
                frozen=frozen,
            )
            done = freeze_member(work, command)
        answer(ctx.obj, member_document(home, done.member_id), changed_page, names=home.names)


def _merged(home: Home, text: str) -> MemberId:
    """Return the merged member that an id or a number names himself, not who stands for him.

    Where it leads to who stands, his only alias is meant.
    """
    with home.storage.reading() as reader:
        himself = registered_number(reader, text.upper())
    found = himself or member_named(home, text)
    with home.storage.reading() as reader:
        aliases = aliases_of(reader, found)
    return aliases[0] if len(aliases) == 1 else found
