"""The codebase's own hygiene: sizes, names, docstrings, dead files, decisions.

`EXEMPT` may only shrink: an entry that no longer offends fails as well.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import (
    PRODUCT,
    ROOMS,
    ROOT,
    Offence,
    files,
    imports,
    listing,
    module_name,
    name,
    python_files,
    tree,
)

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 50
BANNED_NAMES = {
    "common", "core", "helper", "helpers", "legacy", "manager", "managers", "misc", "util", "utils",
}  # fmt: skip
TOP_LEVEL = {
    "LICENSE", "README.md", "db", "desktop", "installer", "pyproject.toml", "resources", "sync",
    "tests",
}  # fmt: skip
UNTRACKED_TOP_LEVEL = {"build", "dist"}
# The wheel PySide6-Essentials holds none of these; they are under the GPL alone.
GPL_QT_MODULES = {
    "Qt3DAnimation", "Qt3DCore", "Qt3DExtras", "Qt3DInput", "Qt3DLogic", "Qt3DRender", "QtCharts",
    "QtDataVisualization", "QtGraphs", "QtGraphsWidgets", "QtHttpServer", "QtNetworkAuth",
    "QtQuick3D", "QtQuickTimeline", "QtVirtualKeyboard", "QtWaylandCompositor",
}  # fmt: skip
# Whose imports keep a module alive. Take "tests" out once the first release runs end to end.
USERS = ROOMS
DECISION_PARTS = ("Context", "Decision", "Consequences", "Status")
# (rule, path): why it may stay for now. Remove an entry as soon as its file is in order.
EXEMPT: dict[tuple[str, str], str] = {}


def hold(rule: str, offences: Iterable[Offence]) -> None:
    """Fail on every offence that is not exempt, and on every exemption that has none."""
    found = list(offences)
    exempt = {path for listed_rule, path in EXEMPT if listed_rule == rule}
    broken = [offence for offence in found if offence.path not in exempt]
    idle = exempt - {offence.path for offence in found}

    if broken:
        pytest.fail(f"{rule}:{listing(broken)}", pytrace=False)
    if idle:
        pytest.fail(f"{rule}: in order by now, off EXEMPT with {sorted(idle)}", pytrace=False)


def test_no_file_is_too_long_to_read() -> None:
    def offences() -> Iterator[Offence]:
        for path in python_files():
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > FILE_LINES_MAX:
                yield Offence(name(path), lines, f"{lines} lines, at most {FILE_LINES_MAX}")

    hold("file length", offences())


def test_no_function_is_too_long_to_see_at_once() -> None:
    def offences() -> Iterator[Offence]:
        for path in python_files():
            for node in ast.walk(tree(path)):
                if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    continue
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    says = f"{node.name} has {lines} lines, at most {FUNCTION_LINES_MAX}"
                    yield Offence(name(path), node.lineno, says)

    hold("function length", offences())


def test_no_file_or_folder_is_a_junk_drawer() -> None:
    def offences() -> Iterator[Offence]:
        for path in python_files():
            banned = BANNED_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)
            if banned:
                yield Offence(name(path), 1, f"say what is inside, not {', '.join(sorted(banned))}")

    hold("names", offences())


def test_every_module_opens_with_a_docstring_and_init_files_are_empty() -> None:
    def offences() -> Iterator[Offence]:
        for path in python_files():
            if path.name == "__init__.py":
                if path.read_text(encoding="utf-8").strip():
                    yield Offence(name(path), 1, "__init__.py is empty: one name, one address")
            elif ast.get_docstring(tree(path)) is None:
                yield Offence(name(path), 1, "the module does not say what lives here")

    hold("docstrings", offences())


def test_every_module_is_used() -> None:
    hold("dead modules", dead_modules())


def test_what_is_to_do_has_an_issue_and_nothing_is_to_fix() -> None:
    unfinished = re.compile(r"\b(FIX[M]E|XX[X]|HAC[K])\b")
    to_do = re.compile(r"\bTO[D]O\b(?!.*#\d+)")

    def offences() -> Iterator[Offence]:
        for path in files([".py", ".sql", ".qss", ".html", ".js", ".css"]):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if unfinished.search(line):
                    yield Offence(name(path), number, "finish it before it is shared")
                elif to_do.search(line):
                    yield Offence(name(path), number, "name the issue, as #12")

    hold("unfinished", offences())


def test_no_part_of_qt_that_is_under_the_gpl_alone_is_imported() -> None:
    def offences() -> Iterator[Offence]:
        for path in python_files():
            for module, line in imports(path):
                if module.startswith("PySide6.") and module.split(".")[1] in GPL_QT_MODULES:
                    yield Offence(name(path), line, f"{module} is under the GPL")

    hold("licences", offences())


def test_the_top_level_is_what_the_owner_fixed() -> None:
    standing = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert set() == standing - TOP_LEVEL - UNTRACKED_TOP_LEVEL


def test_decisions_are_numbered_once_and_listed_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    decisions = [path for room in PRODUCT for path in (ROOT / room / "decisions").glob("*.md")]
    numbered = Counter(path.name[:4] for path in decisions)

    def offences() -> Iterator[Offence]:
        for path in decisions:
            if not re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", path.name):
                yield Offence(name(path), 1, "a decision is called NNNN-what-it-says.md")
            if numbered[path.name[:4]] > 1:
                yield Offence(name(path), 1, f"number {path.name[:4]} is taken twice")
            if f"({name(path)})" not in readme:
                yield Offence(name(path), 1, "README.md does not link to it")

    hold("decisions", offences())


def test_every_decision_says_why_and_whether_it_stands() -> None:
    def offences() -> Iterator[Offence]:
        for path in files([".md"], PRODUCT):
            if path.parent.name != "decisions":
                continue
            text = path.read_text(encoding="utf-8")
            for part in DECISION_PARTS:
                if not re.search(rf"(?m)^(#+ *|\**){part}\b", text):
                    yield Offence(name(path), 1, f"no {part}")

    hold("decision parts", offences())


def dead_modules() -> Iterator[Offence]:
    """Return the modules that no other file imports or names in a string."""
    used = set[str]()
    for path in python_files(USERS):
        own = module_name(path)
        used |= {module for module, _ in imports(path) if module != own}
        used |= named_in_strings(path)
    for path in python_files(PRODUCT):
        module = module_name(path)
        if module not in used and path.stem != "__init__" and not is_entrance(path):
            yield Offence(name(path), 1, f"nothing imports {module}")


def named_in_strings(path: Path) -> set[str]:
    """Return the dotted names in a file's strings, such as `sync.server.app:create`."""
    strings = (
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text.partition(":")[0] for text in strings if re.fullmatch(r"[\w.]+(:\w+)?", text)}


def is_entrance(path: Path) -> bool:
    """Return whether a module is started from outside: `python -m`, or the `guitai` command."""
    return path.stem == "__main__" or any(
        isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"
        for node in tree(path).body
    )
