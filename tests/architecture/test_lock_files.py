"""The lock files are installable by any pip that Python brings along, not only by the newest.

An older pip in hash mode takes a pin without an extra for another package, and asks for the
newest release of what a dependency names with its extra: a new release then breaks set-up.
"""

from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parents[2] / "installer" / "requirements-dev.lock"


def test_what_a_dependency_names_with_an_extra_is_pinned_with_it() -> None:
    pins = [
        Requirement(line.split("==")[0])
        for line in LOCK.read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    extras = {canonicalize_name(pin.name): pin.extras for pin in pins}

    unpinned = [
        f"{dist.name} wants {asked}"
        for dist in distributions()
        if canonicalize_name(dist.name) in extras
        for asked in map(Requirement, dist.requires or ())
        if asked.marker is None or asked.marker.evaluate({"extra": ""})
        if not asked.extras <= extras.get(canonicalize_name(asked.name), asked.extras)
    ]

    assert len(pins) > 50
    assert unpinned == []
