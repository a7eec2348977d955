"""What stands around every command: which home, who acts, when, and how to answer.

These options belong to no command. They are taken out of the words before the command is looked
at, so that they may stand before or behind it, and `--pin` belongs to the `--staff` or
`--approver` that came before it.
"""

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.domain.clock import TIMEZONE_DEFAULT
from desktop.cli.invalid import InvalidInput

HOME_VARIABLE = "GUITAI_HOME"
NOW_VARIABLE = "GUITAI_NOW"
_VALUES = ("--home", "--staff", "--pin", "--approver", "--at")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named on the command line, by id or code, with the PIN as typed."""

    who: str
    pin: str | None = field(default=None, repr=False)


@dataclass(slots=True)
class Invocation:
    """One call of the command line; the home that it opens sets what is not said."""

    home: Path | None = None
    as_json: bool = False
    staff: Person | None = None
    approver: Person | None = None
    at: str | None = None
    language: str = "zh"
    says_language: bool = False
    timezone: str = TIMEZONE_DEFAULT
    home_option: str = ""

    @property
    def command(self) -> str:
        """Return how a command of the same home begins; a variable's home needs no repeating."""
        home = self.home_option
        return f"guitai --home {shlex.quote(home)}" if home else "guitai"


def take_invocation(
    words: Sequence[str], environment: Mapping[str, str]
) -> tuple[Invocation, list[str]]:
    """Return what the common options say, and the words without them.

    Raises:
        InvalidInput: when one of them lacks its value, or a PIN its person.
    """
    home = environment.get(HOME_VARIABLE)
    invocation = Invocation(
        home=Path(home) if home else None,
        as_json="--json" in words,
        at=environment.get(NOW_VARIABLE) or None,
        language=language_of(environment) or "zh",
        says_language=language_of(environment) is not None,
    )
    rest: list[str] = []
    last: str | None = None
    queue = list(words)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            return invocation, [*rest, word, *queue]
        if name not in _VALUES:
            rest += [] if word == "--json" else [word]
            continue
        if not equals:
            if not queue:
                raise InvalidInput("option_needs_value", option=name)
            value = queue.pop(0)
        last = _keep(invocation, name, value=value, last=last)
    return invocation, rest


def _keep(invocation: Invocation, name: str, *, value: str, last: str | None) -> str | None:
    """Keep one option; return which person the next `--pin` belongs to."""
    match name:
        case "--home":
            invocation.home, invocation.home_option = Path(value), value
        case "--at":
            invocation.at = value
        case "--staff":
            invocation.staff = Person(value)
            return name
        case "--approver":
            invocation.approver = Person(value)
            return name
        case _:
            _keep_pin(invocation, value, last=last)
    return last


def _keep_pin(invocation: Invocation, pin: str, *, last: str | None) -> None:
    if last == "--staff" and invocation.staff is not None:
        invocation.staff = Person(invocation.staff.who, pin)
    elif last == "--approver" and invocation.approver is not None:
        invocation.approver = Person(invocation.approver.who, pin)
    else:
        raise InvalidInput("pin_without_person")


def language_of(environment: Mapping[str, str]) -> str | None:
    """Return zh or en as the machine's locale says; None when it says neither."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        language = environment.get(name, "")[:2].lower()
        if language in ("zh", "en"):
            return language
    return None


def environment() -> Mapping[str, str]:
    """Return the process's environment."""
    return os.environ
