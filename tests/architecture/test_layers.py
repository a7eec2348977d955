"""Who may import whom: the contracts stand in pyproject.toml, here they are run."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, module_name, name, python_files

# DECISIONS of the command line: these three open windows, every other command starts without Qt.
COMMANDS_WITH_A_WINDOW = {"counter", "demo", "gallery"}


def test_every_import_contract_is_kept(tmp_path: Path) -> None:
    program = shutil.which("lint-imports", path=Path(sys.executable).parent)
    assert program is not None, "import-linter is not installed: python3 installer/dev.py setup"

    ran = run([program, "--no-logo", "--cache-dir", str(tmp_path)])

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_command_without_a_window_loads_qt() -> None:
    commands = [
        path
        for path in python_files(["desktop/cli"])
        if not COMMANDS_WITH_A_WINDOW & set(path.relative_to(ROOT).with_suffix("").parts)
    ]
    if not commands:
        pytest.skip("there are no commands yet")
    modules = [module_name(path) for path in commands]
    script = (
        "import importlib, sys\n"
        "for module in sys.argv[1:]:\n"
        "    importlib.import_module(module)\n"
        "    if 'PySide6' in sys.modules: sys.exit(f'{module} loads Qt')\n"
    )

    ran = run([sys.executable, "-c", script, *modules])

    assert ran.returncode == 0, f"of {[name(path) for path in commands]}: {ran.stderr}"


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program at the root and keep what it says."""
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
