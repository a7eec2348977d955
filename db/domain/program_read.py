"""Reading a program document: its shape, path by path, before anyone asks what it means.

Unknown fields, missing fields and wrong types are refused with the path of the field. A document
is taken whole or not at all.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from db.domain.program_offers import ProgramDocument
from db.domain.refusals import Refusal

DOCUMENT_BYTES_MAX = 4_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (`$.earning[0].give`), a code, and its details."""

    path: str
    code: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class InvalidProgram(Refusal):
    """The document is no program; nothing of it was taken over."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        """Return the problems for a log, one a line."""
        return "\n".join(f"{p.path}: {p.code} {p.details or ''}".rstrip() for p in self.problems)


def read_document(raw: bytes) -> ProgramDocument:
    """Return the document as written.

    Raises:
        InvalidProgram: when it is no JSON, or its shape is not that of a program.
    """
    if len(raw) > DOCUMENT_BYTES_MAX:
        raise InvalidProgram((Problem("$", "too_large", {"largest": DOCUMENT_BYTES_MAX}),))
    try:
        return msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=ProgramDocument)
    except msgspec.ValidationError as error:
        raise InvalidProgram((shape_problem(str(error)),)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidProgram((Problem("$", "not_json", {"message": str(error)}),)) from None


def program_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document, as it ships in `resources/schemas`."""
    schema = msgspec.json.schema(ProgramDocument)
    condition = schema["$defs"]["Condition"]
    condition["minProperties"] = condition["maxProperties"] = 1
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


_SHAPES = (
    ("unknown_field", re.compile(r"^Object contains unknown field `(?P<field>.*)`$")),
    ("missing_field", re.compile(r"^Object missing required field `(?P<field>.*)`$")),
    ("wrong_type", re.compile(r"^Expected `(?P<expected>.*)`, got `(?P<got>.*)`$")),
)


def shape_problem(message: str) -> Problem:
    """Return msgspec's sentence as a problem: unknown and missing fields end the path."""
    said, _, path = message.partition(" - at `")
    path = path.rstrip("`") or "$"
    for code, shape in _SHAPES:
        if found := shape.match(said):
            details = {name: value for name, value in found.groupdict().items() if value}
            if "field" in details:
                path = f"{path}.{details['field']}"
            return Problem(path, code, details)
    return Problem(path, "wrong_value", {"message": said})
