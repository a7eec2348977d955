"""The set-up command on machines that lack something: one sentence, exit code 2, no traceback."""

import ast
import importlib
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

INSTALLER = Path(__file__).resolve().parents[3] / "installer"
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's loader")


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(INSTALLER))
    return importlib.import_module("dev")


@pytest.fixture
def machine(dev: ModuleType) -> ModuleType:
    return importlib.import_module("machine")


def test_an_unsupported_python_is_refused_in_one_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(dev.sys, "version_info", (3, 10, 4, "final", 0))
        code = dev.main(["check"])

    assert code == 2
    assert "start this file with Python 3.11 to 3.14" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["dev.py", "machine.py"])
def test_an_older_python_can_read_as_far_as_the_refusal(name: str) -> None:
    ast.parse((INSTALLER / name).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_arguments_that_a_command_does_not_take_are_refused(dev: ModuleType) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.main(["check", "everything"])

    assert stopped.value.code == 2


def test_steps_stop_at_the_first_that_fails(
    dev: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    def step(name: str, code: int) -> object:
        return dev.Step(name, [sys.executable, "-c", f"print('ran {name}'); exit({code})"])

    code = dev.run_steps([step("one", 0), step("two", 3), step("three", 0)])
    said = capfd.readouterr().out

    assert code == 3
    assert "one: ok" in said
    assert "two: FAILED" in said
    assert "stopped at two" in said
    assert "ran three" not in said


@linux_only
def test_only_the_libraries_that_are_missing_are_asked_for(machine: ModuleType) -> None:
    wanted = {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"}

    assert machine.missing_libraries(wanted) == ["libnowhere.so.9"]


@pytest.fixture
def debian(machine: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the diary of an apt-get that installs nothing, on a machine marked as Debian."""
    diary = tmp_path / "apt.log"
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {diary}\n')
    program.chmod(0o755)
    (tmp_path / "debian_version").write_text("12\n")
    monkeypatch.setattr(machine, "DEBIAN_MARK", tmp_path / "debian_version")
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    return diary


@linux_only
def test_debian_as_root_installs_what_is_missing(
    machine: ModuleType, debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    machine.install_packages(["libegl1", "libgl1"], "Qt")

    update, install = debian.read_text().splitlines()
    assert update.startswith("update")
    assert install.endswith("libegl1 libgl1")


@linux_only
def test_debian_without_root_is_told_the_line(
    machine: ModuleType, debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(machine.Lacking, match=r"sudo apt-get update && .* install .* libegl1$"):
        machine.install_packages(["libegl1"], "Qt")

    assert not debian.exists()


@linux_only
def test_another_distribution_is_told_what_to_look_for(
    machine: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "DEBIAN_MARK", tmp_path / "none")

    with pytest.raises(machine.Lacking, match=r"libEGL\.so\.1"):
        machine.install_packages(["libegl1"], "Qt", ["libEGL.so.1"])
