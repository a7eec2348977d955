"""The project's own files as the architecture tests read them: by path, line and syntax tree."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("db", "sync", "desktop")
ROOMS = (*PRODUCT, "installer", "tests")
OLDEST_PYTHON = (3, 11)
NOT_OURS = {"__pycache__", "golden", "snapshots", "vectors"}


@dataclass(frozen=True)
class Offence:
    """One place that breaks a rule, printed so that an editor can jump to it."""

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


def listing(offences: Sequence[Offence]) -> str:
    """Return the offences, one a line, for the message of an assertion."""
    return "\n" + "\n".join(str(offence) for offence in offences)


def files(suffixes: Sequence[str], rooms: Sequence[str] = ROOMS) -> Iterator[Path]:
    """Return the rooms' files with one of the suffixes, in order."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in suffixes and path.is_file() and not NOT_OURS & set(path.parts):
                yield path


def python_files(rooms: Sequence[str] = ROOMS) -> Iterator[Path]:
    """Return the rooms' modules, in order."""
    return files([".py"], rooms)


def name(path: Path) -> str:
    """Return the path as it is written in messages: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """Return the name a module is imported by."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    """Return the module's syntax tree; fail the test where the oldest Python cannot read it."""
    try:
        return ast.parse(path.read_text(encoding="utf-8"), feature_version=OLDEST_PYTHON)
    except SyntaxError as broken:
        pytest.fail(f"{name(path)}:{broken.lineno}: {broken.msg}", pytrace=False)


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Return every module that may be meant by the file's imports, with the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
