"""What is written about the project agrees with the project."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.architecture.sources import PRODUCT, ROOT, Offence, files, listing, name

README = ROOT / "README.md"
CHANGELOG = ROOT / "installer" / "CHANGELOG.md"
# https://keepachangelog.com/en/1.1.0/
KINDS_OF_CHANGE = {"Added", "Changed", "Deprecated", "Fixed", "Removed", "Security"}
RELEASE = re.compile(r"## \[(?P<version>\d+\.\d+\.\d+)\] - (?P<day>\d{4}-\d\d-\d\d)")
UNTRACKED = {"build", "dist"}


def test_the_readme_maps_every_room_and_no_other() -> None:
    map_of_rooms = README.read_text(encoding="utf-8").split("## Map of rooms")[1].split("\n## ")[0]
    mapped = set(re.findall(r"^\| \[`(\w+)/`\]\(\1\) \|", map_of_rooms, re.MULTILINE))
    standing = {
        path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")
    }

    assert mapped == standing - UNTRACKED


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [README, *files([".md"], [*PRODUCT, "installer", "resources", "tests"])]
    broken = [offence for page in pages for offence in broken_links(page)]

    assert not broken, listing(broken)


def test_every_command_in_the_readme_exists() -> None:
    text = README.read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    dev = (ROOT / "installer" / "dev.py").read_text(encoding="utf-8")
    dev_commands = set(re.findall(r'^    "(\w+)": \1,$', dev, re.MULTILINE))

    assert set(re.findall(r"dev\.py (\w+)", text)) <= dev_commands
    assert set(re.findall(r"poe (\w+)", text)) <= set(project["tool"]["poe"]["tasks"])


def test_the_changelog_keeps_its_form() -> None:
    headings = re.findall(r"^## .*$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    released = [RELEASE.fullmatch(heading) for heading in headings if heading != "## [Unreleased]"]

    assert headings, "there is no version"
    assert "## [Unreleased]" not in headings[1:], "what is not released stands first"
    assert None not in released, f"a version is written `## [1.2.3] - 2026-01-31`: {headings}"
    days = [date.fromisoformat(match["day"]) for match in released if match]
    versions = [tuple(map(int, match["version"].split("."))) for match in released if match]
    assert days == sorted(days, reverse=True)
    assert versions == sorted(set(versions), reverse=True)


def test_every_change_is_a_bullet_under_a_known_kind() -> None:
    kind = None
    for number, line in enumerate(CHANGELOG.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("## "):
            kind = None
        elif line.startswith("### "):
            kind = line.removeprefix("### ")
            assert kind in KINDS_OF_CHANGE, Offence(name(CHANGELOG), number, f"unknown: {kind}")
        elif line.startswith("- "):
            assert kind, Offence(name(CHANGELOG), number, "which kind of change?")


def broken_links(page: Path) -> Iterator[Offence]:
    """Return the relative links of a page that lead nowhere."""
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        for target in re.findall(r"\]\(([^)\s]+)\)", line):
            if re.match(r"[a-z]+:|#", target):
                continue
            if not (page.parent / target.partition("#")[0]).exists():
                yield Offence(name(page), number, f"no {target}")
