"""Rooms that are asked for by name, so that a command imports what it runs and nothing else."""

from importlib import import_module
from typing import Any

from desktop.cli.invalid import InvalidInput


def part(module: str, name: str) -> Any:
    """Return a function of another room; raise `InvalidInput` where this build has it not."""
    try:
        return getattr(import_module(module), name)
    except (ModuleNotFoundError, AttributeError) as error:
        raise InvalidInput("not_built", feature=f"{module}.{name}") from error
