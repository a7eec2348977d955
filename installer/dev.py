"""Set up, show, test and run Guitai on a machine that has nothing but Python.

Only the standard library is used, for nothing is installed when this file starts. Every
subcommand first brings `.venv` into line with the hashed lock file; a stamp makes the second
time instant. What a machine lacks is said in one sentence, with exit code 2.
"""

from __future__ import annotations  # an older Python must get as far as its refusal

import argparse
import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from machine import Lacking, check_qt_libraries, install_packages, last_words, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "installer" / "requirements-dev.lock"
STAMP = ENVIRONMENT / "guitai-lock.sha256"
PYTHON_MIN, PYTHON_END = (3, 11), (3, 15)
CANNOT = 2  # exit code: this machine lacks something, said in one sentence

NO_NETWORK = (
    "NameResolution",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Connection refused",
    "timed out",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "(from versions: none)",  # what pip says of an index that did not answer
)


class Step(NamedTuple):
    """One named command of the test run."""

    name: str
    command: list[str]


def main(argv: Sequence[str]) -> int:
    """Run the subcommand and return the exit code of what it ran."""
    parser = _parser()
    command = parser.parse_args(argv[:1]).command
    rest = argv[1:]
    if rest and command in {"setup", "check"}:
        parser.error(f"{command} takes no arguments: {' '.join(rest)}")
    try:
        return _COMMANDS[command](rest)
    except Lacking as lacking:
        print(f"dev.py: {lacking}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        return 130


def setup(_: Sequence[str] = ()) -> int:
    """Make the environment and see that Qt can start in it."""
    prepare(window=has_display())
    print(f"Ready: {ENVIRONMENT}")
    return 0


def demo(rest: Sequence[str]) -> int:
    """Play a shop's day off screen, or open it in a window; takes --out DIR."""
    prepare(window=has_display())
    return run_python(["-m", "desktop", "demo", *rest], offscreen=not has_display())


def run(rest: Sequence[str]) -> int:
    """Run a command of the application; the counter window if none is named."""
    prepare(window=has_display())
    return run_python(["-m", "desktop", *(rest or ["counter"])], offscreen=not has_display())


def bench(rest: Sequence[str]) -> int:
    """Measure the named budgets, each beside its limit; takes pytest's arguments."""
    prepare(window=False)
    steps = ["-m", "pytest", "tests/bench", "-s", "-p", "no:randomly", "--timeout=0"]
    return run_python([*steps, *rest], offscreen=True)


def check(_: Sequence[str] = ()) -> int:
    """Check format, style, types and who imports whom; runs nothing."""
    prepare(window=None)
    return run_steps(static_steps())


def test(rest: Sequence[str]) -> int:
    """Do what check does, then run the tests; takes pytest's arguments."""
    prepare(window=False)
    pytest = [interpreter(), "-m", "pytest", "-n", "2", "--dist", "worksteal", *rest]
    return run_steps([*static_steps(), Step("tests", pytest)])


def static_steps() -> list[Step]:
    """Return the checks that read the code without running it."""
    return [
        Step("format", [tool("ruff"), "format", "--check", "."]),
        Step("style", [tool("ruff"), "check", "."]),
        Step("types", [tool("mypy")]),
        Step("imports", [tool("lint-imports"), "--no-logo"]),
    ]


def run_steps(steps: Sequence[Step]) -> int:
    """Run the steps in order, stop at the first that fails, and say how long it all took."""
    started = time.monotonic()
    for number, step in enumerate(steps, start=1):
        print(f"\n== {number}/{len(steps)} {step.name}: {shown(step.command)}", flush=True)
        step_started = time.monotonic()
        code = run_command(step.command, offscreen=True)
        seconds = time.monotonic() - step_started
        print(f"== {step.name}: {'ok' if code == 0 else 'FAILED'}, {seconds:.1f} s", flush=True)
        if code != 0:
            break
    verdict = "all passed" if code == 0 else f"stopped at {step.name}"
    print(f"\n{verdict}, {time.monotonic() - started:.1f} s in all", flush=True)
    return code


def prepare(*, window: bool | None) -> None:
    """Make the machine fit to run; `window` None asks for no Qt, True for a screen as well.

    Raises:
        Lacking: The machine lacks something that cannot be got from here.
    """
    check_python()
    if window is not None:
        check_qt_libraries(window=window)
    check_environment()


def check_python() -> None:
    """Refuse a Python that the lock file is not made for."""
    if not PYTHON_MIN <= sys.version_info[:2] < PYTHON_END:
        message = (
            f"Python {platform.python_version()} is not supported: start this file with"
            f" Python {PYTHON_MIN[0]}.{PYTHON_MIN[1]} to {PYTHON_END[0]}.{PYTHON_END[1] - 1}."
        )
        raise Lacking(message)


def check_environment() -> None:
    """Bring `.venv` into line with the lock file, unless its stamp says that it is."""
    wanted = fingerprint()
    if Path(interpreter()).exists() and STAMP.is_file() and STAMP.read_text() == wanted:
        return
    try:
        make_environment()
        STAMP.unlink(missing_ok=True)
        install()
        STAMP.write_text(wanted)
    except OSError as trouble:
        message = (
            f"cannot write {ENVIRONMENT} ({trouble.strerror}):"
            " free the disk, or use a copy of the project in a folder that is yours."
        )
        raise Lacking(message) from trouble


def fingerprint() -> str:
    """Return what the environment depends on: the lock and the project's own table."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
    return hashlib.sha256(LOCK.read_bytes() + project.encode()).hexdigest()


def make_environment() -> None:
    """Create `.venv`, or create it anew where its Python is gone."""
    if Path(interpreter()).exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        install_packages(
            [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"], "Python's venv module"
        )
    ENVIRONMENT.mkdir(exist_ok=True)
    print(f"Making {ENVIRONMENT} with Python {platform.python_version()}", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    if made.returncode != 0:
        raise Lacking(f"cannot make {ENVIRONMENT}: {last_words(made.stdout + made.stderr)}")


def install() -> None:
    """Install exactly what the lock names, then the `guitai` command itself."""
    print("Installing the packages of the lock file (once; some 300 MB)", flush=True)
    pip_install("--require-hashes", "--requirement", str(LOCK))
    pip_install("--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def pip_install(*arguments: str) -> None:
    """Run pip in the environment, and put its failure into one sentence."""
    command = [interpreter(), "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", *arguments]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if ran.returncode == 0:
        return
    said = ran.stdout + ran.stderr
    if any(sign in said for sign in NO_NETWORK):
        message = (
            "cannot reach a package registry: connect this machine to one (or point pip to a"
            " mirror with PIP_INDEX_URL) and try again."
        )
        raise Lacking(message)
    raise Lacking(f"pip could not install the lock file: {last_words(said)}")


def has_display() -> bool:
    """Return whether a window can be shown; only Linux goes without a screen."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def interpreter() -> str:
    """Return the environment's Python."""
    return tool("python")


def tool(name: str) -> str:
    """Return where the environment keeps a program."""
    if os.name == "nt":
        return str(ENVIRONMENT / "Scripts" / f"{name}.exe")
    return str(ENVIRONMENT / "bin" / name)


def run_python(arguments: Sequence[str], *, offscreen: bool) -> int:
    """Run the environment's Python from the root and return its exit code."""
    return run_command([interpreter(), *arguments], offscreen=offscreen)


def run_command(command: Sequence[str], *, offscreen: bool) -> int:
    """Run a program inside the environment and return its exit code."""
    environ = {**os.environ, "VIRTUAL_ENV": str(ENVIRONMENT)}
    environ["PATH"] = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    if offscreen:
        environ["QT_QPA_PLATFORM"] = "offscreen"
        environ.setdefault("HYPOTHESIS_PROFILE", "repeatable")
    code = subprocess.run(command, check=False, cwd=ROOT, env=environ).returncode
    return code if code >= 0 else 128 - code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        usage="dev.py COMMAND [what the command takes ...]",
        description="\n".join(
            f"  {name:8}{(function.__doc__ or '').splitlines()[0]}"
            for name, function in _COMMANDS.items()
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=_COMMANDS, metavar="COMMAND", help=argparse.SUPPRESS)
    return parser


_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "run": run,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
