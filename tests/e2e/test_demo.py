"""The demo as the README promises it: a whole shift off screen, and two books that agree."""

import csv
import json
import lzma
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.architecture.sources import ROOT

DAYS = "5"
WINDOW = (1366, 768)
PICTURES_MIN = 12
COLOURS_MIN = 20
RECEIPT_WIDTH = 576 + 2 * 24
CHINESE = {"member_card.pdf": "邻里超市", "day_report.pdf": "日报"}


@dataclass(frozen=True)
class Demo:
    """What the demo left in its folder, and what it said."""

    folder: Path
    said: str
    summary: dict[str, Any]

    def pictures(self) -> list[Path]:
        return [self.folder / step["picture"] for step in self.summary["steps"]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "out"
    ran = run("--out", str(folder), "--days", DAYS)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return Demo(folder, ran.stdout, json.loads((folder / "summary.json").read_bytes()))


def run(*words: str, language: str = "zh_CN.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "GUITAI_HOME", "LC_ALL"}
    }
    return subprocess.run(
        [sys.executable, "-m", "desktop", "demo", *words],
        cwd=ROOT,
        env=environment | {"QT_QPA_PLATFORM": "offscreen", "LANG": language, "PYTHONUTF8": "1"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
    )


def test_counter_and_head_office_hold_the_same_book(demo: Demo) -> None:
    counter = demo.summary["counter"]

    assert counter == demo.summary["office"]
    assert counter["members"] == 152
    assert counter["sales"] > 100
    assert float(counter["amount"]) > 1_000
    assert counter["points_redeemed"] == 100
    held = counter["points_issued"] - counter["points_redeemed"]
    assert counter["points_available"] == held


def test_every_step_left_a_picture_of_the_window(demo: Demo) -> None:
    pictures = demo.pictures()

    assert len(pictures) >= PICTURES_MIN
    assert pictures == sorted(demo.folder.glob("[0-9][0-9]_*.png"))
    assert [step["n"] for step in demo.summary["steps"]] == list(range(1, len(pictures) + 1))
    assert blank(pictures) == []


def blank(pictures: Sequence[Path]) -> list[str]:
    """Return the pictures that show no screen of the window's size."""
    shown = []
    for picture in pictures:
        with Image.open(picture) as image:
            colours = image.convert("RGB").getcolors(maxcolors=1 << 20)
            if image.size != WINDOW or colours is None or len(colours) < COLOURS_MIN:
                shown.append(picture.name)
    return shown


@pytest.mark.parametrize("name", ["sale", "return", "shift"])
def test_the_receipts_are_pictures_of_their_paper(demo: Demo, name: str) -> None:
    with Image.open(demo.folder / f"receipt_{name}.png") as image:
        assert image.width == RECEIPT_WIDTH
        assert image.height > RECEIPT_WIDTH / 2
        assert 0 in image.convert("L").getextrema()


@pytest.mark.parametrize(("name", "words"), CHINESE.items())
def test_the_papers_can_be_read(demo: Demo, name: str, words: str) -> None:
    text = "".join(page.extract_text() for page in PdfReader(demo.folder / name).pages)

    assert words in text


def test_the_report_opens_in_a_spreadsheet(demo: Demo) -> None:
    raw = (demo.folder / "day_report.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert "消费额" in raw.decode("utf-8-sig")


def test_the_summary_lists_what_lies_in_the_folder_and_nothing_else_is_left(demo: Demo) -> None:
    lying = {path.name for path in demo.folder.iterdir()}

    assert set(demo.summary["files"]) == lying
    assert str(demo.folder) in demo.said


def test_no_telephone_number_is_said_in_full(demo: Demo) -> None:
    with lzma.open(ROOT / "resources" / "demo" / "members.csv.xz", "rt", encoding="utf-8") as rows:
        phones = [row["phone"] for row in csv.DictReader(rows)]
    told = demo.said + json.dumps(demo.summary)

    assert len(phones) == 150
    assert not [phone for phone in phones if phone in told]


def test_a_folder_that_cannot_be_made_is_trouble_and_said_in_the_users_language(
    tmp_path: Path,
) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("not a folder")

    ran = run("--out", str(occupied), language="en_US.UTF-8")

    assert ran.returncode == 4
    assert "Traceback" not in ran.stderr
    assert ran.stderr.strip()
