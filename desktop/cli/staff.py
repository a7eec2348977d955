"""`guitai staff ...`: who works here, added, given a new PIN, gone.

`--pin` belongs to the person who acts, so the PIN being given is `--new-pin`. A word on a command
line is kept in the shell's history: the PIN may come from standard input or be asked for instead.
"""

import sys
from getpass import getpass
from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.ids import StaffId, text_of
from db.domain.staff import Actor, Role
from db.queries.staff_list import StaffLine, staff_list
from db.services.staff import (
    AddStaff,
    LeaveStaff,
    ResetPin,
    StaffMember,
    add_staff,
    leave_staff,
    reset_pin,
)
from desktop.cli.answers import Document, answer
from desktop.cli.home import Home, open_home, person_named
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.staff import added_page, gone_page, pin_page, staff_page
from desktop.cli.reading import one_of

ROLES = (Role.CASHIER.value, Role.SHIFT_LEAD.value, Role.MANAGER.value)
OFFICE_SETTING = "office_key"
"""Head office alone has it; `sync.server.desk` writes it, which no counter imports."""
FROM_STDIN = "-"
app = typer.Typer()
Code = Annotated[str, typer.Argument()]
NewPin = Annotated[str | None, typer.Option()]


@app.command()
def add(
    ctx: typer.Context,
    code: Code,
    name: Annotated[str, typer.Argument()],
    role: Annotated[str, typer.Option()],
    new_pin: NewPin = None,
) -> None:
    """Add a person who works here."""
    wanted = Role(one_of("--role", role, ROLES))
    with open_home(ctx.obj) as home:
        by = _by(home)
        pin = _pin(home, new_pin)
        with home.storage.begin() as work:
            command = AddStaff(
                staff_id=StaffId(work.new_id()), by=by, code=code, name=name, role=wanted, pin=pin
            )
            added = add_staff(work, command)
        answer(ctx.obj, _changed(home, added), added_page)


@app.command()
def pin(ctx: typer.Context, code: Code, new_pin: NewPin = None) -> None:
    """Give a person a new PIN; who was locked out is let in."""
    with open_home(ctx.obj) as home:
        by = _by(home)
        typed = _pin(home, new_pin)
        with home.storage.begin() as work:
            changed = reset_pin(work, ResetPin(by=by, who=person_named(code), pin=typed))
        answer(ctx.obj, _changed(home, changed), pin_page)


@app.command()
def leave(ctx: typer.Context, code: Code) -> None:
    """Let a person sign in no more; what he did keeps his name."""
    with open_home(ctx.obj) as home:
        by = _by(home)
        with home.storage.begin() as work:
            gone = leave_staff(work, LeaveStaff(by=by, who=person_named(code)))
        answer(ctx.obj, _changed(home, gone), gone_page)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Who works here, and who did."""
    with open_home(ctx.obj) as home:
        now = home.storage.clock.wall_ms()
        with home.storage.reading() as reader:
            staff = [_line(home, each, now) for each in staff_list(reader)]
        answer(ctx.obj, {"staff": staff}, staff_page)


def _by(home: Home) -> Actor:
    """Return who acts: whoever can read head office's home is head office, if nobody is named."""
    if home.call.staff is None and _is_office(home):
        return Actor(None, Role.HEAD_OFFICE)
    return home.actor()


def _is_office(home: Home) -> bool:
    with home.storage.begin() as work:
        return work.settings.get(OFFICE_SETTING) is not None


def _pin(home: Home, given: str | None) -> str:
    """Return the new PIN: as given, from standard input, or asked for twice at a terminal."""
    if given == FROM_STDIN:
        return sys.stdin.readline().strip()
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise InvalidInput("new_pin_missing")
    zh = home.call.language == "zh"
    first = getpass("新 PIN：" if zh else "New PIN: ", stream=sys.stderr)
    if getpass("再输一次：" if zh else "Once more: ", stream=sys.stderr) != first:
        raise InvalidInput("pins_differ")
    return first


def _changed(home: Home, person: StaffMember) -> Document:
    """Return a person; at head office `with_next_sync`: counters hear of him only then."""
    return {
        "staff_id": text_of(person.staff_id),
        "code": person.code,
        "name": person.name,
        "role": person.role.value,
        "active": person.active,
        "with_next_sync": _is_office(home),
    }


def _line(home: Home, line: StaffLine, now_ms: int) -> Document:
    locked = line.locked_until if line.active and line.locked_until > now_ms else None
    return {
        "staff_id": text_of(line.staff_id),
        "code": line.code,
        "name": line.name,
        "role": line.role.value,
        "active": line.active,
        "locked_until": None if locked is None else iso_of(locked, home.timezone),
    }
