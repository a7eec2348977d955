"""`guitai office ...`: head office on this machine. Whoever can read its home operates it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from db.domain.clock import iso_of
from db.domain.trouble import Trouble
from db.storage.errors import NoHome
from desktop.cli.answers import answer
from desktop.cli.home import home_path
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.office_conflicts import conflicts_
from desktop.cli.office_erasures import erase_, erasures_
from desktop.cli.office_home import open_office_home
from desktop.cli.office_keeping import alarms_, backup_, import_, restore_, revoke_
from desktop.cli.office_risk import risk_
from desktop.cli.pages.line import code_page, devices_page
from desktop.cli.pages.upkeep import office_made_page
from desktop.cli.reading import one_of
from desktop.cli.set_up import checked_program, manager_name
from sync.server.devices import ALL, HOME
from sync.server.devices import devices as enrolled_devices
from sync.server.devices import enroll_code as new_enroll_code
from sync.server.office import make_office
from sync.server.storage.place import SCHEMES, address_of, is_office, keep_address

PORT_MAX = 65_535
WORKERS_MAX = 64
app = typer.Typer()


class AddressNotFree(Trouble):
    """Another program listens there, or the address is not this machine's."""

    code = "address_not_free"

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@app.command()
def init(
    ctx: typer.Context,
    database: Annotated[str | None, typer.Option()] = None,
    program: Annotated[Path | None, typer.Option()] = None,
    sandbox: Annotated[bool, typer.Option()] = False,
) -> None:
    """Make a head office: a manager, a program (the default one), a signing key."""
    call: Invocation = ctx.obj
    path = home_path(call)
    address = None if database is None else _postgres_address(database)
    if is_office(path):
        raise InvalidInput("home_exists", home=str(path))
    document = None if program is None else checked_program(program)
    os_store = call.home is None and not sandbox
    made = make_office(
        path,
        program=document,
        sandbox=sandbox,
        os_store=os_store,
        manager=manager_name(call),
        address=address,
    )
    staff = {"id": made.staff_code, "code": made.staff_code, "pin": made.pin}
    made_home = {"home": str(made.home), "staff": staff, "sandbox": sandbox}
    answer(call, made_home, office_made_page)


@app.command()
def serve(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option()] = None,
    port: Annotated[int | None, typer.Option(min=1, max=PORT_MAX)] = None,
    database: Annotated[str | None, typer.Option()] = None,
    workers: Annotated[int, typer.Option(min=1, max=WORKERS_MAX)] = 1,
) -> None:
    """Answer counters until it is stopped; by several processes where PostgreSQL keeps the book."""
    from sync.server.app import LOOPBACK, PORT
    from sync.server.app import serve as answer_counters
    from sync.server.workers import serve_by_many

    path = home_path(ctx.obj)
    host, port = host or LOOPBACK, port or PORT
    if database is not None:
        keep_address(path, _postgres_address(database))
    if not is_office(path):
        raise NoHome(str(path))
    if workers > 1 and (address_of(path) is None or sys.platform == "win32"):
        raise InvalidInput("one_worker")
    zh, en = "总部服务，Ctrl+C 停止：", "Head office, Ctrl+C ends it: "
    said = f"{zh if ctx.obj.language == 'zh' else en}http://{host}:{port}\n"

    def listening() -> None:
        sys.stderr.write(said)

    try:
        if workers > 1:
            serve_by_many(path, host, port, workers=workers, listening=listening)
        else:
            answer_counters(path, host, port, os_store=ctx.obj.home is None, listening=listening)
    except SystemExit as end:  # how uvicorn says that it could not listen there
        if end.code:
            raise AddressNotFree(f"{host}:{port}") from end


def _postgres_address(text: str) -> str:
    """Return a PostgreSQL address that may be kept; its password is told nobody."""
    if not text.isascii() or not text.startswith(SCHEMES):
        raise InvalidInput("database_address_invalid")
    return text


@app.command("enroll-code")
def enroll_code(
    ctx: typer.Context,
    branch: Annotated[str | None, typer.Option()] = None,
    members: Annotated[str, typer.Option()] = ALL,
) -> None:
    """A one-time code for one counter; lives ten minutes."""
    one_of("--members", members, (ALL, HOME))
    with open_office_home(ctx.obj) as office:
        code = new_enroll_code(office.storage, branch, members=members)
    answer(
        ctx.obj,
        {"code": code.code, "branch": code.branch, "expires_at": iso_of(code.expires_at)},
        code_page,
    )


@app.command()
def devices(ctx: typer.Context) -> None:
    """The counters that belong to this head office."""
    with open_office_home(ctx.obj) as office:
        rows = enrolled_devices(office.storage)
    answer(
        ctx.obj,
        {
            "devices": [
                {
                    "device_id": row.device_id,
                    "counter_id": row.counter_id,
                    "counter": row.counter,
                    "branch": row.branch,
                    "state": row.state,
                    "version": row.app,
                    "enrolled_at": iso_of(row.enrolled_at),
                    "last_seen_at": iso_of(row.last_seen_at) if row.last_seen_at else None,
                }
                for row in rows
            ]
        },
        devices_page,
    )


app.command("conflicts")(conflicts_)
app.command("alarms")(alarms_)
app.command("revoke")(revoke_)
app.command("import")(import_)
app.command("backup")(backup_)
app.command("restore")(restore_)
app.command("erase")(erase_)
app.command("erasures")(erasures_)
app.command("risk")(risk_)
