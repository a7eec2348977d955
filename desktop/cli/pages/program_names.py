"""What a program calls its rules and levels, for explanations and member pages."""

from msgspec import UNSET, UnsetType

from db.domain.program import Program
from db.domain.program_document import Text, Tiers
from desktop.cli.pages.tongue import Names

Written = Text | str | UnsetType


def program_names(program: Program) -> Names:
    """Return the names of its rules (`rule:ID`) and levels (`tier:CODE`), those that have one."""
    document = program.document
    named: list[tuple[str, Written]] = [(f"rule:{rule.id}", rule.name) for rule in document.earning]
    if isinstance(document.tiers, Tiers):
        named += [(f"tier:{level.code}", level.name) for level in document.tiers.levels]
    return {code: _pair(name) for code, name in named if name is not UNSET}


def _pair(name: Written) -> tuple[str, str]:
    if isinstance(name, Text):
        return name.zh, name.en or name.zh
    return str(name), str(name)
