"""`guitai demo`: a head office and a counter on the sample shop, played off screen or opened.

Without a display, or where a folder is named, a whole shift is played through the real window and
its pictures, papers and summary are left in the folder; with one the window is opened. Everything
else that was made is gone afterwards, unless it is to be kept.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.storage.errors import StorageUnavailable
from desktop.cli.answers import BUG, DONE
from desktop.cli.invocation import environment, language_of
from desktop.demo.telling import Telling, Words

DAYS = 60
OFFSCREEN = {"offscreen", "minimal"}
OFFSCREEN_SAYS = "This plugin does not support"
TAILS_SHOWN = 5
FILES: Words = ("{count} 个文件在 {folder}", "{count} files are in {folder}")
KEPT: Words = ("数据留在 {folder}", "The homes stay in {folder}")
DIFFERENT: Words = (
    "柜台和总部的账不一致，请看上表。",
    "The books of counter and head office differ; see the table.",
)
MANAGER: Words = ("店长 PIN {pin}", "The manager's PIN: {pin}")
CASHIER: Words = ("收银员 {name} PIN {pin}", "Cashier {name}: PIN {pin}")
TRY: Words = (
    "试试按后四位找会员：{tails}；关闭窗口即结束。",
    "Try members by their last four digits: {tails}; close the window to end.",
)


def run_demo(*, out: Path | None, keep: bool, days: int = DAYS) -> int:
    """Set the shop up and play it or open it; return the exit code.

    Raises:
        CommandFailed: when one of the commands that set it up did not succeed.
        StorageUnavailable: when the folder cannot be written.
    """
    telling = Telling(language_of(environment()) or "zh")
    play = out is not None or not has_display()
    if play:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = _folder(out)
    with _homes(folder, keep=keep, telling=telling) as homes:
        if play:
            return _play(folder, homes, days=days, telling=telling)
        return _open(homes, days=days, telling=telling)


def has_display() -> bool:
    """Say whether a window could be shown."""
    if os.environ.get("QT_QPA_PLATFORM", "") in OFFSCREEN:
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say_what_matters(_kind: object, _where: object, message: str) -> None:
    """Pass Qt's messages on, but for what the offscreen platform says of every menu."""
    if not message.startswith(OFFSCREEN_SAYS):
        sys.stderr.write(f"{message}\n")


def _play(folder: Path, homes: Path, *, days: int, telling: Telling) -> int:
    """Play the shift; both books, read from their own files, must agree."""
    from PySide6.QtCore import qInstallMessageHandler

    from desktop.app import application
    from desktop.demo.ending import heed_signals
    from desktop.demo.hands import wait_for
    from desktop.demo.shift import play_shift
    from desktop.demo.shop import open_shop
    from desktop.demo.summary import read_totals, totals_lines, write_summary

    heed_signals(application())
    qInstallMessageHandler(_say_what_matters)
    with open_shop(homes, days=days, telling=telling, wait=wait_for) as shop:
        telling.say(("离屏演示一个班次：", "Playing a shift off screen:"))
        steps = play_shift(shop, folder, telling)
    counter, office = read_totals(shop.counter_home), read_totals(shop.office_home)
    write_summary(folder, counter=counter, office=office, steps=steps)
    telling.totals(totals_lines(counter, office))
    telling.say(FILES, folder=folder, count=len(list(folder.iterdir())) - 1)
    if counter != office:
        telling.say(DIFFERENT)
        return BUG
    return DONE


def _open(homes: Path, *, days: int, telling: Telling) -> int:
    """Open the counter's window on the shop and wait until it is closed."""
    from desktop.app import application, run_counter
    from desktop.demo.ending import heed_signals
    from desktop.demo.hands import wait_for
    from desktop.demo.shop import CASHIERS, open_shop

    heed_signals(application())
    with open_shop(homes, days=days, telling=telling, wait=wait_for) as shop:
        telling.say(MANAGER, pin=shop.pin)
        for _code, name, pin in CASHIERS:
            telling.say(CASHIER, name=name, pin=pin)
        tails = "、".join(member.phone[-4:] for member in shop.members[:TAILS_SHOWN])
        telling.say(TRY, tails=tails)
        return run_counter(shop.counter_home)


def _folder(out: Path | None) -> Path:
    """Return the folder for what the demo makes; pictures of an earlier demo leave it."""
    if out is None:
        return Path(tempfile.mkdtemp(prefix="guitai-demo-"))
    folder = out.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]_*.png"):
            old.unlink()
    except OSError as error:
        raise StorageUnavailable("cannot_open", str(folder)) from error
    return folder


@contextmanager
def _homes(folder: Path, *, keep: bool, telling: Telling) -> Iterator[Path]:
    """Lend a folder for the two homes; it goes afterwards unless it is to be kept."""
    try:
        homes = Path(tempfile.mkdtemp(prefix="homes-", dir=folder))
    except OSError as error:
        raise StorageUnavailable("cannot_open", str(folder)) from error
    try:
        yield homes
    finally:
        if keep:
            telling.say(KEPT, folder=homes)
        else:
            shutil.rmtree(homes, ignore_errors=True)
            if not any(folder.iterdir()):
                folder.rmdir()
