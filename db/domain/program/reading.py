"""Reading a program document: its shape, path by path, before anyone asks what it means.

Unknown fields, missing fields and wrong types are refused with the path of the field, all of them
at once. A document is taken whole or not at all.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from db.domain.program.offer_document import ProgramDocument
from db.domain.refusals import Refusal

DOCUMENT_BYTES_MAX = 4_000_000
PROBLEMS_MAX = 100
Steps = tuple[str | int, ...]


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
        tree = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
        problems = shape_problems(tree, ProgramDocument, first=str(error))
        raise InvalidProgram(problems) from None
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


def shape_problems(tree: Any, model: type, *, first: str) -> tuple[Problem, ...]:
    """Return every fault of a document's shape; `first` is what the decoder said of it.

    A decoder stops at its first fault. What is wrong is taken out of the tree, and the rest is
    read again; what is missing only because it was taken out is no fault. Where a key stands twice
    the tree knows the last one only, and may be right: then `first` is all there is.
    """
    remains, problems = _Remains(tree), []
    for _ in range(PROBLEMS_MAX):
        try:
            msgspec.convert(tree, model)
        except msgspec.ValidationError as error:
            problem = shape_problem(str(error))
        else:
            break
        steps = _steps(problem)
        written = remains.written(steps)
        if not remains.lack(written):
            path = _path(written) + _ANY_KEY * problem.path.endswith(_ANY_KEY)
            problems.append(Problem(path, problem.code, problem.details))
        if not remains.take_out(steps[:-1] if problem.code == "missing_field" else steps):
            break
    return tuple(problems) or (shape_problem(first),)


class _Remains:
    """A document from which faults are taken out, and where in the whole its parts stood."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._stood: dict[int, list[int]] = {}
        self._gone: list[Steps] = []

    def written(self, steps: Steps) -> Steps:
        """Return a path of what remains as the path in the document as it was written."""
        node, found = self._tree, []
        for step in steps:
            stood = self._stood.get(id(node))
            found.append(stood[step] if stood is not None and isinstance(step, int) else step)
            node = _within(node, step)
        return tuple(found)

    def lack(self, written: Steps) -> bool:
        """Say whether this, or a part of it, was taken out before."""
        return any(gone[: len(written)] == written for gone in self._gone)

    def take_out(self, steps: Steps) -> bool:
        """Take a part out, and say whether that could be done."""
        if not steps:
            return False
        written, node = self.written(steps), self._tree
        for step in steps[:-1]:
            node = _within(node, step)
        last = steps[-1]
        if isinstance(last, int):
            self._stood.setdefault(id(node), list(range(len(node)))).pop(last)
        node.pop(last)
        self._gone.append(written)
        return True


_ANY_KEY = "[...]"  # what msgspec says for a key of a table
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


def _steps(problem: Problem) -> Steps:
    """Return a path as keys and places; the field that is unknown or missing is the last."""
    own = problem.details.get("field")
    path = problem.path if own is None else problem.path.removesuffix(f".{own}")
    steps: list[str | int] = [key or int(place) for key, place in _STEP.findall(path)]
    return tuple(steps if own is None else [*steps, own])


def _path(steps: Steps) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _within(node: Any, step: str | int) -> Any:
    """Return a part of an object or a list; nothing for a field that is missing."""
    return node.get(step) if isinstance(node, dict) else node[step]
