"""The command table: which words lead to which room, and how every call ends.

A room is imported when its word is said, so that `member find` does not wait for what `office
serve` needs. Exit codes: 0 done, 2 invalid, 3 refused, 4 trouble; 1 is a bug.
"""

import errno
from collections.abc import Mapping, Sequence
from importlib import import_module

import typer
from typer.main import get_command

from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.storage.errors import StorageUnavailable
from desktop.cli.answers import DONE, INVALID, tell, tell_usage, write_text
from desktop.cli.help_page import help_page
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation, language_of, take_invocation

ROOMS: Mapping[str, str] = {
    "member": "desktop.cli.member",
    "history": "desktop.cli.history",
    "sale": "desktop.cli.sale",
    "points": "desktop.cli.points",
    "gift": "desktop.cli.gift",
    "tag": "desktop.cli.tag",
    "value": "desktop.cli.value",
    "coupon": "desktop.cli.coupon",
    "shift": "desktop.cli.shift",
    "device": "desktop.cli.device",
    "staff": "desktop.cli.staff",
    "program": "desktop.cli.program",
    "report": "desktop.cli.report",
    "score": "desktop.cli.score",
    "segment": "desktop.cli.segment",
    "office": "desktop.cli.office",
    "sync": "desktop.cli.sync",
}
SINGLE: Mapping[str, tuple[str, str]] = {
    "init": ("desktop.cli.set_up", "init"),
    "counter": ("desktop.cli.windows", "counter"),
    "gallery": ("desktop.cli.windows", "gallery"),
    "demo": ("desktop.cli.windows", "demo"),
    "backup": ("desktop.cli.upkeep", "backup"),
    "restore": ("desktop.cli.upkeep", "restore"),
    "verify": ("desktop.cli.upkeep", "verify"),
    "doctor": ("desktop.cli.upkeep", "doctor"),
}


def run(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command; return the exit code. Unforeseen exceptions go up: they are bugs."""
    call = Invocation(as_json="--json" in words, language=language_of(environment) or "zh")
    try:
        call, rest = take_invocation(words, environment)
        command = get_command(table(rest[:1]))
        if (helped := help_page(rest, command, call.language)) is not None:
            text, asked = helped
            if asked or not call.as_json:
                write_text(text)
                return DONE if asked else INVALID
        code = command.main(args=rest, prog_name="guitai", standalone_mode=False, obj=call)
    except (Refusal, Trouble, InvalidInput) as answer:
        return tell(answer, call)
    except OSError as error:
        # Files that a command names are answered for where they are opened; this is the machine.
        return tell(StorageUnavailable(_reason(error), str(error)), call)
    except typer.TyperException as error:
        return tell_usage(error.format_message(), call) if error.format_message() else INVALID
    return code if isinstance(code, int) else DONE


def _reason(error: OSError) -> str:
    known = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EROFS: "read_only"}
    known |= {errno.EACCES: "read_only", errno.EPERM: "read_only"}
    return known.get(error.errno or 0, "input_output")


def table(words: Sequence[str]) -> typer.Typer:
    """Return the table of commands; with a first word it holds that word's room alone."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    wanted = words[0] if words else None
    for word, module in ROOMS.items():
        if wanted not in (*ROOMS, *SINGLE) or word == wanted:
            app.add_typer(import_module(module).app, name=word)
    for word, (module, function) in SINGLE.items():
        if wanted not in (*ROOMS, *SINGLE) or word == wanted:
            app.command(word)(getattr(import_module(module), function))
    app.callback()(_common)
    return app


def _common() -> None:
    """Keep single commands under their own words, however few are in the table."""
