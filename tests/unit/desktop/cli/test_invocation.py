"""The words around a command: taken out wherever they stand, each PIN with its person."""

import pytest

from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Person, take_invocation

EVERYTHING = (
    "--home", "/tmp/x", "--staff", "1", "--pin", "111", "--approver=2", "--pin=222", "--json",
    "--at", "2026-01-01",
)  # fmt: skip


@pytest.mark.parametrize("before", range(3))
def test_common_options_stand_before_behind_or_inside_the_command(before: int) -> None:
    command = ["sale", "add"]
    words = [*command[:before], *EVERYTHING, *command[before:]]

    call, rest = take_invocation(words, {})

    assert rest == command
    assert str(call.home) == "/tmp/x"
    assert call.as_json
    assert call.at == "2026-01-01"
    assert call.staff == Person("1", "111")
    assert call.approver == Person("2", "222")


def test_the_environment_names_home_clock_and_language_and_options_win() -> None:
    environment = {"GUITAI_HOME": "/a", "GUITAI_NOW": "2026-01-01", "LANG": "en_GB.UTF-8"}

    plain, _ = take_invocation(["verify"], environment)
    told, _ = take_invocation(["verify", "--home", "/b", "--at", "2027-01-01"], environment)

    assert (str(plain.home), plain.at, plain.language) == ("/a", "2026-01-01", "en")
    assert (str(told.home), told.at) == ("/b", "2027-01-01")


def test_nothing_behind_two_dashes_is_ours() -> None:
    call, rest = take_invocation(["member", "find", "--", "--json"], {})

    assert rest == ["member", "find", "--", "--json"]
    assert call.staff is None


@pytest.mark.parametrize("words", [["--home"], ["--pin", "1"], ["x", "--staff"]])
def test_an_option_without_its_value_or_person_is_refused(words: list[str]) -> None:
    with pytest.raises(InvalidInput):
        take_invocation(words, {})


def test_a_pin_does_not_show_in_what_is_logged() -> None:
    call, _ = take_invocation(["--staff", "1", "--pin", "918273"], {})

    assert "918273" not in repr(call)


def test_what_comes_next_names_the_home_that_was_named() -> None:
    named, _ = take_invocation(["--home", "/tmp/my shop", "init"], {})
    of_the_variable, _ = take_invocation(["init"], {"GUITAI_HOME": "/tmp/shop"})

    assert named.command == "guitai --home '/tmp/my shop'"
    assert of_the_variable.command == "guitai"
