"""How a command answers: one JSON document on stdout, or a page for people; errors beside it.

Inside, money is 分 and ids are bytes; here, at the edge, they become decimal strings and UUID
text. Every error is one of three: refused (3), invalid (2), trouble (4); messages go to stderr.
"""

import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final

import msgspec

from db.domain.clock import iso_of
from db.domain.ids import ID_BYTES, text_of
from db.domain.money import amount_text
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.storage.system import SystemClock
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.pages.sheet import WIDTH, Sheet
from desktop.cli.pages.tongue import Names, Tongue
from desktop.cli.sentences import problem_line, sentence
from desktop.cli.usage import usage_in_chinese

DONE, BUG, INVALID, REFUSED, TROUBLE = 0, 1, 2, 3, 4
INVALID_REFUSALS = frozenset(
    {
        "phone_invalid",
        "not_an_amount",
        "field_invalid",
        "birthday_invalid",
        "invalid_program",
        "invalid_scenario",
        "member_number_invalid",
        "office_address_invalid",
        "no_such_segment",
        "reason_missing",
        "segment_invalid",
        "segment_refers_to_itself",
        "segment_too_large",
        "weak_pin",
    }
)
"""Refusals about what was typed, not about what the shop allows."""

Document = dict[str, Any]
NARROWEST, WIDEST = 60, 100
_MISSING: Final = re.compile(r"(?<=Missing argument ')\w+")
Page = Callable[[Sheet, Document], None]
"""Puts an answer on a page for people."""


def answer(call: Invocation, document: Document, page: Page, *, names: Names | None = None) -> None:
    """Print a command's result: the document for scripts, else the page that shows it.

    Args:
        call: how to answer.
        document: the answer.
        page: how people read it.
        names: what the program in force calls its rules and levels.
    """
    if call.as_json:
        write_json(document)
        return
    tongue = Tongue(call.language, _this_year(), call.timezone, names or {})
    sheet = Sheet(tongue, _width(), call.command)
    page(sheet, document)
    write_text(sheet.text)


def write_text(text: str) -> None:
    """Write text for people; a console that lacks a character shows another in its place."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def _this_year() -> int:
    return datetime.fromtimestamp(SystemClock().wall_ms() / 1000, tz=UTC).year


def _width() -> int:
    """Return how many cells a line may take: those of the window, 100 at most; in files 80."""
    if not sys.stdout.isatty():
        return WIDTH
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDTH, 24)).columns))


def tell(error: Refusal | Trouble | InvalidInput, call: Invocation) -> int:
    """Print what went wrong; return the exit code."""
    kind, code = _kind(error)
    details = _plain_details(error.details)
    if call.as_json:
        write_json({kind: {"code": error.code, "details": details}})
    sys.stderr.write(sentence(error.code, details, call.language) + "\n")
    for problem in details.get("problems", ()):
        if isinstance(problem, Mapping):
            sys.stderr.write(f"  {problem_line(problem, call.language)}\n")
    return code


def tell_usage(message: str, call: Invocation) -> int:
    """Print that the words make no command; return the exit code."""
    message = _MISSING.sub(lambda found: found[0].upper(), message)  # QUERY, as the help has it
    said = usage_in_chinese(message) if call.language == "zh" else message
    return tell(InvalidInput("usage", message=said), call)


def write_json(document: Document) -> None:
    """Write one JSON document in UTF-8, whatever the console's encoding is."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def plain(value: Any) -> Any:
    """Return a value as JSON has it: ids as UUID text, enums and days as text."""
    if isinstance(value, bytes):
        return text_of(value) if len(value) == ID_BYTES else value.hex()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def _kind(error: Refusal | Trouble | InvalidInput) -> tuple[str, int]:
    if isinstance(error, Trouble):
        return "trouble", TROUBLE
    if isinstance(error, InvalidInput) or error.code in INVALID_REFUSALS:
        return "invalid", INVALID
    return "refused", REFUSED


def _plain_details(details: Mapping[str, object]) -> Document:
    """Return details for the edge: `*_minor` as decimal strings, `*_at` as ISO times."""
    shown: Document = {}
    for name, value in details.items():
        if name.endswith("_minor") and isinstance(value, int):
            shown[name.removesuffix("_minor")] = amount_text(value)
        elif name.endswith("_at") and isinstance(value, int):
            shown[name] = iso_of(value)
        else:
            shown[name] = plain(value)
    return shown
