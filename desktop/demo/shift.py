"""Plays the whole shift off screen at a shop, and leaves its pictures and papers in a folder."""

import shutil
from pathlib import Path

from desktop.app import open_counter
from desktop.demo import day_end, story
from desktop.demo.album import Album, Step
from desktop.demo.hands import Hands
from desktop.demo.paper import photograph, set_up_printer
from desktop.demo.regulars import read_regulars
from desktop.demo.shop import Shop
from desktop.demo.stage import Stage
from desktop.demo.telling import Telling
from desktop.devices.simulators.printer import virtual_printer

FAILED_PICTURE = "failed.png"
"""What the window showed when the shift could not go on."""


def play_shift(shop: Shop, folder: Path, telling: Telling) -> list[Step]:
    """Play the shift and return its steps; head office holds everything when it ends.

    Raises:
        NotSeen: when something that a cashier would wait for did not come.
        LookupError: when too few days are loaded for what is to be shown.
    """
    with virtual_printer() as printer:
        set_up_printer(shop.counter_home, printer)
        steps = _play(shop, folder, telling)
        photograph(printer.strip, folder)
    return steps


def play(stage: Stage) -> None:
    """Play every act in its order."""
    story.sign_in(stage)
    story.enroll(stage)
    story.sell(stage)
    story.find(stage)
    story.redeem(stage)
    story.cut_the_line(stage)
    story.restore_the_line(stage)
    known = stage.regulars.next(stage.regulars.known_by_initials)
    day_end.look_up(stage, known)
    day_end.speak_english(stage, known)
    day_end.take_back(stage)
    day_end.close_the_day(stage)
    story.send_the_rest(stage)


def paper_name(paper: Path) -> str:
    """Return what a paper of the counter's home is called beside the pictures."""
    if paper.stem.startswith("day"):
        return f"day_report{paper.suffix}"
    return f"member_card{paper.suffix}"


def _play(shop: Shop, folder: Path, telling: Telling) -> list[Step]:
    counter = open_counter(shop.counter_home)
    try:
        counter.window.show()
        hands = Hands(counter.window)
        counter.start()
        hands.wait(counter.window.isActiveWindow, "the window in front")
        with counter.storage.reading() as reader:
            regulars = read_regulars(
                reader, shop.members, facts=counter.desk.facts, now_ms=counter.desk.now_ms
            )
        album = Album(counter.window, folder, telling)
        stage = Stage(counter, shop, hands, album, regulars)
        play(stage)
        for paper in sorted(stage.papers()):
            shutil.copyfile(paper, folder / paper_name(paper))
    except Exception:
        counter.window.grab().save(str(folder / FAILED_PICTURE))
        raise
    finally:
        counter.close()
    return album.steps
