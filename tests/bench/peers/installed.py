"""Peers are installed by the bench that needs them, into a cache outside the tree.

`GUITAI_BENCH_CACHE` says where (`~/.cache/guitai-bench` unless set). A bench whose peer cannot be
installed, because the machine has no npm or no line, goes on without it and says so.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
INSTALL_SECONDS_MAX = 300


def cache() -> Path:
    """Return the folder that peers are installed in."""
    named = os.environ.get("GUITAI_BENCH_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "guitai-bench"


def pouchdb() -> Path | None:
    """Return the folder of PouchDB's modules, installed when they are not there; else nothing."""
    folder = cache() / "pouchdb"
    modules = folder / "node_modules"
    if (modules / "express-pouchdb").exists():
        return modules
    npm = shutil.which("npm")
    if npm is None:
        print("  no npm here: PouchDB is left out")
        return None
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "pouchdb" / "package.json", folder)
    done = _installs([npm, "install", "--no-audit", "--no-fund", "--loglevel=error"], folder)
    return modules if done else None


def flask() -> Path | None:
    """Return a folder to put on the path of who needs Flask; else nothing."""
    folder = cache() / "flask"
    if (folder / "flask").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--target",
        str(folder),
        "flask==3.1.*",
    ]
    return folder if _installs(command, folder) else None


def _installs(command: list[str], folder: Path) -> bool:
    done = subprocess.run(
        command,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS_MAX,
    )
    if done.returncode:
        print(f"  {command[0]} could not install a peer: {done.stderr[-300:]}")
    return done.returncode == 0
