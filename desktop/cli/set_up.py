"""`guitai init`: a new, empty home that is ready to sell."""

from pathlib import Path
from typing import Annotated

import typer

from db.domain.clock import BusinessCalendar
from db.domain.program.support import load_counter_program
from db.services.set_up import MANAGER_NAME, HomeMade, InitHome, init_home
from db.storage.errors import StorageUnavailable
from db.storage.home import database_path, read_home
from db.storage.keys import database_key
from db.storage.system import FixedClock, SystemClock, system_chance
from db.storage.unit_of_work import Storage
from desktop.cli.answers import answer, plain
from desktop.cli.files import read_bytes
from desktop.cli.home import home_path, parse_time
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.pages.upkeep import made_page

NAME_CHARACTERS_MAX = 60


def init(
    ctx: typer.Context,
    branch: Annotated[str | None, typer.Option()] = None,
    counter: Annotated[str, typer.Option()] = "01",
    program: Annotated[Path | None, typer.Option()] = None,
    sandbox: Annotated[bool, typer.Option()] = False,
) -> None:
    """Make a new, empty home, ready to sell; the manager's PIN is shown once."""
    call: Invocation = ctx.obj
    path = home_path(call)
    document = None if program is None else checked_program(program)
    chinese = call.language == "zh"
    branch = branch or ("总店" if chinese else "Main branch")
    names = [_name("--branch", branch), _name("--counter", counter)]
    if call.at is not None and not sandbox:
        raise InvalidInput("not_a_sandbox")
    clock = SystemClock() if call.at is None else FixedClock(parse_time(call.at))
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageUnavailable("cannot_open", str(path)) from error
    existed = database_path(path).exists()
    os_store = call.home is None and not sandbox
    key = database_key(path, os_store=os_store, chance=system_chance, create=not existed)
    command = InitHome(
        branch=names[0],
        counter=names[1],
        calendar=BusinessCalendar(),
        program=document,
        sandbox=sandbox,
        manager=manager_name(call),
    )
    made = _make(Storage(database_path(path), key, clock=clock), path, command)
    answer(
        call,
        {
            "home": str(path),
            "branch": names[0],
            "branch_id": plain(made.branch_id),
            "counter": names[1],
            "counter_id": plain(made.counter_id),
            "staff": {"id": plain(made.staff_id), "code": made.staff_code, "pin": made.pin},
            "sandbox": sandbox,
        },
        made_page,
    )


def _make(storage: Storage, path: Path, command: InitHome) -> HomeMade:
    """Fill the home, unless it was filled before; a run that was cut off is taken up again."""
    try:
        if _is_made(storage):
            raise InvalidInput("home_exists", home=str(path))
        with storage.begin() as work:
            return init_home(work, command)
    finally:
        storage.close()


def manager_name(call: Invocation) -> str:
    """Return what a new home's manager is called, in the language of who makes it."""
    return MANAGER_NAME if call.language == "zh" else "Manager"


def checked_program(path: Path) -> bytes:
    """Return the program document in a file; raise `InvalidProgram` before anything is made."""
    document = read_bytes(path)
    load_counter_program(document)
    return document


def _is_made(storage: Storage) -> bool:
    try:
        with storage.reading() as reader:
            read_home(reader)
    except StorageUnavailable as trouble:
        if trouble.reason == "no_home":
            return False
        raise
    return True


def _name(option: str, text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > NAME_CHARACTERS_MAX or not name.isprintable():
        raise InvalidInput("field_invalid", field=option, reason="name")
    return name
