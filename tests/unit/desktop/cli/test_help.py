"""Help: a line for every command and option in both languages, within 80 cells."""

from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command

from desktop.cli.app import table
from desktop.cli.help_page import ORDER, help_page, parameter_key
from desktop.cli.help_words import COMMANDS, PARAMETERS

ROOT = get_command(table([]))


def commands(command: Any = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every room and command."""
    yield path
    for word, within in getattr(command, "commands", {}).items():
        yield from commands(within, (*path, word))


def parameters(command: Any = ROOT, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the key of every option and argument but `--help`."""
    rooms = getattr(command, "commands", {})
    for word, within in rooms.items():
        yield from parameters(within, (*path, word))
    if not rooms:
        for each in command.params:
            if each.name != "help":
                yield parameter_key(" ".join(path), each)


def test_every_command_and_option_has_its_words_and_none_is_left_over() -> None:
    said = {" ".join(path) for path in commands() if path}

    assert said == set(COMMANDS)
    assert set(parameters()) == set(PARAMETERS)


def test_the_first_page_names_every_command_once() -> None:
    assert sorted(ORDER) == sorted(ROOT.commands)  # type: ignore[attr-defined]  # a typer group


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_help_is_in_one_language_and_80_cells_wide(path: tuple[str, ...]) -> None:
    for language in ("zh", "en"):
        helped = help_page([*path, "--help"], ROOT, language)
        assert helped is not None
        text, asked = helped
        assert asked
        assert max(cell_len(line) for line in text.splitlines()) <= 80
        letters = text.replace("总店", "")  # what a branch is called if nobody says
        assert any("\u4e00" <= each <= "\u9fff" for each in letters) is (language == "zh")


def test_a_room_alone_shows_its_help_and_a_command_runs() -> None:
    assert help_page(["member"], ROOT, "en") is not None
    assert help_page(["member", "find", "x"], ROOT, "en") is None
    assert help_page(["member", "fnid"], ROOT, "en") is None
    assert help_page(["member", "find", "--", "--help"], ROOT, "en") is None
