"""One sale, cut off at each of its writes to the disk: it is whole or it is not there.

strace kills the real command at the K-th write or flush, or lets that one fail as a full or a
broken disk does. `poe torture` tries every K; the ordinary run a sample of them.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.checkers import value
from tests.support.load_driver import open_home
from tests.support.makers import a_sale
from tests.support.processes import Answer, done, guitai
from tests.support.whole_books import halves

STRACE = shutil.which("strace")
ALL = os.environ.get("TORTURE") == "1"
SAMPLE = 4
WRITES = "pwrite64"
FLUSHES = "fsync,fdatasync"
SENTENCES = {"磁盘已满，没有保存。", "磁盘读写出错。"}
"""SQLite tells a full disk by its write; a flush that fails is an error like any other."""
LINES = "sku,quantity,unit_price\nA1,2,19.90\nB2,1,88.20\n"


def _traces() -> bool:
    """Say whether strace is here and may trace (containers can forbid it)."""
    if STRACE is None:
        return False
    ran = subprocess.run([STRACE, "-qq", "-o", os.devnull, "true"], check=False)
    return ran.returncode == 0


pytestmark = pytest.mark.skipif(not _traces(), reason="strace is not here, or may not trace")


@dataclass(frozen=True)
class Shop:
    """A home with a member who has points, and what a sale at it needs."""

    home: Path
    member: str
    lines: Path
    writes: int
    flushes: int

    def sell(self, home: Path, *, under: Sequence[str] = ()) -> Answer:
        """Sell two lines to the member, who pays with 100 points."""
        words = ("sale", "add", "--lines", str(self.lines), "--member", self.member)
        return guitai(home, *words, "--redeem", "100", under=under)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = tmp_path_factory.mktemp("shop")
    home, lines = folder / "home", folder / "lines.csv"
    lines.write_text(LINES, encoding="utf-8")
    done(guitai(home, "init", "--sandbox"))
    member = done(guitai(home, "member", "add", "--phone", "13812345678"))["member_id"]
    done(guitai(home, "sale", "add", "--amount", "300", "--member", member))
    shop = Shop(home, member, lines, 0, 0)
    return Shop(home, member, lines, *_counted(shop, folder))


def _counted(shop: Shop, folder: Path) -> tuple[int, int]:
    """Return how many writes and flushes the whole sale makes when nothing goes wrong."""
    log, copy = folder / "strace", folder / "whole"
    shutil.copytree(shop.home, copy)
    done(shop.sell(copy, under=_strace(log=str(log))))
    calls = [re.sub(r"^\d+ +", "", line) for line in log.read_text().splitlines()]
    writes = sum(call.startswith("pwrite64(") for call in calls)
    return writes, sum(call.startswith(("fsync(", "fdatasync(")) for call in calls)


def _strace(*inject: str, log: str = os.devnull) -> list[str]:
    traced = f"trace={WRITES},{FLUSHES}"
    return [STRACE or "strace", "-f", "-qq", "-o", log, "-e", traced, *inject]


def _points(count: int) -> list[int]:
    """Return which of so many calls to cut at: all of them, or first, last and some between."""
    assert count > 1, "the sale wrote nothing that strace could see"
    if ALL or count <= SAMPLE:
        return list(range(1, count + 1))
    return sorted({1 + (count - 1) * step // (SAMPLE - 1) for step in range(SAMPLE)})


def _sold(home: Path) -> int:
    """Return how many sales were added, having seen that all is whole and the next one works."""
    storage = open_home(home)
    try:
        sold = int(value(storage, "SELECT count(*) FROM sale")) - 1
        a_sale(storage)
        with storage.reading() as reader:
            assert halves(reader) == []
            assert reader.value("SELECT count(*) FROM sale") == sold + 2
        return sold
    finally:
        storage.close()


@pytest.mark.parametrize("calls", [WRITES, FLUSHES])
@pytest.mark.timeout(900 if ALL else 120)
def test_killed_at_any_write_the_sale_is_whole_or_absent(
    shop: Shop, tmp_path: Path, calls: str
) -> None:
    for at in _points(shop.writes if calls == WRITES else shop.flushes):
        home = tmp_path / f"home{at}"
        shutil.copytree(shop.home, home)

        told = shop.sell(home, under=_strace("-e", f"inject={calls}:signal=KILL:when={at}"))

        assert told.code != 0, f"{calls} {at} was never reached"
        sold = _sold(home)
        assert sold in (0, 1)
        assert sold == 1 or told.document == {}, f"{calls} {at}: confirmed and lost"
        shutil.rmtree(home)


@pytest.mark.parametrize(("calls", "error"), [(WRITES, "ENOSPC"), (FLUSHES, "EIO")])
@pytest.mark.timeout(900 if ALL else 120)
def test_a_disk_that_fails_at_any_write_refuses_the_sale_in_words(
    shop: Shop, tmp_path: Path, calls: str, error: str
) -> None:
    refused = 0
    for at in _points(shop.writes if calls == WRITES else shop.flushes):
        home = tmp_path / f"home{at}"
        shutil.copytree(shop.home, home)

        told = shop.sell(home, under=_strace("-e", f"inject={calls}:error={error}:when={at}+"))

        sold = _sold(home)
        refused += told.code != 0
        if told.code == 0:
            assert sold == 1, f"{calls} {at}: confirmed and lost"
        else:
            assert (told.code, sold) == (4, 0), f"{calls} {at}: {told}"
            assert told.told.splitlines()[-1] in SENTENCES, f"{calls} {at}: {told}"
        shutil.rmtree(home)
    assert refused > 0
