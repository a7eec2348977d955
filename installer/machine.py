"""What the machine itself must have: the system libraries that Qt's wheels load.

Debian as root is served with apt-get; elsewhere the one line to run is said. Standard library
only, like dev.py, whose other half this is.
"""

from __future__ import annotations  # as in dev.py

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBIAN_MARK = Path("/etc/debian_version")
# What Qt's wheels expect of a Linux system: the file Qt loads, and the Debian package that has it.
OFFSCREEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Asked in a fresh process each time: a process that failed to find a library may remember it.
PROBE = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


class Lacking(Exception):
    """The machine lacks something; the message is the one sentence to show."""


def check_qt_libraries(*, window: bool) -> None:
    """See that Qt's system libraries are there; on Debian as root, install those missing."""
    if not sys.platform.startswith("linux"):
        return
    wanted = {**OFFSCREEN_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    missing = missing_libraries(wanted)
    if missing:
        install_packages([wanted[name] for name in missing], "Qt", missing)
        still_missing = missing_libraries(wanted)
        if still_missing:
            raise Lacking(f"Qt still lacks {', '.join(still_missing)} after installing.")


def missing_libraries(wanted: dict[str, str]) -> list[str]:
    """Return the library files that the loader does not find."""
    command = [sys.executable, "-c", PROBE, *wanted]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def install_packages(
    packages: Sequence[str], needed_by: str, libraries: Sequence[str] = ()
) -> None:
    """Install Debian packages as root, or say the one line that does.

    Raises:
        Lacking: Not Debian, not root, or apt-get failed.
    """
    names = " ".join(packages)
    if not DEBIAN_MARK.exists():
        raise Lacking(
            f"{needed_by} needs system libraries. Run: {foreign_line(packages, libraries)}"
        )
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
        raise Lacking(f"{needed_by} needs system libraries. Run: {line}")
    print(f"Installing system libraries: {names}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_line = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install_line):
        ran = subprocess.run(command, check=False, capture_output=True, text=True, env=quiet)
        if ran.returncode != 0:
            raise Lacking(f"`{shown(command)}` failed: {last_words(ran.stdout + ran.stderr)}")


def foreign_line(packages: Sequence[str], libraries: Sequence[str]) -> str:
    """Return the line for another distribution; RPM finds packages by the file they hold."""
    capabilities = " ".join(f"'{name}()(64bit)'" for name in libraries)
    for manager in ("dnf", "zypper"):
        if libraries and any(Path(folder, manager).exists() for folder in ("/usr/bin", "/bin")):
            return f"sudo {manager} install -y {capabilities}"
    return f"your package manager, for what holds {', '.join(libraries or packages)}"


def last_words(said: str) -> str:
    """Return the line in which a tool says why it stopped."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or ["it did not say why"])[-1]


def shown(command: Sequence[str]) -> str:
    """Return the command as a person would type it."""
    return " ".join([Path(command[0]).name, *command[1:]])
