"""How a command answers: one JSON document on stdout, or a table for people; errors beside it.

Inside, money is 分 and ids are bytes; here, at the edge, they become decimal strings and UUID
text. Every error is one of three: refused (3), invalid (2), trouble (4); messages go to stderr.
"""

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from db.domain.clock import iso_of
from db.domain.ids import ID_BYTES, text_of
from db.domain.money import amount_text
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.labels import label
from desktop.cli.sentences import sentence
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
        "reason_missing",
        "weak_pin",
    }
)
"""Refusals about what was typed, not about what the shop allows."""

WIDTH_OF_FILES = 240
"""Characters in a line where nobody's window is the limit."""

Document = dict[str, Any]


def answer(call: Invocation, document: Document) -> None:
    """Print a command's result."""
    if call.as_json:
        write_json(document)
    else:
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=WIDTH_OF_FILES)
        _show(console, document, call.language)


def tell(error: Refusal | Trouble | InvalidInput, call: Invocation) -> int:
    """Print what went wrong; return the exit code."""
    kind, code = _kind(error)
    details = _plain_details(error.details)
    if call.as_json:
        write_json({kind: {"code": error.code, "details": details}})
    sys.stderr.write(sentence(error.code, details, call.language) + "\n")
    for problem in details.get("problems", ()):
        if isinstance(problem, Mapping):
            sys.stderr.write(f"  {problem['path']}: {problem['code']} {problem['details'] or ''}\n")
    return code


def tell_usage(message: str, call: Invocation) -> int:
    """Print that the words make no command; return the exit code."""
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


def _show(console: Console, document: Document, language: str) -> None:
    """Show a document: its plain values in one table, each list of rows in one of its own."""
    facts = Table(show_header=False, box=None, pad_edge=False)
    rows: list[tuple[str, list[Document]]] = []
    for name, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            rows.append((name, value))
        else:
            facts.add_row(label(name, language), _cell(value, language))
    if facts.row_count:
        console.print(facts)
    for name, items in rows:
        console.print(_table(label(name, language), items, language))


def _table(title: str, items: list[Document], language: str) -> Table:
    table = Table(title=title, title_justify="left")
    every = dict.fromkeys(name for item in items for name in item)
    names = [name for name in every if any(_says(item.get(name)) for item in items)]
    for name in names:
        table.add_column(label(name, language), overflow="fold")
    for item in items:
        table.add_row(*(_cell(item.get(name, ""), language) for name in names))
    return table


def _says(value: Any) -> bool:
    """Say whether a cell is worth a column."""
    return value is not None and value not in ("", [], {})


def _cell(value: Any, language: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        words = ("否", "是") if language == "zh" else ("no", "yes")
        return words[int(value)]
    if isinstance(value, Mapping):
        parts = (f"{label(name, language)} {_cell(item, language)}" for name, item in value.items())
        return "  ".join(parts)
    if isinstance(value, list):
        return ", ".join(_cell(item, language) for item in value) or "–"
    return str(value)
